"""What a voter is told her paper counts as: the words of the judge that counts it."""

import pytest

from federation.rules.readings import choices_of, reading_of, rule_of, unset_rule_of, written_rule_of
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


def test_a_written_name_that_does_not_stand_is_named_with_its_reason() -> None:
    """In this method only beside an against."""
    judge = judge_of('[write_in]\nallowed = "with_against"')
    (struck,) = reading_of(judge, "委员", paper("○空", "○周敏")).struck
    assert struck.said == "另选的周敏不计：投了反对票的才能另选，本票没有投反对票"
    assert "反对名单上的一人" in struck.remedy
    assert reading_of(judge, "委员", paper("○×", "○周敏")).struck == ()


def test_a_listed_name_written_in_is_not_counted_and_one_written_twice_is_counted_once() -> None:
    """She hears why the number is smaller than that of the names she wrote."""
    listed = reading_of(judge_of(names=3), "委员", paper("○××", "○丁玉兰"))
    assert listed.approved == 1
    assert [each.said for each in listed.struck] == ["另选的丁玉兰不计：这个姓名已在候选人名单上"]
    twice = reading_of(judge_of(names=3), "委员", paper("○××", "○周敏", "○周敏"))
    assert twice.approved == 2
    assert [each.said for each in twice.struck] == ["另选的周敏写了不止一次，只计一次"]
    both = reading_of(judge_of(names=3), "委员", paper("○××", "○丁玉兰", "○丁玉兰"))
    assert [each.said for each in both.struck] == ["另选的丁玉兰不计：这个姓名已在候选人名单上"]


def test_on_an_invalid_paper_names_that_would_not_count_are_not_counted_either() -> None:
    """The number that is too many is that of the judge."""
    reading = reading_of(judge_of(names=3), "委员", paper("○○×", "○周敏", "○丁玉兰", "○周敏"))
    assert (reading.invalid, reading.approved) == ("所选人数多于规定名额", 3)
    assert [group.names for group in reading.groups if group.word == "另选"] == [("周敏",)]


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        ("", "都按弃权计"),
        (CHOSEN_ONLY, "等于谁也不赞成"),
        (BLANK_APPROVES, "都按赞成计"),
        ('[ballot]\nmarks = { approve = "○", against = "×" }', "都不计"),
        ('[ballot]\nmarks = { approve = "○", against = "×", abstain = "△" }\nunclear = "abstain"', "都按弃权计"),
    ],
)
def test_what_becomes_of_a_contest_left_empty_is_said_by_its_method(tables: str, said: str) -> None:
    """Forgotten or meant: it counts as the method says of a box left empty."""
    assert unset_rule_of(method_of(tables=tables)) == said


def test_on_a_sheet_of_several_contests_only_the_one_at_fault_is_invalid() -> None:
    """Each contest is judged alone; 全票 would say that the others are lost as well."""
    method = method_of(tables='[write_in]\nbreach = "paper"')
    assert "多了全票无效" in rule_of(method, 2)
    shared = rule_of(method, 2, shared=True) + written_rule_of(method, shared=True)
    assert shared.count("这一项无效") == 2
    assert "全票" not in shared


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
