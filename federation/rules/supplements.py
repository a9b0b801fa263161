"""Whose names a supplementary ballot (另行选举) is pre-filled with."""

from federation.facts.counting import CountResult
from federation.rules.methods import Contest
from federation.rules.methods.candidates import extra_candidates


def supplementary_names(result: CountResult, contest: Contest) -> tuple[str, ...]:
    """
    The unelected in order of votes, as many as the contest's 差额 gives for the seats that are left.

    A tie at the edge of the list brings in all of the tied: who is left out is nobody's choice to make silently.
    """
    wanted = result.seats_left + extra_candidates(contest.surplus, result.seats_left)
    rows = sorted((row for row in result.results if row.outcome != "elected"), key=lambda row: -row.votes.approve)
    if len(rows) > wanted:
        edge = rows[wanted - 1].votes.approve
        rows = [row for row in rows if row.votes.approve >= edge]
    return tuple(row.name for row in rows)
