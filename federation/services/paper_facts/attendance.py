"""到会人数报告单: made live while people arrive, frozen as the meeting or the poll opens."""

from collections.abc import Iterator
from functools import partial

from sqlalchemy.orm import Session

from federation.facts.acts import Stated
from federation.facts.papers import AbsenceGroup, AttendanceSlip
from federation.models import Case, Meeting
from federation.services import attendance, minute_items, poll_rows, steps
from federation.services.paper_facts.heads import body_of, day_of, head
from federation.services.paper_facts.live import LivePaper, meetings_of
from federation.services.poll_rows import Poll

GONE, UNTOLD = "中途离会", "未签到"


def live(session: Session, root: Case) -> Iterator[LivePaper]:
    """The slip of each opening that is to come: of the meeting, then of every poll whose lists are fixed."""
    for meeting, case in meetings_of(session, root):
        if meeting.roll_frozen and case.state == "called":
            yield LivePaper(slip_id(case), "attendance_slip", case.label, partial(attendance_slip, session, case))
        if case.state == "in_session":
            for poll in poll_rows.of_meeting(session, case):
                if poll.case.state == "prepared":
                    build = partial(attendance_slip, session, case, poll)
                    yield LivePaper(slip_id(case, poll), "attendance_slip", poll.case.label, build)


def slip_id(meeting_case: Case, poll: Poll | None = None) -> str:
    """`attendance_slip-congress`, `attendance_slip-congress-members`."""
    return "-".join(["attendance_slip", meeting_case.short_id, *([poll.case.short_id] if poll else [])])


def attendance_slip(
    session: Session, meeting_case: Case, poll: Poll | None = None, check_code: str = ""
) -> AttendanceSlip:
    """到会人数报告单 at this moment: of the meeting, or before a poll."""
    meeting = session.get_one(Meeting, meeting_case.id)
    title = meeting.title or meeting_case.label
    day = day_of(meeting.held_on or meeting_case.since)
    body = body_of(session, meeting_case, meeting)
    counts = attendance.presence(session, meeting_case)
    rule = steps.view_of(session, meeting_case, Stated.parse(meeting_case.since)).meeting.quorum
    absent = _groups(attendance.attendance(session, meeting_case))
    holds = rule is not None and counts.present >= rule.needed
    return AttendanceSlip(
        head=head(session, meeting_case, day, meeting=title, signed_by=body, check_code=check_code),
        occasion=_occasion(poll),
        due=counts.due,
        present=counts.present,
        missing=sum(len(group.names) for group in absent),
        absent=absent,
        late=attendance.attendance(session, meeting_case).late,
        observers=counts.observers,
        quorum=_quorum(rule.rule, rule.needed, rule.clause, holds) if rule else "",
        holds=holds,
    )


def _occasion(poll: Poll | None) -> str:
    if poll is None:
        return "开会"
    label = minute_items.round_label(poll, poll.rounds[0])
    return f"选举{'、'.join(round.office for round in poll.rounds)}" + (f"（{label}）" if label else "")


def _groups(people: attendance.Attendance) -> tuple[AbsenceGroup, ...]:
    """Everyone entitled who is not in the hall, by reason, in the order in which reasons are known."""
    by_reason: dict[str, list[str]] = {reason: [] for reason in (*attendance.REASONS, GONE, UNTOLD)}
    for name, reason in people.absent:
        by_reason[reason or UNTOLD].append(name)
    by_reason[GONE] += people.left
    return tuple(AbsenceGroup(reason, tuple(names)) for reason, names in by_reason.items() if names)


def _quorum(rule: str, needed: int, clause: str, holds: bool) -> str:
    law = f"（选举办法{clause}）" if clause else ""
    verdict = "达到法定人数" if holds else "未达到法定人数"
    return f"到会人数须{rule}，即 {needed} 人{law}，{verdict}。"
