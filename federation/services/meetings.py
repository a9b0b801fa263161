"""Meetings: an agenda, a call, a notice, an opening with a quorum, an adjournment."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from federation.errors import Finding, Misused, NotFound, Refused
from federation.facts.acts import Act, Stated
from federation.facts.snapshot import RuleFacts
from federation.models import AgendaItem, AgendaPoint, Case, Federation, Meeting, MeetingDuty
from federation.rules.sessions import meeting_title
from federation.services import attendance as presences
from federation.services import journal, paper_facts, papers, polls, steps
from federation.services.attendance import Attendance, Presence, attendance, sign_in_rows
from federation.services.paper_facts.heads import everybody
from federation.services.steps import Outcome, repeated

__all__ = [
    "adjourn",
    "agenda",
    "attendance",
    "call",
    "come_to",
    "facts_of",
    "notice",
    "of_case",
    "quorum",
    "sign_in_rows",
]

_NUMBERED = re.compile(
    r"\s*(?:第?[一二三四五六七八九十]+项?[、.．]|[（(][一二三四五六七八九十0-9]+[）)]|[0-9]+[、.．])\s*"
)
LONGEST_ITEM = 300


@dataclass(frozen=True, slots=True)
class Quorum:
    """Whether enough are present, with the bar in words, its number and its clause."""

    due: int
    present: int
    rule: RuleFacts
    opened: bool
    """True where this very call opened the session."""

    @property
    def reached(self) -> bool:
        return self.present >= self.rule.needed


@dataclass(frozen=True, slots=True)
class MeetingReport:
    """A meeting as it stands."""

    id: str
    label: str
    title: str
    state: str
    state_label: str
    held_on: str
    place: str
    chair: str
    agenda: tuple[str, ...]
    duties: tuple[tuple[str, str], ...]
    roll_frozen: bool
    due: int | None
    present_announced: int | None
    now: Presence
    attended: Attendance


def agenda(session: Session, meeting: Case, items: Sequence[str], act: Act) -> Outcome:
    """Give the meeting this agenda in place of any other; an item keeps no number of its own."""
    items = [text for item in items if (text := _NUMBERED.sub("", item, count=1).strip())]
    if not items:
        raise Misused("议程至少要有一项")
    long = [Finding(f"第 {n} 项长于 {LONGEST_ITEM} 字") for n, item in enumerate(items, 1) if len(item) > LONGEST_ITEM]
    if long:
        raise Refused("议程不合格", long)
    steps.lock(session, meeting)
    steps.must_allow(session, meeting, "agenda")
    if items == _agenda(session, meeting):
        return repeated(session, meeting, "agenda")

    def change() -> None:
        session.execute(delete(AgendaItem).where(AgendaItem.meeting_id == meeting.id))
        session.execute(delete(AgendaPoint).where(AgendaPoint.meeting_id == meeting.id))
        session.add_all(AgendaItem(meeting_id=meeting.id, number=n, text=item) for n, item in enumerate(items, 1))

    return steps.perform(session, meeting, "agenda", act, {"items": items}, change)


def come_to(session: Session, meeting: Case, number: int, act: Act) -> tuple[Outcome, str]:
    """The meeting has come to this item of its agenda, counted from 1: the screen shows it. Returns the item."""
    steps.lock(session, meeting)
    steps.must_allow(session, meeting, "agenda")
    if meeting.state != "in_session":
        finding = Finding(f"{meeting.label}还没有开会", "", f"federation meeting quorum --meeting {meeting.short_id}")
        raise Refused("不能登记进行到哪一项", [finding])
    items, point = _agenda(session, meeting), session.get(AgendaPoint, meeting.id)
    if not 1 <= number <= len(items):
        raise NotFound(f"议程没有第 {number} 项，共 {len(items)} 项")
    if point and point.number == number:
        return repeated(session, meeting, "agenda.at"), items[number - 1]

    def change() -> None:
        session.merge(AgendaPoint(meeting_id=meeting.id, number=number))

    return steps.perform(session, meeting, "agenda", act, {"number": number}, change, detail="at"), items[number - 1]


def call(
    session: Session,
    meeting: Case,
    held_on: str,
    place: str,
    chair: str,
    act: Act,
    title: str = "",
    session_no: int | None = None,
) -> Outcome:
    """Call the meeting for a day and a place, under a chair. A meeting called again begins its check-in anew."""
    held = session.get_one(Meeting, meeting.id)
    day = _day(held_on)
    number = session_no or held.session_no
    federation = session.get_one(Federation, meeting.federation_id)
    title = title.strip() or meeting_title(federation.name, meeting.label, meeting.term_no, number)
    facts = {"held_on": str(day), "place": place.strip(), "chair": chair.strip(), "title": title, "session_no": number}

    def change() -> None:
        held.held_on, held.place, held.chair = str(day), place.strip(), chair.strip()
        held.title, held.session_no, held.present_announced = title, number, None
        presences.clear(session, meeting)

    return steps.advance(session, meeting, "call", act, facts, change)


def notice(session: Session, meeting: Case, to: str, act: Act, number: str = "") -> Outcome:
    """Record that the notice of the meeting was given, to everybody or as `to` says, under which 发文字号, if any."""
    steps.lock(session, meeting)
    held = session.get_one(Meeting, meeting.id)
    if not held.held_on or meeting.state == "planned":
        remedy = f"federation meeting call --meeting {meeting.short_id} --held-on 日期 --place 地点 --chair 主持人"
        raise Refused("不能发会议通知", [Finding(f"{meeting.label}还没有召集，时间、地点未定", "会议通知", remedy)])
    facts = {"to": to or everybody(held), "held_on": held.held_on, "place": held.place} | (
        {"number": number} if number else {}
    )
    last = journal.latest(session, meeting.federation_id, meeting.path, "agenda.notice")
    if last and last.facts == journal.canonical(facts):
        return Outcome(False, last)
    return steps.perform(session, meeting, "agenda", act, facts, detail="notice")


def quorum(session: Session, meeting: Case, act: Act) -> tuple[Outcome | None, Quorum]:
    """
    Announce 应到 and 实到: opens the session of a meeting that is called, else says only how many are there now.

    A quorum once reached can be lost, so it is asked again before each ballot; asking changes nothing.
    """
    steps.lock(session, meeting)
    counts = presences.presence(session, meeting)
    outcome = None
    if meeting.state != "in_session":
        held = session.get_one(Meeting, meeting.id)

        def change() -> None:
            held.present_announced = counts.present

        facts = {"due": counts.due, "present": counts.present}
        outcome = steps.advance(session, meeting, "open_session", act, facts, change)
        if outcome.taken:
            slip = paper_facts.attendance_slip(session, meeting, check_code=outcome.check_code)
            papers.freeze(session, meeting, "attendance_slip", paper_facts.slip_id(meeting), slip)
    rule = steps.view_of(session, meeting, act.stated).meeting.quorum
    if rule is None:
        raise Refused("不能核定到会人数", [Finding(f"{meeting.label}没有可依据的到会人数规定", "选举办法")])
    return outcome, Quorum(counts.due, counts.present, rule, outcome is not None and outcome.taken)


def adjourn(session: Session, meeting: Case, act: Act) -> Outcome:
    """Adjourn the meeting once no poll is under way, and freeze its minutes as of this act."""
    outcome = steps.advance(session, meeting, "adjourn", act, {})
    if outcome.taken:
        facts = paper_facts.minutes(session, meeting, polls.of_meeting(session, meeting), outcome.check_code)
        papers.freeze(session, meeting, "minutes", f"minutes-{meeting.short_id}", facts)
    return outcome


def facts_of(session: Session, meeting: Case) -> MeetingReport:
    """A meeting as it stands."""
    held = session.get_one(Meeting, meeting.id)
    duties = session.execute(
        select(MeetingDuty.duty, MeetingDuty.name)
        .where(MeetingDuty.meeting_id == meeting.id)
        .order_by(MeetingDuty.duty, MeetingDuty.position)
    )
    return MeetingReport(
        id=meeting.short_id,
        label=meeting.label,
        title=held.title,
        state=meeting.state,
        state_label=steps.definition_of(session, meeting).states[meeting.state].label,
        held_on=held.held_on,
        place=held.place,
        chair=held.chair,
        agenda=tuple(_agenda(session, meeting)),
        duties=tuple((duty, name) for duty, name in duties),
        roll_frozen=held.roll_frozen,
        due=held.due,
        present_announced=held.present_announced,
        now=presences.presence(session, meeting),
        attended=attendance(session, meeting),
    )


def of_case(session: Session, root: Case) -> list[MeetingReport]:
    """The meetings of a case in their order."""
    query = select(Case).join(Meeting, Meeting.case_id == Case.id).where(Case.root_id == root.id)
    return [facts_of(session, case) for case in session.scalars(query.order_by(Case.position, Case.path))]


def _agenda(session: Session, meeting: Case) -> list[str]:
    query = select(AgendaItem.text).where(AgendaItem.meeting_id == meeting.id)
    return list(session.scalars(query.order_by(AgendaItem.number)))


def _day(held_on: str) -> Stated:
    """The day of a meeting, with a time where one is given."""
    try:
        return Stated.parse(held_on)
    except ValueError:
        raise Misused(f"开会时间“{held_on}”看不懂，写 2020-11-02 或 “2020-11-02 09:00”") from None
