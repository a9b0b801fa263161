"""Requests to the party committee and their replies (请示 → 批复); filings with the superior federation (备案)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from federation.errors import Finding, Misused, NotFound, Refused, WrongStage
from federation.facts.acts import Act
from federation.facts.snapshot import Snapshot
from federation.models import Case, Filing, Request
from federation.services import journal, snapshots, steps
from federation.services.steps import Outcome

SUBJECTS = {"congress": "召开大会", "candidates": "候选人名单", "result": "选举结果"}
REPLIES = {"": "未批复", "approved": "同意", "returned": "退回"}
_SUBJECT = re.compile(r"[a-z][a-z0-9_]*(:[a-z0-9._-]+)?\Z")


@dataclass(frozen=True, slots=True)
class RequestReport:
    """A request as it is listed; `reply` in Chinese."""

    subject: str
    label: str
    number: int
    addressee: str
    note: str
    sent_on: str
    reply: str
    reply_number: str
    replied_on: str


def subject_label(subject: str) -> str:
    """What a subject is about, in Chinese; the word itself where it is a federation's own."""
    word, _, meeting = subject.partition(":")
    return SUBJECTS.get(word, word) + (f"（{meeting}）" if meeting else "")


def file(session: Session, root: Case, subject: str, to: str, note: str, act: Act) -> Outcome:
    """
    Send a request. One that was returned may be sent again; one that is pending or approved may not, unless what it
    covers has changed since.

    A request for candidates covers the lists as they stand: an approval is for those lists and for no others.
    """
    if not _SUBJECT.match(subject):
        raise Misused(f"事项 {subject} 写法不对，如 congress、candidates:congress、result")
    steps.lock(session, root)
    covers = _covers(snapshots.of(session, root, act.stated), subject)
    last = _latest(session, root, subject)
    facts = {"subject": subject, "to": to, "note": note, "covers": covers}
    if last is not None and last.reply != "returned" and last.covers == covers:
        line = journal.latest(session, root.federation_id, root.path, f"request.{subject}")
        if line is not None and line.facts == journal.canonical(facts):
            return Outcome(False, line)
        state = "已经同意" if last.reply else "尚未批复"
        raise WrongStage("不能重复报送", [Finding(f"关于{subject_label(subject)}的请示{state}", "请示", "federation request list")])
    row = Request(
        case_id=root.id,
        subject=subject,
        number=last.number + 1 if last else 1,
        addressee=to,
        note=note,
        sent_on=str(act.stated),
        covers=covers,
    )
    return steps.perform(session, root, "request", act, facts, lambda: session.add(row), detail=subject)


def _covers(snapshot: Snapshot, subject: str) -> str:
    word, _, meeting = subject.partition(":")
    if word != "candidates":
        return ""
    lists = snapshot.meeting(meeting).lists_sha256 if meeting else ""
    if not lists:
        remedy = f"federation election nominate 姓名… --meeting {meeting or 'congress'}" if meeting else "写明会议，如 candidates:congress"
        raise Refused("不能报送候选人名单", [Finding("还没有候选人名单", "候选人名单须先提名", remedy)])
    return lists


def reply(session: Session, root: Case, subject: str, number: str, approved: bool, act: Act) -> Outcome:
    """Record the reply to the pending request on a subject."""
    if not number:
        raise Misused("请用 --number 写明批复文号")
    steps.lock(session, root)
    row = _latest(session, root, subject)
    if row is None:
        raise NotFound(f"没有关于{subject_label(subject)}的请示，请先 federation request file {subject}")
    word = "approved" if approved else "returned"
    facts = {"subject": subject, "number": number, "reply": word}
    if row.reply:
        line = journal.latest(session, root.federation_id, root.path, f"reply.{subject}")
        if line is not None and line.facts == journal.canonical(facts):
            return Outcome(False, line)
        raise WrongStage("已有批复", [Finding(f"这份请示已批复：{REPLIES[row.reply]} {row.reply_number}", "批复", "federation request list")])

    def change() -> None:
        row.reply, row.reply_number, row.replied_on = word, number, str(act.stated)

    return steps.perform(session, root, "reply", act, facts, change, detail=subject)


def listed(session: Session, root: Case) -> list[RequestReport]:
    """Every request of a case, in the order of subjects and numbers."""
    return [
        RequestReport(
            row.subject,
            subject_label(row.subject),
            row.number,
            row.addressee,
            row.note,
            row.sent_on,
            REPLIES[row.reply],
            row.reply_number,
            row.replied_on,
        )
        for row in _of(session, root)
    ]


def _of(session: Session, root: Case) -> Sequence[Request]:
    query = select(Request).where(Request.case_id == root.id)
    return session.scalars(query.order_by(Request.sent_on, Request.subject, Request.number)).all()


def _latest(session: Session, root: Case, subject: str) -> Request | None:
    query = select(Request).where(Request.case_id == root.id, Request.subject == subject)
    return session.scalars(query.order_by(Request.number.desc()).limit(1)).first()


def send_filing(session: Session, root: Case, to: str, act: Act) -> Outcome:
    """Send the filing of the result to the superior federation."""
    if not to:
        raise Misused("请用 --to 写明上级妇联")
    steps.lock(session, root)
    row = _filing(session, root)
    if row is not None:
        line = journal.latest(session, root.federation_id, root.path, "filing.send")
        if line is not None and line.facts == journal.canonical({"to": to}):
            return Outcome(False, line)
        raise WrongStage("已经报送备案", [Finding(f"已于 {row.sent_on} 报 {row.addressee}", "备案", "federation filing list")])
    row = Filing(case_id=root.id, number=1, addressee=to, sent_on=str(act.stated))
    return steps.perform(session, root, "filing", act, {"to": to}, lambda: session.add(row), detail="send")


def filing_reply(session: Session, root: Case, receipt: str, act: Act) -> Outcome:
    """Record the superior's receipt of the filing."""
    if not receipt:
        raise Misused("请用 --receipt 写明回执文号")
    steps.lock(session, root)
    row = _filing(session, root)
    if row is None:
        raise NotFound("还没有报送备案，请先 federation filing send --to 上级妇联")
    if row.receipt:
        line = journal.latest(session, root.federation_id, root.path, "filing.reply")
        if line is not None and row.receipt == receipt:
            return Outcome(False, line)
        raise WrongStage("已有回执", [Finding(f"回执文号 {row.receipt}", "备案", "federation filing list")])

    def change() -> None:
        row.receipt, row.received_on = receipt, str(act.stated)

    return steps.perform(session, root, "filing", act, {"receipt": receipt}, change, detail="reply")


def filings(session: Session, root: Case) -> list[Filing]:
    """The filings of a case."""
    return list(session.scalars(select(Filing).where(Filing.case_id == root.id).order_by(Filing.number)))


def _filing(session: Session, root: Case) -> Filing | None:
    return session.scalars(select(Filing).where(Filing.case_id == root.id).order_by(Filing.number.desc()).limit(1)).first()
