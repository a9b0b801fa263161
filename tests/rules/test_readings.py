"""What a voter is told her paper counts as: the words of the judge that counts it."""

import pytest

from federation.rules.readings import choices_of, reading_of, rule_of, written_rule_of
from tests.counts import judge_of, method_of, paper

CHOSEN_ONLY = '[ballot]\nmarks = { approve = "○" }'
BLANK_APPROVES = '[ballot]\nmarks = { approve = "", against = "×", abstain = "○" }'


def test_a_valid_paper_is_read_out_group_by_group() -> None:
    """Approvals first; nobody under a word that holds for nobody."""
    reading = reading_of(judge_of(names=3), "委员", paper("○×空"))
    assert [(group.word, group.names) for group in reading.groups] == [
        ("赞成", ("丁玉兰",)), ("反对", ("王秀英",)), ("弃权", ("李桂芳",)),
    ]  # fmt: skip
    assert (reading.approved, reading.invalid, reading.struck) == (1, "", ())


def test_an_invalid_paper_says_why_and_still_what_is_on_it() -> None:
    """The voter finds her mistake."""
    reading = reading_of(judge_of(names=3), "委员", paper("○○○"))
    assert reading.invalid == "所选人数多于规定名额"
    assert reading.approved == 3


def test_a_written_name_that_does_not_stand_is_named() -> None:
    """In this method only beside an against."""
    judge = judge_of('[write_in]\nallowed = "with_against"')
    assert reading_of(judge, "委员", paper("○空", "○周敏")).struck == ("周敏",)
    assert reading_of(judge, "委员", paper("○×", "○周敏")).struck == ()


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        ("", "赞成的（含另选）不得多于 2 名，多了全票无效；没有选的按弃权计。"),
        ('[ballot]\nchoose = "exactly"', "须正好 2 名"),
        ('[ballot]\nchoose = "any"', "赞成几名不限"),
        ('[ballot]\nblank = "invalid"', "一个都不选的，全票无效"),
        ('[write_in]\nallowed = "no"', "赞成的不得多于 2 名"),
        (CHOSEN_ONLY, "不同意的不选"),
        (BLANK_APPROVES, "没有选的按赞成计"),
    ],
)
def test_the_rule_of_a_contest_is_one_sentence_of_its_method(tables: str, said: str) -> None:
    """What a name counts as against which nothing is set stands in it: methods say opposite things of it."""
    rule = rule_of(method_of(tables=tables), 2)
    assert said in rule
    assert rule.count("。") == 1


def test_a_voter_may_set_just_the_marks_that_the_method_has() -> None:
    """With its own signs."""
    assert [(each.word, each.sign) for each in choices_of(method_of(tables=CHOSEN_ONLY).ballot.marks)] == [
        ("赞成", "○")
    ]
    assert [each.sign for each in choices_of(method_of(tables=BLANK_APPROVES).ballot.marks)] == ["", "×", "○"]


def test_where_nobody_may_be_written_in_nothing_is_said_of_it() -> None:
    """And no box is offered."""
    assert written_rule_of(method_of(tables='[write_in]\nallowed = "no"')) == ""
    assert "只能另选本次会议的代表" in written_rule_of(method_of(tables='[write_in]\npool = "delegates"'))
