"""The one way to write a bar, and the smallest number that satisfies it."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from federation.rules.thresholds import PLURALITY, Base, Plurality, Threshold, chinese_fraction, parse_bar

thresholds = st.builds(
    Threshold,
    strict=st.booleans(),
    fraction=st.fractions(min_value=Fraction(1, 60), max_value=1, max_denominator=60),
    base=st.sampled_from(Base),
)
numbers = st.integers(min_value=0, max_value=5000)


@pytest.mark.parametrize(
    ("rule", "due", "needed"),
    [
        ("> 2/3 of due", 30, 21),
        (">= 2/3 of due", 30, 20),
        ("> 2/3 of due", 31, 21),
        (">= 2/3 of due", 31, 21),
        ("> 1/2 of due", 150, 76),
        (">= 1/2 of due", 150, 75),
        ("> 1/2 of due", 151, 76),
        (">= 1/2 of due", 151, 76),
        (">= 4/5 of due", 15, 12),
        ("> 4/5 of due", 15, 13),
        (">= 1/1 of due", 7, 7),
        (">= 1/2 of due", 0, 0),
        ("> 1/2 of due", 0, 1),
        ("> 1/2 of due", 1, 1),
    ],
)
def test_more_than_and_at_least_part_at_the_number_itself(rule: str, due: int, needed: int):
    """超过 is strict, 以上 includes the number itself (domain.md section 3)."""
    assert Threshold.parse(rule).needed(due=due) == needed


@given(thresholds, numbers)
def test_what_is_needed_satisfies_the_bar_and_one_less_does_not(threshold: Threshold, number: int):
    """The smallest whole number that satisfies the comparison."""
    needed, share = threshold.needed_of(number), threshold.fraction * number
    assert needed > share if threshold.strict else needed >= share
    assert needed == 0 or (needed - 1 <= share if threshold.strict else needed - 1 < share)


@given(thresholds, numbers)
def test_at_least_never_needs_more_than_more_than(threshold: Threshold, number: int):
    """不少于 is the weaker word."""
    at_least = Threshold(False, threshold.fraction, threshold.base)
    more_than = Threshold(True, threshold.fraction, threshold.base)
    assert at_least.needed_of(number) <= more_than.needed_of(number) <= at_least.needed_of(number) + 1


@given(thresholds)
def test_a_bar_reads_back_from_its_own_text(threshold: Threshold):
    """The canonical text is the contract's."""
    assert Threshold.parse(str(threshold)) == threshold
    assert parse_bar(str(PLURALITY)) == PLURALITY


@pytest.mark.parametrize(
    "text",
    [
        "", "1/2 of due", "= 1/2 of due", "> 0.5 of due", "> 50% of due", "> 1/2", "> 1/2 of members", "> 0/2 of due",
        "> 1/0 of due", "> 3/2 of due", ">= -1/2 of due", "> 1/2 of Due", "plurality of due", "> １/2 of due",
    ],
)  # fmt: skip
def test_anything_else_is_no_bar(text: str):
    """An exact fraction over 0 and at most 1, of one of six figures."""
    with pytest.raises(ValueError, match=r"门槛|基数|分数"):
        parse_bar(text)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("> 1/2 of due", "超过应到会人数的二分之一"),
        (">= 2/3 of present", "不少于实到会人数的三分之二"),
        (">= 1/1 of returned", "不少于收回选票数的全部"),
        ("> 51/100 of valid", "超过有效票数的一百分之五十一"),
    ],
)
def test_a_bar_is_said_as_a_method_says_it(rule: str, words: str):
    """超过 and 不少于, then the base, then the fraction in words."""
    assert Threshold.parse(rule).in_chinese() == words


def test_plurality_is_a_value_of_its_own():
    """No bar at all is not a bar of zero."""
    assert isinstance(parse_bar("plurality"), Plurality)
    assert "不设票数线" in parse_bar("plurality").in_chinese()


def test_a_fraction_too_fine_for_words_stays_in_figures():
    """Words end at 9999."""
    assert chinese_fraction(Fraction(1, 12345)) == "1/12345"
