"""The roll of a meeting: who is put on it, who is reviewed, and the freeze that fixes 应到."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from federation.errors import Finding, Misused, Refused, refuse_if
from federation.facts.acts import Act, Stated
from federation.models import Case, DelegateQuota, JournalLine, Meeting
from federation.rules.roll import KIND_LABELS, Person, freeze_findings, read_person
from federation.services import journal, paper_facts, papers, steps
from federation.services.people import People
from federation.services.roll_entries import (
    elected_persons,
    entries,
    joining_findings,
    next_number,
    person_of,
    put,
    put_elected,
    take_off,
)
from federation.services.roll_files import read_roll
from federation.services.steps import Outcome

FROZEN = "应到名册冻结之后不再增减"


def people(session: Session, meeting: Case) -> People:
    """The roll, to be asked for persons by number or name."""
    return People(entries(session, meeting), meeting.label)


def import_file(session: Session, meeting: Case, path: Path, keep_identity: bool, act: Act) -> Outcome:
    """
    Put everyone in a file on the roll, or nobody.

    The very file imported last, with nothing added or removed since, is a repeat. Otherwise whoever stands on the roll
    already is a duplicate like any other. ID numbers are checked and let go, unless they are to be kept.
    """
    held = _open(session, meeting)
    file = read_roll(path, _day(held, act))
    newcomers = [person for _, person in file.people]
    facts = {
        "file": file.sha256,
        "people": len(newcomers),
        "voters": sum(person.may_vote for person in newcomers),
        "identity_numbers": keep_identity,
    }
    last = _last_change(session, meeting)
    if last and (last.act, last.facts) == ("roll.import", journal.canonical(facts)):
        return Outcome(False, last)
    findings = [*file.findings, *joining_findings(session, meeting, file.people)]
    refuse_if(f"{path.name} 有 {len(findings)} 处错误，未导入任何人", findings)
    return steps.perform(
        session, meeting, "roll", act, facts, lambda: put(session, meeting, newcomers, keep_identity), "import"
    )


def add(session: Session, meeting: Case, row: Mapping[str, str], act: Act) -> Outcome:
    """Put one person on the roll; `row` is what a row of a file would say, its number empty for the next free one."""
    held = _open(session, meeting)
    number = row.get("number") or str(next_number(session, meeting))
    person = _read({**row, "number": number}, _day(held, act))
    for entry in entries(session, meeting):
        if row.get("number", "") in ("", str(entry.number)) and person_of(entry) == replace(
            person, number=entry.number
        ):
            return steps.repeated(session, meeting, "roll.add")
    refuse_if(f"不能增加{person.name}", joining_findings(session, meeting, [("所填的人", person)]))
    facts = {"number": person.number, "kind": person.kind, "may_vote": person.may_vote}
    return steps.perform(session, meeting, "roll", act, facts, lambda: put(session, meeting, [person]), "add")


def remove(session: Session, meeting: Case, who: str, note: str, act: Act) -> Outcome:
    """Take a person off the roll, with the reason."""
    _open(session, meeting)
    last = _last_change(session, meeting)
    said = journal.canonical({"number": int(who) if who.isdecimal() else 0, "note": note})
    if last and (last.act, last.facts) == ("roll.remove", said):
        return Outcome(False, last)
    entry = people(session, meeting).one(who)
    facts = {"number": entry.number, "note": note}
    return steps.perform(session, meeting, "roll", act, facts, lambda: take_off(session, entry), "remove")


def replace_person(session: Session, meeting: Case, who: str, row: Mapping[str, str], note: str, act: Act) -> Outcome:
    """
    Put another person in the place of one, under the same number; she is to be reviewed anew.

    What `row` leaves out of number, kind and vote is as it was.
    """
    held = _open(session, meeting)
    entry = people(session, meeting).one(who)
    place = {
        "number": str(entry.number),
        "kind": KIND_LABELS[entry.kind],
        "may_vote": "有" if entry.may_vote else "无",
    }
    person = _read(place | {key: text for key, text in row.items() if text}, _day(held, act))
    if person == person_of(entry):
        return steps.repeated(session, meeting, "roll.replace")
    findings = joining_findings(session, meeting, [("所填的人", person)], without=entry)
    refuse_if(f"不能以{person.name}替换{entry.displayed}", findings)
    facts = {"number": entry.number, "kind": person.kind, "may_vote": person.may_vote, "note": note}

    def change() -> None:
        take_off(session, entry)
        put(session, meeting, [person])

    return steps.perform(session, meeting, "roll", act, facts, change, "replace")


def review(session: Session, meeting: Case, who: Sequence[str], passed: bool, note: str, act: Act) -> Outcome:
    """Record the credentials review of those named; where nobody is named, of every delegate not yet reviewed."""
    steps.lock(session, meeting)
    steps.must_allow(session, meeting, "review")
    everyone = entries(session, meeting)
    result = "passed" if passed else "failed"
    chosen = (
        people(session, meeting).several(who)
        if who
        else [entry for entry in everyone if not entry.review and entry.kind != "observer"]
    )
    fresh = [entry for entry in chosen if (entry.review, entry.review_note) != (result, note)]
    if everyone and not fresh:
        return steps.repeated(session, meeting, "review")
    remedy = "对资格有异议的，报主席团决定"
    refuse_if(
        "不能作资格审查", [*_frozen_findings(_meeting(session, meeting), remedy), *_empty_findings(meeting, everyone)]
    )
    numbers = [entry.number for entry in fresh] if who else []
    facts = {"result": result, "people": len(fresh), "numbers": numbers, "note": note}

    def change() -> None:
        for entry in fresh:
            entry.review, entry.review_note = result, note

    return steps.perform(session, meeting, "review", act, facts, change)


def set_quota(session: Session, meeting: Case, number: int | None, procedure: str, act: Act) -> Outcome:
    """Record how many delegates were to be produced, and by which procedure, for the credentials report."""
    facts = {"number": number, "procedure": procedure}
    if number is None and not procedure:
        raise Misused("请写名额，或用 --procedure 写明代表怎样产生")
    _open(session, meeting)
    kept = session.get(DelegateQuota, meeting.id)
    if kept is not None and (kept.number, kept.procedure) == (number, procedure):
        return steps.repeated(session, meeting, "roll.quota")

    def change() -> None:
        session.merge(DelegateQuota(meeting_id=meeting.id, number=number, procedure=procedure))

    return steps.perform(session, meeting, "roll", act, facts, change, "quota")


def draw(session: Session, meeting: Case, act: Act) -> Outcome:
    """Put those on the roll who were elected in the contest it comes from; being elected is their review."""
    steps.lock(session, meeting)
    contest = _meeting(session, meeting).roll_from
    if not contest:
        remedy = f"federation roll import 名册.xlsx --meeting {meeting.short_id}"
        raise Refused("不能由选举结果生成名册", [Finding(f"{meeting.label}的名册不由选举产生", "流程规定", remedy)])
    elected = elected_persons(session, meeting, contest)
    there = {entry.displayed for entry in entries(session, meeting)}
    fresh = [(name, source) for name, source in elected if name not in there]
    if elected and not fresh:
        return steps.repeated(session, meeting, "roll.draw")
    _open(session, meeting)
    if not fresh:
        finding = Finding(
            f"{contest} 还没有宣布选举结果", "流程规定", f"federation election announce --contest {contest}"
        )
        raise Refused("不能由选举结果生成名册", [finding])
    facts = {"contest": contest, "people": len(fresh)}
    return steps.perform(session, meeting, "roll", act, facts, lambda: put_elected(session, meeting, fresh), "draw")


def freeze(session: Session, meeting: Case, act: Act) -> Outcome:
    """Fix 应到: the number of those who may vote. From now on nobody is added, removed or replaced."""
    steps.lock(session, meeting)
    held = _meeting(session, meeting)
    if held.roll_frozen:
        return steps.repeated(session, meeting, "roll.freeze")
    steps.must_allow(session, meeting, "roll")
    roll = steps.view_of(session, meeting, act.stated).meeting.roll
    refuse_if(
        "不能冻结名册",
        freeze_findings(
            roll.people, roll.voters, roll.unreviewed, roll.failed, drawn=bool(held.roll_from), at=meeting.short_id
        ),
    )

    def change() -> None:
        held.roll_frozen, held.due = True, roll.voters

    outcome = steps.perform(session, meeting, "roll", act, {"due": roll.voters}, change, "freeze")
    _freeze_papers(session, meeting, held, act.stated.day, outcome.check_code)
    return outcome


def _freeze_papers(session: Session, meeting: Case, held: Meeting, day: date, code: str) -> None:
    """The 应到名册 is of this moment, and so is the report on how those on it were reviewed."""
    due = paper_facts.due_roll(session, meeting, day, code)
    papers.freeze(session, meeting, "due_roll", f"due_roll-{meeting.short_id}", due)
    if not held.roll_from:
        report = paper_facts.credentials_report(session, meeting, day, code)
        papers.freeze(session, meeting, "credentials_report", f"credentials_report-{meeting.short_id}", report)


def _meeting(session: Session, meeting: Case) -> Meeting:
    """The meeting as it now is."""
    held = session.get_one(Meeting, meeting.id)
    session.refresh(held)
    return held


def _open(session: Session, meeting: Case) -> Meeting:
    """The meeting, locked, its roll still open to change."""
    steps.lock(session, meeting)
    held = _meeting(session, meeting)
    refuse_if("不能改动名册", _frozen_findings(held, "不能到会的，用 federation meeting absent 登记"))
    steps.must_allow(session, meeting, "roll")
    return held


def _frozen_findings(held: Meeting, remedy: str) -> Iterator[Finding]:
    if held.roll_frozen:
        yield Finding(f"名册已冻结，应到 {held.due} 人已定", FROZEN, remedy)


def _empty_findings(meeting: Case, everyone: Sequence[object]) -> Iterator[Finding]:
    if not everyone:
        yield Finding("名册还是空的", "代表名册", f"federation roll import 名册.xlsx --meeting {meeting.short_id}")


def _day(held: Meeting, act: Act) -> date:
    """The day by which everyone must be of age: the meeting's where it is fixed, else the one stated."""
    return Stated.parse(held.held_on).day if held.held_on else act.stated.day


def _read(row: Mapping[str, str], on: date) -> Person:
    person, findings = read_person(row, on)
    refuse_if("所填的人不能列入名册", findings)
    return person


def _last_change(session: Session, meeting: Case) -> JournalLine | None:
    """The last line about who is on this roll."""
    query = select(JournalLine).where(
        JournalLine.chain == meeting.federation_id,
        JournalLine.subject == meeting.path,
        JournalLine.act.in_(("roll.import", "roll.add", "roll.remove", "roll.replace", "roll.draw")),
    )
    return session.scalar(query.order_by(JournalLine.sequence.desc()).limit(1))
