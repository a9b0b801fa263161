"""`appoint` and `term`: who holds which office."""

from dataclasses import asdict

import click

from federation.clock import beijing_day, chinese_date
from federation.commands.desk import Desk, acts, reads
from federation.commands.output import table
from federation.commands.shell import command, group
from federation.errors import Misused
from federation.services import terms


@command("appoint", example="federation appoint --years 5 --as 王秘书")
@click.argument("claimed", nargs=-1, metavar="[职务=姓名…]")
@click.option("--years", type=int, required=True, metavar="年数", help="任期年数，按章程")
@acts()
def appoint(desk: Desk, claimed: tuple[str, ...], years: int) -> None:
    """依宣布的选举结果任职；写出的人必须确已当选。"""
    pairs = [entry.partition("=") for entry in claimed]
    if any(not sign or not name for _, sign, name in pairs):
        raise Misused("任职人选写作 职务=姓名，如 主席=张三；不写则全部当选人一并任职")
    with desk.acting() as (session, act):
        outcome = terms.appoint(session, desk.case(session), years, [(office, name) for office, _, name in pairs], act)
        rows = terms.listed(session, desk.federation(session))
    desk.done(outcome, "\n".join(["已任职：", _table(rows)]), terms=[asdict(row) for row in rows])


@group("term")
def term() -> None:
    """任期与任职情况。"""


@term.command("list", example="federation term list")
@click.option("--all", "everything", is_flag=True, help="也列出已经届满或离任的")
@reads("federation")
def list_(desk: Desk, everything: bool) -> None:
    """列出任职情况。"""
    with desk.reading() as session:
        rows = terms.listed(session, desk.federation(session), None if everything else beijing_day(desk.clock.now()))
    desk.report([asdict(row) for row in rows], _table(rows) if rows else "现在没有人任职（--all 列出历届）")


@term.command("resign", example="federation term resign 张三 --office 副主席 --note '书面辞职，执委会接受' --as 王秘书")
@click.argument("name", metavar="姓名")
@click.option("--office", default="", metavar="职务", help="兼有几职时写明")
@click.option("--note", default="", metavar="文字", help="依据")
@acts()
def resign(desk: Desk, name: str, office: str, note: str) -> None:
    """登记辞职或调离。"""
    with desk.acting() as (session, act):
        outcome = terms.resign(session, desk.case(session), office, name, note, act)
    desk.done(outcome, f"已登记：{name}离任")


def _table(rows: list[terms.TermFacts]) -> str:
    cells = [
        (
            row.office,
            row.name,
            f"第 {row.term_no} 届",
            chinese_date(row.starts_on),
            chinese_date(row.ended_on or row.ends_on),
        )
        for row in rows
    ]
    return table(("职务", "姓名", "届次", "自", "至"), cells)
