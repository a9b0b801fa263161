"""The notice of a meeting: one for everybody, and one for each who is asked to come."""

import json
from collections.abc import Iterator
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from federation.facts.acts import Stated
from federation.facts.papers import Invited, MeetingNotice
from federation.models import AgendaItem, Case, Meeting
from federation.services import journal
from federation.services.paper_facts.heads import body_of, convener, day_of, everybody, head
from federation.services.paper_facts.live import LivePaper, meetings_of
from federation.services.roll_entries import entries


def live(session: Session, root: Case) -> Iterator[LivePaper]:
    """Notices of meetings that are called; a page for each person once there is a roll."""
    for meeting, case in meetings_of(session, root):
        if meeting.held_on and case.state != "planned":
            build = partial(meeting_notice, session, case)
            yield LivePaper(f"meeting_notice-{case.short_id}", "meeting_notice", case.label, build)
            if entries(session, case):
                each = partial(meeting_notice, session, case, each=True)
                yield LivePaper(f"meeting_notice-{case.short_id}-each", "meeting_notice", f"{case.label}（逐人）", each)


def meeting_notice(session: Session, meeting_case: Case, each: bool = False) -> MeetingNotice:
    """会议通知, of the day it was given out, or where that is not recorded, of the day the meeting was called."""
    meeting, rows = session.get_one(Meeting, meeting_case.id), entries(session, meeting_case)
    of, subject = meeting_case.federation_id, meeting_case.path
    given = journal.latest(session, of, subject, "agenda.notice")
    line = given or journal.latest(session, of, subject, "call")
    at = Stated.parse(meeting.held_on)
    items = select(AgendaItem.text).where(AgendaItem.meeting_id == meeting_case.id).order_by(AgendaItem.number)
    title = meeting.title or meeting_case.label
    said = json.loads(given.facts) if given else {}
    return MeetingNotice(
        head=head(
            session,
            meeting_case,
            day_of(line.stated if line else meeting_case.since),
            meeting=title,
            signed_by=_caller(session, meeting_case, meeting),
        ),
        to=said.get("to") or everybody(meeting),
        invited=tuple(
            Invited(row.displayed, "列席" if row.kind == "observer" else "出席") for row in (rows if each else ())
        ),
        held_on=at.day,
        time=f"{at.time.hour}:{at.time.minute:02}" if at.time else "",
        place=meeting.place,
        chair=meeting.chair,
        agenda=tuple(session.scalars(items)),
        voters=sum(row.may_vote for row in rows),
        observers=sum(row.kind == "observer" for row in rows),
        number=said.get("number", ""),
    )


def _caller(session: Session, meeting_case: Case, meeting: Meeting) -> str:
    """Who calls it: the committee its own meeting, the convener a congress. No presidium is there yet to sign."""
    return body_of(session, meeting_case, meeting) if meeting.roll_from else convener(session, meeting_case)
