"""An election by show of hands: the hands counted for each name, recorded by two."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from federation.errors import refuse_if
from federation.facts.acts import Act
from federation.facts.counting import NameVotes, Votes
from federation.models import BallotRound, JournalLine
from federation.rules.hands import hands_findings
from federation.services import journal, steps
from federation.services.polls import Poll, candidates
from federation.services.results import ledger_of
from federation.services.steps import Outcome


def record(session: Session, poll: Poll, round: BallotRound, votes: Sequence[NameVotes], act: Act) -> Outcome:
    """
    Record the hands raised for each name of one contest; until the count they may be recorded anew.

    Listed names in list order, then the written ones: a file and a list of words give the same record. Nothing can be
    counted again later, so two persons stand for the figures, and figures that cannot be are refused here.
    """
    steps.lock(session, poll.case)
    session.refresh(round)
    listed = [row.name for row in candidates(session, round)]
    rows = sorted(votes, key=lambda row: (row.write_in, listed.index(row.name) if row.name in listed else 0))
    stored = journal.canonical([_row(row) for row in rows])
    facts = {"contest": round.short_id, "votes": json.loads(stored)}
    if round.hands == stored and (line := _recorded(session, poll, facts)):
        return Outcome(False, line)
    if poll.case.state in ("closed", "hands_recorded"):
        refuse_if("不能登记", hands_findings(poll.method, round.seats, listed, ledger_of(poll), rows))

    def change() -> None:
        round.hands = stored

    return steps.advance(session, poll.case, "record_hands", act, facts, change)


def _row(row: NameVotes) -> list[object]:
    return [row.name, row.write_in, row.approve, row.against, row.abstain]


def _recorded(session: Session, poll: Poll, facts: dict[str, Any]) -> JournalLine | None:
    """The line by which just this was recorded; other contests of the sheet may have been recorded since."""
    query = select(JournalLine).where(
        JournalLine.chain == poll.case.federation_id,
        JournalLine.subject == poll.case.path,
        JournalLine.act == "record_hands",
        JournalLine.facts == journal.canonical(facts),
    )
    return session.scalars(query.order_by(JournalLine.sequence.desc())).first()


def votes_of(round: BallotRound) -> Votes:
    """The votes of a round as its hands were recorded; none before."""
    return Votes(tuple(NameVotes(*row) for row in json.loads(round.hands or "[]")))
