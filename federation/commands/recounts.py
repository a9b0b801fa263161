"""`election export` and `election result`: a count that anyone can make again, and what it has to print."""

import hashlib
import shutil
import tempfile
from pathlib import Path

import click

from federation.commands.count import CountFiles, counted, show
from federation.commands.desk import Desk, acts, reads
from federation.commands.files import write_whole
from federation.commands.shell import command
from federation.errors import Finding, Misused, Refused
from federation.rules.counting import question
from federation.rules.methods import load_method
from federation.services import recounts
from federation.services.polls import poll_of
from federation.services.recounts import Parcel
from federation.services.results import result_of

NOTE = "复核说明.txt"
RESULT = "result.json"
_WHAT = {
    "method.toml": "所依据的选举办法",
    "ballots.csv": "全部收回的选票，一行一张，按票面内容排列，与投票先后无关",
    "totals.csv": "各人得到的票数（举手表决，或只有计票表）",
    "candidates.csv": "候选人，按选票上的次序",
    "delegates.csv": "可以另选的代表",
    "strokes.csv": "已设定的笔画",
}


@command("result", example="federation election result --contest members.2 --json")
@reads("contest")
def result(desk: Desk) -> None:
    """一轮的计票结果；--json 与 federation count --json 的输出逐字节相同。"""
    with desk.reading() as session:
        round = desk.round(session)
        poll = poll_of(session, round.election_id)
        show(result_of(poll, round), poll.method, desk.as_json)


@command("export", example="federation election export --contest members.2 --dir 复核 --as 王秘书")
@click.option(
    "--dir", "folder", required=True, type=click.Path(path_type=Path), metavar="文件夹", help="写到哪个新文件夹"
)
@acts("contest")
def export(desk: Desk, folder: Path) -> None:
    """导出一轮的办法、选票、名单和账目，任何人可用 federation count 另行重算；宣布之后才能导出。

    导出的文件当场重算一遍，与结果逐字节相同才算导出；每次导出都记入日志。
    """
    if folder.exists():
        raise Misused(f"{folder} 已存在，不覆盖；请换一个文件夹")
    with desk.acting(consistent=True) as (session, act):
        round = desk.round(session)
        outcome, parcel = recounts.export(session, poll_of(session, round.election_id), round, act)
        _write(folder, parcel)  # on disk before it is journalled: a line never speaks of files that are not there
    told = [f"已导出到 {folder}：{'、'.join([*parcel.files, RESULT, NOTE])}", "在该文件夹中重算：", parcel.command]
    if parcel.confidential:
        told.append("办法规定只公布合计票数：选票文件供监票人复核，不得公布")
    desk.done(outcome, "\n".join(told), dir=str(folder), command=parcel.command)


def _write(folder: Path, parcel: Parcel) -> None:
    """The files in their folder, for its owner alone: all of them, counted again, or none."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    try:
        for name, content in parcel.files.items():
            write_whole(unfinished / name, content)
        _must_count_to(parcel, unfinished)
        expected = f"{parcel.result.printed()}\n".encode()
        write_whole(unfinished / RESULT, expected)
        write_whole(unfinished / NOTE, _note(parcel, expected).encode("utf-8-sig"))
        unfinished.replace(folder)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise


def _must_count_to(parcel: Parcel, folder: Path) -> None:
    """Count the files as anyone will: a file cannot hold every name, and one that gives another result is worthless."""
    files = {path.stem: path for path in map(folder.joinpath, parcel.files) if path.suffix == ".csv"}
    method = load_method(parcel.files["method.toml"].decode(), "method.toml")
    result = parcel.result
    found = counted(question(method, result.contest, result.round, result.seats), parcel.ledger, CountFiles(**files))
    if found.printed() != result.printed():
        problem = "由文件重算的结果与固定的结果不同"
        remedy = "核对：计票之后是否又设定了笔画；姓名里是否有文件写不下的空格；只有合计票数时，无效票的原因无法重算"
        raise Refused("没有导出", [Finding(problem, "任何人重算都须得同一结果", remedy)])


def _note(parcel: Parcel, expected: bytes) -> str:
    result = parcel.result
    lines = [
        f"{result.office}，轮次 {result.round}，应选 {result.seats} 名",
        "",
        "这些文件足以重新计票，不需要数据库：",
        *(f"  {name}　{_WHAT[name]}" for name in parcel.files),
        "",
        "在本文件夹中运行下面这一行：",
        "",
        parcel.command,
        "",
        f"它的输出须与 {RESULT} 逐字节相同（SHA-256 {hashlib.sha256(expected).hexdigest()}）。",
    ]
    if parcel.confidential:
        lines += ["", "选举办法规定只公布合计票数：选票文件供监票人复核，不得公布。"]
    return "\n".join(lines) + "\n"


COMMANDS = (result, export)
