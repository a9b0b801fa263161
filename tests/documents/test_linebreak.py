from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from federation.documents.linebreak import CLOSING, OPENING, UNITS, balance, chunks, fill

TEXTS = st.text(st.sampled_from("田禾人年2020ab，。、；：？！）》”（《“—…"), min_size=1, max_size=120)


def width(text: str) -> float:
    return float(len(text))


@given(TEXTS)
def test_chunks_are_the_text_in_pieces(text: str):
    assert "".join(chunks(text)) == text


@given(TEXTS)
def test_lines_are_the_text_and_none_is_too_wide(text: str):
    lines = fill(chunks(text), width, 10, 12)
    assert "".join(lines) == text
    assert all(len(line) <= (10 if number == 0 else 12) for number, line in enumerate(lines))


@given(TEXTS)
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(text: str):
    """避头尾: unless a run of marks is longer than a line, and must be cut."""
    assume(all(len(chunk) <= 10 for chunk in chunks(text)))
    lines = fill(chunks(text), width, 10)
    assert not any(line[0] in CLOSING for line in lines[1:])
    assert not any(line[-1] in OPENING for line in lines[:-1])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("田田田田田。", ["田田田田", "田。"]),
        ("田田田田（田）", ["田田田田", "（田）"]),
        ("田田2020年", ["田田", "2020年"]),
        ("田田田田9人", ["田田田田", "9人"]),
        ("田田田12个月", ["田田田", "12个月"]),
        ("田田12 个月", ["田田", "12 个月"]),
        ("田田24小时田", ["田田", "24小时田"]),
        ("2020年12月31日", ["2020年", "12月", "31日"]),
        ("田田田A4田", ["田田田A4", "田"]),
        ("田田田田十二人", ["田田田田十", "二人"]),
        ("田田田田——田", ["田田田", "田——田"]),
        ("田\n田田", ["田", "田田"]),
    ],
)
def test_a_line_of_at_most_five_ends_where_the_rules_let_it(text: str, expected: list[str]):
    assert fill(chunks(text), width, 5) == expected


def test_a_title_is_broken_between_words_into_lines_of_like_length():
    """词意完整，排列对称，长短适宜 (GB/T 9704-2012, 7.3.1)."""
    title = "某某高新技术产业开发区妇女联合会第一次代表大会纪要"
    assert balance(title, width, 20) == ["某某高新技术产业开发区", "妇女联合会第一次代表大会纪要"]
    assert balance(title, width, 25) == [title]


def test_a_title_does_not_part_a_number_from_what_it_counts():
    assert balance("田田田田田2人田田田田", width, 6) == ["田田田田田", "2人田田田田"]


@given(TEXTS)
def test_no_line_parts_a_number_from_its_unit(text: str):
    """Unless they are longer than a line together."""
    assume(all(len(chunk) <= 10 for chunk in chunks(text)))
    lines = fill(chunks(text), width, 10)
    assert not any(line[-1].isdecimal() and following[0] in UNITS for line, following in pairwise(lines))
