"""Judging one paper: every reason for which it is invalid, and what of it counts."""

import pytest

from federation.errors import Misused
from federation.rules.ballots import BREACHES, REASONS, REASONS_IN_CHINESE, Judged, ballot_findings
from tests.counts import judge_of, paper

DRAWN = 'marks = { approve = "√", against = "×", abstain = "○" }'
SELECT = 'marks = { approve = "○" }'
BLANK_APPROVES = 'marks = { approve = "", against = "×", abstain = "○" }'


def test_a_plain_paper_counts_as_marked():
    """Nothing is invalid that need not be."""
    assert judge_of().judge(paper("○×")) == Judged("", "+-", ())


@pytest.mark.parametrize(
    ("rules", "marked", "reason"),
    [
        ("", paper("○○", stray=True), "stray"),
        ("stray_mark_voids = false", paper("○○", stray=True), ""),
        ("stray_mark_voids = false", paper("○○", stray=True, illegible=True), "illegible"),
        ("", paper("○○", illegible=True), "illegible"),
        ("", paper("○?"), ""),
        ('unclear = "whole_paper"', paper("○?"), "illegible"),
        ('unclear = "abstain"', paper("○?"), ""),
        ("", paper("空空"), ""),
        ('blank = "invalid"', paper("空空"), "blank"),
        ('blank = "invalid"', paper("空?"), ""),
        ('blank = "invalid"', paper("空×"), ""),
        ('blank = "invalid"', paper("空空", "○周敏"), ""),
        ('choose = "exactly"', paper("空空"), "too_few"),
        ('choose = "exactly"\nblank = "invalid"', paper("空空"), "blank"),
        ('choose = "exactly"', paper("○×"), "too_few"),
        ('choose = "exactly"', paper("○○"), ""),
        ('choose = "exactly"', paper("○×", "○周敏"), ""),
        ('choose = "exactly"', paper("○?"), "too_few"),
    ],
)
def test_a_paper_is_invalid_for_the_reason_the_method_gives(rules: str, marked, reason: str):
    """Step by step as the method reads a paper; two names, two seats."""
    assert judge_of(f"[ballot]\n{rules}").judge(marked).invalid == reason


@pytest.mark.parametrize(
    ("choose", "marks", "reason"),
    [
        ("at_most", "○○空", ""), ("at_most", "○○○", "too_many"), ("at_most", "○空空", ""),
        ("exactly", "○○×", ""), ("exactly", "○○○", "too_many"), ("exactly", "○××", "too_few"),
        ("any", "○○○", ""), ("any", "空空空", ""),
    ],
)  # fmt: skip
def test_the_number_chosen_is_held_to_the_seats(choose: str, marks: str, reason: str):
    """Three names, two seats: at most, exactly, or any number."""
    assert judge_of(f'[ballot]\nchoose = "{choose}"', names=3).judge(paper(marks)).invalid == reason


def test_a_standing_write_in_is_one_of_the_number_chosen():
    """Two approvals and a written name are three; struck, the written name is none."""
    judge = judge_of(names=3)
    assert judge.judge(paper("○○×", "○周敏")).invalid == "too_many"
    assert judge.judge(paper("○○×", "周敏")) == Judged("", "++-", ())


@pytest.mark.parametrize(
    ("rules", "marks", "written", "standing"),
    [
        ("", "○×", ["○周敏"], ["周敏"]),
        ("", "○×", ["周敏"], []),
        ("", "○空", ["○周敏"], []),
        ("needs_sign = false", "○×", ["周敏"], ["周敏"]),
        ("needs_sign = false", "○×", ["○周敏"], ["周敏"]),
        ('allowed = "free"', "○空", ["○周敏"], ["周敏"]),
        ('allowed = "no"', "○×", ["○周敏"], []),
        ("", "××", ["○周敏", "○吴静"], ["周敏", "吴静"]),
        ("", "空×", ["○周敏", "○吴静"], ["周敏", "吴静"]),
        ("per_against = true", "空×", ["○周敏", "○吴静"], ["周敏"]),
        ("per_against = true", "××", ["○周敏", "○吴静"], ["周敏", "吴静"]),
        ("per_against = true", "空×", ["周敏", "○吴静"], []),
        ('per_against = true\nallowed = "free"', "空空", ["○周敏"], []),
        ("", "空×", ["○丁玉兰"], []),
        ("", "空×", ["○周敏", "○周敏"], ["周敏"]),
        ("", "空×", ["周敏", "○周敏"], []),
        ("", "空×", ["?周敏", "○吴静"], ["吴静"]),
    ],
)
def test_a_written_name_stands_where_it_breaks_no_rule(rules: str, marks: str, written: list[str], standing: list[str]):
    """Only with 反对, no more than 反对, with its own sign, no listed name, no name twice."""
    assert judge_of(f"[write_in]\n{rules}").judge(paper(marks, *written)).write_ins == tuple(standing)


@pytest.mark.parametrize(
    ("rules", "marks", "written", "breach"),
    [
        ("", "○×", ["○周敏"], None),
        ("", "○空", ["○周敏"], "with_against"),
        ("", "○×", ["周敏"], "sign"),
        ('allowed = "no"', "○×", ["○周敏"], "no"),
        ("per_against = true", "空×", ["○吴静", "○周敏"], "per_against"),
        ("", "空×", ["○丁玉兰"], "listed"),
        ("", "空×", ["○周敏", "○周敏"], "twice"),
        ("", "空×", ["?周敏"], "unclear"),
        ('pool = "delegates"', "空×", ["○周敏"], "pool"),
    ],
)
def test_the_rule_that_strikes_a_written_name_is_named(rules: str, marks: str, written: list[str], breach: str | None):
    """So that whoever writes it in is told before the count passes over it; what stands is not named."""
    judge, ballot = judge_of(f"[write_in]\n{rules}", delegates=("吴静",)), paper(marks, *written)
    struck = list(judge.struck(ballot))
    assert struck == ([] if breach is None else [(written[-1].lstrip("○?"), breach)])
    said = [found.problem for found in ballot_findings(judge, "委员", ballot)]
    assert said == [f"委员：另选的{name}不计（{BREACHES[key][1]}）" for name, key in struck]


@pytest.mark.parametrize(
    ("written", "reason"), [("○周敏", ""), ("周敏", "write_in"), ("○丁玉兰", "write_in"), ("?周敏", "")]
)
def test_a_breach_strikes_the_whole_paper_where_the_method_says_so(written: str, reason: str):
    """`breach = "paper"`; an unreadable name breaks no rule, it counts for nothing."""
    assert judge_of('[write_in]\nbreach = "paper"').judge(paper("○×", written)).invalid == reason


def test_an_unreadable_written_name_follows_the_rule_on_unclear_signs():
    """An unreadable or wrong sign strikes the paper where one unclear sign does."""
    assert judge_of('[ballot]\nunclear = "whole_paper"').judge(paper("○×", "?周敏")).invalid == "illegible"


def test_only_delegates_may_be_written_in_where_the_method_says_so():
    """`pool = "delegates"`: without a list nobody can say who is one."""
    rules = '[write_in]\npool = "delegates"'
    judge = judge_of(rules, delegates=("周敏",))
    assert judge.judge(paper("○×", "○周敏")).write_ins == ("周敏",)
    assert judge.judge(paper("○×", "○外人")).write_ins == ()
    without = judge_of(rules)
    assert without.judge(paper("○○")).invalid == ""
    with pytest.raises(Misused, match="--delegates"):
        without.judge(paper("○×", "○周敏"))


def test_an_unclear_sign_abstains_or_is_none_of_the_three():
    """`that_part` and `abstain` are different sums."""
    assert judge_of().judge(paper("○?")).marks == "+?"
    assert judge_of('[ballot]\nunclear = "abstain"').judge(paper("○?")).marks == "+0"


def test_a_mark_that_the_method_does_not_have_is_unclear():
    """A 反对 on a select-only paper says nothing the method can read."""
    assert judge_of(f"[ballot]\n{SELECT}").judge(paper("○×")).marks == "+?"
    assert judge_of().judge(paper("○无")).marks == "+?"


@pytest.mark.parametrize(
    ("rules", "names", "marks", "reason"),
    [
        (BLANK_APPROVES, 2, "○○", ""),
        (BLANK_APPROVES, 3, "○○○", "too_many"),
        (BLANK_APPROVES + '\nblank = "invalid"', 2, "○○", "blank"),
        (BLANK_APPROVES + '\nblank = "invalid"', 2, "○空", ""),
        (BLANK_APPROVES + '\nchoose = "exactly"', 2, "○○", ""),
        (SELECT + '\nblank = "invalid"', 2, "无无", "blank"),
        (SELECT + '\nblank = "invalid"', 2, "无○", ""),
        (DRAWN + '\nblank = "invalid"', 2, "空空", ""),
        (DRAWN + '\nblank = "invalid"', 2, "??", ""),
    ],
)
def test_a_blank_paper_is_read_by_the_marks(rules: str, names: int, marks: str, reason: str):
    """Where approving is leaving blank it approves every name; where every mark is drawn, nothing is blank."""
    assert judge_of(f"[ballot]\n{rules}", names=names).judge(paper(marks)).invalid == reason


def test_the_first_reason_that_applies_is_reported():
    """stray, illegible, write_in, blank, too_many, too_few, whatever else is wrong with the paper."""
    rules = '[ballot]\nunclear = "whole_paper"\nblank = "invalid"\nchoose = "exactly"\n[write_in]\nbreach = "paper"'
    judge = judge_of(rules, names=3)
    papers = [
        paper("○○?", "周敏", stray=True),
        paper("○○?", "周敏"),
        paper("○○○", "周敏"),
        paper("空空空"),
        paper("○○○"),
        paper("○空空"),
    ]
    assert tuple(judge.judge(one).invalid for one in papers) == REASONS
    assert set(REASONS_IN_CHINESE) == set(REASONS)


def test_a_paper_of_another_list_is_our_own_mistake():
    """Marks and names must be of one list; nothing an officer types can cause it."""
    with pytest.raises(ValueError, match="3 marks for 2 names"):
        judge_of().judge(paper("○○○"))
