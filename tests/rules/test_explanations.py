"""The result in sentences: each number, its base and its clause, as a chair reads them out."""

import pytest

from federation.facts.counting import Ledger, Round, Votes
from federation.rules.explanations import (
    conclusion_sentence,
    explain,
    ledger_sentence,
    name_sentence,
    quorum_sentence,
    round_in_chinese,
    threshold_sentence,
    unclear_signs,
)
from tests.counts import full_ledger, method_of, outcome, totals

CLAUSES = "\n".join(
    f'[[provision]]\nkey = "{key}"\nclause = "{clause}"'
    for key, clause in {"quorum": "第五条", "elected": "第十条", "tie": "第十一条", "shortage": "第十二条"}.items()
)


def test_a_seat_is_explained_with_votes_base_need_and_clause():
    """One sentence a name, nothing computed anew."""
    method = method_of(tables=CLAUSES)
    ledger = full_ledger(148, due=152)
    result = outcome(method, totals((83, 60, 5), (76, 70, 2)), ledger)
    assert name_sentence(result, result.results[0], method) == (
        "丁玉兰：赞成 83 票，反对 60 票，弃权 5 票，超过应到会 152 人的半数（需 77 票），当选——选举办法第十条"
    )
    assert name_sentence(result, result.results[1], method) == (
        "王秀英：赞成 76 票，反对 70 票，弃权 2 票，未超过应到会 152 人的半数（需 77 票），未当选——选举办法第十条"
    )
    assert threshold_sentence(result, method) == "赞成票超过应到会 152 人的半数（需 77 票）的当选——选举办法第十条"
    assert quorum_sentence(result, method) == (
        "应到会 152 人，实到 148 人；不少于三分之二需 102 人，达到法定人数——选举办法第五条"
    )


def test_unclear_signs_are_told_so_that_the_figures_of_a_name_make_up_the_valid_papers():
    """17 + 0 + 1 of 19 valid papers: on one the sign was unclear, and it counts for none of the three."""
    method = method_of()
    result = outcome(method, totals((17, 0, 1), (10, 9, 0)), full_ledger(19))
    assert name_sentence(result, result.results[0], method).startswith(
        "丁玉兰：赞成 17 票，反对 0 票，弃权 1 票，不清 1 票，超过"
    )
    assert "不清" not in name_sentence(result, result.results[1], method)
    chosen = method_of(tables='[ballot]\nmarks = { approve = "○" }')
    assert unclear_signs(result, result.results[0], chosen) == 0


def test_a_bar_that_includes_the_number_is_said_so():
    """不少于 and 未达到, never 超过."""
    method = method_of(top='elected = ">= 2/3 of valid"')
    result = outcome(method, totals((20, 5, 5), (19, 5, 6)))
    sentences = [name_sentence(result, row, method) for row in result.results]
    assert "不少于有效票 30 张的三分之二（需 20 票），当选" in sentences[0]
    assert "未达到有效票 30 张的三分之二（需 20 票），未当选" in sentences[1]


def test_a_tie_settled_by_fewest_against_says_why():
    """The bar alone would not explain it."""
    method = method_of(tables=f'[tie]\nladder = ["fewest_against"]\n{CLAUSES}')
    result = outcome(method, totals((24, 2, 4), (17, 6, 7), (17, 9, 4)))
    sentence = name_sentence(result, result.results[2], method)
    assert sentence.endswith("与当选者得票相同而反对票较多，得票达到要求但名额已满——选举办法第十一条")


def test_an_open_tie_is_concluded_with_those_tied():
    """Who, how many seats, what follows, under which clause."""
    method = method_of(tables=CLAUSES)
    result = outcome(method, totals((24, 2, 4), (17, 6, 7), (17, 9, 4)))
    assert conclusion_sentence(result, method) == (
        "应选 2 名，当选 1 名：丁玉兰；王秀英、李桂芳得票相同，尚余 1 个名额；就得票相同者再次投票——选举办法第十一条"
    )


@pytest.mark.parametrize(
    ("then", "words"),
    [
        ("vacant", "缺 1 名；按办法保留空缺，可以宣布选举结果——选举办法第十二条"),
        ("supplementary", "缺 1 名；对缺额另行选举——选举办法第十二条"),
        ("presidium", "缺 1 名；由主席团决定——选举办法第十二条"),
        ("next_session", "缺 1 名；缺额留待下次会议选举——选举办法第十二条"),
    ],
)
def test_a_shortage_is_concluded_with_what_follows(then: str, words: str):
    """另行选举 is not 重新选举."""
    method = method_of(tables=f'[shortage]\nthen = "{then}"\n{CLAUSES}')
    result = outcome(method, totals((24, 2, 4), (10, 6, 14)))
    assert conclusion_sentence(result, method).endswith(words)


def test_where_nothing_was_counted_no_name_is_explained():
    """Postponed and void rounds have a quorum, a ledger and a conclusion."""
    method = method_of(tables=CLAUSES)
    postponed = list(explain(outcome(method, Votes(), Ledger(due=30, present=10)), method))
    assert postponed[-1] == "未达到法定人数，会议改期，本次不计票——选举办法第五条"
    void = list(explain(outcome(method, Votes(), Ledger(due=30, present=30, issued=30, returned=31)), method))
    assert "重新选举" in void[-1]
    assert not any("赞成" in sentence for sentence in postponed + void)


def test_the_ledger_says_why_papers_are_invalid():
    """Each reason in the words of the report."""
    ledger = full_ledger(30, valid=27, invalid=3, invalid_because={"stray": 1, "too_many": 2})
    result = outcome(method_of(), totals((20, 5, 2)), ledger)
    assert ledger_sentence(result) == (
        "发出选票 30 张，收回选票 30 张，有效 27 张，无效 3 张（有多余记号 1 张、所选人数多于规定名额 2 张）"
    )


def test_a_primary_seats_nobody():
    """入围, not 当选."""
    method = method_of(contest='primary = { surplus = { count = 1 }, elected = "> 1/2 of valid" }')
    result = outcome(method, totals((24, 2, 4), (10, 6, 14)), round="primary")
    assert not any("当选" in sentence for sentence in explain(result, method))
    assert name_sentence(result, result.results[0], method).endswith("入围")


def test_plurality_is_explained_without_a_number_needed():
    """There is no bar to have passed."""
    method = method_of(top='elected = "plurality"')
    result = outcome(method, totals((3, 2, 25)), full_ledger(30))
    assert name_sentence(result, result.results[0], method) == "丁玉兰：赞成 3 票，反对 2 票，弃权 25 票，当选"
    assert threshold_sentence(result, method) == "不设票数线，得票多的当选"


def test_written_names_are_marked():
    """另选 stands beside the name."""
    method = method_of()
    result = outcome(method, totals((20, 5, 5), written={"周敏": 16}))
    assert name_sentence(result, result.results[1], method).startswith("周敏（另选）：赞成 16 票，超过")


@pytest.mark.parametrize(
    ("round", "words"),
    [
        (Round(), ""), (Round("rerun"), "重新选举"), (Round("runoff"), "再次投票"), (Round("primary"), "差额预选"),
        (Round("supplementary", 1), "另行选举"), (Round("supplementary", 2), "第二次另行选举"),
    ],
)  # fmt: skip
def test_the_three_further_ballots_have_three_names(round: Round, words: str):
    """重新选举, 另行选举 and 再次投票 are three different things."""
    assert round_in_chinese(round) == words
