"""A show of hands: the bar on its base, and what hands cannot be."""

import pytest

from federation.rules.motions import Hands, base_findings, hands_findings, hands_needed
from federation.rules.thresholds import Threshold


@pytest.mark.parametrize(
    ("rule", "needed"),
    [
        ("> 1/2 of due", 76),
        (">= 1/2 of due", 75),
        ("> 1/2 of present", 75),
        (">= 1/2 of present", 74),
        (">= 2/3 of due", 100),
    ],
)
def test_the_bar_is_taken_of_its_own_base(rule: str, needed: int) -> None:
    """Due 150, present 148: half is 75 or 74, and over half is one more."""
    assert hands_needed(Threshold.parse(rule), due=150, present=148) == needed


def test_hands_may_be_fewer_than_people_and_never_more() -> None:
    """Somebody may sit still; nobody has two hands up."""
    assert [list(hands_findings(Hands(n, 2, 1), present=10)) == [] for n in (0, 7, 8)] == [True, True, False]


@pytest.mark.parametrize("base", ["issued", "voted", "returned", "valid"])
def test_papers_are_no_base_for_hands(base: str) -> None:
    """Only people are counted."""
    [finding] = base_findings(Threshold.parse(f"> 1/2 of {base}"), "第六条")
    assert finding.clause == "第六条"
    assert not list(base_findings(Threshold.parse("> 1/2 of due"), ""))
