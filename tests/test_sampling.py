"""Made-up people and papers, for the demonstration and for tests."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from federation.rules.strokes import stroke_order
from federation.sampling import UNITS, sample_box, sample_marks, sample_people


def test_people_have_different_names_that_can_be_put_in_order() -> None:
    """Names on one ballot are distinct as printed, and every character has its place."""
    names = [person.name for person in sample_people(1000, 7)]
    assert len(set(names)) == 1000
    assert sorted(stroke_order(names, "surname")) == sorted(names)


def test_people_are_of_age_and_spread_over_the_units() -> None:
    """A delegate is at least 18 on the day of the congress."""
    people = sample_people(140, 7)
    assert max(person.born_on for person in people) < date(2000, 1, 1)
    assert {person.sex for person in people} == {"女"}
    assert sorted(sum(p.unit == unit for p in people) for unit, _ in UNITS) == [10] * 14


def test_the_same_seed_gives_the_same_people_and_more_are_added_at_the_end() -> None:
    """A demonstration can be played again, byte for byte."""
    assert sample_people(60, 7)[:50] == sample_people(50, 7)
    assert [person.name for person in sample_people(3, 1)] == ["闫梅柔", "张希桂", "谢婉纯"]
    assert sample_people(3, 1) != sample_people(3, 2)


@given(st.integers(1, 20), st.integers(0, 30), st.integers(1, 20), st.integers(0, 9))
def test_a_paper_never_approves_more_than_there_are_seats(candidates: int, papers: int, seats: int, seed: int) -> None:
    """Too many is a mistake of its own, to be added by whoever wants it."""
    marks = sample_marks(candidates, papers, seats, seed)
    assert [len(paper) for paper in marks] == [candidates] * papers
    assert all(paper.count("○") <= seats and set(paper) <= {"○", "×", ""} for paper in marks)


def test_marks_follow_the_liking_and_carry_the_methods_signs() -> None:
    """Whom everybody likes is on every paper, whom nobody likes on none."""
    marks = sample_marks(3, 50, 1, 3, liking=(1.5, 0, 0), signs=("√", "×", "○"))
    assert {paper[0] for paper in marks} == {"√"}
    assert {sign for paper in marks for sign in paper[1:]} == {"×", "○"}


def test_the_same_seed_gives_the_same_papers() -> None:
    """And another seed gives others."""
    assert sample_marks(17, 20, 15, 5) == sample_marks(17, 20, 15, 5) != sample_marks(17, 20, 15, 6)


def test_likings_must_be_one_a_candidate() -> None:
    """A list that is too short would leave candidates without marks."""
    with pytest.raises(ValueError, match="2 likings for 3 candidates"):
        sample_marks(3, 1, 1, 1, liking=(0.5, 0.5))


def test_only_papers_that_did_not_come_by_phone_show_slips_of_the_pen() -> None:
    """Stray marks, unclear signs, too many names: what no screen lets through."""
    rows = sample_box(6, 200, 5, 3, others=["某甲"] * 30, phones=100)
    slipped = [
        at
        for at, row in enumerate(rows)
        if row[-1] or "?" in row or row.count("○") + sum(cell.startswith("○某") for cell in row) > 5
    ]
    assert len(slipped) == 4
    assert min(slipped) >= 100
    assert 5 <= sum(any(cell.startswith("○某") for cell in row) for row in rows) <= 6


def test_a_box_of_a_few_papers_has_no_slip_and_no_written_name() -> None:
    """One slip in nine papers would be no accident."""
    rows = sample_box(6, 9, 5, 3, others=["某甲"])
    assert all(row[6:] == ["", "", ""] and set(row) <= {"○", "×", ""} and row.count("○") <= 5 for row in rows)
