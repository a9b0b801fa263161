"""A case in one page of figures: where it ended, who was elected, every ledger, the head of the journal."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from federation.models import BallotRound, Case, Elected, Election
from federation.services import journal
from federation.services.polls import poll_of
from federation.services.results import results


def of_case(session: Session, root: Case) -> dict[str, Any]:
    """State, elected (office → names in announce order), ledger (round → figures), journal head."""
    query = select(BallotRound.office, Elected.name).join(BallotRound, BallotRound.id == Elected.round_id)
    query = query.join(Case, Case.id == Elected.meeting_id).where(Case.root_id == root.id)
    elected: dict[str, list[str]] = {}
    for office, name in session.execute(query.order_by(Case.position, Elected.contest, Elected.position)):
        elected.setdefault(office, []).append(name)
    ledgers: dict[str, dict[str, int | None]] = {}
    polls = select(Election.case_id).join(Case, Case.id == Election.case_id).where(Case.root_id == root.id)
    for election_id in session.scalars(polls.order_by(Case.position, Case.path)):
        poll = poll_of(session, election_id)
        if poll.rounds[0].result:
            for round, result in results(poll):
                names = ("due", "present", "issued", "returned", "valid", "invalid")
                ledgers[round.short_id] = {name: result.ledger.figure(name) for name in names}
    return {
        "case": root.short_id,
        "state": root.state,
        "elected": elected,
        "ledger": ledgers,
        "journal_head": journal.head_hash(session, root.federation_id),
    }
