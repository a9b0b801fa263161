"""The roll as a check-in desk reads it, over and over: few columns, few queries, nothing locked."""

import uuid
from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from federation.errors import Finding, NotFound
from federation.facts.attendance import DeskRow, Hall
from federation.models import Case, JournalHead, Meeting, RollEntry
from federation.rules.roll import KIND_LABELS
from federation.rules.searching import folded, matches, number_of
from federation.services import snapshots


def found(session: Session, meeting_id: uuid.UUID, asked: str) -> list[DeskRow]:
    """Everybody on the roll who may be meant, in roll order; before them whose number it is, if it is one."""
    wanted = folded(asked)
    rows = [row for row in _rows(session, meeting_id) if matches(wanted, row.number, row.displayed, row.unit)]
    return sorted(rows, key=lambda row: row.number != number_of(wanted))


def meant(rows: Sequence[DeskRow], asked: str) -> DeskRow | None:
    """The one of those found who must be meant: whose number it is, or the only one of a name; None if it is open."""
    wanted = folded(asked)
    number = number_of(wanted)
    is_meant = bool(rows and wanted) and (len(rows) == 1 if number is None else rows[0].number == number)
    return rows[0] if is_meant else None


def of_numbers(session: Session, meeting_id: uuid.UUID, numbers: Collection[int]) -> list[DeskRow]:
    """The persons of these numbers, in roll order."""
    return list(_rows(session, meeting_id, RollEntry.number.in_(numbers)))


def one(session: Session, meeting_id: uuid.UUID, number: int) -> DeskRow:
    """The person of this number; NotFound where there is none on the roll."""
    for row in _rows(session, meeting_id, RollEntry.number == number):
        return row
    raise NotFound(f"名册上没有 {number} 号", [Finding("页面可能是旧的", remedy="回到签到台再找一次")])


def _rows(session: Session, meeting_id: uuid.UUID, *which: ColumnElement[bool]) -> Iterator[DeskRow]:
    columns = select(
        RollEntry.number, RollEntry.displayed, RollEntry.unit, RollEntry.kind, RollEntry.may_vote,
        RollEntry.presence, RollEntry.late, RollEntry.absence,
    )  # fmt: skip
    query = columns.where(RollEntry.meeting_id == meeting_id, *which).order_by(RollEntry.number)
    for number, displayed, unit, kind, may_vote, presence, late, absence in session.execute(query):
        yield DeskRow(number, displayed, unit, KIND_LABELS[kind], may_vote, presence, late, absence)


def hall(session: Session, meeting: Case) -> Hall:
    """How many are due and there, and how many make the quorum by the rule in force."""
    counts = dict(
        session.execute(
            select(RollEntry.may_vote, func.count())
            .where(RollEntry.meeting_id == meeting.id, RollEntry.presence == "present")
            .group_by(RollEntry.may_vote)
        ).all()
    )
    voters = select(func.count()).where(RollEntry.meeting_id == meeting.id, RollEntry.may_vote)
    due = session.get_one(Meeting, meeting.id).due or session.scalar(voters) or 0
    rule = snapshots.quorum_of(session, meeting)
    here = (counts.get(True, 0), counts.get(False, 0))
    return Hall(due, *here, needed=rule.needed if rule else None, rule=rule.rule if rule else "")


def stamp(session: Session, federation_id: uuid.UUID) -> int:
    """A number that changes with every act in a federation, casting alone excepted: the length of its journal."""
    query = select(JournalHead.sequence).where(JournalHead.chain == federation_id)
    return session.scalar(query) or 0
