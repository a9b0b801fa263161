"""`election enter`, `entries`, `settle`, `sign-off`: papers from the opened box, by two tellers or as a file."""

import unicodedata
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from sqlalchemy.orm import Session

from federation.boxes import is_several, write_in_of
from federation.commands import entering
from federation.commands.desk import Desk, acts, reads
from federation.commands.keyboard import mark_keys
from federation.commands.output import table
from federation.commands.shell import command
from federation.errors import Misused
from federation.facts.counting import Paper
from federation.models import BallotRound
from federation.rules.ballots import empty_mark
from federation.rules.entries import pile_name
from federation.services import sign_offs
from federation.services.comparisons import BatchFacts, listed
from federation.services.polls import Poll, candidates, poll_of

_FILE = click.Path(path_type=Path)
_EXAMPLE = """\
federation election enter --batch 1 --papers 50 --contest members --as 孙计票
federation election enter --batch 1 --file 第1批.csv --contest members --as 周计票
federation election enter --batch 1 --correct 12 --contest members --as 周计票
federation election enter --undo-batch 1 --note 混入了另一项的选票 --contest members --as 孙计票
federation election enter --totals 计票表.csv --valid 146 --invalid 2 --contest members --as 孙计票
federation election enter 票箱.csv --contest members --as 孙计票"""


@command("enter", example=_EXAMPLE)
@click.argument("file", metavar="文件", type=_FILE, required=False)
@click.option("--batch", default="", metavar="批号", help="录入这一批（一叠选票，编号或起名）；两名计票人各录一遍")
@click.option("--papers", type=int, default=None, metavar="张数", help="这一批的张数；不写为 50 张或箱内余下的张数")
@click.option("--file", "typed", metavar="文件", type=_FILE, help="这一批自己录在表格里的文件：一行一张，按叠放次序")
@click.option("--correct", type=int, default=None, metavar="张号", help="更正自己录的第几张")
@click.option("--undo-batch", default="", metavar="批号", help="撤销一批（签认过的也可以），两人重录")
@click.option("--totals", metavar="文件", type=_FILE, help="计票表：一项选举全部纸质选票的合计；两名计票人各交一份")
@click.option("--valid", type=int, default=None, metavar="张数", help="计票表的有效票张数")
@click.option("--invalid", type=int, default=None, metavar="张数", help="计票表的无效票张数")
@click.option("--undo", default="", metavar="文件", help="撤销误录的文件（写文件名，或其 SHA-256 的开头几位）")
@click.option("--note", default="", metavar="文字", help="撤销的原因")
@acts("contest")
def enter(
    desk: Desk,
    file: Path | None,
    batch: str,
    papers: int | None,
    typed: Path | None,
    correct: int | None,
    undo_batch: str,
    totals: Path | None,
    valid: int | None,
    invalid: int | None,
    undo: str,
    note: str,
) -> None:
    """录入票箱里的纸质选票：一叠一批，两名计票人各录一遍，逐项比对一致再签认；录一张存一张，中断了接着录。

    录入时一人一键。也可以交计票表（两人各一份，一致即签认），或者一次录入整箱的文件：一行一张，全部录入或一张也不录。
    """
    if sum(map(bool, (file, batch, undo_batch, totals, undo))) != 1:
        raise Misused("录入什么，五者取一：--batch 批号、--totals 计票表、文件（整箱）、--undo-batch 批号、--undo 文件")
    if not batch and any(option is not None for option in (papers, typed, correct)):
        raise Misused("--papers、--file、--correct 与 --batch 批号一同使用")
    if typed and correct is not None:
        raise Misused("--file 和 --correct 只用一个")
    if file:
        entering.whole_box(desk, file)
    elif undo:
        entering.undo_file(desk, undo, note)
    elif undo_batch:
        _undo(desk, undo_batch, note)
    elif totals:
        entering.tally_sheet(desk, totals, valid, invalid)
    elif typed:
        entering.pile_file(desk, batch, papers, typed)
    elif correct is not None:
        entering.correction(desk, batch, correct)
    else:
        entering.pile(desk, batch, papers)


def _undo(desk: Desk, number: str, note: str) -> None:
    with desk.acting() as (session, act):
        poll, round = there(desk, session)
        outcome = sign_offs.undo(session, poll, round, number, note, act)
    desk.done(outcome, f"{pile_name(number)}已撤销，由两名计票人重录")


def there(desk: Desk, session: Session) -> tuple[Poll, BallotRound]:
    """The poll and the round asked about."""
    round = desk.round(session)
    return poll_of(session, round.election_id), round


@command("entries", example="federation election entries --contest members")
@reads("contest")
def entries(desk: Desk) -> None:
    """列出各批：谁录、录到哪里、是否签认；两人都录完之后，逐项列出不一致之处。"""
    with desk.reading() as session:
        poll, round = there(desk, session)
        rows, office = listed(session, poll, round), round.office
        box = poll.election.papers
    heading = f"{office}：箱内纸质选票 {'—' if box is None else box} 张"
    lines = [line for row in rows for line in difference_lines(row, round.short_id)]
    cells = [_cells(row) for row in rows]
    text = table(("批", "张数", "计票人", "状态"), cells) if rows else "还没有分批录入"
    desk.report([_facts(row) for row in rows], "\n".join([heading, text, *lines]))


def _facts(row: BatchFacts) -> dict[str, Any]:
    return asdict(row) | {"both_finished": row.both_finished}


def _cells(row: BatchFacts) -> tuple[object, ...]:
    people = "、".join(
        f"{teller.name}（{'录完' if teller.finished else f'{teller.entered} 张'}）" for teller in row.tellers
    )
    if row.signed_off:
        state = "已签认"
    elif not row.both_finished:
        state = "等另一人录" if len(row.tellers) < 2 else "在录"
    else:
        state = f"{len(row.differences)} 处不一致" if row.differences else "一致，待签认"
    settled = f"，裁定 {len(row.settled)} 张" if row.settled else ""
    return row.number, row.papers, people, state + settled


def difference_lines(row: BatchFacts, contest: str) -> list[str]:
    """The differences of a batch as a table, with what to do about them; empty where there are none."""
    if not row.differences:
        return []
    cells = [(one.paper or "—", one.field, one.first, one.second) for one in row.differences]
    first, second = (teller.name for teller in row.tellers)
    number = row.number
    todo = (
        f"看票更正：federation election enter --batch {number} --correct 张号 --contest {contest}；"
        f"存疑的请监票人：federation election settle --batch {number} --paper 张号 --marks … --reason 理由"
        if row.kind == "papers"
        else f"核对后重交：federation election enter --totals 计票表.csv --valid … --invalid … --contest {contest}"
    )
    return ["", f"{pile_name(number)}不一致之处：", table(("第几张", "项目", first, second), cells), todo]


@command(
    "settle",
    example="federation election settle --batch 1 --paper 12 --marks 1121 --reason 第四格涂改，认定反对 --as 李监票",
)
@click.option("--batch", required=True, metavar="批号", help="哪一批")
@click.option("--paper", "position", type=int, required=True, metavar="张号", help="第几张")
@click.option("--marks", default="", metavar="键", help="按选票次序一人一键：1 赞成 2 反对 3 弃权 0 空着 ? 不清")
@click.option("--write-in", "written", multiple=True, metavar="姓名", help="另选他人，有赞成符号的写在姓名前，如 ○张三")
@click.option("--stray", is_flag=True, help="票面有多余记号")
@click.option("--illegible", is_flag=True, help="整张无法辨认")
@click.option("--reason", default="", metavar="理由", help="为什么这样认定")
@acts("contest")
def settle(
    desk: Desk,
    batch: str,
    position: int,
    marks: str,
    written: tuple[str, ...],
    stray: bool,
    illegible: bool,
    reason: str,
) -> None:
    """监票人裁定存疑的一张：写明票面是什么、为什么；以裁定为准。"""
    with desk.acting() as (session, act):
        poll, round = there(desk, session)
        names = [row.name for row in candidates(session, round)]
        paper = _settled(poll, names, marks, written, stray, illegible)
        outcome = sign_offs.settle(session, poll, round, batch, position, paper, reason, act)
    desk.done(outcome, f"第 {batch} 批第 {position} 张已裁定")


def _settled(
    poll: Poll, names: Sequence[str], marks: str, written: Sequence[str], stray: bool, illegible: bool
) -> Paper:
    signs = poll.method.ballot.marks
    known, typed = mark_keys(signs), unicodedata.normalize("NFKC", marks)
    if not marks and not (stray or illegible):
        raise Misused("请用 --marks 写明票面，或用 --stray、--illegible 说明")
    if strange := [key for key in typed if key not in known]:
        raise Misused(f"--marks 里没有“{strange[0]}”这个键，可写 {'、'.join(known)}")
    if marks and len(typed) != len(names):
        raise Misused(f"选票上有 {len(names)} 个姓名，--marks 写了 {len(typed)} 个键")
    if several := next(filter(is_several, written), None):
        raise Misused(f"--write-in {several} 写了几个人，请一人写一个 --write-in，符号写在各人姓名前")
    read = "".join(known[key] for key in typed) or empty_mark(signs) * len(names)
    entries = tuple(entry for name in written if (entry := write_in_of(name, signs)))
    return Paper(read, entries, stray, illegible)


@command("sign-off", example="federation election sign-off --batch 1 --with 周计票 --contest members --as 孙计票")
@click.option("--batch", required=True, metavar="批号", help="哪一批")
@acts("contest")
def sign_off(desk: Desk, batch: str) -> None:
    """录入的两名计票人签认一批：一致（或已裁定）才签得成，签认之后才计入。"""
    with desk.acting() as (session, act):
        poll, round = there(desk, session)
        outcome = sign_offs.sign_off(session, poll, round, batch, act)
        office, box = round.office, poll.election.papers
        entered = sum(row.papers for row in listed(session, poll, round) if row.signed_off)
    desk.done(outcome, f"{office}第 {batch} 批已签认；箱内 {box} 张，已签认 {entered} 张", entered=entered)


COMMANDS = (enter, entries, settle, sign_off)
