"""`desk`: the desks of the hall, each with a code of its own for `federation serve`."""

from dataclasses import asdict

import click

from federation.commands.desk import Desk, acts, reads
from federation.commands.output import table
from federation.commands.shell import group
from federation.errors import Misused
from federation.facts.acts import Stated
from federation.facts.desks import KINDS, Kind
from federation.services import desks as services

_EXAMPLE = """\
federation desk open 签到台一 --for check_in --until 18:00 --meeting congress --as 王秘书
federation desk open 录入台一 --for entry --until 18:00 --meeting congress --as 孙计票"""


@group("desk")
def desk() -> None:
    """会场工作台：签到台、纸票录入台；各用自己的短期代码登录网页。"""


@desk.command("open", example=_EXAMPLE)
@click.argument("name", metavar="名称")
@click.option(
    "--for", "kind", required=True, type=click.Choice(list(KINDS)), help="用途：check_in 签到台，entry 纸票录入台"
)
@click.option("--until", required=True, metavar="时间", help="用到几点，如 18:00 或 “2020-11-02 18:00”；最长一天")
@acts("meeting")
def open_(desk: Desk, name: str, kind: Kind, until: str) -> None:
    """开通一个工作台，显示它的代码（只显示这一次）。台上办的都记在 --as 名下；录入台每名计票人各开一个。"""
    last = _until(desk, until)
    with desk.acting() as (session, act):
        meeting = desk.meeting(session)
        name, code = services.open_desk(session, meeting, name, kind, last, act)
    said = f"{KINDS[kind]}“{name}”已开通，到 {last} 为止，办理人 {act.by}"
    facts = {"name": name, "kind": kind, "until": str(last), "officer": act.by, "code": code}
    desk.report(
        {"changed": True, "message": said, **facts}, f"{said}\n代码：{code}\n在浏览器打开会场网页的 /desk，输入代码"
    )


def _until(desk: Desk, written: str) -> Stated:
    today = Stated.of(desk.clock.now()).day
    try:
        return Stated.parse(written if len(written) > 5 else f"{today} {written.zfill(5)}")
    except ValueError:
        raise Misused(f"时间“{written}”看不懂，写 18:00 或 “2020-11-02 18:00”") from None


@desk.command("list", example="federation desk list --meeting congress")
@reads("meeting")
def list_(desk: Desk) -> None:
    """列出工作台：用途、办理人、到期时间、几台设备登录。"""
    with desk.reading() as session:
        rows = services.listed(session, desk.meeting(session), Stated.of(desk.clock.now()))
    cells = [
        (row.name, KINDS[row.kind], row.officer, row.until + ("（已到期）" if row.expired else ""), row.browsers)
        for row in rows
    ]
    text = table(("名称", "用途", "办理人", "到期", "登录"), cells) if rows else "没有工作台"
    desk.report([asdict(row) for row in rows], text)


@desk.command("close", example="federation desk close 签到台一 --meeting congress --as 王秘书")
@click.argument("name", metavar="名称")
@acts("meeting")
def close(desk: Desk, name: str) -> None:
    """关闭一个工作台：代码作废，已登录的设备随即退出。"""
    with desk.acting() as (session, act):
        line = services.close(session, desk.meeting(session), name, act)
    said = f"工作台“{name.strip()}”已关闭"
    desk.report({"changed": True, "message": said, "check_code": line.hash}, said)
