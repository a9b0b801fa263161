"""`journal`: the record of every act, shown and verified."""

import click

from federation.commands.database import chain_table
from federation.commands.desk import Desk, reads
from federation.commands.output import table
from federation.commands.shell import group
from federation.services import databases
from federation.services import journal as service


@group("journal")
def journal() -> None:
    """工作日志：只追加，前后相扣；投票这一个动作没有日志。"""


@journal.command("show", example="federation journal show --case founding-1 --last 20")
@click.option("--last", type=click.IntRange(min=1), default=None, metavar="行数", help="只看最后几行")
@click.option("--database", is_flag=True, help="看数据库本身的日志（建库、升级、备份、恢复）")
@reads("case")
def show(desk: Desk, last: int | None, database: bool) -> None:
    """看日志：何时、何人、办了什么。"""
    with desk.reading() as session:
        of = None if database else desk.federation(session)
        case = desk.case(session) if of and desk.case_id else None
        rows = service.shown(session, of, case, last)
    desk.report([row.as_json() for row in rows], table(_HEADERS, [row.cells() for row in rows]))


_HEADERS = ("行", "时间", "办理人", "对象", "事项", "校验码（前 12 位）")


@journal.command("verify", example="federation journal verify")
@click.option("--against", default="", metavar="校验码", help="再核对纸上所印的校验码是否在日志里")
@reads("federation")
def verify(desk: Desk, against: str) -> None:
    """逐行校验全部日志，报出行数和校验码；有一行不对就指出来。"""
    with desk.reading() as session:
        if desk.federation_id:
            desk.federation(session)
        chains = [chain for chain in databases.chains(session) if desk.federation_id in ("", chain.of)]
        found = service.line_of(session, against) if against else None
    facts: dict[str, object] = {"chains": [{"of": c.of, "lines": c.lines, "head": c.head} for c in chains]}
    text = chain_table(tuple(chains))
    if found:
        facts["against"] = found.as_json()
        text += f"\n纸上的校验码是第 {found.sequence} 行：{found.stated} {found.label}（{found.subject}）"
    desk.report(facts, f"工作日志完好\n{text}")
