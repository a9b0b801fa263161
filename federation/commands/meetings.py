"""`meeting`: its agenda, its call, who is there, whether they are enough, its end."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

import click

from federation.commands.desk import Desk, acts, reads
from federation.commands.files import read_text
from federation.commands.output import table
from federation.commands.shell import group
from federation.errors import Misused
from federation.facts.acts import Stated
from federation.rules.attendance import WORDS
from federation.rules.motions import DUTIES
from federation.services import attendance
from federation.services import meetings as service
from federation.services.attendance import REASONS, Presence
from federation.services.meetings import MeetingReport, Quorum
from federation.services.steps import Outcome

F = TypeVar("F", bound=Callable[..., Any])
_DUTIES = {
    "presidium": "主席团",
    "secretary_general": "秘书长",
    **DUTIES,
}


@group("meeting")
def meeting() -> None:
    """会议：议程、召集、签到、到会人数、闭会。"""


@meeting.command(
    "agenda", example="federation meeting agenda 通过选举办法 通过章程 选举执行委员会 --meeting congress --as 王秘书"
)
@click.argument("items", nargs=-1, metavar="[事项]…")
@click.option("--file", "file", type=click.Path(path_type=Path), metavar="文件", help="文本文件，每行一项")
@acts("meeting")
def agenda(desk: Desk, items: tuple[str, ...], file: Path | None) -> None:
    """编排议程；再次编排即替换全部。"""
    if bool(items) == bool(file):
        raise Misused("写明各项议程，或用 --file 给出文件，二者选一")
    given = items or tuple(read_text(file).splitlines() if file else ())
    with desk.acting() as (session, act):
        case = desk.meeting(session)
        outcome, at = service.agenda(session, case, given, act), case.short_id
    desk.done(outcome, f"议程已排定。看议程：federation meeting show --meeting {at}")


@meeting.command("item", example="federation meeting item 2 --meeting congress --as 王秘书")
@click.argument("number", metavar="第几项", type=click.IntRange(min=1))
@acts("meeting")
def item(desk: Desk, number: int) -> None:
    """登记会议进行到议程第几项；大屏幕随即显示。"""
    with desk.acting() as (session, act):
        outcome, text = service.come_to(session, desk.meeting(session), number, act)
    desk.done(outcome, f"进行到第 {number} 项：{text}", number=number, item=text)


@meeting.command(
    "call",
    example="federation meeting call --meeting congress --held-on 2020-11-02 --place 礼堂 --chair 周敏仪 --as 王秘书",
)
@click.option("--held-on", required=True, metavar="日期", help="开会日期，如 2020-11-02，可带时间")
@click.option("--place", required=True, metavar="地点", help="开会地点")
@click.option("--chair", required=True, metavar="姓名", help="主持人")
@click.option("--title", default="", metavar="名称", help="会议全称；不写则按妇联名称、届、次拟定")
@click.option("--session", "session_no", type=click.IntRange(min=1), metavar="次", help="本届第几次会议")
@acts("meeting")
def call(desk: Desk, held_on: str, place: str, chair: str, title: str, session_no: int | None) -> None:
    """召集会议：定时间、地点、主持人。"""
    with desk.acting() as (session, act):
        case = desk.meeting(session)
        outcome = service.call(session, case, held_on, place, chair, act, title, session_no)
        facts = service.facts_of(session, case)
    said = f"已召集：{facts.title}，{facts.held_on}，{facts.place}，主持人 {facts.chair}"
    if Stated.parse(facts.held_on).day < act.stated.day:
        said += f"。注意：这个日期早于今天（{act.stated.day}），如是补记，下次加 --on 当时的日期"
    desk.done(outcome, said, title=facts.title)


@meeting.command("notice", example="federation meeting notice --to 全体代表 --meeting congress --as 王秘书")
@click.option("--to", default="", metavar="对象", help="通知发给谁；不写则发给全体代表或者全体委员")
@click.option("--number", default="", metavar="文号", help="发文字号，印在会议通知上")
@acts("meeting")
def notice(desk: Desk, to: str, number: str) -> None:
    """登记会议通知已经发出。"""
    with desk.acting() as (session, act):
        outcome = service.notice(session, desk.meeting(session), to, act, number.strip())
    desk.done(outcome, f"已登记：会议通知发给{to}" if to else "已登记：会议通知已经发出")


@meeting.command("checkin", example="federation meeting checkin --all --except 17 --except 王芳（三中） --as 王秘书")
@click.argument("who", nargs=-1, metavar="[序号或姓名]…")
@click.option("--all", "everyone", is_flag=True, help="所有还没有登记到会情况的人，列席的也在内")
@click.option(
    "--file",
    "file",
    type=click.Path(path_type=Path),
    metavar="名单",
    help="到会的人：表格有“姓名”或“序号”列，或每行一个姓名",
)
@click.option("--except", "but", multiple=True, metavar="序号或姓名", help="除了谁，可写多个")
@acts("meeting")
def checkin(desk: Desk, who: tuple[str, ...], everyone: bool, file: Path | None, but: tuple[str, ...]) -> None:
    """签到。已经签到的再签不变；登记过缺席或早退的，写明序号或姓名即为到会。"""
    if [bool(who), everyone, bool(file)].count(True) != 1:
        raise Misused("写明谁到会：序号或姓名，或 --all，或 --file 名单，三者选一")
    if but and who:
        raise Misused("--except 只和 --all 或 --file 一起用")
    with desk.acting() as (session, act):
        case = desk.meeting(session)
        if file:
            outcome, now = attendance.check_in_file(session, case, file, but, act)
        elif everyone:
            outcome, now = attendance.check_in_all(session, case, but, act)
        else:
            outcome, now = attendance.check_in(session, case, who, act)
    _said(desk, outcome, "已签到", now)


def _people(function: F) -> F:
    return click.argument("who", nargs=-1, required=True, metavar="序号或姓名…")(function)


@meeting.command("late", example="federation meeting late 17 --as 王秘书")
@_people
@acts("meeting")
def late(desk: Desk, who: tuple[str, ...]) -> None:
    """登记迟到：从现在起算到会。"""
    with desk.acting() as (session, act):
        outcome, now = attendance.came_late(session, desk.meeting(session), who, act)
    _said(desk, outcome, "已登记迟到", now)


@meeting.command("leave", example="federation meeting leave 17 --as 王秘书")
@_people
@acts("meeting")
def leave(desk: Desk, who: tuple[str, ...]) -> None:
    """登记中途离开：从现在起不算到会。"""
    with desk.acting() as (session, act):
        outcome, now = attendance.left(session, desk.meeting(session), who, act)
    _said(desk, outcome, "已登记离开", now)


@meeting.command("absent", example="federation meeting absent 17 --because 因病 --as 王秘书")
@_people
@click.option("--because", required=True, type=click.Choice(REASONS), help="缺席原因")
@acts("meeting")
def absent(desk: Desk, who: tuple[str, ...], because: str) -> None:
    """登记缺席和原因；缺席的仍在应到之内。"""
    with desk.acting() as (session, act):
        outcome, now = attendance.stayed_away(session, desk.meeting(session), who, because, act)
    _said(desk, outcome, "已登记缺席", now)


@meeting.command("undo", example="federation meeting undo 17 --of 签到 --as 王秘书")
@_people
@click.option("--of", "label", required=True, type=click.Choice(list(WORDS.values())), help="撤回登记错了的哪一笔")
@acts("meeting")
def undo(desk: Desk, who: tuple[str, ...], label: str) -> None:
    """撤回登记错了的签到、早退或缺席，恢复原状，日志记为更正；已经计入报告过的实到人数的签到，不能撤回。"""
    recorded = next(recorded for recorded, word in WORDS.items() if word == label)
    with desk.acting() as (session, act):
        outcome, now = attendance.withdraw(session, desk.meeting(session), who, recorded, act)
    _said(desk, outcome, f"已撤回{label}", now)


def _said(desk: Desk, outcome: Outcome, done: str, now: Presence) -> None:
    """Say what was recorded, and how many are there now, whether anything changed or not."""
    observers = f"，列席 {now.observers} 人" if now.observers else ""
    counts = f"应到 {now.due} 人，实到 {now.present} 人{observers}"
    desk.done(outcome, f"{done}。{counts}", **asdict(now))


@meeting.command("quorum", example="federation meeting quorum --meeting congress --as 王秘书")
@acts("meeting")
def quorum(desk: Desk) -> None:
    """核定到会人数。已召集的会议由此开会；开会以后只报告，不作改动。"""
    with desk.acting() as (session, act):
        outcome, found = service.quorum(session, desk.meeting(session), act)
    said = _quorum_sentence(found)
    facts = {
        "due": found.due,
        "present": found.present,
        "needed": found.rule.needed,
        "rule": found.rule.rule,
        "clause": found.rule.clause,
        "reached": found.reached,
    }
    if outcome is None:
        desk.report({"changed": False, "message": said, **facts}, said)
    else:
        desk.done(outcome, f"{said}。现在开会", **facts)


def _quorum_sentence(found: Quorum) -> str:
    bar = found.rule.rule + (f"，{found.rule.clause}" if found.rule.clause else "")
    verdict = "达到法定人数" if found.reached else "未达到法定人数"
    return f"应到 {found.due} 人，实到 {found.present} 人，须到 {found.rule.needed} 人（{bar}），{verdict}"


@meeting.command("adjourn", example="federation meeting adjourn --meeting congress --as 王秘书")
@acts("meeting")
def adjourn(desk: Desk) -> None:
    """闭会。"""
    with desk.acting() as (session, act):
        outcome = service.adjourn(session, desk.meeting(session), act)
    desk.done(outcome, "已闭会")


@meeting.command("show", example="federation meeting show --meeting congress")
@reads("meeting")
def show(desk: Desk) -> None:
    """看一次会议：时间、地点、议程、到会情况。"""
    with desk.reading() as session:
        facts = service.facts_of(session, desk.meeting(session))
    desk.report(asdict(facts), "\n".join(_lines(facts)))


def _lines(facts: MeetingReport) -> Sequence[str]:
    lines = [f"{facts.id}「{facts.title or facts.label}」：{facts.state_label}"]
    if facts.held_on:
        lines.append(f"  {facts.held_on}，{facts.place}，主持人 {facts.chair}")
    lines += [f"  议程 {number}. {item}" for number, item in enumerate(facts.agenda, 1)]
    lines += [f"  {label}：{'、'.join(names)}" for duty, label in _DUTIES.items() if (names := _serving(facts, duty))]
    due = f"应到 {facts.due} 人" if facts.roll_frozen else f"名册未冻结，有表决权的 {facts.now.due} 人"
    announced = f"，开会时报告实到 {facts.present_announced} 人" if facts.present_announced is not None else ""
    lines.append(f"  {due}，现在到会 {facts.now.present} 人，列席 {facts.now.observers} 人{announced}")
    if facts.roll_frozen and (away := [f"{name}（{why}）" for name, why in facts.attended.absent if why]):
        lines.append(f"  请假：{'、'.join(away)}")
    return lines


def _serving(facts: MeetingReport, duty: str) -> list[str]:
    return [name for held, name in facts.duties if held == duty]


@meeting.command("list", example="federation meeting list")
@reads()
def list_(desk: Desk) -> None:
    """列出本案的会议。"""
    with desk.reading() as session:
        found = service.of_case(session, desk.case(session))
    rows = [
        {
            "meeting": facts.id,
            "label": facts.label,
            "title": facts.title,
            "state": facts.state,
            "state_label": facts.state_label,
            "held_on": facts.held_on,
            "due": facts.due,
            "present": facts.now.present,
        }
        for facts in found
    ]
    shown = [
        (facts.id, facts.title or facts.label, facts.state_label, facts.held_on, facts.due or "", facts.now.present)
        for facts in found
    ]
    desk.report(rows, table(("编号", "名称", "状态", "时间", "应到", "现在到会"), shown) if rows else "本案没有会议")
