"""A doubtful box: ballots nobody can answer for, and whether they could have changed who is elected."""

from collections.abc import Iterator
from functools import cache
from itertools import product

import pytest

from federation.facts.counting import CountResult, Ledger, NameVotes, Paper, Votes, WriteIn
from federation.rules import doubt
from federation.rules.ballots import PaperJudge
from federation.rules.counting import decide, question
from federation.rules.methods import load_method
from federation.rules.tallies import Tally

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
        ("plurality", 2, (9, 8), 4, True),  # as many for it as are left for the last: a tie
        (">= 1/8 of due", 2, (30,), 4, False),  # 5 needed: nobody written by four of them comes over it
        (">= 1/8 of due", 2, (30,), 5, True),
    ],
)
def test_ballots_in_doubt_block_where_they_could_change_who_is_elected(
    elected: str, seats: int, approvals: tuple[int, ...], ballots: int, unsafe: bool
) -> None:
    """Both sides of each limit."""
    assert doubt.could_change(counted(elected, seats, 40, *approvals), ballots) is unsafe


def test_every_ballot_that_nobody_answers_for_is_in_doubt() -> None:
    """A pass that was spent by another, one that is missing, a ballot without a pass or the reverse."""
    assert doubt.doubtful(disputes=1, missing=10, unexplained=100) == 111


def test_where_nothing_was_counted_no_ballot_could_change_it() -> None:
    """Short of its quorum or void: no paper was looked at, and nobody is elected either way."""
    method = load_method(METHOD.format(elected="> 1/2 of due", seats=1))
    postponed = decide(question(method, "members"), Ledger(due=40, present=9, issued=9, returned=9, valid=9, invalid=0))
    assert postponed.next == "postpone"
    assert not doubt.could_change(postponed, 30)


WRITTEN = (WriteIn("丁一禾", signed=True),)
SHEETS = [
    (1, [Paper("+-"), Paper("-+"), Paper("--"), Paper("--", WRITTEN), Paper("--", illegible=True)]),
    (2, [Paper("+"), Paper("-"), Paper("+", WRITTEN), Paper("-", WRITTEN), Paper("-", illegible=True)]),
    (2, [Paper("++-"), Paper("+-+"), Paper("-++"), Paper("+--"), Paper("+--", illegible=True)]),
]
"""Seats, and papers a box is made of: with a name written in and with an invalid one."""
BALLOTS = 7
Box = tuple[int, ...]


def boxes(papers: int, kinds: int) -> Iterator[Box]:
    """Every box of so many papers: how many there are of each kind."""
    if kinds == 1:
        yield (papers,)
        return
    for number in range(papers + 1):
        yield from ((number, *rest) for rest in boxes(papers - number, kinds - 1))


def changes(ballots: int, kinds: int) -> set[Box]:
    """Everything that so many ballots could have made otherwise: cast differently, not cast, or cast besides."""
    some = [box for box in product(range(ballots + 1), repeat=kinds) if sum(box) <= ballots]
    return {tuple(p - m for p, m in zip(plus, minus, strict=True)) for plus in some for minus in some}


@pytest.mark.parametrize("elected", ["> 1/2 of due", "> 1/2 of valid", ">= 1/3 of voted", "plurality"])
@pytest.mark.parametrize(("seats", "papers"), SHEETS, ids=["one of two", "two of one", "two of three"])
def test_no_change_of_the_ballots_in_doubt_elects_others_where_the_result_is_called_safe(
    elected: str, seats: int, papers: list[Paper]
) -> None:
    """By force: every box of seven, one or two of its ballots replaced, taken away or added in every way."""
    method = load_method(METHOD.format(elected=elected, seats=seats) + '[write_in]\nallowed = "free"\n')
    judge = PaperJudge(method, seats, [f"候选人{place}" for place in range(len(papers[0].marks))])

    @cache
    def result(box: Box) -> CountResult:
        tally, total = Tally(judge), sum(box)
        for paper, number in zip(papers, box, strict=True):
            for _ in range(number):
                tally.add(paper)
        ledger = Ledger(due=10, present=10, issued=10, voted=total, returned=total)
        return decide(question(method, "members"), ledger, tally.votes())

    safe = 0
    for ballots in (1, 2):
        otherwise = changes(ballots, len(papers))
        for box in boxes(BALLOTS, len(papers)):
            if doubt.could_change(result(box), ballots):
                continue
            safe += 1
            for change in otherwise:
                other = tuple(n + d for n, d in zip(box, change, strict=True))
                if min(other) >= 0:
                    assert set(result(other).elected) == set(result(box).elected), (box, other)
    assert safe > 10


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
