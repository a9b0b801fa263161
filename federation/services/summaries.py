"""A case in one page of figures: where it ended, who was elected, every ledger, the head of the journal."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from federation.models import BallotRound, Case, Elected, Election
from federation.services import journal
from federation.services.polls import poll_of
from federation.services.results import results

FIGURES = ("due", "present", "issued", "returned", "valid", "invalid")


def of_case(session: Session, root: Case) -> dict[str, Any]:
    """State, elected (office → names in announce order), ledger (round → figures), journal head."""
    query = select(BallotRound.office, Elected.name).join(BallotRound, BallotRound.id == Elected.round_id)
    query = query.join(Case, Case.id == Elected.meeting_id).where(Case.root_id == root.id)
    elected: dict[str, list[str]] = {}
    for office, name in session.execute(query.order_by(Case.position, Elected.contest, Elected.position)):
        elected.setdefault(office, []).append(name)
    return {
        "case": root.short_id,
        "state": root.state,
        "elected": elected,
        "ledger": _ledgers(session, root),
        "journal_head": journal.head_hash(session, root.federation_id),
    }


def _ledgers(session: Session, root: Case) -> dict[str, dict[str, int | None]]:
    """Every ledger by its round, meeting after meeting."""
    meeting = aliased(Case)
    query = select(Election.case_id).join(Case, Case.id == Election.case_id).join(meeting, meeting.id == Case.parent_id)
    query = query.where(Case.root_id == root.id).order_by(meeting.position, Case.position, Case.path)
    found = [
        (poll.meeting_case.short_id, round.short_id, result.ledger)
        for poll in (poll_of(session, election_id) for election_id in session.scalars(query))
        if poll.rounds[0].result
        for round, result in results(poll)
    ]
    keys = round_keys([(meeting, round) for meeting, round, _ in found])
    return {
        key: {name: ledger.figure(name) for name in FIGURES} for key, (_, _, ledger) in zip(keys, found, strict=True)
    }


def round_keys(rounds: Sequence[tuple[str, str]]) -> list[str]:
    """A key for each round of a case, by its meeting and its id: the id alone where no other meeting has the same."""
    often = Counter(round for _, round in rounds)
    return [round if often[round] == 1 else f"{meeting}/{round}" for meeting, round in rounds]
