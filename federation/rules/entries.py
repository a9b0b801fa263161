"""
Papers entered twice: where the entries of two tellers differ, and what they agree on.

A difference is a place to look at the paper again, never a vote: nobody's entry goes before the other's.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from federation.errors import Finding
from federation.facts.counting import Mark, NameVotes, Paper, Votes, WriteIn
from federation.rules.ballots import empty_mark
from federation.rules.methods import BallotRules

MARKS_IN_CHINESE = {
    Mark.APPROVE: "赞成",
    Mark.AGAINST: "反对",
    Mark.ABSTAIN: "弃权",
    Mark.UNCLEAR: "不清",
    Mark.NOT_CHOSEN: "未选",
}
_NOTHING = "无"


@dataclass(frozen=True, slots=True)
class Difference:
    """
    One field that two tellers read otherwise.

    `paper` is its number in the pile, from 1; 0 for a tally sheet, which is of the whole contest.
    """

    paper: int
    field: str
    first: str
    second: str


def tidied(paper: Paper, ballot: BallotRules) -> Paper:
    """
    The paper without marks that nobody asks for: where the whole of it is void by its face, nothing else on it counts.

    So two tellers who see that a paper is void agree, however far into its names each of them saw it.
    """
    if not paper.illegible and not (paper.stray and ballot.stray_mark_voids):
        return paper
    return replace(paper, marks=empty_mark(ballot.marks) * len(paper.marks), write_ins=())


def differences(
    listed: Sequence[str], first: Sequence[Paper], second: Sequence[Paper], signs: bool = True
) -> list[Difference]:
    """
    Every field of every paper on which two entries of one pile differ, paper by paper in the order of the pile.

    `signs` says whether a written name must carry a sign of its own (the method's `write_in.needs_sign`): where it need
    not, the sign beside it says nothing. A paper that only one of them has is one difference.
    """
    found = [
        difference
        for number, (one, other) in enumerate(zip(first, second, strict=False), 1)
        for difference in _of_paper(listed, number, one, other, signs)
    ]
    shorter, longer = sorted((len(first), len(second)))
    has, lacks = ("有", _NOTHING) if len(first) == longer else (_NOTHING, "有")
    return [*found, *(Difference(number, "整张", has, lacks) for number in range(shorter + 1, longer + 1))]


def _of_paper(listed: Sequence[str], number: int, first: Paper, second: Paper, signs: bool) -> Iterator[Difference]:
    if first == second:
        return
    fields = zip(_fields(listed, first), _fields(listed, second), strict=True)
    for (field, one), (_, other) in fields:
        if one != other:
            yield Difference(number, field, one, other)
    for place, (mine, hers) in enumerate(zip_longest(first.write_ins, second.write_ins), 1):
        if _read(mine, signs) != _read(hers, signs):
            yield Difference(number, f"另选{place}", _written(mine, signs), _written(hers, signs))


def _fields(listed: Sequence[str], paper: Paper) -> Iterator[tuple[str, str]]:
    for name, mark in zip(listed, paper.marks, strict=True):
        yield name, MARKS_IN_CHINESE[Mark(mark)]
    yield "多余记号", "有" if paper.stray else _NOTHING
    yield "无法辨认", "是" if paper.illegible else "否"


def _read(entry: WriteIn | None, signs: bool) -> WriteIn | None:
    """A written name without what nobody asks for: the sign beside it where it needs none, or is unclear."""
    return entry and replace(entry, signed=entry.signed and signs and not entry.unclear)


def _written(entry: WriteIn | None, signs: bool) -> str:
    if entry is None:
        return _NOTHING
    if entry.unclear:
        return f"{entry.name}（不清）"
    return f"{entry.name}（{'有' if entry.signed else '无'}赞成符号）" if signs else entry.name


def in_words(listed: Sequence[str], paper: Paper, signs: bool) -> str:
    """
    What a paper says, by the marks that are not its commonest: 反对 马秋澜，其余赞成.

    `signs` as for `differences`. Two papers that differ are told in other words.
    """
    words = [MARKS_IN_CHINESE[Mark(mark)] for mark in paper.marks]
    usual = Counter(words).most_common(1)[0][0] if words else ""
    told = [
        f"{word} {'、'.join(name for name, said in zip(listed, words, strict=True) if said == word)}"
        for word in dict.fromkeys(words)
        if word != usual
    ]
    told.append(f"其余{usual}" if told else f"全部{usual}")
    told += [f"另选 {_written(entry, signs)}" for entry in paper.write_ins]
    told += ["票面有多余记号"] * paper.stray
    return "整张无法辨认" if paper.illegible else "，".join(told)


def unsettled(found: Sequence[Difference], settled: Mapping[int, Paper]) -> list[Difference]:
    """The differences on papers that no scrutineer has settled."""
    return [difference for difference in found if difference.paper not in settled]


def agreed(first: Sequence[Paper], settled: Mapping[int, Paper]) -> tuple[Paper, ...]:
    """The papers of a pile without open differences: as both entered them, or as a scrutineer settled them."""
    return tuple(settled.get(number, paper) for number, paper in enumerate(first, 1))


def totals_differences(first: Votes, second: Votes) -> list[Difference]:
    """Every figure on which two tally sheets of one contest differ; the order of their rows is irrelevant."""
    one, other = _figures(first), _figures(second)
    return [
        Difference(0, field, one.get(field, _NOTHING), other.get(field, _NOTHING))
        for field in dict.fromkeys((*one, *other))
        if one.get(field) != other.get(field)
    ]


def _figures(votes: Votes) -> dict[str, str]:
    figures = {"有效票": votes.valid, "无效票": votes.invalid}
    for row in votes.names:
        name = f"{row.name}（另选）" if row.write_in else row.name
        figures |= {f"{name} 赞成": row.approve, f"{name} 反对": row.against, f"{name} 弃权": row.abstain}
    return {field: str(figure) for field, figure in figures.items() if figure is not None}


def merged(ballots: Votes, sheet: Votes) -> Votes:
    """
    The votes of ballots cast with a pass and of a tally sheet of papers as one: listed names in ballot order, then the
    written ones by votes and name, as if all had been counted together.
    """
    listed: dict[str, NameVotes] = {}
    written: Counter[str] = Counter()
    for row in (*ballots.names, *sheet.names):
        if row.write_in:
            written[row.name] += row.approve
        else:
            listed[row.name] = _sum(listed[row.name], row) if row.name in listed else row
    ranked = sorted(written.items(), key=lambda entry: (-entry[1], entry[0]))
    reasons = Counter(ballots.invalid_because) + Counter(sheet.invalid_because)
    return Votes(
        names=(*listed.values(), *(NameVotes(name, True, approve, None, None) for name, approve in ranked)),
        valid=(ballots.valid or 0) + (sheet.valid or 0),
        invalid=(ballots.invalid or 0) + (sheet.invalid or 0),
        invalid_because=dict(reasons),
    )


def _sum(one: NameVotes, other: NameVotes) -> NameVotes:
    return replace(
        one,
        approve=one.approve + other.approve,
        against=None if one.against is None else one.against + (other.against or 0),
        abstain=None if one.abstain is None else one.abstain + (other.abstain or 0),
    )


SHEET = "计票表"
"""The name of the one batch that a contest entered by tally sheets has."""


def pile_name(number: str) -> str:
    """A batch as it is spoken of."""
    return SHEET if number == SHEET else f"第 {number} 批"


def pile_findings(*, papers: int, others: int, box: int) -> Iterator[Finding]:
    """Say that the piles of a contest together hold another number than the box can give, or that a pile is empty."""
    if papers < 1:
        yield Finding("一批至少有一张选票", "收票报告单", "用 --papers 写明这一批的张数")
    elif papers + others > box:
        problem = (
            f"箱内纸质选票 {box} 张，已录入和已分批的有 {others} 张，这一批最多 {box - others} 张，不是 {papers} 张"
        )
        yield Finding(problem, "收票报告单", "重点这一批的张数，或核对各批：federation election entries")
