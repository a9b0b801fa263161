"""What a voter chooses, as typed: in lines of a pipe or as options, and what it makes of her sheet."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from federation.boxes import clean_name, names_of, parts_of
from federation.errors import Misused, NotFound
from federation.facts.counting import Mark, Paper, WriteIn
from federation.rules.ballots import empty_mark
from federation.rules.methods import Marks
from federation.services.ballots import Contest

WORDS = {"赞成": Mark.APPROVE, "反对": Mark.AGAINST, "弃权": Mark.ABSTAIN}
_WRITTEN = "另选"
_DASH = "[-－﹣−‐‑‒–—―~～〜至到]"
"""Every sign for 1-5 that a Chinese keyboard offers, and the two words for it."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Places or names by mark, and names written in; each may begin with the contest's id and a colon."""

    marks: dict[Mark, list[str]] = field(default_factory=lambda: {mark: [] for mark in WORDS.values()})
    written: list[str] = field(default_factory=list)

    def any(self) -> bool:
        return any(self.marks.values()) or bool(self.written)


def read(lines: Iterable[str]) -> Choices:
    """Lines of a pipe, `赞成：1-14,16`, `另选：姓名`; Misused names the first that is neither."""
    found = Choices()
    for number, line in enumerate(lines, 2):
        if not (text := line.strip()):
            continue
        word, colon, said = text.replace("：", ":").partition(":")
        if not colon or word not in (*WORDS, _WRITTEN):
            raise Misused(f"第 {number} 行看不懂，应写作“赞成：1-14,16”“反对：15”“弃权：…”或“另选：姓名”")
        if said.strip():
            (found.written if word == _WRITTEN else found.marks[WORDS[word]]).append(said.strip())
    return found


def papers_of(sheet: Sequence[Contest], given: Choices) -> dict[str, Paper]:
    """The sheet as typed: a paper for each of its contests."""
    contests = [contest.short_id for contest in sheet]
    known = marks_of(sheet[0])
    for mark, option in ((Mark.AGAINST, "--against"), (Mark.ABSTAIN, "--abstain")):
        if given.marks[mark] and mark not in known.values():
            raise Misused(f"选举办法没有规定这种记号，不能用 {option}")
    chosen = {mark: _by_contest(entries, contests) for mark, entries in given.marks.items()}
    others = _by_contest(given.written, contests)
    if any(not names_of(entry) for entries in others.values() for entry in entries):
        raise Misused("--write-in 后面要写姓名")
    return {contest.short_id: _paper(contest, chosen, others[contest.short_id]) for contest in sheet}


def marks_of(contest: Contest) -> dict[str, Mark]:
    """The marks that the method has, by their words."""
    rules = contest.judge.ballot.marks
    signs = {Mark.APPROVE: rules.approve, Mark.AGAINST: rules.against, Mark.ABSTAIN: rules.abstain}
    return {word: mark for word, mark in WORDS.items() if signs[mark] is not None}


def _by_contest(given: Iterable[str], contests: list[str]) -> Mapping[str, list[str]]:
    """
    What was typed, contest by contest.

    A contest mistyped or left out is an error: passed over in silence, it would be a vote lost.
    """
    found: dict[str, list[str]] = {contest: [] for contest in contests}
    for entry in given:
        contest, colon, choice = entry.replace("：", ":").rpartition(":")
        if not colon and len(contests) > 1:
            raise Misused(f"这张选票有 {len(contests)} 项选举，请写明是哪一项，如 {contests[0]}:{entry}")
        if colon and contest not in found:
            raise NotFound(f"这张选票上没有 {contest} 这项选举，有：{'、'.join(contests)}")
        found[contest or contests[0]].append(choice.strip())
    return found


def _paper(contest: Contest, chosen: Mapping[Mark, Mapping[str, list[str]]], written: Iterable[str]) -> Paper:
    marked: dict[int, Mark] = {}
    for mark, given in chosen.items():
        for place in places_of(",".join(given[contest.short_id]), contest.judge.listed, marked):
            marked[place] = mark
    return paper_of(contest, marked, [name for entry in written for name in names_of(entry)])


def paper_of(contest: Contest, marked: Mapping[int, Mark], written: Iterable[str]) -> Paper:
    """A contest's paper: who is passed over is left as the method says of a box left empty."""
    empty = empty_mark(_rules(contest))
    marks = "".join(marked.get(place, empty) for place in range(len(contest.judge.listed)))
    return Paper(marks, tuple(WriteIn(name, signed=True) for name in written))


def _rules(contest: Contest) -> Marks:
    return contest.judge.ballot.marks


def places_of(typed: str, names: Sequence[str], taken: Iterable[int] = ()) -> list[int]:
    """
    The places on the list of what was typed, `1-3、5` or names.

    Misused for a place named twice or `taken` by another mark, NotFound for one that is not on the list.
    """
    found: list[int] = []
    already = set(taken)
    for place in (place for item in parts_of(typed) for place in _of_item(item, names)):
        if place in already:
            raise Misused(f"{names[place]}被选了两次")
        already.add(place)
        found.append(place)
    return found


def _of_item(item: str, names: Sequence[str]) -> Iterator[int]:
    """The places of one item between two separators; numbers may have nothing but spaces between them."""
    if re.fullmatch(rf"(?:\d|\s|{_DASH})+", item):
        for piece in re.sub(rf"\s*{_DASH}+\s*", "-", item).split():
            yield from _of_numbers(piece, names)
    elif (name := clean_name(item)) in names:
        yield names.index(name)
    else:
        raise _unknown(item, names)


def _of_numbers(item: str, names: Sequence[str]) -> Iterator[int]:
    match = re.fullmatch(r"(\d+)(?:-(\d+))?", item)
    if match is None:
        raise _unknown(item, names)
    start, end = int(match[1]), int(match[2] or match[1])
    if start > end:
        raise Misused(f"{item} 前后颠倒了，小号写在前面")
    if not 1 <= start <= end <= len(names):
        raise NotFound(f"名单上没有第 {item} 号，共 {len(names)} 人")
    yield from range(start - 1, end)


def _unknown(item: str, names: Sequence[str]) -> NotFound:
    how = f"写名单上的序号（1-{len(names)}）或姓名，用顿号或逗号隔开"
    return NotFound(f"选票上没有「{item}」。{how}；名单以外的人写在“另选”里（选项 --write-in）")
