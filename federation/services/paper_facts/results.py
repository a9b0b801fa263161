"""What is told upward about a case's elections: 选举结果报告 for the party committee, 备案表 for the superior."""

import json
from collections.abc import Iterator
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from federation.facts.counting import CountResult
from federation.facts.papers import (
    ContestReport,
    ElectedVotes,
    FiledPerson,
    FilingForm,
    MeetingResult,
    OfficeHolders,
    PaperHead,
    ResultReport,
)
from federation.models import BallotRound, Case, Elected, Federation, Filing, Request, RollEntry
from federation.rules import explanations
from federation.rules.numerals import chinese_number
from federation.services import journal, minute_items, poll_rows, results
from federation.services.paper_facts.elections import ledger_facts
from federation.services.paper_facts.heads import day_of, head
from federation.services.paper_facts.live import LivePaper, meetings_of
from federation.services.poll_rows import Poll

ENDED = ("announced", "continued")


def live(session: Session, root: Case) -> Iterator[LivePaper]:
    """Both, from when every poll of the case has come to its end until they are sent: then they are frozen."""
    polls = [poll for _, case in meetings_of(session, root) for poll in poll_rows.of_meeting(session, case)]
    if not polls or any(poll.case.state not in ENDED for poll in polls) or not _elected(session, root):
        return
    chain = (session, root.federation_id, root.path)
    if journal.latest(*chain, "request.result") is None:
        build = partial(result_report, session, root)
        yield LivePaper(f"result_report-{root.short_id}", "result_report", root.label, build)
    if journal.latest(*chain, "filing.send") is None:
        form = partial(filing_form, session, root)
        yield LivePaper(f"filing_form-{root.short_id}", "filing_form", root.label, form)


def result_report(session: Session, root: Case, check_code: str = "") -> ResultReport:
    """选举结果报告, as the elections stand."""
    query = select(Request).where(Request.case_id == root.id, Request.subject == "result")
    sent = session.scalars(query.order_by(Request.number.desc()).limit(1)).first()
    holders: dict[str, tuple[str, ...]] = {}
    for row, office in _elected(session, root):
        holders[office] = (*holders.get(office, ()), row.name)
    return ResultReport(
        head=_head(session, root, sent.sent_on if sent else "", check_code),
        addressee=sent.addressee if sent else "",
        number="",
        term=f"第{chinese_number(root.term_no)}届",
        meetings=tuple(_meetings(session, root)),
        elected=tuple(OfficeHolders(office, names) for office, names in holders.items()),
    )


def filing_form(session: Session, root: Case, check_code: str = "") -> FilingForm:
    """备案表, as the elections stand."""
    sent = session.scalars(select(Filing).where(Filing.case_id == root.id).order_by(Filing.number.desc())).first()
    superior = session.get_one(Federation, root.federation_id).superior_id
    above = session.get_one(Federation, superior).name if superior else ""
    return FilingForm(
        head=_head(session, root, sent.sent_on if sent else "", check_code),
        addressee=sent.addressee if sent else above,
        number="",
        term=f"第{chinese_number(root.term_no)}届",
        meetings=tuple(_meetings(session, root)),
        people=tuple(_people(session, root)),
    )


def _head(session: Session, root: Case, stated: str, check_code: str) -> PaperHead:
    federation = session.get_one(Federation, root.federation_id)
    return head(session, root, day_of(stated or root.since), signed_by=federation.name, check_code=check_code)


def _elected(session: Session, root: Case) -> list[tuple[Elected, str]]:
    """Everyone elected with the office: meeting by meeting, contest by contest, in announce order."""
    query = select(Elected, BallotRound.office, BallotRound.election_id)
    query = query.join(BallotRound, BallotRound.id == Elected.round_id).join(Case, Case.id == Elected.meeting_id)
    rows = session.execute(query.where(Case.root_id == root.id).order_by(Case.position, Elected.position)).all()
    contests = [
        (case.id, round.contest)
        for _, case in meetings_of(session, root)
        for poll in poll_rows.of_meeting(session, case)
        for round in poll.rounds
    ]
    rank = {key: place for place, key in reversed(list(enumerate(contests)))}
    found = [(row, office) for row, office, _ in rows]
    return sorted(found, key=lambda each: rank[each[0].meeting_id, each[0].contest])


def _meetings(session: Session, root: Case) -> Iterator[MeetingResult]:
    for meeting, case in meetings_of(session, root):
        polls = [poll for poll in poll_rows.of_meeting(session, case) if poll.rounds[0].result]
        if polls:
            yield MeetingResult(
                title=meeting.title or case.label,
                held_on=day_of(meeting.held_on or case.since),
                place=meeting.place,
                chair=meeting.chair,
                due=meeting.due or 0,
                present=meeting.present_announced or 0,
                contests=tuple(report for poll in polls for report in _contests(poll)),
            )


def _contests(poll: Poll) -> Iterator[ContestReport]:
    for round, result in results.results(poll):
        yield ContestReport(
            office=round.office,
            round_label=minute_items.round_label(poll, round),
            seats=round.seats,
            candidates=sum(not row.votes.write_in for row in result.results),
            ledger=ledger_facts(result),
            seated=explanations.seated(result),
            elected=tuple(ElectedVotes(name, _votes(result, name)) for name in result.elected),
            conclusion=explanations.conclusion_sentence(result, poll.method, named=False, afterwards=True) + "。",
            decision=json.loads(round.decision).get("note", "") if round.decision else "",
        )


def _votes(result: CountResult, name: str) -> int | None:
    return next((row.votes.approve for row in result.results if row.name == name), None)


def _people(session: Session, root: Case) -> Iterator[FiledPerson]:
    """Everyone elected, with what the rolls of the case know of her."""
    query = select(RollEntry).join(Case, Case.id == RollEntry.meeting_id).where(Case.root_id == root.id)
    known = {row.displayed: row for row in session.scalars(query.order_by(Case.position.desc()))}
    of_case = select(BallotRound).join(Case, Case.id == BallotRound.meeting_id).where(Case.root_id == root.id)
    rounds = {round.id: round for round in session.scalars(of_case)}
    for row, office in _elected(session, root):
        round, entry = rounds[row.round_id], known.get(row.name)
        result = CountResult.from_json(json.loads(round.result)) if round.result else None
        yield FiledPerson(
            office=office,
            name=row.name,
            sex=entry.sex if entry else "",
            born=f"{entry.born_on:%Y.%m}" if entry and entry.born_on else "",
            nationality=entry.nationality if entry else "",
            party=entry.party if entry else "",
            unit=entry.unit if entry else "",
            votes=_votes(result, row.name) if result else None,
        )
