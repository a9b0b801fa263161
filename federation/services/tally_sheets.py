"""Tally sheets of the papers of a whole contest, handed in by two tellers; two that agree are signed off at once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from federation.errors import Finding, refuse_if
from federation.facts.acts import Act
from federation.facts.counting import Ledger, Votes
from federation.models import BallotRound, EntryBatch, EntryTurn
from federation.rules.balances import vote_findings
from federation.rules.entries import SHEET, Difference
from federation.services import ballots, entries
from federation.services.comparisons import compared, sheet_of, stored
from federation.services.polls import Poll
from federation.services.sign_offs import digest, into_box
from federation.services.steps import Outcome


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What became of a sheet: signed off with the other's, or waiting for it, or differing from it."""

    outcome: Outcome
    signed_off: bool
    tellers: tuple[str, ...]
    differences: tuple[Difference, ...]


def hand_in(session: Session, poll: Poll, round: BallotRound, votes: Votes, act: Act) -> HandedIn:
    """
    Hand in one teller's tally sheet of all papers in the box, or a corrected one in its place.

    A sheet that cannot come from so many papers is refused at once, with the arithmetic. The figures stand in the
    journal only by their hash, once both agree: the second teller must not find the first one's there.
    """
    entries.allowed(session, poll, "teller", act)
    batch = entries.find(session, round, SHEET)
    refuse_if("不能录入计票表", _sheet_findings(session, poll, round, batch, votes))
    box = poll.election.papers or 0
    batch = batch or entries.opened(session, round, SHEET, "totals", box)
    turn = entries.turn_of(session, batch, act.by)
    if turn and turn.totals == stored(votes):
        outcome = entries.unchanged(session, poll, round, "begin")
    elif turn and turn.totals:
        change = _keeping(turn, votes)
        outcome = entries.record(session, poll, round, "correct", {"batch": SHEET, "place": turn.place}, act, change)
    else:
        turn = entries.join(session, poll, round, batch, act)
        facts = {"batch": SHEET, "papers": box, "place": turn.place}
        outcome = entries.record(session, poll, round, "finish", facts, act, _keeping(turn, votes))
    return _after(session, poll, round, batch, outcome, act)


def _keeping(turn: EntryTurn, votes: Votes) -> Callable[[], None]:
    def change() -> None:
        turn.totals, turn.state = stored(votes), "finished"

    return change


def _sheet_findings(
    session: Session, poll: Poll, round: BallotRound, batch: EntryBatch | None, votes: Votes
) -> Iterator[Finding]:
    box = poll.election.papers or 0
    if batch is not None and batch.state == "signed_off":
        remedy = f"federation election enter --undo-batch {SHEET} --note 原因"
        yield Finding(f"{round.office}的计票表已经签认", "签认之后的更正须留痕", remedy)
    elif batch is None and (ballots.entered(session, round) or _has_piles(session, round)):
        remedy = "federation election entries，看各批；要改用计票表，先撤销各批"
        yield Finding(f"{round.office}的选票已在逐张录入", "一张选票只计一次", remedy)
    given = (votes.valid or 0) + (votes.invalid or 0)
    if given != box or not box:
        problem = f"箱内纸质选票 {box} 张，计票表的有效票 {votes.valid} + 无效票 {votes.invalid} = {given} 张"
        yield Finding(problem, "收票报告单", "用 --valid 和 --invalid 写明张数，合计须是箱内张数")
    yield from vote_findings(poll.method, round.seats, Ledger(valid=votes.valid), votes)


def _has_piles(session: Session, round: BallotRound) -> bool:
    return session.scalar(select(EntryBatch.id).where(EntryBatch.round_id == round.id).limit(1)) is not None


def _after(session: Session, poll: Poll, round: BallotRound, batch: EntryBatch, outcome: Outcome, act: Act) -> HandedIn:
    turns = entries.turns_of(session, batch)
    tellers = tuple(turn.teller for turn in turns)
    if len(turns) < 2:
        return HandedIn(outcome, False, tellers, ())
    if found := compared(session, poll, round, batch, turns):
        return HandedIn(outcome, False, tellers, tuple(found))
    agreed = turns[0].totals
    sha256 = digest(SHEET, [agreed])

    def change() -> None:
        into_box(session, poll, round, batch, sha256)
        batch.totals = agreed

    facts = {"batch": SHEET, "papers": batch.papers, "sha256": sha256, "tellers": list(tellers)}
    return HandedIn(entries.record(session, poll, round, "sign_off", facts, act, change), True, tellers, ())


def agreed_sheet(session: Session, round: BallotRound) -> Votes | None:
    """The votes of the papers of this round, where they were entered by tally sheets and both agree."""
    query = select(EntryBatch.totals).where(
        EntryBatch.round_id == round.id, EntryBatch.kind == "totals", EntryBatch.state == "signed_off"
    )
    text = session.scalar(query)
    return sheet_of(text) if text else None
