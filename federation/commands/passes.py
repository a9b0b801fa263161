"""`election passes`, `void-passes`, `late-passes`, `exchange`, `hand-in`, `dispute`: voting passes from pile to box."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import click
from sqlalchemy.orm import Session

from federation.ballotbox.passes import Pass, read_code, shown, shown_check
from federation.commands.desk import Desk, acts
from federation.commands.progress import bar
from federation.commands.scanning import HEADINGS, gathered
from federation.commands.shell import command
from federation.errors import Misused
from federation.facts.secret_papers import PassSheet, PassSlip
from federation.models import Federation
from federation.services import doubts, secret_files
from federation.services import passes as service
from federation.services.passes import Taken, usable
from federation.services.polls import Poll, passes_in, poll_of
from federation.services.steps import Outcome

_CODES = click.argument("codes", nargs=-1, metavar="[代码…]")
_FILE = click.option("--file", "file", type=click.Path(path_type=Path), metavar="文件", help="每行一个代码")


@command("passes", example="federation election passes --number 150 --out 凭证.pdf --contest members --as 李监票")
@click.option("--number", type=int, default=0, metavar="份数", help="制作多少份")
@click.option(
    "--out",
    "file",
    type=click.Path(path_type=Path),
    metavar="文件",
    help="写到哪个文件：.pdf 直接打印；.csv 交印制用的代码表。只写一次，不能再取",
)
@click.option("--page", default="", metavar="网址", help="投票页面的网址，印成二维码；不写则二维码只含代码")
@click.option("--destroy", type=click.Path(path_type=Path), metavar="文件", help="印好之后由两名监票人销毁这个文件")
@acts("contest")
def passes(desk: Desk, number: int, file: Path | None, page: str, destroy: Path | None) -> None:
    """制作投票凭证。代码只写进所指的文件；库里只存校验值，谁也查不出哪份是谁的。

    印好、裁开、封好、打乱之后，用 --destroy 销毁文件。
    """
    if destroy:
        destroyed(desk, destroy)
        return
    if file is None:
        raise Misused("请用 --out 写明凭证写到哪个文件，如 凭证.pdf")
    if file.suffix.lower() not in (".pdf", ".csv"):
        raise Misused(f"{file} 须是 .pdf（直接打印）或 .csv（交印制）")
    there = file.exists()
    try:
        with desk.acting() as (session, act):
            poll = poll_of(session, desk.round(session).election_id)
            outcome = service.make(session, poll, number, file, printer(session, poll, file, page), act)
            total, contest = passes_in(session, poll, "unspent"), poll.rounds[0].short_id
    except BaseException:
        if not there:
            file.unlink(missing_ok=True)  # codes that no poll knows are of no use to anybody
        raise
    said = f"已制作 {number} 份凭证，写入 {file}" + (f"；连同先前的，未作废的共 {total} 份" if total > number else "")
    said += (
        "。印好、裁开、封好、打乱，再由两名监票人销毁文件：\n"
        f"  federation election passes --destroy {file} --contest {contest} --as 监票人 --with 另一名监票人"
    )
    desk.done(outcome, said, passes=number, total=total)


def destroyed(desk: Desk, file: Path) -> None:
    """Delete the file of a secret paper, or a folder of them, by two: all recorded in one, then all gone."""
    files = sorted(file.iterdir()) if file.is_dir() else [file]
    if not files:
        raise Misused(f"文件夹 {file} 是空的，没有可销毁的文件")
    with desk.acting() as (session, act):
        poll = poll_of(session, desk.round(session).election_id)
        outcomes = [secret_files.destroy(session, poll, each, act) for each in files]
        left = secret_files.undestroyed(session, poll)
    for each in files:
        secret_files.shred(each)
    if file.is_dir():
        file.rmdir()
    outcome = next((outcome for outcome in outcomes if outcome.taken), outcomes[0])
    said = f"已销毁 {file}，记入日志" + (f"（{len(files)} 个文件）" if len(files) > 1 else "")
    desk.done(outcome, said + (f"。还没有销毁的：{'、'.join(left)}" if left else ""))


def reminder(contest: str, left: Sequence[str]) -> str:
    """Which secret papers are still on disk, and what deletes them; empty where none is."""
    if not left:
        return ""
    return (
        f"\n提醒：还有 {len(left)} 个机密文书的文件没有销毁：{'、'.join(left)}。由两名监票人逐个销毁：\n"
        f"  federation election passes --destroy 文件 --contest {contest} --as 监票人 --with 另一名监票人"
    )


def printer(session: Session, poll: Poll, file: Path, page: str) -> service.Print:
    """How a pile is laid out: pages to print, or a table for whoever prints."""
    if file.suffix.lower() == ".csv":
        return as_table
    of = session.get_one(Federation, poll.case.federation_id)
    meeting, offices = poll.meeting_case.label, tuple(round.office for round in poll.rounds)

    def pages(pile: Sequence[Pass]) -> bytes:
        from federation.documents import pass_sheet

        slips = tuple(slip(each, page) for each in pile)
        check = poll.method.record.check
        with bar("凭证", len(slips)) as told:
            return pass_sheet(PassSheet(of.name, meeting, offices, page, check, slips, of.specimen), told=told)

    return pages


def slip(each: Pass, page: str) -> PassSlip:
    """A pass as it is printed; its link holds the code in the fragment, which no server is ever sent."""
    code = shown(each.code)
    return PassSlip(code, shown_check(each.check_code), f"{page}#{each.code}" if page else code)


def as_table(pile: Sequence[Pass]) -> bytes:
    """A pile as a table."""
    rows = [HEADINGS, *((shown(each.code), shown_check(each.check_code)) for each in pile)]
    return "".join(f"{code},{check}\r\n" for code, check in rows).encode("utf-8-sig")


@command("void-passes", example="federation election void-passes --file 剩余凭证.csv --contest members --as 李监票")
@_CODES
@_FILE
@acts("contest")
def void_passes(desk: Desk, codes: tuple[str, ...], file: Path | None) -> None:
    """作废没有领出的凭证：投票开始前，或投票中作废预留的。不写代码时逐份扫码。"""
    _scanned(desk, codes, file, service.void, "void", "作废")


@command("late-passes", example="federation election late-passes 2 --contest members --as 李监票 --with 赵监票")
@click.argument("total", type=int, metavar="份数")
@acts("contest")
def late_passes(desk: Desk, total: int) -> None:
    """登记预留的凭证领出几份（开始投票时已到会而未及领取的人），由两名监票人清点。写到目前为止共领出的份数。"""
    with desk.acting() as (session, act):
        poll = poll_of(session, desk.round(session).election_id)
        outcome = service.draw_late(session, poll, total, act)
        left = poll.election.kept_back
    said = f"预留的凭证共领出 {total} 份，还剩 {left} 份。又有人领的，写到那时为止的总数"
    desk.done(outcome, said, kept_back=left)


@command("exchange", example="federation election exchange --contest members --as 李监票 --with 赵监票")
@_CODES
@_FILE
@acts("contest")
def exchange(desk: Desk, codes: tuple[str, ...], file: Path | None) -> None:
    """未用的凭证当面注销，换领纸质选票；遗失的不能换。几份一起换的，代码写在一处。"""
    _scanned(desk, codes, file, service.exchange, "exchanged", "注销并换领纸质选票")


@command("hand-in", example="federation election hand-in --contest members --as 李监票 --with 赵监票")
@_CODES
@_FILE
@acts("contest")
def hand_in(desk: Desk, codes: tuple[str, ...], file: Path | None) -> None:
    """投票结束后收回未用的凭证，逐份扫码；领出而未投、未交回的，清点时当场宣布份数。"""
    _scanned(desk, codes, file, service.hand_in, "handed_in", "收回")


@command("dispute", example="federation election dispute 1 --contest members --as 李监票 --with 赵监票")
@click.argument("total", type=int, metavar="起数")
@acts("contest")
def dispute(desk: Desk, total: int) -> None:
    """登记争议：持证人发现凭证已被使用。写到目前为止的总起数；只记起数，不记姓名。"""
    with desk.acting() as (session, act):
        outcome = doubts.dispute(session, poll_of(session, desk.round(session).election_id), total, act)
    desk.done(outcome, f"共登记争议 {total} 起", disputes=total)


def _scanned(
    desk: Desk, codes: tuple[str, ...], file: Path | None, service: Callable[..., Outcome], to: Taken, label: str
) -> None:
    desk.act()  # nobody scans a pile only to be told that no officer was named

    def check(code: Mapping[str, str]) -> None:
        with desk.reading() as session:
            usable(session, poll_of(session, desk.round(session).election_id), code, to)

    typed = gathered(codes, file, check)
    with desk.acting() as (session, act):
        outcome = service(session, poll_of(session, desk.round(session).election_id), typed, act)
    number = len({read_code(code) for code in typed.values()})  # a slip scanned twice is one pass
    desk.done(outcome, f"已{label} {number} 份凭证", passes=number)


COMMANDS = (passes, void_passes, late_passes, exchange, hand_in, dispute)
