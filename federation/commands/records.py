"""`record export`, `record verify`, `record show`: the election record, for anyone to count again."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click
from sqlalchemy.orm import Session

from federation.ballotbox.passes import read_check_code
from federation.commands.desk import Desk, acts, reads
from federation.commands.keys import gathered
from federation.commands.shell import group
from federation.errors import Finding, Misused, NotFound, NotReady, Refused, WrongStage
from federation.models import BallotRound, Case
from federation.rules.sightings import seen
from federation.services import papers, records, unsealing
from federation.services.polls import candidates, poll_of
from federation.services.records import Keys, Kind
from federation.system_faults import cause


@group("record")
def record() -> None:
    """选举记录：导出、核验、查核对码。任何人都可以据此重新计票。"""


@record.command("export", example="federation record export --out 公开记录.zip")
@click.option(
    "--out", "file", type=click.Path(path_type=Path), required=True, metavar="文件", help="写到哪个文件，不覆盖"
)
@click.option("--sealed", is_flag=True, help="密封记录（含选票和密钥），由两名监票人办理，逐箱输入份额")
@acts()
def export(desk: Desk, file: Path, sealed: bool) -> None:
    """导出选举记录。不写 --sealed 的是公开记录：合计票数、账目、办法、日志和核对码。"""
    kind: Kind = "sealed" if sealed else "public"
    if sealed:
        desk.act()  # nobody types shares only to be told that no officer was named
    with desk.reading() as session:
        case = desk.case(session)
        wanted = [(one.poll.case.id, one.poll.case.path, one.key) for one in records.locked(session, case, kind)]
        orders = [papers.order(session, case, slot.short_id) for slot in papers.available(session, case) if slot.frozen]
    rebuilt = {
        id: unsealing.key_of(key, gathered(key.threshold, f"{path}（第 {key.number} 号密钥）"))
        for id, path, key in wanted
    }
    made = _pdf_hashes(orders)
    if not sealed:
        with desk.reading() as session:
            sha256 = written(session, desk.case(session), kind, file, rebuilt, made)
    else:
        with _gone_on_refusal(file), desk.acting(consistent=True) as (session, act):
            sha256 = written(session, desk.case(session), kind, file, rebuilt, made)
            records.recorded(session, desk.case(session), sha256, act)
    said = f"已写出{'密封' if sealed else '公开'}记录 {file}（SHA-256 {sha256}）。核验：federation record verify {file}"
    desk.report({"file": str(file), "kind": kind, "sha256": sha256}, said)


def written(session: Session, case: Case, kind: Kind, file: Path, rebuilt: Keys, made: dict[str, str]) -> str:
    """Write a record into its place, for its owner alone where it is sealed, and return its SHA-256."""
    from federation.ballotbox.record import write

    with _placed(file, 0o600 if kind == "sealed" else 0o644) as target:
        write(target, records.members(session, case, kind, rebuilt, made))
    digest = hashlib.sha256()
    with file.open("rb") as content:
        while block := content.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


@contextmanager
def _placed(file: Path, mode: int) -> Iterator[IO[bytes]]:
    """A new file, whole or not at all; Refused where there is one of that name."""
    if file.exists():
        raise Refused("不能导出", [Finding(f"文件 {file} 已经存在", "不覆盖已有的文件", "换一个文件名")])
    part = file.with_name(f".{file.name}.partial")
    try:
        part.unlink(missing_ok=True)  # of a run that was cut off: its mode may be another
        with open(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, mode), "w+b") as target:
            yield target
            target.flush()
            os.fsync(target.fileno())
        part.replace(file)
    except OSError as error:
        part.unlink(missing_ok=True)
        finding = Finding(f"写不进 {file.parent}：{cause(error)}", "", "腾出空间或换一个文件夹")
        raise NotReady("文件写入失败", [finding]) from None
    except BaseException:
        part.unlink(missing_ok=True)
        raise


@contextmanager
def _gone_on_refusal(file: Path) -> Iterator[None]:
    """A sealed record that the journal does not know of is not left behind."""
    there = file.exists()
    try:
        yield
    except BaseException:
        if not there:
            file.unlink(missing_ok=True)
        raise


def _pdf_hashes(orders: list[papers.PaperOrder]) -> dict[str, str]:
    """The SHA-256 of each frozen paper as `paper make` writes it here; one that cannot be printed has none."""
    from federation.documents import render

    made = {}
    for order in orders:
        try:
            made[order.short_id] = hashlib.sha256(render(order.kind, order.facts)).hexdigest()
        except Refused:
            continue
    return made


@record.command("verify", example="federation record verify 公开记录.zip --against 8f3a…")
@click.argument("file", type=click.Path(path_type=Path), metavar="文件")
@click.option("--against", multiple=True, metavar="校验码", help="签过字的纸上的校验码，可写多个")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
def verify(file: Path, against: tuple[str, ...], as_json: bool) -> None:
    """核验一份选举记录：不用数据库，不用网络，全部重做一遍。

    一致（consistent）：记录自相一致。真实（authentic）：并且与签过字的纸相符。
    """
    from federation.ballotbox.record import verify as verified

    if not file.is_file():
        raise Misused(f"没有找到文件 {file}")
    verdict = verified(file, against)
    Desk.told(verdict.as_json(), "\n".join(verdict.lines()), as_json=as_json)


@record.command("show", example="federation record show --check-code ABCD-EFGH-JKMN --contest members")
@click.argument("file", required=False, type=click.Path(path_type=Path), metavar="[文件]")
@click.option("--check-code", "code", default="", metavar="核对码", help="存根上的核对码，查票是否计入")
@reads("contest")
def show(desk: Desk, file: Path | None, code: str) -> None:
    """看一份记录里有什么；写核对码的，查这张票计入了没有（不写文件则查数据库）。"""
    if file is None and not code:
        raise Misused("请写明记录文件，或用 --check-code 写明核对码")
    if file is None:
        _show_check(desk, read_check_code(code))
        return
    from federation.ballotbox.record import contents

    found = contents(file)
    if not code:
        desk.report(found.as_json(), "\n".join(found.lines()))
        return
    there, line = found.check(read_check_code(code), desk.contest_id)
    _told(desk, there, line)


def _show_check(desk: Desk, code: str) -> None:
    """A check code looked up in the database, once the box is open."""
    with desk.reading() as session:
        poll = poll_of(session, desk.round(session).election_id)
        if poll.election.box != "opened":
            remedy = "开箱（federation election unseal）之后再查；宣布结果以前、以后都可以查"
            raise WrongStage("还不能查核对码", [Finding("票箱还没有开启", "监票人到齐规定人数才开箱", remedy)])
        there, line = unsealing.shown(session, poll, code)
        said = seen(line, [(round.office, names_of(session, round)) for round in poll.rounds]) if line else ""
    _told(desk, there, said)


def names_of(session: Session, round: BallotRound) -> list[str]:
    return [row.name for row in candidates(session, round)]


def _told(desk: Desk, there: bool, said: str) -> None:
    """Her ballot was counted, and how where the method shows it; or what to do, and whom to tell."""
    if not there:
        remedy = (
            "先对照存根看有没有输错。确属无误的：还没有宣布结果，立即找总监票人登记争议"
            "（federation election dispute 起数），由主席团决定之后才能宣布；"
            "已经宣布的，写成书面交总监票人和主席团，随选举结果一并上报"
        )
        raise NotFound("没有查到这个核对码", [Finding("开箱后的名单里没有它", "每张计入的票都能凭核对码查到", remedy)])
    text = "这张票已计入" + (f"，票面如下（请勿示人）：\n{said}" if said else "。选举办法规定只查是否计入，不显示票面")
    desk.report({"counted": True, "paper": said or None}, text)
