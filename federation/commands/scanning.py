"""Codes of passes as they come to a desk: as words, in a file, from a pipe, or one by one from a scanner."""

import getpass
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import click

from federation.ballotbox.passes import read_code
from federation.commands.files import read_text
from federation.errors import FederationError, Finding, Misused, Refused, WrongStage, refuse_if

HEADINGS = ("凭证代码", "核对码")
SLIP = "凭证代码输入有误"
Check = Callable[[Mapping[str, str]], None]
"""Refuse a code, given with its place, that cannot be used here; nothing is changed."""


def gathered(words: tuple[str, ...], file: Path | None, check: Check) -> dict[str, str]:
    """The codes given, each by the place at which it is named should it be wrong."""
    found = {f"第 {number} 个": word for number, word in enumerate(words, 1)}
    if file:
        found |= _of_file(read_text(file), f"{file.name} ")
    if found:
        return found
    return _scanned(check) if sys.stdin.isatty() else _of_file(sys.stdin.read(), "")


def _of_file(text: str, name: str) -> dict[str, str]:
    """A code a line; of a table its first column, without the heading. Refused with every line that is no code."""
    cells = {number: line.partition(",")[0].strip() for number, line in enumerate(text.splitlines(), 1)}
    found = {f"{name}第 {number} 行": cell for number, cell in cells.items() if cell and cell != HEADINGS[0]}
    remedy = "对照凭证改正这一行（共 17 位，不分大小写），再办一次；没有读入任何一份"
    faults = [Finding(f"{place}：{SLIP}", "", remedy) for place, cell in found.items() if not _is_code(cell)]
    refuse_if("有读不出的凭证代码", faults)
    return found


def _is_code(typed: str) -> bool:
    try:
        read_code(typed)
    except Misused:
        return False
    return True


def _scanned(check: Check) -> dict[str, str]:
    """One code at a prompt, an answer to each; not shown, because a code that is not used up yet still votes."""
    click.echo("请逐份扫码或输入凭证代码（不显示）。全部扫完，直接按回车（或 Ctrl-D）结束；Ctrl-C 放弃。", err=True)
    found: dict[str, str] = {}
    while typed := _typed(f"第 {len(found) + 1} 份: "):
        place = f"第 {len(found) + 1} 份"
        try:
            secret = read_code(typed)
            if secret in map(read_code, found.values()):
                raise Refused("这一份已经扫过，不重复计")
            check({place: typed})
        except WrongStage:
            raise
        except FederationError as refused:
            click.echo(f"没有收下：{refused}\n请再扫一次，或放在一边接着扫下一份。", err=True)
            continue
        found[place] = typed
        click.echo(f"{place}，收下", err=True)
    return found


def _typed(prompt: str) -> str:
    """A line without echo; empty where no more come."""
    try:
        return getpass.getpass(prompt).strip().strip("\x1a")
    except EOFError:
        return ""
