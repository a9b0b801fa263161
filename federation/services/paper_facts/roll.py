"""Papers made from the roll of a meeting."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from sqlalchemy.orm import Session

from federation.facts.papers import (
    CompositionRow,
    CompositionTable,
    CredentialsReport,
    DelegateRoll,
    DelegateRow,
    DueRoll,
    PaperHead,
    SignInList,
)
from federation.models import Case, DelegateQuota, Meeting, RollEntry
from federation.rules.composition import Composition, Part, composition
from federation.rules.roll import KIND_LABELS
from federation.services import attendance
from federation.services.paper_facts.heads import body_of, day_of, head
from federation.services.paper_facts.live import LivePaper, meetings_of
from federation.services.roll_entries import entries, person_of


def live(session: Session, root: Case) -> Iterator[LivePaper]:
    """
    Papers that prepare a meeting: its roll as it stands, the review while it goes on, and once frozen, to sign in.

    A roll drawn from an election has no delegates to review.
    """
    for meeting, case in meetings_of(session, root):
        rows = entries(session, case)
        if rows and not meeting.roll_from:
            build = partial(delegate_roll, session, case)
            yield LivePaper(f"delegate_roll-{case.short_id}", "delegate_roll", case.label, build)
            if not meeting.roll_frozen and any(row.review for row in rows):
                report = partial(credentials_report, session, case, day_of(meeting.held_on or case.since))
                yield LivePaper(f"credentials_report-{case.short_id}", "credentials_report", case.label, report)
        if meeting.roll_frozen:
            sign_in = partial(sign_in_list, session, case)
            yield LivePaper(f"sign_in_list-{case.short_id}", "sign_in_list", case.label, sign_in)


def sign_in_list(session: Session, meeting_case: Case) -> SignInList:
    """签到册."""
    meeting = session.get_one(Meeting, meeting_case.id)
    paper_head = _head(session, meeting_case, day_of(meeting.held_on or meeting_case.since))
    return SignInList(paper_head, meeting.due or 0, attendance.sign_in_rows(session, meeting_case))


def _head(session: Session, meeting_case: Case, day: date, check_code: str = "") -> PaperHead:
    meeting = session.get_one(Meeting, meeting_case.id)
    title, body = meeting.title or meeting_case.label, body_of(session, meeting_case, meeting)
    return head(session, meeting_case, day, meeting=title, signed_by=body, check_code=check_code)


def delegate_roll(session: Session, meeting_case: Case) -> DelegateRoll:
    """代表名册 as it stands."""
    meeting, rows = session.get_one(Meeting, meeting_case.id), entries(session, meeting_case)
    kinds = [row.kind for row in rows]
    return DelegateRoll(
        head=_head(session, meeting_case, day_of(meeting.held_on or meeting_case.since)),
        rows=tuple(map(_row, rows)),
        delegates=kinds.count("delegate"),
        invited=kinds.count("invited_delegate"),
        observers=kinds.count("observer"),
        voters=sum(row.may_vote for row in rows),
    )


def due_roll(session: Session, meeting_case: Case, day: date, check_code: str) -> DueRoll:
    """应到名册 as of the freeze of the roll."""
    rows = tuple(_row(row) for row in entries(session, meeting_case) if row.may_vote)
    return DueRoll(_head(session, meeting_case, day, check_code), len(rows), rows)


def _row(entry: RollEntry) -> DelegateRow:
    return DelegateRow(
        number=entry.number,
        name=entry.displayed,
        sex=entry.sex,
        nationality=entry.nationality,
        born=f"{entry.born_on.year}年{entry.born_on.month}月" if entry.born_on else "",
        party=entry.party,
        unit=entry.unit,
        kind=KIND_LABELS[entry.kind],
        may_vote=entry.may_vote,
        sector=entry.sector,
    )


def credentials_report(session: Session, meeting_case: Case, day: date, check_code: str = "") -> CredentialsReport:
    """代表资格审查报告. Ages are as of the day of the meeting, or where none is fixed yet, of the day of the report."""
    meeting, rows = session.get_one(Meeting, meeting_case.id), entries(session, meeting_case)
    ages_on = day_of(meeting.held_on) if meeting.held_on else day
    quota = session.get(DelegateQuota, meeting_case.id)
    delegates = [person_of(row) for row in rows if row.kind == "delegate"]
    reviews = [row.review for row in rows if row.kind != "observer"]
    return CredentialsReport(
        head=_head(session, meeting_case, day, check_code),
        quota=quota.number if quota else None,
        produced=len(delegates),
        invited=sum(row.kind == "invited_delegate" for row in rows),
        procedure=quota.procedure if quota else "",
        ages_on=ages_on,
        composition=tuple(_tables(composition(delegates, ages_on))),
        reviewed=len(reviews) - reviews.count(""),
        passed=reviews.count("passed"),
        failed=reviews.count("failed"),
        unreviewed=reviews.count(""),
    )


def _tables(made: Composition) -> Iterator[CompositionTable]:
    respects: tuple[tuple[str, Sequence[Part]], ...] = (
        ("性别", made.sexes),
        ("年龄", made.ages),
        ("民族", made.nationalities),
        ("政治面貌", made.parties),
        ("界别", made.sectors),
        ("单位", made.units),
    )
    for respect, parts in respects:
        rows = tuple(CompositionRow(part.label, part.number, part.percent) for part in parts)
        if rows:
            yield CompositionTable(respect, rows)
