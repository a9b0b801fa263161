"""The ledger of a counted round by channel: papers from the box, ballots cast with a pass, and both together."""

from typing import Any

from sqlalchemy.orm import Session

from federation.facts.counting import CountResult, Ledger
from federation.models import BallotRound
from federation.rules.tallies import Tally
from federation.services.ballots import cast_papers_of, judge_of
from federation.services.polls import Poll

FIGURES = ("due", "present", "issued", "returned", "valid", "invalid")


def by_channel(session: Session, poll: Poll, round: BallotRound, result: CountResult) -> dict[str, Ledger]:
    """
    The round's ledger: `paper`, `phone` and `together`, or `together` alone where one channel was used.

    应到 and 实到 belong to the meeting, not to a channel. Where a channel returned fewer papers than may be published,
    no channel's 有效 and 无效 are told: either would give the other.
    """
    election, together = poll.election, result.ledger
    by_pass, on_paper = election.drawn - election.exchanged, election.handed_out + election.exchanged
    if not (by_pass and on_paper):
        return {"together": together}
    phones, papers = election.phones or 0, election.papers or 0
    phone = Ledger(issued=by_pass, returned=phones)
    paper = Ledger(issued=on_paper, returned=papers)
    if min(phones, papers) >= poll.method.record.smallest and together.valid is not None:
        tally = Tally(judge_of(session, poll, round))
        for one in cast_papers_of(session, poll, round):
            tally.add(one)
        votes = tally.votes()
        valid, invalid = votes.valid or 0, votes.invalid or 0
        phone = Ledger(issued=phone.issued, returned=phones, valid=valid, invalid=invalid)
        left = (together.valid - valid, (together.invalid or 0) - invalid)
        paper = Ledger(issued=paper.issued, returned=papers, valid=left[0], invalid=left[1])
    return {"paper": paper, "phone": phone, "together": together}


def as_json(ledgers: dict[str, Ledger]) -> dict[str, Any]:
    """The ledgers as plain data, a figure that is not known or not told as null."""
    return {channel: {name: ledger.figure(name) for name in FIGURES} for channel, ledger in ledgers.items()}
