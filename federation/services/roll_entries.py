"""The rows of a roll: put on, taken off, drawn from an election; and who of them shares a name."""

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from federation.errors import Finding
from federation.models import Case, Elected, IdentityNumber, Meeting, RollEntry
from federation.rules.roll import Person, displayed_names, duplicate_findings, naming_findings


def entries(session: Session, meeting: Case, numbers: Sequence[int] = ()) -> Sequence[RollEntry]:
    """Everyone on the roll, or those of these numbers alone, in roll order."""
    query = select(RollEntry).where(RollEntry.meeting_id == meeting.id).order_by(RollEntry.number)
    return session.scalars(query.where(RollEntry.number.in_(numbers)) if numbers else query).all()


def person_of(entry: RollEntry, identity: str = "") -> Person:
    """The person in a row."""
    return Person(
        number=entry.number,
        name=entry.name,
        sex=entry.sex,
        born_on=entry.born_on,
        nationality=entry.nationality,
        party=entry.party,
        sector=entry.sector,
        unit=entry.unit,
        unit_short=entry.unit_short,
        kind=entry.kind,
        may_vote=entry.may_vote,
        identity=identity,
    )


def next_number(session: Session, meeting: Case) -> int:
    """The number after the last on the roll."""
    last = session.scalar(select(func.max(RollEntry.number)).where(RollEntry.meeting_id == meeting.id))
    return (last or 0) + 1


def joining_findings(
    session: Session, meeting: Case, newcomers: Sequence[tuple[str, Person]], without: RollEntry | None = None
) -> Iterator[Finding]:
    """
    Say why these may not join those who are on the roll: somebody twice, or two who could not be told apart.

    A newcomer comes with where she stands in the file; `without` is whoever makes room for her.
    """
    held = session.get_one(Meeting, meeting.id)
    for place, person in newcomers:
        if held.roll_from and person.kind != "observer":
            problem = f"{place}：{person.name}不是列席人员，而{meeting.label}的名册由选举产生"
            yield Finding(problem, "流程规定", "当选的人用 federation roll draw 列入")
    there = [(entry, person) for entry, person in _kept(session, meeting) if entry is not without]
    yield from duplicate_findings(
        [*((f"名册第 {person.number} 号", person) for _, person in there), *newcomers],
    )
    everyone = [(person, entry.displayed) for entry, person in there] + [(person, "") for _, person in newcomers]
    yield from naming_findings([person for person, _ in everyone], displayed_names(everyone))


def put(session: Session, meeting: Case, newcomers: Sequence[Person], keep_identity: bool = False) -> None:
    """Put these on the roll; whoever now shares a name is told apart from here on."""
    there = entries(session, meeting)
    everyone = [(person_of(entry), entry.displayed) for entry in there] + [(person, "") for person in newcomers]
    names = displayed_names(everyone)
    for entry, name in zip(there, names[: len(there)], strict=True):
        entry.displayed = name
    session.flush()
    fresh = [_entry(meeting, person, name) for person, name in zip(newcomers, names[len(there) :], strict=True)]
    session.add_all(fresh)
    session.flush()
    if keep_identity:
        pairs = [(entry, person.identity) for entry, person in zip(fresh, newcomers, strict=True) if person.identity]
        session.add_all(IdentityNumber(entry_id=entry.id, number=number) for entry, number in pairs)


def take_off(session: Session, entry: RollEntry) -> None:
    """Take a row off the roll, and the ID number kept beside it."""
    session.execute(delete(IdentityNumber).where(IdentityNumber.entry_id == entry.id))
    session.delete(entry)
    session.flush()


def elected_persons(session: Session, meeting: Case, contest: str) -> list[tuple[str, RollEntry | None]]:
    """Those elected in a contest of another meeting of the same case, each with her row on that meeting's roll."""
    query = (
        select(Elected.name, RollEntry)
        .join(Case, Case.id == Elected.meeting_id)
        .outerjoin(RollEntry, (RollEntry.meeting_id == Elected.meeting_id) & (RollEntry.displayed == Elected.name))
        .where(Case.root_id == meeting.root_id, Case.id != meeting.id, Elected.contest == contest)
        .order_by(Elected.position, Elected.name)
    )
    return [(name, entry) for name, entry in session.execute(query)]


def put_elected(session: Session, meeting: Case, elected: Iterable[tuple[str, RollEntry | None]]) -> None:
    """Put the elected on the roll under the names they were elected by: reviewed, with a vote."""
    for number, (name, source) in enumerate(elected, next_number(session, meeting)):
        person = person_of(source) if source else Person(number, name)
        entry = _entry(meeting, person, name)
        entry.number, entry.kind, entry.may_vote, entry.review = number, "delegate", True, "passed"
        session.add(entry)


def _entry(meeting: Case, person: Person, displayed: str) -> RollEntry:
    return RollEntry(
        meeting_id=meeting.id,
        number=person.number,
        name=person.name,
        displayed=displayed,
        sex=person.sex,
        born_on=person.born_on,
        nationality=person.nationality,
        party=person.party,
        sector=person.sector,
        unit=person.unit,
        unit_short=person.unit_short,
        kind=person.kind,
        may_vote=person.may_vote,
    )


def _kept(session: Session, meeting: Case) -> list[tuple[RollEntry, Person]]:
    """Everyone on the roll with the ID number kept for her, if any."""
    query = (
        select(RollEntry, IdentityNumber.number)
        .outerjoin(IdentityNumber, IdentityNumber.entry_id == RollEntry.id)
        .where(RollEntry.meeting_id == meeting.id)
        .order_by(RollEntry.number)
    )
    return [(entry, person_of(entry, number or "")) for entry, number in session.execute(query)]
