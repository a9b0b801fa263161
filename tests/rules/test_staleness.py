"""Re-used templates carry a stale 届, 次 or 名额 (domain.md section 7)."""

import pytest

from federation.rules.clauses import stale_findings

SEATS = {"执行委员会委员": 15, "主席": 1, "副主席": 2}


def problems(sentence: str, term_no: int = 1, session_no: int = 1) -> list[str]:
    text = f"某会选举办法\n第一条 {sentence}"
    findings = stale_findings(text, term_no=term_no, session_no=session_no, seats=SEATS, where="选举办法")
    return [finding.problem for finding in findings]


@pytest.mark.parametrize(
    ("sentence", "written", "truth"),
    [
        ("选举第二届执行委员会委员。", "第二届", "第一届"),
        ("选举第2届执行委员会委员。", "第2届", "第一届"),
        ("第一届执行委员会第二次全体会议选举主席。", "第一届执行委员会第二次全体会议", "第一届……第一次"),
        ("提请一届二次执委会通过。", "一届二次", "一届一次"),
        ("提请三届一次全会通过。", "三届一次", "一届一次"),
        ("本办法由第三次妇女代表大会通过。", "第三次妇女代表大会", "第一次妇女代表大会"),
        ("大会选举执行委员会委员13名。", "执行委员会委员13名", "执行委员会委员15名"),
        ("大会选举十三名执行委员会委员。", "选举十三名执行委员会委员", "执行委员会委员15名"),
        ("设主席1名、3名副主席。", "、3名副主席", "副主席2名"),
        ("执行委员会委员名额为11名。", "执行委员会委员名额为11名", "执行委员会委员15名"),
        ("执行委员会由13名委员组成。", "执行委员会由13名委员", "执行委员会委员15名"),
        ("执委13人。", "执委13人", "执行委员会委员15名"),
        ("设主席2名。", "主席2名", "主席1名"),
        ("设主席1名、副主席三名。", "副主席三名", "副主席2名"),
        ("副主席3至5名。", "副主席3至5名", "副主席2名"),
    ],
)
def test_a_stale_figure_is_found_with_both_values(sentence: str, written: str, truth: str) -> None:
    """The officer reads the clause, what it says, and what the case says."""
    assert problems(sentence) == [f"第一条写的是“{written}”，本次应为“{truth}”"]


@pytest.mark.parametrize(
    "sentence",
    [
        "选举第一届执行委员会委员15名，候选人17名，差额2名。",
        "第一届执行委员会第一次全体会议选举主席1名、副主席2名。",
        "本办法经第一次妇女代表大会通过，一届一次执委会照此办理。",
        "每届任期五年，主席连任不超过两届。",
        "新一届执行委员会产生前，由上一届执行委员会召集。",
        "执行委员会全体会议每年至少举行一次，必要时可以举行第二次。",
        "贯彻中国妇女第十三次全国代表大会精神。",
        "学习党的第十九次全国代表大会精神。",
        "第十三届全国人民代表大会通过的民法典。",
        "依据《某会第二届执行委员会委员选举办法》。",
        "执行委员会委员候选人17名，副主席候选人3名。",
        "酝酿产生17名执行委员会委员候选人。",
        "主席团成员9名，执行主席3名，常务委员会委员5名。",
        "大会设总监票人1名、监票人4名。",
        "主席1名、副主席1至3名。",
        "主席、副主席各若干名。",
        "主席出缺的，确定一名副主席主持工作，会议由两名执行委员会委员监督。",
    ],
)
def test_what_speaks_of_no_other_term_than_its_own_raises_no_alarm(sentence: str) -> None:
    """Rules for all terms, other bodies, titles of other documents, candidates and look-alike offices."""
    assert problems(sentence) == []


def test_the_same_words_are_right_in_the_second_term() -> None:
    """换届: 第二届 is the truth then, and 第一届 the stale one."""
    assert problems("选举第二届执行委员会委员。", term_no=2) == []
    assert problems("第二届执行委员会由第二次妇女代表大会选举。", term_no=2) == []
    assert problems("选举第一届执行委员会委员。", term_no=2) == ["第一条写的是“第一届”，本次应为“第二届”"]


def test_the_clause_is_named_with_its_document_and_the_title_is_read_too() -> None:
    """A stale title is the commonest slip of all."""
    text = "某会第二次妇女代表大会选举办法\n第一条 总则\n第二条 主席3名，主席3名。"
    findings = list(stale_findings(text, term_no=1, session_no=1, seats=SEATS, where="选举办法"))
    assert [finding.clause for finding in findings] == ["选举办法序言", "选举办法第二条"]


def test_an_office_that_is_not_elected_here_is_not_compared() -> None:
    """The congress elects members only; what the charter says of others is for the other method."""
    text = "章程\n第一条 副主席5名。"
    assert list(stale_findings(text, term_no=1, session_no=1, seats={"执行委员会委员": 15}, where="章程")) == []
