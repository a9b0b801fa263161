"""`strokes`: how a character is written, for names in the order of strokes."""

import click

from federation.commands.desk import Desk, acts, reads
from federation.commands.shell import group
from federation.errors import Misused
from federation.services import strokes as service

KINDS = dict(zip("12345", "横竖撇点折", strict=True))


@group("strokes")
def strokes() -> None:
    """姓氏笔画：查一个字的笔画，或为表上没有的字定下笔画。"""


@strokes.command("show", example="federation strokes show 龚")
@click.argument("characters", metavar="字…")
@reads("federation")
def show(desk: Desk, characters: str) -> None:
    """查每个字的笔画数和笔顺。"""
    with desk.reading() as session:
        federation = desk.federation(session)
        found = {character: service.known(session, federation, character) for character in characters}
    lines = [
        f"{character}：{len(digits)} 画 {''.join(KINDS[digit] for digit in digits)}"
        for character, digits in found.items()
        if digits
    ]
    lines += [f"{character}：在字序表上，笔顺未载" for character, digits in found.items() if not digits]
    desk.report(found, "\n".join(lines))


@strokes.command("set", example="federation strokes set 䶮 4143115413534 --as 王秘书")
@click.argument("character", metavar="字")
@click.argument("digits", metavar="笔画")
@acts("federation")
def set_(desk: Desk, character: str, digits: str) -> None:
    """为表上没有的字定下笔画：横1 竖2 撇3 点4 折5，按书写顺序。记入日志，以后照用。"""
    if not digits.isdigit():
        raise Misused("笔画写成数字：横1 竖2 撇3 点4 折5，如“王”是 1121")
    with desk.acting() as (session, act):
        line = service.settle(session, desk.federation(session), character, digits, act)
    said = (
        "已办理，未作改动"
        if line is None
        else f"已记住：{character} {len(digits)} 画 {''.join(KINDS.get(digit, '?') for digit in digits)}"
    )
    desk.report({"changed": line is not None, "message": said}, said)
