"""Papers of a meeting."""

from sqlalchemy.orm import Session

from federation.clock import chinese_date
from federation.facts.papers import Minutes
from federation.models import Case, Meeting
from federation.services import attendance, minute_items
from federation.services.paper_facts.heads import body_of, day_of, head
from federation.services.poll_rows import Poll


def minutes(session: Session, meeting_case: Case, polls: list[Poll], check_code: str) -> Minutes:
    """会议纪要 of a meeting that has adjourned: what it voted on, whom it elected, who was there."""
    meeting = session.get_one(Meeting, meeting_case.id)
    title = meeting.title or meeting_case.label
    day = day_of(meeting.held_on or meeting_case.since)
    people = attendance.attendance(session, meeting_case)
    items = [
        minute_items.arrival(meeting),
        *minute_items.motions(session, meeting),
        *(item for poll in polls for item in minute_items.elections(poll)),
    ]
    body = body_of(session, meeting_case, meeting)
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
