"""What stands under the names of a ballot sheet."""

import pytest

from federation.rules.methods import load_method
from federation.rules.sheets import shared_notes, sheet_notes, write_in_boxes

METHOD = """
title = "示例大会选举办法"
elected = "> 1/2 of due"

[[contest]]
id = "chair"
office = "主席"
seats = 1

[[contest]]
id = "vice_chairs"
office = "副主席"
seats = 3
"""


@pytest.mark.parametrize(("seats", "boxes"), [(1, 1), (3, 3), (4, 4), (5, 4), (37, 4)])
def test_a_sheet_offers_a_box_for_each_seat_and_never_more_than_four(seats: int, boxes: int) -> None:
    """One seat, one other name."""
    assert write_in_boxes(load_method(METHOD), seats) == boxes


def test_where_no_other_name_may_be_written_there_is_no_box() -> None:
    """不得另选他人."""
    method = load_method(METHOD + '\n[write_in]\nallowed = "no"\n')
    assert write_in_boxes(method, 3) == 0
    assert "不得另选他人。" in sheet_notes(method, 3)


def test_two_contests_of_different_seats_share_every_note_but_the_one_with_the_number() -> None:
    """What the voter has to know twice differs; the rest is said once."""
    method = load_method(METHOD)
    one, three = sheet_notes(method, 1), sheet_notes(method, 3)
    shared = shared_notes([one, three])
    assert [note for note in one if note not in shared] == [one[1]]
    assert [note for note in three if note not in shared] == [three[1]]
    assert (" 1 名" in one[1], " 3 名" in three[1]) == (True, True)
    assert list(shared) == [note for note in one if note in three]


def test_contests_of_the_same_seats_share_all_and_a_contest_alone_shares_nothing() -> None:
    """Alone, its notes stay where its names are."""
    notes = sheet_notes(load_method(METHOD), 3)
    assert shared_notes([notes, notes]) == notes
    assert shared_notes([notes]) == ()
