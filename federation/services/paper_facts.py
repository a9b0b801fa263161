"""The facts of each paper, put together from what was recorded. Every number comes from the ledger or the count."""

import json
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
    MinuteItem,
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
    MeetingDuty,
    Motion,
)
from federation.rules import explanations, sheets
from federation.rules.ballots import REASONS_IN_CHINESE
from federation.rules.motions import SUBJECTS
from federation.services import attendance, comments, journal
from federation.services.polls import Poll, candidates
from federation.services.results import asked, results


def head(
    session: Session, case: Case, day: date, *, meeting: str = "", signed_by: str = "", check_code: str = ""
) -> PaperHead:
    """What every paper carries, for a case of this federation."""
    federation = session.get_one(Federation, case.federation_id)
    body = signed_by or f"{federation.name}筹备组"
    return PaperHead(federation.name, meeting, body, day, check_code, federation.specimen)


def _day(stated: str) -> date:
    return Stated.parse(stated).day


def _body(meeting: Meeting) -> str:
    """The presidium signs at a congress, the committee at its own meeting."""
    return meeting.title if meeting.roll_from else f"{meeting.title}主席团"


def comment_table(session: Session, root: Case) -> CommentTable:
    """意见采纳情况汇总表."""
    found = comments.disposition(session, root)
    line = journal.latest(session, root.federation_id, root.path, "close_comments")
    day = _day(line.stated) if line else found.ends_on
    return found.table(head(session, root, day, check_code=line.hash if line else ""))


def sign_in_list(session: Session, meeting_case: Case) -> SignInList:
    """签到册."""
    meeting = session.get_one(Meeting, meeting_case.id)
    title = meeting.title or meeting_case.label
    day = _day(meeting.held_on or meeting_case.since)
    paper_head = head(session, meeting_case, day, meeting=title, signed_by=_body(meeting))
    return SignInList(paper_head, meeting.due or 0, attendance.sign_in_rows(session, meeting_case))


def ballot(session: Session, poll: Poll) -> BallotPaper:
    """选票: the sheet of one poll."""
    offices = "、".join(round.office for round in poll.rounds)
    return BallotPaper(
        head=_poll_head(session, poll, poll.case.since),
        title=f"{poll.meeting.title or poll.meeting_case.label}选举{offices}选票",
        round_label=_round_label(poll, poll.rounds[0]),
        contests=tuple(_sheet_contest(session, poll, round) for round in poll.rounds),
    )


def _poll_head(session: Session, poll: Poll, stated: str, check_code: str = "") -> PaperHead:
    day = _day(poll.meeting.held_on or stated)
    title = poll.meeting.title or poll.meeting_case.label
    return head(session, poll.case, day, meeting=title, signed_by=_body(poll.meeting), check_code=check_code)


def _round_label(poll: Poll, round: BallotRound) -> str:
    return explanations.round_in_chinese(asked(poll, round).round)


def _sheet_contest(session: Session, poll: Poll, round: BallotRound) -> SheetContest:
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
        notes=sheets.sheet_notes(poll.method, round.seats),
    )


def tally_report(session: Session, poll: Poll, round: BallotRound, result: CountResult, check_code: str) -> TallyReport:
    """计票结果报告单 of one contest, as of its count."""
    duties = _duties(session, poll.meeting)
    return TallyReport(
        head=_poll_head(session, poll, poll.case.since, check_code),
        office=round.office,
        round_label=_round_label(poll, round),
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


def _duties(session: Session, meeting: Meeting) -> dict[str, tuple[str, ...]]:
    query = select(MeetingDuty).where(MeetingDuty.meeting_id == meeting.case_id).order_by(MeetingDuty.position)
    duties: dict[str, tuple[str, ...]] = {}
    for row in session.scalars(query):
        duties[row.duty] = (*duties.get(row.duty, ()), row.name)
    return duties


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
    preamble = f"{title}于{chinese_date(day)}以{how}方式选举产生下列人员，现予公告："
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
        _attendance_item(meeting),
        *_motion_items(session, meeting),
        *(item for poll in polls for item in _poll_items(poll)),
    ]
    place = f"在{meeting.place}" if meeting.place else ""
    opening = f"{chinese_date(day)}，{meeting.chair}同志{place}主持召开{title}。现将议定事项纪要如下："
    return Minutes(
        head=head(session, meeting_case, day, meeting=title, signed_by=_body(meeting), check_code=check_code),
        mark=f"{title}纪要",
        number="",
        opening=opening,
        items=tuple(items),
        present=people.present,
        absent=tuple(f"{name}（{because}）" if because else name for name, because in people.absent),
        observers=people.observers,
    )


def _attendance_item(meeting: Meeting) -> MinuteItem:
    text = f"会议应到 {meeting.due} 人，开会时实到 {meeting.present_announced} 人，达到法定人数。"
    return MinuteItem("到会情况", (text,))


def _motion_items(session: Session, meeting: Meeting) -> list[MinuteItem]:
    query = select(Motion).where(Motion.meeting_id == meeting.case_id, Motion.recorded).order_by(Motion.number)
    lines = []
    for motion in session.scalars(query):
        subject = motion.text if motion.subject == "other" else SUBJECTS[motion.subject]
        verdict = "通过" if motion.carried else "未通过"
        votes = f"同意 {motion.approve} 人，反对 {motion.against} 人，弃权 {motion.abstain} 人"
        lines.append(f"会议以举手方式表决《{subject}》，实到 {motion.present} 人，{votes}，{verdict}。")
    return [MinuteItem("表决事项", tuple(lines))] if lines else []


def _poll_items(poll: Poll) -> list[MinuteItem]:
    if not poll.rounds[0].result:
        return []
    items = []
    for round, result in results(poll):
        label = _round_label(poll, round)
        heading = f"选举{round.office}" + (f"（{label}）" if label else "")
        votes = [
            explanations.name_sentence(result, row, poll.method) + "。"
            for row in result.results
            if row.outcome in ("elected", "tied")
        ]
        decision = json.loads(round.decision).get("note", "") if round.decision else ""
        ending = [f"主席团决定：{decision}。"] if decision else []
        sentences = (explanations.quorum_sentence(result, poll.method), explanations.ledger_sentence(result))
        conclusion = explanations.conclusion_sentence(result, poll.method, afterwards=True) + "。"
        items.append(MinuteItem(heading, (*(f"{text}。" for text in sentences if text), *votes, conclusion, *ending)))
    return items
