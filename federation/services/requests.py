"""Requests to the party committee and their replies (请示 → 批复); filings with the superior federation (备案)."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from federation.errors import Finding, Misused, NotFound, Refused, WrongStage, refuse_if
from federation.facts.acts import Act
from federation.facts.papers import CongressRequest
from federation.facts.requests import Letter
from federation.facts.snapshot import Snapshot
from federation.models import Case, Filing, Request
from federation.rules import requests as law
from federation.rules.requests import subject_label
from federation.services import journal, paper_facts, papers, snapshots, steps
from federation.services.steps import Outcome

UNWRITTEN = Letter()
"""A request of which the officer noted only that it was sent."""

REPLIES = {"": "未批复", "approved": "同意", "returned": "退回"}


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


def file(
    session: Session, root: Case, subject: str, to: str, note: str, act: Act, letter: Letter = UNWRITTEN
) -> Outcome:
    """
    Send a request. One that was returned may be sent again; one that is pending or approved may not, unless what it
    covers has changed since.

    A request for candidates covers the lists as they stand: an approval is for those lists and for no others. The
    paper of the request is frozen as it is sent; matters sent together in one letter have one paper.
    """
    _must_fit("收文机关", to, 120)
    for what, words, most in (("文号（--number）", letter.number, 80), ("标题（--title）", letter.title, 200)):
        if words:
            _must_fit(what, words, most)
    steps.lock(session, root)
    snapshot = snapshots.of(session, root, act.stated)
    if faults := list(law.subject_faults(subject, tuple(row.id for row in snapshot.meetings), _known(session, root))):
        raise Misused(faults[0])
    covers = _covers(snapshot, subject)
    last = _latest(session, root, subject)
    facts = {"subject": subject, "to": to, "note": note, "covers": covers, **_written(letter)}
    if last is not None and last.reply != "returned" and last.covers == covers:
        state = "已经同意" if last.reply else "尚未批复"
        finding = Finding(f"关于{subject_label(subject)}的请示{state}", "请示", "federation request list")
        return _repeated(session, root, f"request.{subject}", facts, WrongStage("不能重复报送", [finding]))
    steps.must_allow(session, root, "request")
    refuse_if(f"不能报送关于{subject_label(subject)}的请示", law.subject_findings(snapshot, subject))
    row = Request(
        case_id=root.id,
        subject=subject,
        number=last.number + 1 if last else 1,
        addressee=to,
        note=note,
        sent_on=str(act.stated),
        covers=covers,
    )
    shared = _shares_its_letter(session, root, row, letter)
    outcome = steps.perform(session, root, "request", act, facts, lambda: session.add(row), detail=subject)
    if not shared:
        paper = paper_facts.congress_request(session, root, row, letter, outcome.check_code)
        papers.freeze(session, root, "congress_request", paper_facts.request_id(row), paper)
    if subject == "result":
        report = paper_facts.result_report(session, root, outcome.check_code)
        papers.freeze(session, root, "result_report", f"result_report-{root.short_id}", report)
    return outcome


def _shares_its_letter(session: Session, root: Case, row: Request, letter: Letter) -> bool:
    """
    True where the letter went out already, on another matter of the case: the lists of both meetings, say.

    A 发文字号 is that of one letter. Refused where another matter was sent under it in other words.
    """
    own = {paper_facts.request_id(each) for each in _of(session, root) if each.subject == row.subject}
    draft = paper_facts.congress_request(session, root, row, letter, "")
    for id, sent in papers.kept(session, root, "congress_request").items():
        if not letter.number or id in own or not isinstance(sent, CongressRequest) or sent.number != letter.number:
            continue
        if replace(sent, head=replace(sent.head, check_code="")) == draft:
            return True
        remedy = "改用没有用过的文号；一份请示报几件事的，标题、正文、附件、收文机关和日期须相同"
        raise Refused("发文字号重复", [Finding(f"{letter.number} 已用于《{sent.title}》", "一文一号", remedy)])
    return False


def _written(letter: Letter) -> dict[str, str]:
    """What the journal keeps of a letter, where there is one: its number and title, and the hash of its words."""
    if letter == UNWRITTEN:
        return {}
    words = "\0".join((letter.text, *letter.attachments))
    return {"number": letter.number, "title": letter.title, "text": hashlib.sha256(words.encode()).hexdigest()}


def _covers(snapshot: Snapshot, subject: str) -> str:
    word, _, meeting = subject.partition(":")
    if word == "candidates":
        return snapshot.meeting(meeting).lists_sha256
    return snapshot.elected_sha256 if word == "result" else ""


def _known(session: Session, root: Case) -> frozenset[str]:
    """The words that may be asked for: the usual ones, and those that the case's own process waits for."""
    definition = steps.definition_of(session, root)
    asked = {
        use.params.get("subject", "")
        for step in definition.steps
        for use in step.guards
        if use.name == "request_approved"
    }
    return frozenset(law.SUBJECTS) | {word.partition(":")[0] for word in asked if word}


def reply(session: Session, root: Case, subject: str, number: str, approved: bool, act: Act, note: str = "") -> Outcome:
    """
    Record the reply to the latest request on a subject.

    Errors: NotFound where nothing was asked (a subject is an id like any other), WrongStage where it was answered
    otherwise, Refused where the reply is stated before the request.
    """
    _must_fit("批复文号（--number）", number, 80)
    steps.lock(session, root)
    row = _latest(session, root, subject)
    if row is None:
        raise NotFound(f"没有关于{subject_label(subject)}的请示，请先 federation request file {subject}")
    word = "approved" if approved else "returned"
    facts = {"subject": subject, "number": number, "reply": word, "note": note}
    if row.reply:
        said = f"这份请示已批复：{REPLIES[row.reply]} {row.reply_number}"
        fault = WrongStage("已有批复", [Finding(said, "批复", "federation request list")])
        return _repeated(session, root, f"reply.{subject}", facts, fault)
    steps.must_allow(session, root, "reply")
    refuse_if("时间不对", law.answer_findings(row.sent_on, act.stated))

    def change() -> None:
        row.reply, row.reply_number, row.replied_on = word, number, str(act.stated)

    return steps.perform(session, root, "reply", act, facts, change, detail=subject)


def listed(session: Session, root: Case) -> list[RequestReport]:
    """Every request of a case, in the order in which they were sent."""
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


def send_filing(session: Session, root: Case, to: str, act: Act) -> Outcome:
    """Send the filing of the result to the superior federation."""
    _must_fit("上级妇联（--to）", to, 120)
    steps.lock(session, root)
    facts = {"to": to}
    if (sent := _filing(session, root)) is not None:
        finding = Finding(f"已于 {sent.sent_on} 报 {sent.addressee}", "备案", "federation filing list")
        return _repeated(session, root, "filing.send", facts, WrongStage("已经报送备案", [finding]))
    row = Filing(case_id=root.id, number=1, addressee=to, sent_on=str(act.stated))
    outcome = steps.perform(session, root, "filing", act, facts, lambda: session.add(row), detail="send")
    form = paper_facts.filing_form(session, root, outcome.check_code)
    if form.people:  # a vacancy is filed too, and nobody need have been elected
        papers.freeze(session, root, "filing_form", f"filing_form-{root.short_id}", form)
    return outcome


def filing_reply(session: Session, root: Case, receipt: str, act: Act) -> Outcome:
    """Record the superior's receipt of the filing; NotFound where none was sent."""
    _must_fit("回执文号（--receipt）", receipt, 120)
    steps.lock(session, root)
    row = _filing(session, root)
    if row is None:
        raise NotFound("还没有报送备案，请先 federation filing send --to 上级妇联")
    facts = {"receipt": receipt}
    if row.receipt:
        finding = Finding(f"回执文号 {row.receipt}", "备案", "federation filing list")
        return _repeated(session, root, "filing.reply", facts, WrongStage("已有回执", [finding]))
    steps.must_allow(session, root, "filing")
    refuse_if("时间不对", law.answer_findings(row.sent_on, act.stated))

    def change() -> None:
        row.receipt, row.received_on = receipt, str(act.stated)

    return steps.perform(session, root, "filing", act, facts, change, detail="reply")


def filings(session: Session, root: Case) -> list[Filing]:
    """The filings of a case."""
    return list(session.scalars(select(Filing).where(Filing.case_id == root.id).order_by(Filing.number)))


def _must_fit(what: str, words: str, most: int) -> None:
    if not words.strip():
        raise Misused(f"请写明{what}")
    if len(words) > most:
        raise Refused(f"{what}太长", [Finding(f"有 {len(words)} 字，最多 {most} 字", "", "写简称")])


def _repeated(session: Session, root: Case, name: str, facts: Mapping[str, Any], fault: WrongStage) -> Outcome:
    """The act as it was done before, where it had these facts; else the fault."""
    line = journal.latest(session, root.federation_id, root.path, name)
    if line is None or line.facts != journal.canonical(facts):
        raise fault
    return Outcome(False, line)


def _of(session: Session, root: Case) -> Sequence[Request]:
    query = select(Request).where(Request.case_id == root.id)
    return session.scalars(query.order_by(Request.sent_on, Request.subject, Request.number)).all()


def _latest(session: Session, root: Case, subject: str) -> Request | None:
    query = select(Request).where(Request.case_id == root.id, Request.subject == subject)
    return session.scalars(query.order_by(Request.number.desc()).limit(1)).first()


def _filing(session: Session, root: Case) -> Filing | None:
    query = select(Filing).where(Filing.case_id == root.id)
    return session.scalars(query.order_by(Filing.number.desc()).limit(1)).first()
