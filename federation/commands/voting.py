"""A ballot filled in at the terminal: every answer checked where it is asked for, the whole shown before it is cast."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TypeVar

import click

from federation.ballotbox.passes import read_code
from federation.boxes import names_of
from federation.commands import secrets
from federation.commands.choices import marks_of, paper_of, places_of
from federation.errors import FederationError, Finding
from federation.facts.counting import Mark, Paper
from federation.rules.ballots import REASONS_IN_CHINESE
from federation.rules.entries import MARKS_IN_CHINESE
from federation.services.ballots import Contest, preview

T = TypeVar("T")


def code() -> str:
    """The code of a pass, not shown; a slip of the finger is told at once, by its check character."""

    def asked() -> str:
        typed = secrets.ask("凭证代码（输入时不显示）", "没有输入凭证代码")
        read_code(typed)
        return typed

    return _until_right(asked)


def filled(sheet: Sequence[Contest], must_fit: Callable[[Mapping[str, Paper]], None]) -> dict[str, Paper]:
    """A paper for each contest as the voter confirmed it; she may begin anew as often as she likes."""
    while True:
        papers = {contest.short_id: _contest(contest) for contest in sheet}
        try:
            must_fit(papers)
        except FederationError as error:
            click.echo(f"{error}\n请重新填写。")
            continue
        click.echo("\n你的票将这样计入：")
        for contest in sheet:
            click.echo(as_counted(contest, papers[contest.short_id]))
        _tell(preview(sheet, papers))
        if _yes("照此投出吗？投出不能更改。输入 y 投出，输入 n 重填"):
            return papers


def _contest(contest: Contest) -> Paper:
    """One contest, its list before the voter; what would not count is told while she can still change it."""
    while True:
        click.echo(f"\n{contest.office}（应选 {contest.judge.seats} 名）")
        click.echo("".join(f"  {place:>3}  {name}\n" for place, name in enumerate(contest.judge.listed, 1)), nl=False)
        paper = _answered(contest)
        if not (found := contest.findings(paper)):
            return paper
        _tell(found)
        if _yes("仍要这样填吗？输入 y 照填，输入 n 重填这一项"):
            return paper


def _answered(contest: Contest) -> Paper:
    marked: dict[int, Mark] = {}
    for word, mark in marks_of(contest).items():
        marked |= dict.fromkeys(_until_right(partial(_places, contest, word, marked)), mark)
    if contest.judge.write_in.allowed == "no":
        return paper_of(contest, marked, ())
    return paper_of(contest, marked, names_of(_line("另选他人（姓名，几人用顿号隔开；没有就按回车）")))


def _places(contest: Contest, word: str, taken: Mapping[int, Mark]) -> list[int]:
    return places_of(_line(f"{word}（序号，如 1-3、5；没有就按回车）"), contest.judge.listed, taken)


def as_counted(contest: Contest, paper: Paper) -> str:
    """A paper as the count will take it: how many of each mark, and who."""
    judged = contest.judge.judge(paper)
    heading = f"{contest.office}（应选 {contest.judge.seats} 名）"
    if judged.invalid:
        return f"  {heading}：无效票，一票也不计（{REASONS_IN_CHINESE[judged.invalid]}）"
    lines = [heading]
    for mark, word in MARKS_IN_CHINESE.items():
        if names := [name for name, given in zip(contest.judge.listed, judged.marks, strict=True) if given == mark]:
            lines.append(f"  {word} {len(names)} 人：{'、'.join(names)}")
    if judged.write_ins:
        lines.append(f"  另选 {len(judged.write_ins)} 人：{'、'.join(judged.write_ins)}")
    return "\n".join(f"  {line}" for line in lines)


def _until_right(answer: Callable[[], T]) -> T:
    """An answer, asked for until there is nothing wrong with it."""
    while True:
        try:
            return answer()
        except FederationError as error:
            click.echo(str(error))


def _tell(found: Sequence[Finding]) -> None:
    for finding in found:
        click.echo(f"  · 注意：{finding}")


def _yes(question: str) -> bool:
    """True for yes, False for no; asked until it is one of them, for an Enter too many casts no ballot."""
    answers = {"y": True, "yes": True, "是": True, "n": False, "no": False, "否": False}
    while (said := _line(question).lower()) not in answers:
        click.echo("请输入 y 或 n。")
    return answers[said]


def _line(prompt: str) -> str:
    return str(click.prompt(prompt, default="", show_default=False)).strip()
