"""The batches of a contest as an officer may see them: how far each teller is, and where the two differ."""

import json
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from federation.facts.counting import NameVotes, Paper, Votes
from federation.models import BallotRound, EntryBatch, EntryDraft, EntrySettlement, EntryTurn
from federation.rules.entries import Difference, differences, totals_differences, unsettled
from federation.services import ballots, entries, journal
from federation.services.polls import Poll, candidates


@dataclass(frozen=True, slots=True)
class TellerFacts:
    """One teller of a batch, and how far she is."""

    name: str
    entered: int
    finished: bool


@dataclass(frozen=True, slots=True)
class BatchFacts:
    """A batch as an officer sees it: no differences before both tellers have finished."""

    number: str
    kind: str
    papers: int
    signed_off: bool
    tellers: tuple[TellerFacts, ...]
    differences: tuple[Difference, ...]
    settled: tuple[int, ...]

    @property
    def both_finished(self) -> bool:
        return len(self.tellers) == 2 and all(teller.finished for teller in self.tellers)


def listed(session: Session, poll: Poll, round: BallotRound) -> list[BatchFacts]:
    """Every batch of a round, in the order of their numbers; those with names come last."""
    rows = session.scalars(select(EntryBatch).where(EntryBatch.round_id == round.id))
    return [_facts(session, poll, round, row) for row in sorted(rows, key=_order)]


def facts_of(session: Session, poll: Poll, round: BallotRound, number: str) -> BatchFacts:
    """One batch as an officer sees it."""
    return _facts(session, poll, round, entries.must_find(session, round, number))


def _order(batch: EntryBatch) -> tuple[bool, int, str]:
    numbered = batch.number.isascii() and batch.number.isdigit()
    return not numbered, int(batch.number) if numbered else 0, batch.number


def _facts(session: Session, poll: Poll, round: BallotRound, batch: EntryBatch) -> BatchFacts:
    turns, signed_off = entries.turns_of(session, batch), batch.state == "signed_off"
    tellers = []
    for turn in turns:
        drafts = session.scalar(select(func.count()).where(EntryDraft.turn_id == turn.id)) or 0
        done = turn.state == "finished"
        tellers.append(TellerFacts(turn.teller, batch.papers if done else drafts, done))
    settled = {} if signed_off else settled_papers(session, batch)
    found = () if signed_off else tuple(unsettled(compared(session, poll, round, batch, turns), settled))
    return BatchFacts(batch.number, batch.kind, batch.papers, signed_off, tuple(tellers), found, tuple(settled))


def compared(
    session: Session, poll: Poll, round: BallotRound, batch: EntryBatch, turns: list[EntryTurn]
) -> list[Difference]:
    """Where the two entries differ, settled or not; empty as long as one of the tellers has not finished."""
    if len(turns) < 2 or any(turn.state != "finished" for turn in turns):
        return []
    if batch.kind == "totals":
        return totals_differences(*(sheet_of(turn.totals) for turn in turns))
    first, second = (papers_of(session, turn) for turn in turns)
    names = [row.name for row in candidates(session, round)]
    return differences(names, first, second, poll.method.write_in.needs_sign)


def papers_of(session: Session, turn: EntryTurn) -> list[Paper]:
    """The papers one teller entered, in the order of the pile."""
    query = select(EntryDraft.marks).where(EntryDraft.turn_id == turn.id).order_by(EntryDraft.position)
    return [ballots.decoded(json.loads(text)) for text in session.scalars(query)]


def settled_papers(session: Session, batch: EntryBatch) -> dict[int, Paper]:
    """The papers of a batch that a scrutineer settled, by their places in the pile."""
    query = select(EntrySettlement.position, EntrySettlement.marks).where(EntrySettlement.batch_id == batch.id)
    rows = session.execute(query.order_by(EntrySettlement.position))
    return {position: ballots.decoded(json.loads(marks)) for position, marks in rows}


def stored(votes: Votes) -> str:
    """A tally sheet as it is kept."""
    names = [[row.name, row.write_in, row.approve, row.against, row.abstain] for row in votes.names]
    return journal.canonical({"names": names, "valid": votes.valid, "invalid": votes.invalid})


def sheet_of(text: str) -> Votes:
    """A tally sheet read back."""
    kept = json.loads(text)
    return Votes(tuple(NameVotes(*row) for row in kept["names"]), kept["valid"], kept["invalid"])
