"""Papers made from the roll of a meeting."""

from collections.abc import Iterator
from functools import partial

from sqlalchemy.orm import Session

from federation.facts.papers import SignInList
from federation.models import Case, Meeting
from federation.services import attendance
from federation.services.paper_facts.heads import body_of, day_of, head
from federation.services.paper_facts.live import LivePaper, meetings_of


def live(session: Session, root: Case) -> Iterator[LivePaper]:
    """Papers that prepare a meeting whose roll is frozen."""
    for meeting, case in meetings_of(session, root):
        if meeting.roll_frozen:
            build = partial(sign_in_list, session, case)
            yield LivePaper(f"sign_in_list-{case.short_id}", "sign_in_list", case.label, build)


def sign_in_list(session: Session, meeting_case: Case) -> SignInList:
    """签到册."""
    meeting = session.get_one(Meeting, meeting_case.id)
    title = meeting.title or meeting_case.label
    day = day_of(meeting.held_on or meeting_case.since)
    paper_head = head(session, meeting_case, day, meeting=title, signed_by=body_of(session, meeting_case, meeting))
    return SignInList(paper_head, meeting.due or 0, attendance.sign_in_rows(session, meeting_case))
