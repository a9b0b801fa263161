"""`election nominate` and `election withdraw`."""

from pathlib import Path

import click

from federation.boxes import parts_of
from federation.commands.desk import Desk, acts
from federation.commands.shell import command
from federation.errors import Finding
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


COMMANDS = (nominate, withdraw)
