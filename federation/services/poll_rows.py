"""A poll and the rows that belong to it, read: what acts on a poll and papers about it both begin with."""

import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from federation.models import (
    BallotRound,
    Candidate,
    Case,
    Draft,
    DraftVersion,
    Election,
    Federation,
    Meeting,
    SettledStrokes,
)
from federation.rules.methods import ElectionMethod
from federation.services import snapshots


@dataclass(frozen=True, slots=True)
class Poll:
    """An election with its case, its meeting, the method it is held by, and its rounds in sheet order."""

    case: Case
    election: Election
    meeting_case: Case
    meeting: Meeting
    method: ElectionMethod
    rounds: tuple[BallotRound, ...]
    name: str
    """`gaoxin/founding-1/congress/members`: what the hashes of its passes and its check codes are taken over."""


def poll_of(session: Session, election_id: uuid.UUID) -> Poll:
    """Everything about one poll."""
    election = session.get_one(Election, election_id)
    meeting_case, meeting = session.get_one(Case, election.meeting_id), session.get_one(Meeting, election.meeting_id)
    rounds = session.scalars(
        select(BallotRound).where(BallotRound.election_id == election_id).order_by(BallotRound.position)
    )
    method, case = method_by_hash(session, meeting_case, election.method_sha256), session.get_one(Case, election_id)
    return Poll(case, election, meeting_case, meeting, method, tuple(rounds), name_of(session, case))


def name_of(session: Session, case: Case) -> str:
    """The name of a poll, the same wherever it is played again; among the polls of a database it stands alone."""
    return f"{session.get_one(Federation, case.federation_id).short_id}/{case.path}"


def of_meeting(session: Session, meeting_case: Case) -> list[Poll]:
    """The polls of a meeting, in order."""
    query = select(Case.id).join(Election, Election.case_id == Case.id).where(Election.meeting_id == meeting_case.id)
    return [poll_of(session, id) for id in session.scalars(query.order_by(Case.position, Case.path))]


def method_by_hash(session: Session, meeting: Case, sha256: str) -> ElectionMethod:
    """The method version of this hash among the drafts of the meeting's case."""
    query = select(DraftVersion.method_toml).join(Draft, Draft.case_id == DraftVersion.draft_id)
    query = query.join(Case, Case.id == Draft.case_id).where(
        Case.root_id == meeting.root_id, DraftVersion.sha256 == sha256
    )
    return snapshots.method_of(session.scalars(query).first() or "")


def known_strokes(session: Session, federation_id: uuid.UUID) -> dict[str, str]:
    """Strokes settled by this federation's officers."""
    query = select(SettledStrokes.character, SettledStrokes.digits).where(SettledStrokes.federation_id == federation_id)
    return dict(session.execute(query).all())


def candidates(session: Session, round: BallotRound) -> list[Candidate]:
    """Who stands in this round, in list order (ballot order, once papers are printed)."""
    query = select(Candidate).where(Candidate.round_id == round.id, ~Candidate.withdrawn).order_by(Candidate.position)
    return list(session.scalars(query))
