"""
The screen of the hall, read: what everybody in it may see at this moment, and nothing before the chair has said it.

A result is read from where it was frozen only once its poll is announced; of a poll under way there are counts alone,
those of the box in steps.
"""

import uuid

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from federation.errors import Finding, NotFound
from federation.facts.screens import Screen, ScreenListed, ScreenPoll, ScreenResult
from federation.models import (
    AgendaItem,
    AgendaPoint,
    BallotRound,
    Case,
    Election,
    Federation,
    Meeting,
    Motion,
    SealedBallot,
)
from federation.rules.screens import stepped
from federation.services import attendance_lists, minute_items, polls, selection, steps
from federation.services.polls import Poll
from federation.services.results import ledger_of, result_of

SHOWN = ("called", "in_session", "adjourned")
"""States of a meeting that has a screen: before it is called there is nothing to show."""
ANNOUNCED = ("unsettled", "announced", "continued")
"""The states of a poll whose result the chair has announced."""
FIGURES = {"issued": "发出", "returned": "收回", "valid": "有效", "invalid": "无效"}


def listed(session: Session) -> list[ScreenListed]:
    """The meetings that have a screen, those in session first."""
    query = select(Case, Federation, Meeting.title).join(Meeting, Meeting.case_id == Case.id)
    query = query.join(Federation, Federation.id == Case.federation_id).where(Case.state.in_(SHOWN))
    rows = session.execute(query.order_by(Case.state != "in_session", Case.path, Case.id)).all()
    return [ScreenListed(f"{of.short_id}/{case.path}", of.name, title or case.label) for case, of, title in rows]


def find(session: Session, name: str) -> Case:
    """The meeting of this name, or of this end of a name, that has a screen; the only one, or the one in session."""
    meetings = select(Case).join(Meeting, Meeting.case_id == Case.id).where(Case.state.in_(SHOWN))
    found = selection.at_address(session, meetings, name)
    chosen = found if len(found) == 1 else [case for case in found if case.state == "in_session"]
    if len(chosen) != 1:
        raise NotFound(
            "没有这块屏幕", [Finding("没有这次会议，或有几次同名，或还没有召集", remedy="从 /screen 选一次会议")]
        )
    return chosen[0]


def screen(session: Session, meeting: Case) -> Screen:
    """Everything on the screen but the ballots in open boxes, which `cast` tells."""
    of = session.get_one(Federation, meeting.federation_id)
    held = polls.of_meeting(session, meeting)
    agenda = select(AgendaItem.text).where(AgendaItem.meeting_id == meeting.id).order_by(AgendaItem.number)
    return Screen(
        federation=of.name,
        meeting=_title(session, meeting),
        state=meeting.state,
        specimen=of.specimen,
        agenda=tuple(session.scalars(agenda)),
        item=_item(session, meeting),
        hall=attendance_lists.hall(session, meeting),
        motion=_motion(session, meeting),
        polls=tuple(_poll(session, poll) for poll in held if _is_under_way(poll)),
        results=tuple(
            _result(poll, round)
            for poll in held
            if poll.case.state in ANNOUNCED
            for round in poll.rounds
            if round.result
        ),
    )


def cast(session: Session, meeting_id: uuid.UUID) -> dict[str, int]:
    """
    Ballots cast in each open poll of a meeting, by its path, in whole steps.

    The exact number never leaves this function.
    """
    query = select(Case.path, func.count()).join(SealedBallot, SealedBallot.election_id == Case.id)
    query = query.join(Election, Election.case_id == Case.id)
    found = query.where(Election.meeting_id == meeting_id, Case.state == "open").group_by(Case.path)
    return {path: stepped(number) for path, number in session.execute(found)}


def stamp(session: Session, meeting: Case) -> int:
    """A number that changes with everything on the screen but the ballots in open boxes."""
    return attendance_lists.stamp(session, meeting.federation_id)


def _title(session: Session, meeting: Case) -> str:
    return session.get_one(Meeting, meeting.id).title or meeting.label


def _item(session: Session, meeting: Case) -> int:
    point = session.get(AgendaPoint, meeting.id)
    return point.number if point and meeting.state == "in_session" else 0


def _motion(session: Session, meeting: Case) -> str:
    query = select(Motion).where(Motion.meeting_id == meeting.id, ~Motion.recorded).order_by(Motion.number)
    motion = session.scalars(query).first()
    return minute_items.subject_of(session, session.get_one(Meeting, meeting.id), motion) if motion else ""


def _is_under_way(poll: Poll) -> bool:
    return poll.case.state not in (*ANNOUNCED, "nominating", "prepared")


def _poll(session: Session, poll: Poll) -> ScreenPoll:
    election, is_open = poll.election, poll.case.state == "open"
    issued = election.form == "ballot" and election.present is not None
    return ScreenPoll(
        name=poll.case.path,
        offices=tuple(round.office for round in poll.rounds),
        seats=tuple(round.seats for round in poll.rounds),
        round_label=minute_items.round_label(poll, poll.rounds[0]),
        stage=steps.definition_of(session, poll.case).states[poll.case.state].label,
        open=is_open,
        handed_out=election.handed_out if issued else None,
        drawn=election.drawn if issued else None,
        cast=None if is_open else election.phones,
        returned=ledger_of(poll).returned if issued else None,
    )


def _result(poll: Poll, round: BallotRound) -> ScreenResult:
    result = result_of(poll, round)
    approvals = {row.name: row.votes.approve for row in result.results}
    figures = [(word, result.ledger.figure(name)) for name, word in FIGURES.items()]
    return ScreenResult(
        office=round.office,
        round_label=minute_items.round_label(poll, round),
        primary=round.kind == "primary",
        figures=tuple((word, number) for word, number in figures if number is not None),
        elected=tuple((name, approvals[name]) for name in result.elected),
        left=result.seats_left,
    )
