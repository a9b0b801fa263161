"""Two entries of one pile: where they differ, what they agree on, and one result of two channels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from federation.facts.counting import Mark, NameVotes, Paper, Votes, WriteIn
from federation.rules.entries import (
    Difference,
    agreed,
    differences,
    in_words,
    merged,
    pile_findings,
    tidied,
    totals_differences,
    unsettled,
)
from tests.counts import NAMES, judge_of, method_of, paper, tally_of, totals

names = st.sampled_from(["周敏", "无", "王芳", ""])
write_ins = st.one_of(st.builds(WriteIn, names, signed=st.booleans()), st.builds(WriteIn, names, unclear=st.just(True)))
papers = st.builds(
    Paper,
    st.text(st.sampled_from([str(mark) for mark in Mark]), min_size=4, max_size=4),
    st.lists(write_ins, max_size=2).map(tuple),
    st.booleans(),
    st.booleans(),
)
piles = st.lists(papers, max_size=6)


@given(piles, piles)
def test_there_are_no_differences_exactly_where_the_entries_are_equal(first: list[Paper], second: list[Paper]):
    """Nothing that stands on a paper escapes the comparison, and nothing else is one."""
    assert (differences(NAMES, first, second) == []) == (first == second)
    assert differences(NAMES, first, list(first)) == []


@given(piles, piles)
def test_it_does_not_matter_who_is_called_the_first(first: list[Paper], second: list[Paper]):
    """The same places, the same fields, the words exchanged."""
    there, back = differences(NAMES, first, second), differences(NAMES, second, first)
    assert back == [Difference(one.paper, one.field, one.second, one.first) for one in there]


@given(piles, st.data())
def test_a_difference_names_the_papers_that_differ_and_no_others(first: list[Paper], data: st.DataObject):
    """By their places in the pile, from 1, in its order."""
    second = [data.draw(st.one_of(st.just(one), papers)) for one in first]
    places = [one.paper for one in differences(NAMES, first, second)]
    assert places == sorted(places)
    assert set(places) == {at for at, pair in enumerate(zip(first, second, strict=True), 1) if pair[0] != pair[1]}


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        (paper("○×空?"), paper("○○空?"), [("王秀英", "反对", "赞成")]),
        (paper("○×空?"), paper("×××?"), [("丁玉兰", "赞成", "反对"), ("李桂芳", "弃权", "反对")]),
        (paper("○○○×", "○周敏"), paper("○○○×"), [("另选1", "周敏（有赞成符号）", "无")]),
        (paper("○○○×", "○周敏"), paper("○○○×", "周敏"), [("另选1", "周敏（有赞成符号）", "周敏（无赞成符号）")]),
        (paper("○○○×", "?周敏"), paper("○○○×", "周敏"), [("另选1", "周敏（不清）", "周敏（无赞成符号）")]),
        (paper("○○○×", stray=True), paper("○○○×"), [("多余记号", "有", "无")]),
        (paper("○○○×", illegible=True), paper("○○○×"), [("无法辨认", "是", "否")]),
    ],
)
def test_a_difference_is_one_field_in_words(first: Paper, second: Paper, found: list[tuple[str, str, str]]):
    """差异逐项列出, as the tellers will read it."""
    assert differences(NAMES, [paper("○○○○"), first], [paper("○○○○"), second]) == [
        Difference(2, *fields) for fields in found
    ]


def test_a_paper_that_only_one_of_them_has_is_one_difference():
    """A pile counted otherwise is not compared name by name."""
    assert differences(NAMES, [paper("○○○○")] * 3, [paper("○○○○")]) == [
        Difference(2, "整张", "有", "无"),
        Difference(3, "整张", "有", "无"),
    ]


def test_a_sign_beside_a_written_name_is_compared_only_where_the_method_asks_for_one():
    """Where the name alone counts, one teller may leave out what the other put down."""
    first, second = [paper("○○○×", "○周敏")], [paper("○○○×", "周敏")]
    assert differences(NAMES, first, second, signs=False) == []
    assert differences(NAMES, first, [paper("○○○×", "?周敏")], signs=False) != []


@pytest.mark.parametrize(
    ("read", "said"),
    [
        (Paper("++++"), "全部赞成"),
        (Paper("+-++"), f"反对 {NAMES[1]}，其余赞成"),
        (Paper("0-+0"), f"反对 {NAMES[1]}，赞成 {NAMES[2]}，其余弃权"),
        (Paper("---+", (WriteIn("周敏", signed=True),)), f"赞成 {NAMES[3]}，其余反对，另选 周敏（有赞成符号）"),
        (Paper("++++", stray=True), "全部赞成，票面有多余记号"),
        (Paper("....", illegible=True), "整张无法辨认"),
    ],
)
def test_a_paper_in_words_says_what_is_not_its_commonest_mark(read: Paper, said: str):
    """Short enough to be looked at after every paper."""
    assert in_words(NAMES, read, True) == said


@given(papers, papers)
def test_two_papers_that_differ_are_told_in_other_words(first: Paper, second: Paper):
    """Or a key that went wrong would not be seen; of an illegible one nothing else counts."""
    one, other = (tidied(each, method_of().ballot) for each in (first, second))
    same = not differences(NAMES, [one], [other])
    assert (in_words(NAMES, one, True) == in_words(NAMES, other, True)) == same or (one.illegible and other.illegible)


def test_what_is_void_by_its_face_has_no_marks_to_differ_in():
    """Unless the method says that a stray mark voids nothing."""
    voids, harmless = method_of(), method_of(tables="[ballot]\nstray_mark_voids = false")
    assert tidied(paper("○×○×", "○周敏", stray=True), voids.ballot) == paper("空空空空", stray=True)
    assert tidied(paper("○×○×", illegible=True), harmless.ballot) == paper("空空空空", illegible=True)
    assert tidied(paper("○×○×"), voids.ballot) == paper("○×○×")
    assert tidied(paper("○×○×", stray=True), harmless.ballot) == paper("○×○×", stray=True)


@given(piles)
def test_tidying_changes_no_result(box: list[Paper]):
    """What is taken off a paper is what the judge would not have looked at."""
    judge = judge_of('[write_in]\nallowed = "free"', names=4)
    kept = [tidied(one, judge.ballot) for one in box]
    assert tally_of(judge, kept).votes() == tally_of(judge, box).votes()


def test_a_settled_paper_is_no_difference_and_goes_before_both_entries():
    """存疑由监票人裁定."""
    first, second = [paper("○○○○"), paper("○○○×")], [paper("○○○○"), paper("○○○空")]
    found, settled = differences(NAMES, first, second), {2: paper("○○○?")}
    assert unsettled(found, {}) == found
    assert unsettled(found, settled) == []
    assert agreed(first, settled) == (paper("○○○○"), paper("○○○?"))
    assert agreed(first, {}) == tuple(first)


def test_tally_sheets_differ_figure_by_figure():
    """In no order of rows; a name on one sheet alone differs too."""
    first = totals((3, 1, 0), (2, 2, 0), written={"周敏": 1})
    second = totals((3, 1, 0), (1, 3, 0))
    assert totals_differences(first, Votes(tuple(reversed(first.names)))) == []
    assert totals_differences(first, second) == [
        Difference(0, "王秀英 赞成", "2", "1"),
        Difference(0, "王秀英 反对", "2", "3"),
        Difference(0, "周敏（另选） 赞成", "1", "无"),
    ]
    assert totals_differences(Votes((), 8, 1), Votes((), 7, 2)) == [
        Difference(0, "有效票", "8", "7"),
        Difference(0, "无效票", "1", "2"),
    ]


@given(piles, piles)
def test_a_sheet_merged_with_ballots_is_the_count_of_them_together(phones: list[Paper], box: list[Paper]):
    """两个渠道一个结果: counting the papers by hand first changes nothing."""
    judge = judge_of('[write_in]\nallowed = "free"\nneeds_sign = false', names=4)
    by_hand = tally_of(judge, box).votes()
    together = tally_of(judge, [*phones, *box]).votes()
    assert merged(tally_of(judge, phones).votes(), by_hand) == together


def test_a_mark_the_method_does_not_have_stays_without_a_count():
    """None is not nought."""
    one = Votes((NameVotes("丁玉兰", False, 2, None, None),), 2, 0)
    assert merged(one, one).names == (NameVotes("丁玉兰", False, 4, None, None),)


@pytest.mark.parametrize(("papers", "others", "fits"), [(1, 0, True), (0, 0, False), (4, 5, True), (5, 5, False)])
def test_piles_hold_what_the_box_holds(papers: int, others: int, fits: bool):
    """Nine papers were found in it."""
    assert (list(pile_findings(papers=papers, others=others, box=9)) == []) == fits
