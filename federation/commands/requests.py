"""`request` and `filing`: what goes up, and what comes back."""

from dataclasses import asdict
from pathlib import Path

import click
from sqlalchemy.orm import Session

from federation.commands.desk import Desk, acts, reads
from federation.commands.files import read_text
from federation.commands.output import table
from federation.commands.shell import group
from federation.facts.requests import Letter
from federation.models import Case
from federation.rules.requests import subject_label
from federation.services import requests as service
from federation.services import selection
from federation.services.candidates import list_warnings


@group("request")
def request() -> None:
    """请示与批复。"""


_subject = click.argument("subject", metavar="事项")


@request.command("file", example="federation request file candidates:congress --to 区党工委 --as 王秘书")
@_subject
@click.option("--to", default="同级党组织", show_default=True, metavar="机关", help="报给谁")
@click.option("--note", default="", metavar="文字", help="文号、标题等说明")
@click.option("--number", default="", metavar="文号", help="发文字号，如 某妇筹〔2020〕1号，印在请示上")
@click.option("--title", default="", metavar="标题", help="请示的标题；不写则按事项拟定")
@click.option("--text", "text", type=click.Path(path_type=Path), metavar="文件", help="请示的正文；不写则按案情拟定")
@click.option("--attach", "attachments", multiple=True, metavar="名称", help="附件名称，可写几次")
@acts()
def file(
    desk: Desk,
    subject: str,
    to: str,
    note: str,
    number: str,
    title: str,
    text: Path | None,
    attachments: tuple[str, ...],
) -> None:
    """登记已报送的请示，并固定请示一文。事项：congress 召开大会，candidates:congress 候选人名单，result 选举结果。"""
    letter = Letter(number.strip(), title.strip(), read_text(text) if text else "", attachments)
    with desk.acting() as (session, act):
        root = desk.case(session)
        outcome = service.file(session, root, subject, to, note, act, letter)
        warnings = _warnings(session, root, subject)
    desk.done(outcome, "\n".join([f"已登记：关于{subject_label(subject)}的请示，报{to}", *warnings]), warnings=warnings)


def _warnings(session: Session, root: Case, subject: str) -> list[str]:
    """What is odd about the lists that go up: a reminder, never a block."""
    word, _, meeting = subject.partition(":")
    if word != "candidates":
        return []
    return [f"提醒：{found}" for found in list_warnings(session, selection.meeting(session, root, meeting))]


@request.command("reply", example="federation request reply congress --number 某工委〔2020〕18号 --as 王秘书")
@_subject
@click.option("--number", required=True, metavar="文号", help="批复文号")
@click.option("--returned", is_flag=True, help="退回（不同意）；不写则为同意")
@click.option("--note", default="", metavar="文字", help="批复里的意见等说明，记入日志")
@acts()
def reply(desk: Desk, subject: str, number: str, returned: bool, note: str) -> None:
    """登记批复。"""
    with desk.acting() as (session, act):
        root = desk.case(session)
        outcome = service.reply(session, root, subject, number, not returned, act, note)
        warnings = [] if returned else _warnings(session, root, subject)
    said = f"已登记批复：{subject_label(subject)}，{'退回' if returned else '同意'}，{number}"
    desk.done(outcome, "\n".join([said, *warnings]), warnings=warnings)


@request.command("list", example="federation request list")
@reads()
def list_(desk: Desk) -> None:
    """列出请示与批复。"""
    with desk.reading() as session:
        rows = service.listed(session, desk.case(session))
    headers = ("事项", "内容", "报送", "报送时间", "批复", "文号", "批复时间", "说明")
    cells = [
        (row.subject, row.label, row.addressee, row.sent_on, row.reply, row.reply_number, row.replied_on, row.note)
        for row in rows
    ]
    text = table(headers, cells) if rows else "还没有请示，请先 federation request file congress"
    desk.report([asdict(row) for row in rows], text)


@group("filing")
def filing() -> None:
    """报上级妇联备案。"""


@filing.command("send", example="federation filing send --to 某市妇女联合会 --as 王秘书")
@click.option("--to", required=True, metavar="上级", help="上级妇联")
@acts()
def send(desk: Desk, to: str) -> None:
    """登记选举结果已报备案。"""
    with desk.acting() as (session, act):
        outcome = service.send_filing(session, desk.case(session), to, act)
    desk.done(outcome, f"已登记：报{to}备案")


@filing.command("reply", example="federation filing reply --receipt 某妇备〔2020〕9号 --as 王秘书")
@click.option("--receipt", required=True, metavar="文号", help="回执文号")
@acts()
def filing_reply(desk: Desk, receipt: str) -> None:
    """登记备案回执。"""
    with desk.acting() as (session, act):
        outcome = service.filing_reply(session, desk.case(session), receipt, act)
    desk.done(outcome, f"已登记备案回执 {receipt}")


@filing.command("list", example="federation filing list")
@reads()
def filing_list(desk: Desk) -> None:
    """列出备案。"""
    with desk.reading() as session:
        rows = service.filings(session, desk.case(session))
    facts = [
        {"to": row.addressee, "sent_on": row.sent_on, "receipt": row.receipt, "received_on": row.received_on}
        for row in rows
    ]
    cells = [tuple(row.values()) for row in facts]
    desk.report(facts, table(("报送", "报送时间", "回执", "回执时间"), cells) if rows else "还没有报送备案")
