"""
A contest counted out: its first box, and a further one for as long as the count asks for one.

An example holds boxes and no results. So that the boxes of further rounds can be there at all, each is marked once the
count of the one before it has said who is on its list: the same rules decide as in the services.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from federation.boxes import BallotFile
from federation.facts.counting import CountResult, Ledger, Round
from federation.rules.ballots import PaperJudge
from federation.rules.counting import Question, Tally, decide, question
from federation.rules.methods import ElectionMethod
from federation.rules.strokes import stroke_order
from federation.rules.supplements import supplementary_names

MarkedBox = Callable[[str, Sequence[str], int], Path]
"""Writes the box of a round, from its id, its list in ballot order and its seats, and says where it lies."""


@dataclass(frozen=True, slots=True)
class CountedRound:
    """One round of a contest: its id, `members` or `members.2`, and what its count says."""

    id: str
    result: CountResult


def counted_rounds(
    method: ElectionMethod, contest: str, names: Sequence[str], ledger: Ledger, box: MarkedBox
) -> Iterator[CountedRound]:
    """
    Every round of a contest, until the seats are filled or the method's rounds are used up.

    `ledger` holds due, present and issued, the same for every round; lists are by strokes of the surname.
    """
    asked, number = question(method, contest), 1
    while True:
        id = contest if number == 1 else f"{contest}.{number}"
        listed = stroke_order(names, "surname")
        result = _count(asked, listed, ledger, box(id, listed, asked.seats))
        yield CountedRound(id, result)
        match result.next:
            case "tie_runoff":
                round, names = Round("runoff"), result.tied
            case "supplementary_ballot":
                round = Round("supplementary", asked.round.number + 1)
                names = supplementary_names(result, asked.contest)
            case _:
                return
        asked, number = question(method, contest, round, result.seats_left), number + 1


def _count(asked: Question, listed: Sequence[str], ledger: Ledger, file: Path) -> CountResult:
    tally = Tally(PaperJudge(asked.method, asked.seats, listed))
    for paper in BallotFile(file, asked.method.ballot.marks, listed).papers():
        tally.add(paper)
    return decide(asked, ledger, tally.votes())


def by_votes(rounds: Sequence[CountedRound]) -> list[str]:
    """Everyone elected, round by round, those with more votes first; equal votes keep ballot order."""
    return [
        row.name
        for round in rounds
        for row in sorted(round.result.results, key=lambda row: -row.votes.approve)
        if row.outcome == "elected"
    ]
