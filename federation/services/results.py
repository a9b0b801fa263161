"""What a poll's count says, read back from where it was frozen."""

import json
from collections.abc import Iterator
from dataclasses import replace

from federation.errors import Finding, WrongStage
from federation.facts.counting import CountResult, Kind, Ledger, Round
from federation.models import BallotRound
from federation.rules.counting import Question, question
from federation.services.poll_rows import Poll


def asked(poll: Poll, round: BallotRound) -> Question:
    """The question this round puts, under the method the poll was held by."""
    kinds: dict[str, Kind] = {
        "first": "first",
        "rerun": "rerun",
        "runoff": "runoff",
        "primary": "primary",
        "supplementary": "supplementary",
    }
    kind = kinds[round.kind]
    return question(poll.method, round.contest, Round(kind, round.nth if kind == "supplementary" else 0), round.seats)


def ledger_of(poll: Poll) -> Ledger:
    """
    应到 实到 发出 投票 收回 of a poll, both channels together. 有效 and 无效 come with the count.

    A show of hands has no papers: of it only 应到 and 实到 are known.
    """
    election = poll.election
    if election.form == "hands":
        return Ledger(due=election.due, present=election.present)
    untold = election.ticked is None and election.handed_out + election.exchanged
    voted = None if untold else (election.spent or 0) + (election.ticked or 0)
    returned = None if election.papers is None else (election.phones or 0) + election.papers
    return Ledger(
        due=election.due,
        present=election.present,
        issued=election.handed_out + election.drawn,
        voted=voted,
        returned=returned,
    )


def result_of(poll: Poll, round: BallotRound) -> CountResult:
    """The frozen result of a round; WrongStage before it was counted."""
    if not round.result:
        raise WrongStage(
            f"{round.office}还没有计票",
            [Finding("先计票", "选举办法", f"federation election count --contest {round.short_id}")],
        )
    result = CountResult.from_json(json.loads(round.result))
    return replace(result, ledger=replace(result.ledger, voted=ledger_of(poll).voted))


def results(poll: Poll) -> Iterator[tuple[BallotRound, CountResult]]:
    """The results of every contest of the sheet, in sheet order."""
    for round in poll.rounds:
        yield round, result_of(poll, round)
