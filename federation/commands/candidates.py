"""`election nominate`, `profile`, `publicity` and `withdraw`."""

from datetime import date
from pathlib import Path

import click

from federation.boxes import parts_of
from federation.commands.desk import Desk, acts
from federation.commands.shell import command
from federation.errors import Finding, Misused
from federation.services import candidates as service
from federation.services.candidates import Nominee
from federation.services.polls import candidates as candidates_of
from federation.services.polls import poll_of
from federation.spreadsheets import read_table

COLUMNS = {"name": ("姓名", "候选人", "name"), "biography": ("简介", "简历", "biography")}


@command("nominate", example="federation election nominate 张三 李四 --contest members --as 王秘书")
@click.argument("names", nargs=-1, metavar="姓名…")
@click.option("--file", "file", type=click.Path(path_type=Path), metavar="表格", help="从表格读入：姓名、简介两列")
@acts("contest")
def nominate(desk: Desk, names: tuple[str, ...], file: Path | None) -> None:
    """提名候选人；人数与差额规定不合时给出算式，不阻止。"""
    nominees = [Nominee(name) for typed in names for name in parts_of(typed) or [typed]]
    if file:
        nominees += [
            Nominee(row.text("name"), row.text("biography"))
            for row in read_table(file).rows(COLUMNS, optional=("biography",))
        ]
    with desk.acting() as (session, act):
        round = desk.round(session)
        poll = poll_of(session, round.election_id)
        outcome = service.nominate(session, poll, round, nominees, act)
        warnings = (
            *service.nomination_warnings(session, poll, round, [nominee.name for nominee in nominees], act),
            *service.surplus_warnings(session, poll, round),
        )
        office, contest = round.office, round.short_id
        listed = [row.name for row in candidates_of(session, round)]
    said = "\n".join([f"{office}：现有候选人 {len(listed)} 名", *_warned(warnings)])
    others = [name for name in listed if name not in {nominee.name for nominee in nominees}]
    desk.done(
        outcome,
        said,
        f"。{said}{_still_there(others, contest)}",
        warnings=[str(found) for found in warnings],
    )


@command("profile", example="federation election profile 张三 --text 中学高级教师。 --contest members --as 王秘书")
@click.argument("name", required=False, default="", metavar="[姓名]")
@click.option("--text", default="", metavar="文字", help="简介")
@click.option("--file", "file", type=click.Path(path_type=Path), metavar="表格", help="从表格读入：姓名、简介两列")
@acts("contest")
def profile(desk: Desk, name: str, text: str, file: Path | None) -> None:
    """登记候选人简介，以新的代替旧的（选票印制之前）。性别、民族等取自名册，不必重写。"""
    nominees = [Nominee(name, text.strip())] if name else []
    if file:
        nominees += [Nominee(row.text("name"), row.text("biography")) for row in read_table(file).rows(COLUMNS)]
    with desk.acting() as (session, act):
        round = desk.round(session)
        outcome = service.describe(session, poll_of(session, round.election_id), round, nominees, act)
    desk.done(outcome, f"已登记 {len(nominees)} 人的简介")


@command(
    "publicity",
    example="federation election publicity --until 2020-11-23 --objections-to 筹备组 --meeting congress --as 王秘书",
)
@click.option("--until", required=True, metavar="日期", help="公示的最后一天（含），如 2020-11-23")
@click.option("--objections-to", required=True, metavar="文字", help="受理异议的单位和联系办法")
@acts("meeting")
def publicity(desk: Desk, until: str, objections_to: str) -> None:
    """登记候选人公示：从办理之日（--on）起，到截止日期为止。"""
    try:
        last = date.fromisoformat(until)
    except ValueError:
        raise Misused(f"日期“{until}”看不懂，写成 2020-11-23") from None
    with desk.acting() as (session, act):
        outcome = service.publicise(session, desk.meeting(session), last, objections_to, act)
    desk.done(outcome, f"候选人公示到 {last} 为止（含当天）")


@command("withdraw", example="federation election withdraw 张三 --contest members --note 本人提出 --as 王秘书")
@click.argument("name", metavar="姓名")
@click.option("--note", default="", metavar="文字", help="原因；选票印制之后为主席团的决定")
@acts("contest")
def withdraw(desk: Desk, name: str, note: str) -> None:
    """撤回提名。选票已印制的，须有主席团决定，已印的选票和凭证随之作废。"""
    with desk.acting() as (session, act):
        round = desk.round(session)
        poll = poll_of(session, round.election_id)
        outcome = service.withdraw(session, poll, round, name, note, act)
        warnings = service.surplus_warnings(session, poll, round)
    desk.done(outcome, "\n".join([f"{name}已撤回", *_warned(warnings)]), warnings=[str(found) for found in warnings])


def _still_there(others: list[str], contest: str) -> str:
    """That a list given without some names keeps them: nominating only adds."""
    if not others:
        return ""
    return (
        f"\n名单上还有这次没有写的：{'、'.join(others)}。提名只增不减，要去掉的："
        f"federation election withdraw 姓名 --note 原因 --contest {contest}"
    )


def _warned(warnings: tuple[Finding, ...]) -> list[str]:
    return [f"提醒：{found}" for found in warnings]


COMMANDS = (nominate, profile, publicity, withdraw)
