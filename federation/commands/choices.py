"""What a voter chooses, typed line by line: asked for on a terminal, read from a pipe. The shell keeps none of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import click
from sqlalchemy.orm import Session

from federation.errors import Misused
from federation.facts.counting import Mark
from federation.services.polls import Poll, candidates

_WORDS = {"赞成": Mark.APPROVE, "反对": Mark.AGAINST, "弃权": Mark.ABSTAIN}
_WRITTEN = "另选"


@dataclass(frozen=True, slots=True)
class Choices:
    """Places or names by mark, and names written in; each may begin with the contest's id and a colon."""

    marks: dict[Mark, list[str]] = field(default_factory=lambda: {mark: [] for mark in _WORDS.values()})
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
        if not colon or word not in (*_WORDS, _WRITTEN):
            raise Misused(f"第 {number} 行看不懂，应写作“赞成：1-14,16”“反对：15”“弃权：…”或“另选：姓名”")
        if said.strip():
            (found.written if word == _WRITTEN else found.marks[_WORDS[word]]).append(said.strip())
    return found


def asked(session: Session, poll: Poll) -> Choices:
    """What a voter types at the terminal, contest by contest, her list before her; an empty line chooses nobody."""
    found, rules = Choices(), poll.method.ballot.marks
    known = {"赞成": rules.approve, "反对": rules.against, "弃权": rules.abstain}
    for round in poll.rounds:
        listed = [row.name for row in candidates(session, round)]
        click.echo(f"{round.office}（应选 {round.seats} 名）")
        click.echo("".join(f"  {place:>3}  {name}\n" for place, name in enumerate(listed, 1)), nl=False)
        for word, mark in _WORDS.items():
            if known[word] is not None and (said := _line(f"{word}（序号，如 1-3,5；没有就按回车）")):
                found.marks[mark].append(f"{round.short_id}:{said}")
        if poll.method.write_in.allowed != "no":
            names = _line("另选他人（姓名，几人用逗号隔开；没有就按回车）").replace("，", ",").split(",")
            found.written.extend(f"{round.short_id}:{name.strip()}" for name in names if name.strip())
    return found


def _line(prompt: str) -> str:
    return str(click.prompt(prompt, default="", show_default=False)).strip()
