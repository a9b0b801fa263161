"""A doubtful box: ballots nobody can answer for, and whether they could have changed who is elected."""

from itertools import product

import pytest

from federation.facts.counting import CountResult, Ledger, NameVotes, Votes
from federation.rules import doubt
from federation.rules.counting import decide, question
from federation.rules.methods import load_method

METHOD = """
title = "示例"
elected = "{elected}"
[ballot]
choose = "any"
[shortage]
then = "vacant"
[[contest]]
id = "members"
office = "委员"
seats = {seats}
"""


def counted(elected: str, seats: int, papers: int, *approvals: int) -> CountResult:
    method = load_method(METHOD.format(elected=elected, seats=seats))
    votes = tuple(NameVotes(f"候选人{place}", False, n, papers - n, 0) for place, n in enumerate(approvals))
    ledger = Ledger(due=papers, present=papers, issued=papers, returned=papers, valid=papers, invalid=0)
    return decide(question(method, "members"), ledger, Votes(votes, papers, 0))


@pytest.mark.parametrize(
    ("elected", "seats", "approvals", "ballots", "unsafe"),
    [
        ("> 1/2 of due", 1, (30,), 0, False),
        ("> 1/2 of due", 1, (30, 10), 9, False),  # 21 needed of 40: 30 − 9 still reaches it, 10 + 9 does not
        ("> 1/2 of due", 1, (30, 10), 10, True),
        ("> 1/2 of due", 1, (30, 12), 8, False),
        ("> 1/2 of due", 1, (30, 12), 9, True),
        ("> 1/2 of due", 1, (35, 31), 1, False),  # both pass: the cut is 4 apart
        ("> 1/2 of due", 1, (35, 31), 2, True),
        ("> 1/2 of valid", 1, (25, 10), 1, False),  # the base moves with them
        ("> 1/2 of valid", 1, (25, 10), 3, True),
        ("> 1/2 of due", 1, (30, 30), 1, True),  # a tie across the cut
        ("plurality", 2, (9, 7), 3, False),
        ("plurality", 2, (9, 7), 4, True),  # a name written by all of them
    ],
)
def test_ballots_in_doubt_block_where_they_could_change_who_is_elected(
    elected: str, seats: int, approvals: tuple[int, ...], ballots: int, unsafe: bool
) -> None:
    """Both sides of each limit."""
    assert doubt.could_change(counted(elected, seats, 40, *approvals), ballots) is unsafe


@pytest.mark.parametrize("elected", ["> 1/2 of due", ">= 1/3 of valid", "plurality"])
def test_a_result_called_safe_stays_whatever_the_doubtful_ballots_had_said(elected: str) -> None:
    """By force: every shift of every name within reach, for every small box; never the other way round."""
    tried = 0
    for first, second, third in product(range(0, 13, 2), repeat=3):
        result = counted(elected, 2, 12, first, second, third)
        for ballots in (1, 2):
            if doubt.could_change(result, ballots):
                continue
            tried += 1
            for shift in product((-ballots, 0, ballots), repeat=3):
                moved = [min(12, max(0, n + d)) for n, d in zip((first, second, third), shift, strict=True)]
                assert set(counted(elected, 2, 12, *moved).elected) == set(result.elected)
    assert tried


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({}, 0),
        ({"faulty": 1}, 1),
        ({"unexplained": 2}, 1),
        ({"disputes": 1}, 1),
        ({"missing": 1}, 1),
        ({"offices": []}, 0),
    ],
)
def test_what_blocks_is_told_with_the_ways_on(more: dict[str, object], told: int) -> None:
    """A ballot that did not open blocks in any case; disputes only where an office could change."""
    base = {"disputes": 0, "missing": 0, "unexplained": 0, "faulty": 0, "offices": ["委员"], "contest": "members"}
    found = list(doubt.doubt_findings(**{**base, **more}))  # type: ignore[arg-type]
    assert len(found) == told
    assert all("decide --box" in each.remedy and "declare void" in each.remedy for each in found)
