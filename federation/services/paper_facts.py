"""The facts of each paper, put together from what was recorded. Every number comes from the ledger or the count."""

import re
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from federation.clock import chinese_date
from federation.facts.acts import Stated
from federation.facts.counting import CountResult, NameResult
from federation.facts.papers import (
    BallotPaper,
    CommentTable,
    ElectedTo,
    LedgerFacts,
    Minutes,
    PaperHead,
    ResultNotice,
    ResultRow,
    SheetContest,
    SignInList,
    TallyReport,
)
from federation.models import (
    BallotRound,
    Case,
    Elected,
    Federation,
    Meeting,
    Motion,
)
from federation.rules import explanations, sheets
from federation.rules.ballots import REASONS_IN_CHINESE
from federation.rules.drafts import without_stage
from federation.rules.numerals import NUMERAL
from federation.services import attendance, comments, journal, minute_items
from federation.services.polls import Poll, candidates

_SITTING = re.compile(rf"第[{NUMERAL}]+次(?:全体)?会议$")
"""How the title of a body's own meeting ends; what stands before it is the body."""


def head(
    session: Session, case: Case, day: date, *, meeting: str = "", signed_by: str = "", check_code: str = ""
) -> PaperHead:
    """What every paper carries, for a case of this federation."""
    federation = session.get_one(Federation, case.federation_id)
    body = signed_by or f"{federation.name}筹备组"
    return PaperHead(federation.name, meeting, body, day, check_code, federation.specimen)


def _day(stated: str) -> date:
    return Stated.parse(stated).day


def _body(session: Session, meeting_case: Case, meeting: Meeting) -> str:
    """
    Who signs for a meeting: the committee at its own, the presidium at a congress that has adopted one.

    No paper may claim a presidium that the meeting never adopted; before that, or without, those sign who called it:
    the preparatory group at a founding, the federation itself later on.
    """
    title = meeting.title or meeting_case.label
    if meeting.roll_from or _SITTING.search(title):
        return _SITTING.sub("", title)
    adopted = select(Motion.id).where(Motion.meeting_id == meeting.case_id, Motion.subject == "presidium")
    if session.scalar(adopted.where(Motion.carried).limit(1)):
        return f"{title}主席团"
    root = session.get_one(Case, meeting_case.root_id)
    return "" if root.process == "founding" else session.get_one(Federation, meeting_case.federation_id).name


def comment_table(session: Session, root: Case) -> CommentTable:
    """意见采纳情况汇总表."""
    found = comments.disposition(session, root)
    line = journal.latest(session, root.federation_id, root.path, "close_comments")
    day = _day(line.stated) if line else found.ends_on
    table = found.table(head(session, root, day, check_code=line.hash if line else ""))
    return replace(table, rows=tuple(replace(row, draft=without_stage(row.draft)) for row in table.rows))


def sign_in_list(session: Session, meeting_case: Case) -> SignInList:
    """签到册."""
    meeting = session.get_one(Meeting, meeting_case.id)
    title = meeting.title or meeting_case.label
    day = _day(meeting.held_on or meeting_case.since)
    paper_head = head(session, meeting_case, day, meeting=title, signed_by=_body(session, meeting_case, meeting))
    return SignInList(paper_head, meeting.due or 0, attendance.sign_in_rows(session, meeting_case))


def ballot(session: Session, poll: Poll) -> BallotPaper:
    """选票: the sheet of one poll."""
    offices = "、".join(round.office for round in poll.rounds)
    shared = sheets.shared_notes([sheets.sheet_notes(poll.method, round.seats) for round in poll.rounds])
    return BallotPaper(
        head=_poll_head(session, poll, poll.case.since),
        title=f"{poll.meeting.title or poll.meeting_case.label}选举{offices}选票",
        round_label=minute_items.round_label(poll, poll.rounds[0]),
        contests=tuple(_sheet_contest(session, poll, round, shared) for round in poll.rounds),
        notes=shared,
    )


def _poll_head(session: Session, poll: Poll, stated: str, check_code: str = "") -> PaperHead:
    day = _day(poll.meeting.held_on or stated)
    title = poll.meeting.title or poll.meeting_case.label
    body = _body(session, poll.meeting_case, poll.meeting)
    return head(session, poll.case, day, meeting=title, signed_by=body, check_code=check_code)


def _sheet_contest(session: Session, poll: Poll, round: BallotRound, shared: tuple[str, ...]) -> SheetContest:
    names = tuple(row.name for row in candidates(session, round))
    marks = poll.method.ballot.marks
    return SheetContest(
        office=round.office,
        seats=round.seats,
        kind="差额" if len(names) > round.seats else "等额",
        order=sheets.ORDERS[poll.method.ballot.order],
        candidates=names,
        approve=marks.approve,
        against=marks.against,
        abstain=marks.abstain,
        write_in_boxes=sheets.write_in_boxes(poll.method, round.seats),
        notes=tuple(note for note in sheets.sheet_notes(poll.method, round.seats) if note not in shared),
    )


def tally_report(session: Session, poll: Poll, round: BallotRound, result: CountResult, check_code: str) -> TallyReport:
    """计票结果报告单 of one contest, as of its count."""
    duties = minute_items.duties(session, poll.meeting)
    return TallyReport(
        head=_poll_head(session, poll, poll.case.since, check_code),
        office=round.office,
        round_label=minute_items.round_label(poll, round),
        seats=result.seats,
        candidates=sum(not row.votes.write_in for row in result.results),
        ledger=ledger_facts(result),
        quorum=explanations.quorum_sentence(result, poll.method) + "。",
        threshold=explanations.threshold_sentence(result, poll.method) + "。",
        results=tuple(_result_row(result, row, poll) for row in result.results),
        elected=result.elected,
        conclusion=explanations.conclusion_sentence(result, poll.method, named=False) + "。",
        chief_scrutineer="".join(duties.get("chief_scrutineer", ())),
        scrutineers=duties.get("scrutineer", ()),
        chief_teller="".join(duties.get("chief_teller", ())),
        tellers=duties.get("teller", ()),
    )


def ledger_facts(result: CountResult) -> LedgerFacts:
    """The one ledger, for any paper that prints it."""
    ledger = result.ledger
    return LedgerFacts(
        due=ledger.due or 0,
        present=ledger.present or 0,
        issued=ledger.issued,
        voted=ledger.voted,
        returned=ledger.returned,
        valid=ledger.valid,
        invalid=ledger.invalid,
        invalid_because={REASONS_IN_CHINESE[reason]: number for reason, number in ledger.invalid_because.items()},
    )


def _result_row(result: CountResult, row: NameResult, poll: Poll) -> ResultRow:
    votes = row.votes
    why = explanations.name_sentence(result, row, poll.method).partition("：")[2]
    outcome = explanations.OUTCOMES[row.outcome].replace("当选", explanations.seated(result))
    return ResultRow(row.name, votes.write_in, votes.approve, votes.against, votes.abstain, outcome, why)


def result_notice(session: Session, poll: Poll, day: date, check_code: str) -> ResultNotice:
    """选举结果公告 of a meeting: everyone announced in it so far."""
    query = select(BallotRound.office, Elected.name).join(BallotRound, BallotRound.id == Elected.round_id)
    query = query.where(Elected.meeting_id == poll.meeting.case_id).order_by(
        BallotRound.position, Elected.contest, Elected.position
    )
    order = [contest.office for contest in poll.method.contests]
    names: dict[str, tuple[str, ...]] = {}
    for office, name in session.execute(query):
        names[office] = (*names.get(office, ()), name)
    title = poll.meeting.title or poll.meeting_case.label
    how = "无记名投票" if poll.election.form == "ballot" else "举手表决"
    preamble = f"{title}于{chinese_date(day)}以{how}方式选举产生下列人员："
    elected = tuple(ElectedTo(office, names[office]) for office in sorted(names, key=order.index))
    poll_head = _poll_head(session, poll, str(day), check_code)
    return ResultNotice(head=poll_head, number="", preamble=preamble, elected=elected)


def minutes(session: Session, meeting_case: Case, polls: list[Poll], check_code: str) -> Minutes:
    """会议纪要 of a meeting that has adjourned: what it voted on, whom it elected, who was there."""
    meeting = session.get_one(Meeting, meeting_case.id)
    title = meeting.title or meeting_case.label
    day = _day(meeting.held_on or meeting_case.since)
    people = attendance.attendance(session, meeting_case)
    items = [
        minute_items.arrival(meeting),
        *minute_items.motions(session, meeting),
        *(item for poll in polls for item in minute_items.elections(poll)),
    ]
    body = _body(session, meeting_case, meeting)
    place = f"在{meeting.place}" if meeting.place else ""
    opening = f"{chinese_date(day)}，{meeting.chair}同志{place}主持召开{title}。现将议定事项纪要如下："
    return Minutes(
        head=head(session, meeting_case, day, meeting=title, signed_by=body, check_code=check_code),
        mark=f"{title}纪要",
        number="",
        opening=opening,
        items=tuple(items),
        present=people.present,
        absent=tuple(f"{name}（{because}）" if because else name for name, because in people.absent),
        observers=people.observers,
        late=people.late,
        left=people.left,
    )
