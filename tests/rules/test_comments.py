"""The comment period: promised days, named clauses, answers with reasons."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from federation.facts.comments import Disposition, WrittenComment
from federation.facts.papers import CommentRow, PaperHead
from federation.rules.clauses import parse_document
from federation.rules.comments import (
    Commented,
    acceptance_findings,
    answer_findings,
    clause_named,
    closing_findings,
    comment_read,
    disposition_named,
    draft_named,
    order_findings,
    window_findings,
)

FIRST, LAST = date(2020, 11, 2), date(2020, 11, 12)
CHARTER = parse_document("示例章程\n第一条 名称。\n第二条 宗旨。\n第十条 附则。")
BARE = parse_document("第一条 名称。")
DRAFTS = {
    "charter": Commented("charter", "示例章程", CHARTER),
    "method:plenary": Commented("method:plenary", "示例全会选举办法", BARE),
}


def problems(findings: object) -> list[str]:
    return [finding.problem for finding in findings]  # type: ignore[attr-defined]


@pytest.mark.parametrize(("ends_on", "short"), [(date(2020, 11, 11), True), (date(2020, 11, 12), False)])
def test_eleven_days_count_the_first_and_the_last(ends_on: date, short: bool):
    """2 to 12 November are eleven days, 2 to 11 November are ten."""
    assert bool(list(window_findings(FIRST, ends_on, 11))) is short


@pytest.mark.parametrize(("ends_on", "wrong"), [(date(2020, 11, 1), True), (FIRST, False)])
def test_a_period_does_not_end_before_it_begins(ends_on: date, wrong: bool):
    """One day is a period, if a short one: how long it must be is the process's to say."""
    assert bool(list(order_findings(FIRST, ends_on))) is wrong


@pytest.mark.parametrize(("day", "taken"), [(1, False), (2, True), (12, True), (13, False)])
def test_comments_are_taken_from_the_first_to_the_last_promised_day(day: int, taken: bool):
    """Both ends belong to the delegates."""
    assert bool(list(acceptance_findings(FIRST, LAST, date(2020, 11, day)))) is not taken


@pytest.mark.parametrize(("day", "unanswered", "count"), [(12, 0, 1), (13, 0, 0), (12, 1, 2), (13, 1, 1)])
def test_the_period_closes_after_its_last_day_with_everything_answered(day: int, unanswered: int, count: int):
    """The last promised day is still the delegates'; both obstacles are said at once."""
    assert len(list(closing_findings(LAST, date(2020, 11, day), unanswered))) == count


@given(st.integers(min_value=-20, max_value=20))
def test_no_day_both_takes_comments_and_lets_the_period_close(offset: int):
    """Closing can never cut off a comment."""
    day = LAST + timedelta(days=offset)
    assert list(acceptance_findings(FIRST, LAST, day)) or list(closing_findings(LAST, day, 0))


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("第二条", "第二条"),
        (" 第2条 ", "第二条"),
        ("2", "第二条"),
        ("１０", "第十条"),
        ("第二条第一款", "第二条第一款"),
        ("第2条 第二款第（一）项", "第二条第二款第（一）项"),
        ("序言", "序言"),
        ("第三条", ""),
        ("第一章", ""),
        ("〇", ""),
        ("", ""),
        ("第二条和第十条", ""),
    ],
)
def test_a_clause_is_named_as_the_document_names_it(written: str, named: str):
    """A clause that is not there, a chapter, or two at once are no clause."""
    assert clause_named(written, CHARTER) == named


def test_a_text_that_begins_with_its_first_clause_has_no_preamble_to_comment_on():
    """The other side of 序言."""
    assert clause_named("序言", BARE) == ""


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("charter", "charter"),
        ("章程", "charter"),
        ("《示例章程》（征求意见稿）", "charter"),
        ("示例全会选举办法", "method:plenary"),
        ("选举办法", ""),  # the congress's, which is not out for comment here
        ("规章", ""),
        ("", ""),
    ],
)
def test_a_draft_is_named_by_id_by_title_or_by_what_it_is(written: str, named: str):
    """A title keeps its stage label on paper, not in the system."""
    assert draft_named(written, DRAFTS) == named


@pytest.mark.parametrize(
    ("written", "key"),
    [("采纳", "adopted"), ("部分采纳", "partly"), (" 不予采纳", "rejected"), ("rejected", "rejected"), ("同意", "")],
)
def test_what_committees_write_is_one_of_three_dispositions(written: str, key: str):
    """采纳 / 部分采纳 / 未采纳, and nothing else."""
    assert disposition_named(written) == key


@pytest.mark.parametrize(
    ("disposition", "reason", "count"),
    [
        ("采纳", "改在第三条", 0),
        ("采纳", "", 1),
        ("采纳", "  ", 1),
        ("采纳", "同意。", 1),
        ("未采纳", "不采纳", 1),
        ("", "改在第三条", 1),
        ("再议", "", 2),
    ],
)
def test_an_answer_has_a_disposition_and_a_reason_that_says_something(disposition: str, reason: str, count: int):
    """同意 without a reason is what goes wrong in practice (domain.md section 7)."""
    assert len(list(answer_findings(disposition, reason))) == count


def test_everything_wrong_with_a_row_is_said_with_its_place():
    """A file goes back to its writer once, not five times."""
    _, found = comment_read(WrittenComment(" ", "规章", "第九条", "", "再议", "", "第 7 行"), DRAFTS)
    assert problems(found) == [
        "第 7 行：没有写反馈人或单位",
        "第 7 行：没有文稿“规章”",
        "第 7 行：没有写意见内容",
        "第 7 行：“再议”不是处理结果",
        "第 7 行：没有写理由",
    ]


def test_a_comment_on_a_clause_that_is_not_there_is_refused_with_the_way_to_look():
    """Each comment is tied to a clause of the text that is out."""
    _, found = comment_read(WrittenComment("某单位", "章程", "第九条", "改"), DRAFTS)
    assert [str(finding) for finding in found] == [
        "《示例章程》没有条款“第九条”。请先：federation draft clauses charter"
    ]


@pytest.mark.parametrize(("length", "count"), [(120, 0), (121, 1)])
def test_a_source_is_a_name_and_not_a_text(length: int, count: int):
    """120 characters are what the table holds."""
    assert len(comment_read(WrittenComment("单" * length, "章程", "1", "改"), DRAFTS)[1]) == count


def test_the_table_counts_each_disposition():
    """采纳 + 部分采纳 + 未采纳 = 总数, once all are answered."""
    dispositions = ("采纳", "采纳", "部分采纳", "未采纳")
    rows = tuple(
        CommentRow(n, "某单位", "示例章程", "第一条", "改", word, "理由") for n, word in enumerate(dispositions, 1)
    )
    table = Disposition(FIRST, LAST, rows).table(PaperHead("示例区妇女联合会", "", "筹备组", LAST))
    assert (table.total, table.adopted, table.partly, table.rejected) == (4, 2, 1, 1)
