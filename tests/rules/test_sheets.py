"""What a ballot says under its names follows from the method, and from nothing else."""

import pytest

from federation.rules.sheets import shared_notes, sheet_notes, write_in_boxes
from tests.counts import method_of


def notes(tables: str = "", seats: int = 2) -> tuple[str, ...]:
    return sheet_notes(method_of(tables=tables, seats=seats), seats)


def test_the_notes_of_the_common_method() -> None:
    """How to mark, how many, whom else, what voids: in the order in which a voter needs them."""
    assert notes() == (
        "在姓名旁的空格内，赞成的画“○”，不赞成的画“×”，弃权的不作任何记号。",
        "赞成的人数（包括另选他人）等于或者少于 2 名的有效，多于 2 名的为无效票。",
        "如不赞成名单上的候选人，可以另选他人：在“另选他人”栏写上姓名，并在其姓名旁的空格内画“○”。",
        "在票上写姓名、编号或作其他记号的为无效票。",
        "写错了可以向工作人员换领一张，原票当场作废。",
    )


@pytest.mark.parametrize(
    ("marks", "said"),
    [
        (
            '{ approve = "", against = "×", abstain = "○" }',
            "在姓名旁的空格内，赞成的不作任何记号，不赞成的画“×”，弃权的画“○”。",
        ),
        ('{ approve = "√" }', "在姓名旁的空格内，赞成的画“√”。"),
        ('{ approve = "√", against = "×" }', "在姓名旁的空格内，赞成的画“√”，不赞成的画“×”。"),
    ],
)
def test_the_same_sign_means_what_this_method_says(marks: str, said: str) -> None:
    """Some texts approve by leaving blank: the sheet must say so first of all."""
    assert notes(f"[ballot]\nmarks = {marks}")[0] == said


@pytest.mark.parametrize(
    ("choose", "said"),
    [
        ("at_most", "等于或者少于 3 名的有效，多于 3 名的为无效票"),
        ("exactly", "须恰好是 3 名，多于或者少于 3 名的为无效票"),
        ("any", "赞成的人数不限"),
    ],
)
def test_a_voter_is_told_how_many_she_may_approve(choose: str, said: str) -> None:
    """The seats of this round, not of the office: a supplementary ballot has fewer."""
    assert said in notes(f'[ballot]\nchoose = "{choose}"', seats=3)[1]


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ('allowed = "no"', "不得另选他人。"),
        ('allowed = "free"\nneeds_sign = false', "可以另选他人：在“另选他人”栏写上姓名。"),
        ('allowed = "free"\npool = "delegates"\nneeds_sign = false', "可以另选他人，另选的须是"),
        ('allowed = "with_against"\nper_against = true', "每不赞成一名可以另选一名"),
        ('allowed = "free"\nper_against = true', "每不赞成一名可以另选一名"),
    ],
)
def test_a_voter_is_told_whom_else_she_may_write(rules: str, said: str) -> None:
    """A write-in that breaks an untold rule would be a vote lost."""
    assert said in notes(f"[write_in]\n{rules}")[2]


@pytest.mark.parametrize(
    ("key", "told", "said"),
    [
        ('blank = "invalid"', True, "空白票为无效票。"),
        ('blank = "valid"', False, "空白票为无效票。"),
        ("stray_mark_voids = false", False, "作其他记号的为无效票"),
        ("replace_spoiled = false", False, "换领一张"),
    ],
)
def test_a_voter_is_told_what_voids_her_paper_and_nothing_that_does_not(key: str, told: bool, said: str) -> None:
    """Each note stands on the sheet only where its rule is in the method."""
    assert (said in "".join(notes(f"[ballot]\n{key}"))) is told


@pytest.mark.parametrize(("allowed", "seats", "boxes"), [("free", 1, 1), ("free", 4, 4), ("free", 5, 4), ("no", 3, 0)])
def test_blank_boxes_are_as_many_as_seats_up_to_four(allowed: str, seats: int, boxes: int) -> None:
    """A sheet must stay on its page."""
    assert write_in_boxes(method_of(tables=f'[write_in]\nallowed = "{allowed}"', seats=seats), seats) == boxes


def test_notes_that_every_contest_of_a_sheet_has_are_printed_once() -> None:
    """A sheet of one contest keeps all of its notes under its names."""
    assert shared_notes([("甲", "乙"), ("乙", "丙")]) == ("乙",)
    assert shared_notes([("甲", "乙")]) == ()
