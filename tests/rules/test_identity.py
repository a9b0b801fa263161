"""Resident identity numbers by GB 11643-1999; the examples are made up, in a district that does not exist."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from federation.rules.identity import check_digit, identity_findings

BORN = date(1980, 1, 2)
EXAMPLE = "99999919800102002"


def problems(number: str, born_on: date | None = BORN, sex: str = "女") -> list[str]:
    return [finding.problem for finding in identity_findings(number, born_on, sex)]


def test_the_standard_s_own_example_has_check_digit_x() -> None:
    """GB 11643-1999 works 11010519491231002X through."""
    assert check_digit("11010519491231002") == "X"


def test_a_right_number_of_this_woman_has_no_fault() -> None:
    """Seventeenth digit even: a woman."""
    assert problems(EXAMPLE + check_digit(EXAMPLE)) == []


@pytest.mark.parametrize("number", ["", "99999919800102", "9999991980010200212", "99999919800102００２1", "4.3E+17"])
def test_anything_but_seventeen_digits_and_a_check_character_is_no_number(number: str) -> None:
    """Fifteen-digit numbers ended in 2013; full-width digits are folded before this."""
    assert problems(number) == ["身份证号应为 18 位，前 17 位是数字，末位是数字或 X"]


@given(st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(place: int, by: int) -> None:
    """That is what the check digit is for: the weights and eleven share no factor."""
    wrong = str((int(EXAMPLE[place]) + by) % 10)
    number = EXAMPLE[:place] + wrong + EXAMPLE[place + 1 :] + check_digit(EXAMPLE)
    assert problems(number) in (
        ["身份证号的校验位不对，至少有一位写错"],
        ["身份证号应为 18 位，前 17 位是数字，末位是数字或 X"],
    )


def test_a_number_of_another_birth_date_or_sex_contradicts_the_row() -> None:
    """Either may be the slip; the officer looks at the card."""
    number = EXAMPLE + check_digit(EXAMPLE)
    assert problems(number, date(1980, 1, 3)) == ["身份证号中的出生日期与所填的出生日期不一致"]
    assert problems(number, BORN, "男") == ["身份证号表示的性别与所填的性别不一致"]
    assert problems(number, None, "") == []


def test_a_number_with_a_day_that_never_was_is_wrong_whatever_its_check_digit() -> None:
    """30 February."""
    first = "99999919800230002"
    assert problems(first + check_digit(first)) == ["身份证号中的出生日期不是一个日子"]


@given(st.text("0123456789X", min_size=15, max_size=19))
def test_no_message_repeats_the_number(number: str) -> None:
    """What a finding says may be shown around."""
    for finding in identity_findings(number, BORN, "女"):
        assert number not in str(finding)
