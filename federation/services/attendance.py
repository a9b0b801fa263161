"""Who is there: checked in, late, gone early, absent with a reason. A state of each person, without any time."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from federation.errors import Finding, Misused, refuse_if
from federation.facts.acts import Act
from federation.facts.papers import SignInRow
from federation.models import Case, Election, Meeting, Motion, RollEntry
from federation.rules.attendance import BEFORE, WORDS, Recorded, may_be_withdrawn, withdrawal_findings
from federation.rules.roll import KIND_LABELS
from federation.services import steps
from federation.services.people import People
from federation.services.roll_entries import entries
from federation.services.roll_files import read_people
from federation.services.steps import Outcome, repeated

REASONS = ("因病", "因事", "值班")
MOST_DIGITS = 8
"""No roll is so long."""


@dataclass(frozen=True, slots=True)
class Attendance:
    """
    Names in roll order: voters who were there, voters who were not with the reason, observers.

    `late` and `left` are among those present: came after the opening, gone before the end.
    """

    present: tuple[str, ...]
    absent: tuple[tuple[str, str], ...]
    observers: tuple[str, ...]
    late: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Presence:
    """Counts at this moment. `due` and `present` are of those who may vote."""

    due: int
    present: int
    observers: int
    """Present without a vote."""
    absent: int
    """Voters of whom it is recorded that they are absent or have left."""


def check_in(session: Session, meeting: Case, who: Sequence[str], act: Act) -> tuple[Outcome, Presence]:
    """Check these in. Somebody who is present already stays so; somebody thought absent, or gone, is back."""
    return _record(session, meeting, _several(session, meeting, who), _arrived, act)


def check_in_all(session: Session, meeting: Case, but: Iterable[str], act: Act) -> tuple[Outcome, Presence]:
    """Check in everyone but these, and but those of whom it is recorded that they are absent or have left."""
    people = _people(session, meeting)
    out = {entry.number for entry in people.several(but)}
    chosen = [entry for entry in people.entries if not entry.presence and entry.number not in out]
    return _record(session, meeting, chosen, _arrived, act)


def check_in_file(
    session: Session, meeting: Case, path: Path, but: Iterable[str], act: Act
) -> tuple[Outcome, Presence]:
    """Check in those whom a list names, all of them or nobody; a name that is unknown or ambiguous is reported."""
    people = _people(session, meeting)
    found, wrong = people.sorted_out(read_people(path))
    refuse_if(f"{path.name} 有 {len(wrong)} 处错误，未签到任何人", [finding for _, finding in wrong])
    out = {entry.number for entry in people.several(but)}
    return _record(session, meeting, [entry for entry in found if entry.number not in out], _arrived, act)


def came_late(session: Session, meeting: Case, who: Sequence[str], act: Act) -> tuple[Outcome, Presence]:
    """Record late arrivals: present from now on, not before."""

    def late(entry: RollEntry) -> None:
        _arrived(entry)
        entry.late = True

    return _record(session, meeting, _several(session, meeting, who), late, act, "late")


def left(session: Session, meeting: Case, who: Sequence[str], act: Act) -> tuple[Outcome, Presence]:
    """Record that these have left; only somebody who was there can."""
    chosen = _several(session, meeting, who)
    refuse_if(
        "不能登记早退",
        [
            Finding(f"{entry.displayed}没有签到", "签到", "没有到会的用 federation meeting absent 登记")
            for entry in chosen
            if entry.presence not in ("present", "left")
        ],
    )

    def leave(entry: RollEntry) -> None:
        entry.presence = "left"

    return _record(session, meeting, chosen, leave, act, "leave")


def stayed_away(
    session: Session, meeting: Case, who: Sequence[str], because: str, act: Act
) -> tuple[Outcome, Presence]:
    """Record why these do not come; 应到 counts them all the same."""
    if because not in REASONS:
        raise Misused(f"缺席原因可选：{'、'.join(REASONS)}")
    chosen = _several(session, meeting, who)
    refuse_if(
        "不能登记缺席",
        [
            Finding(f"{entry.displayed}已经签到", "签到", f"中途离开的，用 federation meeting leave {entry.number}")
            for entry in chosen
            if entry.presence in ("present", "left")
        ],
    )

    def stay_away(entry: RollEntry) -> None:
        entry.presence, entry.absence = "absent", because

    return _record(session, meeting, chosen, stay_away, act, "absent")


def withdraw(
    session: Session, meeting: Case, who: Sequence[str], recorded: Recorded, act: Act, figures: int | None = None
) -> tuple[Outcome, Presence]:
    """
    Take back a check-in, an early leaving or an absence that was recorded of these by mistake.

    `figures` is how many 实到 were fixed when they were checked in (`figures_fixed`): if as many are now, none counts
    them. Where nobody knows it any more, only the one of the opening is known not to count those who came late.
    """
    chosen = _several(session, meeting, who)
    fixed = figures_fixed(session, meeting)
    if figures is not None and figures > fixed:
        raise Misused("没有撤回：实到没有核定过这么多次")

    def is_counted(entry: RollEntry) -> bool:
        return fixed > figures if figures is not None else not may_be_withdrawn(figures=fixed, late=entry.late)

    refuse_if(
        f"不能撤回{WORDS[recorded]}",
        [
            finding
            for entry in chosen
            for finding in withdrawal_findings(entry.displayed, entry.presence, recorded, is_counted(entry))
        ],
    )

    def back(entry: RollEntry) -> None:
        if entry.presence == recorded:
            entry.presence, entry.absence = BEFORE[recorded], ""
            entry.late = entry.late and recorded != "present"

    detail = {"present": "undo", "left": "undo_leave", "absent": "undo_absent"}[recorded]
    return _record(session, meeting, chosen, back, act, detail)


def figures_fixed(session: Session, meeting: Case) -> int:
    """How many times 实到 was fixed: as the meeting opened, with each motion put and each poll opened."""
    if meeting.state != "in_session":
        return 0
    motions = select(func.count()).where(Motion.meeting_id == meeting.id)
    polls = select(func.count()).where(Election.meeting_id == meeting.id, Election.present.is_not(None))
    return 1 + (session.scalar(motions) or 0) + (session.scalar(polls) or 0)


def presence(session: Session, meeting: Case) -> Presence:
    """The counts of a meeting at this moment."""
    columns = select(RollEntry.may_vote, RollEntry.presence, func.count()).where(RollEntry.meeting_id == meeting.id)
    rows = session.execute(columns.group_by(RollEntry.may_vote, RollEntry.presence))
    counts = {(may_vote, state): number for may_vote, state, number in rows}
    voters = {state: number for (may_vote, state), number in counts.items() if may_vote}
    return Presence(
        due=session.get_one(Meeting, meeting.id).due or sum(voters.values()),
        present=voters.get("present", 0),
        observers=counts.get((False, "present"), 0),
        absent=voters.get("absent", 0) + voters.get("left", 0),
    )


def sign_in_rows(session: Session, meeting: Case) -> tuple[SignInRow, ...]:
    """The rows of the 签到册: everyone who may vote, then those who attend without a vote, each in roll order."""
    rows = sorted(entries(session, meeting), key=lambda entry: (not entry.may_vote, entry.number))
    return tuple(
        SignInRow(entry.number, entry.displayed, entry.sex, entry.unit, KIND_LABELS[entry.kind], entry.may_vote)
        for entry in rows
    )


def attendance(session: Session, meeting: Case) -> Attendance:
    """Who attended and who did not, for the minutes."""
    rows = entries(session, meeting)
    came = [entry for entry in rows if entry.presence in ("present", "left")]
    voters = [entry for entry in came if entry.may_vote]
    return Attendance(
        present=tuple(entry.displayed for entry in voters),
        absent=tuple((entry.displayed, entry.absence) for entry in rows if entry.may_vote and entry not in came),
        observers=tuple(entry.displayed for entry in came if not entry.may_vote),
        late=tuple(entry.displayed for entry in voters if entry.late),
        left=tuple(entry.displayed for entry in voters if entry.presence == "left"),
    )


def clear(session: Session, meeting: Case) -> None:
    """Nobody is there yet: a meeting called again begins its check-in anew."""
    for entry in entries(session, meeting):
        entry.presence, entry.late, entry.absence = "", False, ""


def _several(session: Session, meeting: Case, who: Sequence[str]) -> list[RollEntry]:
    """These of the roll; where all are numbers, as a desk sends them, nobody else is read."""
    numbers = [int(each) for each in who if each.isascii() and each.isdecimal() and len(each) < MOST_DIGITS]
    return _people(session, meeting, numbers if len(numbers) == len(who) else ()).several(who)


def _people(session: Session, meeting: Case, numbers: Sequence[int] = ()) -> People:
    """The roll, or these of it, locked; Refused before it is frozen: until then nobody knows who is to come."""
    steps.lock(session, meeting)
    steps.must_allow(session, meeting, "check_in")
    refuse_if("不能签到", _unfrozen_findings(session.get_one(Meeting, meeting.id), meeting))
    return People(entries(session, meeting, numbers), meeting.label)


def _unfrozen_findings(held: Meeting, meeting: Case) -> Iterator[Finding]:
    if not held.roll_frozen:
        remedy = f"federation roll freeze --meeting {meeting.short_id}"
        yield Finding(f"{meeting.label}的名册尚未冻结，应到人数未定", "应到", remedy)


def _arrived(entry: RollEntry) -> None:
    entry.presence, entry.absence = "present", ""


def _record(
    session: Session,
    meeting: Case,
    chosen: Sequence[RollEntry],
    change: Callable[[RollEntry], None],
    act: Act,
    detail: str = "",
) -> tuple[Outcome, Presence]:
    """
    Change the presence of these in one act, with one line.

    The line carries the number present after it and nothing else: an order of names beside the order of ballots would
    be a way to guess who cast which.
    """
    before = [(entry.presence, entry.late, entry.absence) for entry in chosen]
    for entry in chosen:
        change(entry)
    if before == [(entry.presence, entry.late, entry.absence) for entry in chosen]:
        return repeated(session, meeting, f"check_in.{detail}" if detail else "check_in"), presence(session, meeting)
    after = presence(session, meeting)
    facts = {"present": after.present, "observers": after.observers}
    return steps.perform(session, meeting, "check_in", act, facts, detail=detail), after
