"""Chinese numerals, as clauses and terms are counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from federation.rules.numerals import chinese_number, number_or_zero, parse_chinese_number


@pytest.mark.parametrize(
    ("number", "words"),
    [
        *[(0, "零"), (1, "一"), (9, "九"), (10, "十"), (11, "十一"), (19, "十九"), (20, "二十"), (99, "九十九")],
        *[(100, "一百"), (101, "一百零一"), (110, "一百一十"), (111, "一百一十一"), (200, "二百"), (999, "九百九十九")],
        *[(1000, "一千"), (1001, "一千零一"), (1010, "一千零一十"), (1100, "一千一百"), (9999, "九千九百九十九")],
    ],
)
def test_a_number_is_written_as_a_clause_counts(number: int, words: str) -> None:
    """第十条, not 第一十条; 第一百一十条, not 第一百十条."""
    assert chinese_number(number) == words
    assert parse_chinese_number(words) == number


@pytest.mark.parametrize(
    ("words", "number"),
    [("15", 15), ("１５", 15), ("二〇二〇", 2020), ("两", 2), ("两百零五", 205), ("一百十", 110), ("〇", 0)],
)
def test_other_spellings_are_read_too(words: str, number: int) -> None:
    """Figures of either width, digit by digit, 两 for 二, and 一十 for 十."""
    assert parse_chinese_number(words) == number


@pytest.mark.parametrize("words", ["", "十百", "一二十", "五十十", "三点五", "-1", "第一", "一百零", "零十", "甲"])
def test_what_is_no_number_is_refused(words: str) -> None:
    """A heading such as 第甲条 is text, never clause 0."""
    with pytest.raises(ValueError, match="is no number"):
        parse_chinese_number(words)
    assert number_or_zero(words) == 0


@pytest.mark.parametrize("number", [-1, 10_000])
def test_numbers_outside_the_range_are_refused(number: int) -> None:
    """No document has ten thousand clauses."""
    with pytest.raises(ValueError, match="not between"):
        chinese_number(number)


@given(st.integers(0, 9999))
def test_writing_then_reading_gives_the_number_back(number: int) -> None:
    """For every number the program writes."""
    assert parse_chinese_number(chinese_number(number)) == number
