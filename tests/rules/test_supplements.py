"""Who stands in a supplementary ballot before the presidium adds or drops a name."""

import pytest

from federation.rules.supplements import supplementary_names
from tests.counts import NAMES, method_of, outcome, totals


@pytest.mark.parametrize(
    ("votes", "surplus", "expected"),
    [
        ((16, 9, 12, 5), '"equal"', (NAMES[2],)),
        ((16, 9, 12, 5), "{ count = 1 }", (NAMES[2], NAMES[1])),
        ((16, 9, 12, 5), '{ ratio = "1/10", rounding = "down" }', (NAMES[2],)),
        ((16, 12, 12, 5), '"equal"', (NAMES[1], NAMES[2])),
        ((9, 8, 7, 6), "{ count = 1 }", NAMES[:3]),
        ((9, 8, 7, 7), "{ count = 1 }", NAMES),
        ((16, 9, 12, 5), "{ count = 9 }", (NAMES[2], NAMES[1], NAMES[3])),
    ],
)
def test_the_unelected_stand_in_order_of_votes_as_many_as_the_seats_left_ask_for(
    votes: tuple[int, ...], surplus: str, expected: tuple[str, ...]
) -> None:
    """The same 差额 for the seats that are left; a tie at the edge of the list brings in all of the tied."""
    method = method_of(contest=f"surplus = {surplus}")
    result = outcome(method, totals(*((number, 0, 30 - number) for number in votes)))
    assert supplementary_names(result, method.contest("members")) == expected
    assert not set(expected) & set(result.elected)
