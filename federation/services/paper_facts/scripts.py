"""主持词: what the chair reads, with every number that is known by now and a line for every other."""

from collections.abc import Iterator
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from federation.facts.acts import Stated
from federation.facts.papers import Question, Script, ScriptContest, ScriptPoll
from federation.models import AgendaItem, Case, Draft, DraftVersion, Election, Meeting, Motion
from federation.rules import explanations, sheets
from federation.rules.motions import SCRUTINY, SUBJECTS, hands_needed
from federation.rules.thresholds import Threshold
from federation.services import attendance, minute_items, poll_rows, results, steps
from federation.services.paper_facts.heads import body_of, day_of, head
from federation.services.paper_facts.live import LivePaper, meetings_of
from federation.services.paper_facts.polls import LIMITS, office_of, serving
from federation.services.poll_rows import Poll

DECLARED = {"valid": True, "void": False, "counted": True, "announced": True, "unsettled": True}
"""Whether the election was declared valid, by the state of its poll. One that `continued` may be either."""


def live(session: Session, root: Case) -> Iterator[LivePaper]:
    """The script of every meeting that has been called."""
    for meeting, case in meetings_of(session, root):
        if case.state != "planned" and meeting.held_on:
            yield LivePaper(f"script-{case.short_id}", "script", case.label, partial(script, session, case))


def script(session: Session, meeting_case: Case) -> Script:
    """主持词 of a meeting, as far as it has come."""
    meeting = session.get_one(Meeting, meeting_case.id)
    title = meeting.title or meeting_case.label
    day = day_of(meeting.held_on or meeting_case.since)
    rule = steps.view_of(session, meeting_case, Stated.parse(meeting_case.since)).meeting.quorum
    clause = f"（选举办法{rule.clause}）" if rule and rule.clause else ""
    agenda = select(AgendaItem.text).where(AgendaItem.meeting_id == meeting.case_id).order_by(AgendaItem.number)
    return Script(
        head=head(session, meeting_case, day, meeting=title, signed_by=body_of(session, meeting_case, meeting)),
        chair=meeting.chair,
        place=meeting.place,
        day=day,
        due=meeting.due,
        present=meeting.present_announced,
        observers=attendance.presence(session, meeting_case).observers,
        quorum=f"到会人数须{rule.rule}，即 {rule.needed} 人{clause}" if rule else "",
        agenda=tuple(session.scalars(agenda)),
        questions=(*_put(session, meeting), *_expected(session, meeting_case, meeting)),
        serving=serving(session, meeting),
        polls=tuple(_poll(session, poll) for poll in poll_rows.of_meeting(session, meeting_case)),
    )


def _put(session: Session, meeting: Meeting) -> Iterator[Question]:
    """What was put to the meeting, in the order put."""
    query = select(Motion).where(Motion.meeting_id == meeting.case_id).order_by(Motion.number)
    for motion in session.scalars(query):
        what = minute_items.subject_of(session, meeting, motion)
        needed = hands_needed(Threshold.parse(motion.rule), motion.due, motion.present)
        known = motion.recorded
        yield Question(
            what=f"《{what}》" if motion.subject in ("method", "charter") else what,
            reads_names=motion.subject == "scrutineers",
            needed=needed,
            present=motion.present,
            approve=motion.approve if known else None,
            against=motion.against if known else None,
            abstain=motion.abstain if known else None,
            result=("通过" if motion.carried else "未通过") if known else "",
        )


def _expected(session: Session, meeting_case: Case, meeting: Meeting) -> Iterator[Question]:
    """What this meeting has yet to vote on: its texts, then who scrutinises and counts."""
    put = set(session.scalars(select(Motion.subject).where(Motion.meeting_id == meeting.case_id)))
    query = select(Draft.kind, DraftVersion.title).join(Case, Case.id == Draft.case_id)
    query = query.join(DraftVersion, DraftVersion.draft_id == Draft.case_id)
    query = query.where(Case.root_id == meeting_case.root_id, Draft.meeting == meeting_case.short_id)
    titles = dict(session.execute(query.order_by(DraftVersion.number)).all())
    for kind in ("method", "charter"):
        if kind in titles and kind not in put:
            yield _open_question(f"《{titles[kind]}》")
    duties = minute_items.duties(session, meeting)
    planned = select(Election.case_id).where(Election.meeting_id == meeting.case_id).limit(1)
    if "scrutineers" not in put and (session.scalar(planned) or any(duty in SCRUTINY for duty in duties)):
        yield _open_question(SUBJECTS["scrutineers"], reads_names=True)


def _open_question(what: str, *, reads_names: bool = False) -> Question:
    return Question(what, reads_names, None, None, None, None, None, "")


def _poll(session: Session, poll: Poll) -> ScriptPoll:
    ledger, election = results.ledger_of(poll), poll.election
    issued = ledger.issued if election.present is not None and election.form == "ballot" else None
    return ScriptPoll(
        office=office_of(poll),
        round_label=minute_items.round_label(poll, poll.rounds[0]),
        hands=election.form == "hands",
        phones="phone" in poll.method.ballot.channels,
        contests=tuple(_contest(session, poll, place) for place in range(len(poll.rounds))),
        present=election.present,
        issued=issued,
        returned=ledger.returned,
        valid=_declared(poll),
        limit=LIMITS[poll.method.void.returned_over],
    )


def _declared(poll: Poll) -> bool | None:
    """What the chair declared; a poll that went on to another was valid where it had been counted."""
    return bool(poll.rounds[0].result) if poll.case.state == "continued" else DECLARED.get(poll.case.state)


def _contest(session: Session, poll: Poll, place: int) -> ScriptContest:
    round = poll.rounds[place]
    names = tuple(row.name for row in poll_rows.candidates(session, round))
    result = results.result_of(poll, round) if round.result else None
    return ScriptContest(
        office=round.office,
        seats=round.seats,
        kind="差额" if len(names) > round.seats else "等额",
        candidates=names,
        notes=sheets.sheet_notes(poll.method, round.seats),
        result=explanations.conclusion_sentence(result, poll.method, named=False, afterwards=True) if result else "",
        elected=result.elected if result else (),
    )
