"""`motion`: a question put to the meeting, and the hands counted."""

from dataclasses import asdict
from typing import Any

import click

from federation.commands.desk import Desk, acts, reads
from federation.commands.output import table
from federation.commands.shell import group
from federation.rules.motions import SUBJECTS, Hands
from federation.services import motions as service
from federation.services.motions import MotionReport

_HANDS = click.IntRange(min=0)


@group("motion")
def motion() -> None:
    """举手表决：付表决，记结果。"""


@motion.command("put", example="federation motion put method --meeting congress --as 王秘书")
@click.argument("subject", metavar="事项", type=click.Choice(list(SUBJECTS)))
@click.argument("text", metavar="[表决内容]", default="")
@acts("meeting")
def put(desk: Desk, subject: str, text: str) -> None:
    """把一件事付表决；一次一件，记下当时的应到和实到。

    事项：agenda 议程、presidium 主席团、credentials 代表资格审查报告、method 选举办法、charter 章程、
    scrutineers 监票人和计票人、other 其他（须写表决内容）。
    """
    with desk.acting() as (session, act):
        outcome, report = service.put(session, desk.meeting(session), subject, text, act)
    text = (
        f"第 {report.number} 项付表决：{report.text}。应到 {report.due} 人，实到 {report.present} 人，"
        f"须赞成 {report.needed} 人（{_rule(report)}）。"
        f"下一步：federation motion record {report.number} --approve 人数 --against 人数 --abstain 人数"
    )
    desk.done(outcome, text, **_facts(report))


@motion.command("record", example="federation motion record 1 --approve 140 --against 5 --abstain 3 --as 王秘书")
@click.argument("number", metavar="[第几项]", type=click.IntRange(min=1), required=False)
@click.option("--approve", required=True, type=_HANDS, metavar="人数", help="赞成")
@click.option("--against", required=True, type=_HANDS, metavar="人数", help="反对")
@click.option("--abstain", required=True, type=_HANDS, metavar="人数", help="弃权")
@acts("meeting")
def record(desk: Desk, number: int | None, approve: int, against: int, abstain: int) -> None:
    """记录举手的人数，判定通过与否；不写第几项的，记最近付表决的一项。"""
    with desk.acting() as (session, act):
        hands = Hands(approve, against, abstain)
        outcome, report = service.record(session, desk.meeting(session), number, hands, act)
    text = (
        f"第 {report.number} 项（{report.text}）{report.result}：赞成 {approve} 人，"
        f"反对 {against} 人，弃权 {abstain} 人；应到 {report.due} 人，实到 {report.present} 人，"
        f"须赞成 {report.needed} 人（{_rule(report)}）"
    )
    desk.done(outcome, text, **_facts(report))


@motion.command("list", example="federation motion list --meeting congress")
@reads("meeting")
def list_(desk: Desk) -> None:
    """列出付过表决的事项和结果。"""
    with desk.reading() as session:
        reports = service.listed(session, desk.meeting(session))
    rows = [
        (
            report.number,
            report.text,
            *((report.hands.approve, report.hands.against, report.hands.abstain) if report.recorded else ("", "", "")),
            f"{report.needed}/{report.present}",
            report.result,
        )
        for report in reports
    ]
    text = table(("序", "事项", "赞成", "反对", "弃权", "须/实到", "结果"), rows)
    desk.report([_facts(report) for report in reports], text if rows else "还没有付表决的事项")


def _rule(report: MotionReport) -> str:
    return report.rule + (f"，{report.clause}" if report.clause else "")


def _facts(report: MotionReport) -> dict[str, Any]:
    """The report as JSON; its text is called the question, because `text` is what is said of it."""
    facts: dict[str, Any] = asdict(report) | asdict(report.hands) | {"result": report.result, "question": report.text}
    del facts["hands"], facts["text"]
    return facts
