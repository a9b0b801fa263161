"""`election hands`: what was counted in a show of hands."""

import re
from collections.abc import Iterable
from pathlib import Path

import click

from federation.boxes import clean_name, is_several
from federation.commands.desk import Desk, acts
from federation.commands.shell import command
from federation.errors import Misused
from federation.facts.counting import NameVotes
from federation.rules.methods import Marks
from federation.services import hands as service
from federation.services.polls import candidates, poll_of
from federation.tally_sheets import read_totals

_EXAMPLE = """\
federation election hands 甲=15/2/1 乙=14/3/1 --contest members --as 李监票 --with 赵监票
federation election hands --file 举手.csv --contest members --as 李监票 --with 赵监票"""


@command("hands", example=_EXAMPLE)
@click.argument("entries", nargs=-1, metavar="姓名=赞成/反对/弃权…")
@click.option("--write-in", "written", multiple=True, metavar="姓名=人数", help="另选他人得到的赞成，可写多个")
@click.option("--file", type=click.Path(path_type=Path), metavar="文件", help="从表格读入，列与 count --totals 相同")
@acts("contest")
def hands(desk: Desk, entries: tuple[str, ...], written: tuple[str, ...], file: Path | None) -> None:
    """登记举手表决的人数，逐名登记，两人办理；计票之前可以改正，每次都留痕。

    办法没有设的那一项（如不设弃权）不写：姓名=赞成/反对。
    """
    if bool(file) == bool(entries):
        raise Misused("请逐名写 姓名=赞成/反对/弃权，或用 --file 给出表格，二者取一")
    with desk.acting() as (session, act):
        round = desk.round(session)
        poll = poll_of(session, round.election_id)
        marks = poll.method.ballot.marks
        listed = [row.name for row in candidates(session, round)]
        votes = read_totals(file, marks, listed) if file else typed_votes(entries, written, marks)
        outcome = service.record(session, poll, round, votes, act)
        office = round.office
    lines = [f"{row.name}{'（另选）' if row.write_in else ''}：{_said(row)}" for row in votes]
    desk.done(outcome, "\n".join([f"{office}：已登记举手人数", *lines]))


def typed_votes(entries: Iterable[str], written: Iterable[str], marks: Marks) -> tuple[NameVotes, ...]:
    """The votes of 甲=15/2/1 …, a number for each mark the method has, and of written names 乙=3."""
    has = [True, marks.against is not None, marks.abstain is not None]
    form = "姓名=" + "/".join(word for word, there in zip(("赞成", "反对", "弃权"), has, strict=True) if there)
    rows = []
    for entry in entries:
        name, numbers = _parsed(entry, sum(has), form)
        counts = iter(numbers)
        approve, against, abstain = (next(counts) if there else None for there in has)
        rows.append(NameVotes(name, False, approve or 0, against, abstain))
    for entry in written:
        name, [approve] = _parsed(entry, 1, "--write-in 姓名=人数")
        rows.append(NameVotes(name, True, approve, None, None))
    return tuple(rows)


def _parsed(entry: str, wanted: int, form: str) -> tuple[str, list[int]]:
    name, _, figures = entry.replace("＝", "=").rpartition("=")
    numbers = re.split("[/／]", figures.strip())
    if not clean_name(name) or len(numbers) != wanted or not all(re.fullmatch(r"[0-9]{1,9}", n) for n in numbers):
        raise Misused(f"“{entry}”看不懂，应写作 {form}，人数是不小于 0 的整数")
    if is_several(name):
        raise Misused(f"“{entry}”写了几个人，请一人一项，各写各的人数")
    return clean_name(name), [int(number) for number in numbers]


def _said(row: NameVotes) -> str:
    counts = {"赞成": row.approve, "反对": row.against, "弃权": row.abstain}
    return "，".join(f"{word} {count}" for word, count in counts.items() if count is not None)


COMMANDS = (hands,)
