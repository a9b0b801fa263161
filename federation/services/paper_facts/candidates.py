"""Papers about who stands: a meeting's first lists, with what the roll and the officers say of everyone on them."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from federation.facts.papers import CandidateContest, CandidateList, CandidatePublicity, CandidateRow, PaperHead
from federation.models import BallotRound, Candidate, Case, JournalLine, Meeting, Publicity, RollEntry
from federation.rules import sheets
from federation.services import poll_rows
from federation.services.paper_facts.heads import convener, day_of, head
from federation.services.paper_facts.live import LivePaper, meetings_of
from federation.services.poll_rows import Poll
from federation.services.roll_entries import entries


def live(session: Session, root: Case) -> Iterator[LivePaper]:
    """The lists of every meeting that has any; their publicity where days were set for it."""
    for meeting, case in meetings_of(session, root):
        if any(poll_rows.candidates(session, round) for poll in first_polls(session, case) for round in poll.rounds):
            build = partial(candidate_list, session, meeting, case)
            yield LivePaper(f"candidate_list-{case.short_id}", "candidate_list", case.label, build)
            if publicity := session.get(Publicity, case.id):
                said = partial(candidate_publicity, session, meeting, case, publicity)
                yield LivePaper(f"candidate_publicity-{case.short_id}", "candidate_publicity", case.label, said)


def first_polls(session: Session, meeting_case: Case) -> list[Poll]:
    """The polls whose lists were nominated; the list of a further one follows from the votes."""
    return [poll for poll in poll_rows.of_meeting(session, meeting_case) if poll.election.previous_id is None]


def candidate_list(session: Session, meeting: Meeting, case: Case) -> CandidateList:
    """候选人名单及简介, of the day on which a list last changed or was fixed."""
    found = first_polls(session, case)
    return CandidateList(
        head=_head(session, meeting, case, _listed_on(session, [poll.case for poll in found], day_of(case.since))),
        formal=all(poll.case.state != "nominating" for poll in found),
        contests=tuple(_contests(session, meeting, case)),
    )


def _listed_on(session: Session, cases: list[Case], otherwise: date) -> date:
    act = JournalLine.act
    fixed = act.in_(("print_papers", "fix_list", "recall_papers"))
    query = select(JournalLine.stated).where(
        JournalLine.chain == cases[0].federation_id,
        JournalLine.subject.in_([case.path for case in cases]),
        fixed | act.startswith("nominate.") | act.startswith("withdraw."),
    )
    return max(map(day_of, session.scalars(query)), default=otherwise)


def candidate_publicity(session: Session, meeting: Meeting, case: Case, publicity: Publicity) -> CandidatePublicity:
    """候选人公示, of its first day."""
    return CandidatePublicity(
        head=_head(session, meeting, case, publicity.opens_on),
        contests=tuple(_contests(session, meeting, case)),
        opens_on=publicity.opens_on,
        ends_on=publicity.ends_on,
        days=(publicity.ends_on - publicity.opens_on).days + 1,
        objections_to=publicity.objections_to,
    )


def _head(session: Session, meeting: Meeting, case: Case, day: date) -> PaperHead:
    title, body = meeting.title or case.label, convener(session, case)
    return head(session, case, day, meeting=title, signed_by=body)


def _contests(session: Session, meeting: Meeting, case: Case) -> Iterator[CandidateContest]:
    known = _people(session, meeting, case)
    for poll in first_polls(session, case):
        for round in poll.rounds:
            if rows := poll_rows.candidates(session, round):
                yield _contest(session, poll, round, {row.name: row for row in rows}, known)


def _contest(
    session: Session, poll: Poll, round: BallotRound, rows: dict[str, Candidate], known: dict[str, RollEntry]
) -> CandidateContest:
    names = poll_rows.ballot_order(session, poll, list(rows))
    return CandidateContest(
        office=round.office,
        seats=round.seats,
        kind="差额" if len(names) > round.seats else "等额",
        order=sheets.ORDERS[poll.method.ballot.order],
        candidates=tuple(_row(place, rows[name], known.get(name)) for place, name in enumerate(names, 1)),
    )


def _people(session: Session, meeting: Meeting, case: Case) -> dict[str, RollEntry]:
    """Everyone who can be known by her name as printed: the roll of this meeting, before that those of the others."""
    others = [other for held, other in meetings_of(session, session.get_one(Case, case.root_id)) if held is not meeting]
    return {row.displayed: row for at in (*others, case) for row in entries(session, at)}


def _row(place: int, candidate: Candidate, entry: RollEntry | None) -> CandidateRow:
    born = f"{entry.born_on.year}年{entry.born_on.month}月" if entry and entry.born_on else ""
    sex, nationality, party, unit = (
        (entry.sex, entry.nationality, entry.party, entry.unit) if entry else ("", "", "", "")
    )
    said = "，".join(filter(None, (sex, nationality, born and f"{born}生", party, unit)))
    written = candidate.biography.strip()
    for name in (candidate.name, entry.name if entry else candidate.name):
        written = written.removeprefix(name).lstrip("，, ")
    return CandidateRow(place, candidate.name, sex, nationality, born, party, unit, written or (said and f"{said}。"))
