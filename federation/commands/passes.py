"""`election passes` and `election void-passes`."""

import sys
from pathlib import Path

import click

from federation.commands.desk import Desk, acts
from federation.commands.files import read_text
from federation.commands.shell import command
from federation.services import passes as service
from federation.services.polls import poll_of


@command("passes", example="federation election passes --number 150 --csv 凭证.csv --contest members --as 李监票")
@click.option("--number", type=int, required=True, metavar="份数", help="制作多少份")
@click.option(
    "--csv",
    "file",
    type=click.Path(path_type=Path),
    required=True,
    metavar="文件",
    help="代码写到哪个文件（只写一次，不能再取）",
)
@acts("contest")
def passes(desk: Desk, number: int, file: Path) -> None:
    """制作投票凭证。代码只写进所指的文件；库里只存校验值，谁也查不出哪份是谁的。"""
    written = file.exists()
    try:
        with desk.acting() as (session, act):
            outcome = service.make(session, poll_of(session, desk.round(session).election_id), number, file, act)
    except BaseException:
        if not written:
            file.unlink(missing_ok=True)  # codes that no poll knows are of no use to anybody
        raise
    desk.done(outcome, f"已制作 {number} 份凭证，写入 {file}。请打乱、密封，用后销毁该文件", passes=number)


@command("void-passes", example="federation election void-passes --file 剩余凭证.csv --contest members --as 李监票")
@click.argument("codes", nargs=-1, metavar="[代码…]")
@click.option("--file", "file", type=click.Path(path_type=Path), metavar="文件", help="每行一个代码")
@acts("contest")
def void_passes(desk: Desk, codes: tuple[str, ...], file: Path | None) -> None:
    """投票开始前作废没有领出的凭证。不写代码时从标准输入逐行读取（扫码枪即可）。"""
    typed = list(codes)
    if file:
        typed += _lines(read_text(file))
    if not typed:
        typed = _lines(sys.stdin.read())
    with desk.acting() as (session, act):
        outcome = service.void(session, poll_of(session, desk.round(session).election_id), typed, act)
    desk.done(outcome, f"已作废 {len(typed)} 份凭证")


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip() and line.strip() != "凭证代码"]


COMMANDS = (passes, void_passes)
