"""
A contest counted out: its first box, and a further one for as long as the count asks for one.

An example holds boxes and no results. So that the boxes of further rounds can be there at all, each is marked once the
count of the one before it has said who is on its list: the same rules decide as in the services.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from federation.boxes import BallotFile
from federation.facts.counting import CountResult, Ledger, Round
from federation.rules.ballots import PaperJudge
from federation.rules.counting import Question, Tally, decide, question
from federation.rules.methods import ElectionMethod
from federation.rules.strokes import stroke_order
from federation.rules.supplements import supplementary_names
from federation.sampling import some

MarkedBox = Callable[[str, Sequence[str], int], Path]
"""Writes the box of a round, from its id, its list in ballot order and its seats, and says where it lies."""


@dataclass(frozen=True, slots=True)
class CountedRound:
    """One round of a contest: its id, `members` or `members.2`, and what its count says."""

    id: str
    result: CountResult
    phones: int
    """How many of its papers, the first rows of its box, came by phone."""

    @property
    def returned(self) -> int:
        """How many papers its box holds."""
        return self.result.ledger.returned or 0


def counted_rounds(
    method: ElectionMethod, contest: str, names: Sequence[str], ledger: Ledger, box: MarkedBox, phones: int = 0
) -> Iterator[CountedRound]:
    """
    Every round of a contest, until the seats are filled or the method's rounds are used up.

    `ledger` holds due, present and issued, the same for every round; lists are by strokes of the surname. Only
    the first round is ever held by phone.
    """
    asked, number = question(method, contest), 1
    while True:
        id = contest if number == 1 else f"{contest}.{number}"
        listed = stroke_order(names, "surname")
        result = _count(asked, listed, ledger, box(id, listed, asked.seats))
        yield CountedRound(id, result, phones if number == 1 else 0)
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


@dataclass(frozen=True, slots=True)
class CountedContest:
    """A contest from its first round to its last, and whom the presidium's lot chose where a tie outlived them all."""

    rounds: tuple[CountedRound, ...]
    by_lot: tuple[str, ...]

    @property
    def left_to_presidium(self) -> bool:
        """True where the method's rounds are used up and something is still open."""
        return self.rounds[-1].result.next == "presidium_decision"

    @property
    def elected(self) -> list[str]:
        """Everyone with a seat, round by round, those with more votes first; equal votes keep ballot order."""
        return [
            *(
                row.name
                for round in self.rounds
                for row in sorted(round.result.results, key=lambda row: -row.votes.approve)
                if row.outcome == "elected"
            ),
            *self.by_lot,
        ]


def counted_contest(rounds: Iterable[CountedRound], draw: Random) -> CountedContest:
    """The whole of a contest. A second tie is the presidium's to decide, and here it decides by lot."""
    rounds = tuple(rounds)
    last = rounds[-1].result
    tied = last.tied if last.next == "presidium_decision" else ()
    return CountedContest(rounds, tuple(some(draw, tied, last.seats_left)))
