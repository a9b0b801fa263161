"""What keeps a draft from being submitted."""

import pytest

from federation.rules.drafts import submission_findings
from tests.halls import METHOD, PROSE

PRIMARY = 'primary = { surplus = { count = 2 }, elected = "plurality" }'


def findings(kind: str = "method", text: str = PROSE, data: str = METHOD) -> list[str]:
    found = submission_findings(
        kind, text, data, term_no=1, session_no=1, seats=(("执行委员会委员", 3),), where="method"
    )
    return [finding.problem for finding in found]


def method(lines: str) -> str:
    """The example method with some lines in front."""
    return f"{lines}\n{METHOD}"


def test_a_sound_method_has_nothing_against_it():
    """Prose with the clauses that its data name."""
    assert findings() == []


def test_a_method_without_data_is_not_submitted():
    """Prose alone cannot be applied."""
    assert findings(data="") == ["文稿 method 只有条文，没有数据文件"]


def test_a_charter_needs_no_data():
    """It is text and nothing else."""
    assert findings(kind="charter", data="") == []


def test_a_provision_names_a_clause_that_the_prose_has():
    """Findings and papers cite it: the fifth clause must be there."""
    assert findings(text="第一条 示例。\n第二条 示例。") == [
        "数据文件说 quorum 出自第五条，条文里没有这一条",
        "数据文件说 adoption 出自第六条，条文里没有这一条",
    ]


def test_what_is_left_of_another_term_is_said_beside_faults_of_the_data():
    """A re-used template carries stale 届 and 名额; all of it is said at once."""
    text = PROSE.replace("第二条 示例。", "第二条 第二届执行委员会委员5名。")
    assert findings(text=text, data="") == [
        "第二条写的是“第二届”，本次应为“第一届”",
        "第二条写的是“执行委员会委员5名”，本次应为“执行委员会委员3名”",
        "文稿 method 只有条文，没有数据文件",
    ]


@pytest.mark.parametrize("rule", ['check = "paper"', 'publish = "papers"', 'publish = "papers"\ncheck = "paper"'])
def test_what_a_method_says_of_the_record_is_applied_and_so_not_refused(rule: str):
    """A voter shown her paper, every paper published: a meeting may choose both."""
    assert findings(data=f"{METHOD}\n[record]\n{rule}\n") == []


@pytest.mark.parametrize(
    ("bar", "said"),
    [
        ("> 1/2 of due", []),
        ("> 1/2 of present", []),
        ("> 1/2 of valid", ["举手表决不能以有效票数为基数（elected = > 1/2 of valid）"]),
    ],
)
def test_a_show_of_hands_takes_its_bar_of_people(bar: str, said: list[str]):
    """There are no papers to take it of."""
    assert findings(data=method('form = "hands"').replace('elected = "> 1/2 of due"', f'elected = "{bar}"')) == said


def test_the_bars_of_later_ballots_are_asked_too_where_there_may_be_one():
    """A supplementary bar that no shortage leads to is no fault."""
    hands = method('form = "hands"') + '\n[shortage]\nelected = ">= 1/3 of voted"\n'
    assert findings(data=hands) == []
    assert findings(data=hands + 'then = "supplementary"\n') == [
        "举手表决不能以投票人数为基数（shortage.elected = >= 1/3 of voted）"
    ]
    tie = method('form = "hands"') + '\n[tie]\nelected = "> 1/2 of issued"\n'
    assert findings(data=tie) == ["举手表决不能以发出选票数为基数（tie.elected = > 1/2 of issued）"]


def test_a_primary_before_the_formal_ballot_is_applied_and_so_not_refused():
    """差额预选 is a round of its own, with its own list, papers and ledger."""
    written = METHOD.replace("seats = 3", f"seats = 3\n{PRIMARY}")
    assert written != METHOD
    assert findings(data=written) == []


def test_published_papers_show_every_stub_its_paper_and_the_method_must_say_so():
    """The full record opens every seal: what `check = "presence"` promises would not hold."""
    phones = METHOD + '\n[ballot]\nchannels = ["phone"]\n[record]\npublish = "papers"\n'
    [problem] = findings(data=phones)
    assert "持存根者即可查出票面" in problem
    assert findings(data=phones + 'check = "paper"\n') == []
