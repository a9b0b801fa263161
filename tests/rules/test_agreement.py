"""Prose and data are one document: a clause that says another number than its key is named, and nothing else is."""

import pytest

from federation.rules.agreement import agreement_findings
from federation.rules.methods import departure_findings, load_method

METHOD = """
title = "示例大会选举办法"
quorum = "{quorum}"
adoption = "> 1/2 of present"
elected = "{elected}"

[[contest]]
id = "members"
office = "执行委员会委员"
seats = 15
surplus = {surplus}
"""


def found(clause: str, *keys: str, **values: str) -> list[str]:
    """What is said of a clause that stands for these keys."""
    given = {"quorum": ">= 2/3 of due", "elected": "> 1/2 of due", "surplus": '{ ratio = "1/10" }'} | values
    provisions = "".join(f'\n[[provision]]\nkey = "{key}"\nclause = "第二条"\n' for key in keys)
    method = load_method(METHOD.format(**given) + provisions)
    text = f"第一条 须有应到代表的九分之八以上，应选名额99名，差额9名。\n第二条 {clause}\n"
    return [finding.problem for finding in agreement_findings(method, text, "method")]


@pytest.mark.parametrize(
    "clause",
    [
        "到会代表须达到应到代表的三分之二以上，始得开会。",
        "实到人数不少于应到会人数的三分之二。",
        "须有三分之二以上的代表出席。",
        "到会代表达到三分之二以上，始得开会。",  # of whom, it does not say
        "须有应到代表的三分之二到会。",  # it does not say whether two thirds are enough
        "示例。",
        "须有应到代表的三分之二以上到会；不足五分之四的，主席团说明情况。",  # two numbers: whose is which is not known
        "到会不得超过应到代表的五分之四。",  # an upper limit is no quorum
    ],
)
def test_a_quorum_said_as_the_data_say_it_or_left_open_is_no_contradiction(clause: str):
    """>= 2/3 of due."""
    assert found(clause, "quorum") == []


@pytest.mark.parametrize(
    ("clause", "quoted"),
    [
        ("到会代表须达到应到代表的五分之四以上，始得开会。", "到会代表须达到应到代表的五分之四以上"),  # the ratio
        ("到会代表须超过应到代表的三分之二，始得开会。", "到会代表须超过应到代表的三分之二"),  # the sign
        ("须有发出选票的三分之二以上。", "须有发出选票的三分之二以上"),  # the base
        ("到会代表过半数，始得开会。", "到会代表过半数"),
    ],
)
def test_a_quorum_of_another_ratio_sign_or_base_is_named_with_both_values(clause: str, quoted: str):
    """以上 includes the number, 超过 does not (domain.md section 3)."""
    assert found(clause, "quorum") == [
        f"第二条写的是“{quoted}”，数据文件的 quorum 是 >= 2/3 of due，即不少于应到会人数的三分之二"
    ]


@pytest.mark.parametrize(
    ("clause", "elected", "agree"),
    [
        ("获得的赞成票超过应到会人数半数的，始得当选。", "> 1/2 of due", True),
        ("获得的赞成票超过应到会人数半数的，始得当选。", ">= 1/2 of due", False),
        ("获得的赞成票达到应到会人数的二分之一以上的当选。", ">= 1/2 of due", True),
        ("获得的赞成票为应到会人数半数以上的当选。", "> 1/2 of due", False),
        ("赞成票超过收回选票的50%的当选。", "> 1/2 of returned", True),
        ("赞成票超过发出选票的半数的当选。", "> 1/2 of returned", False),
        ("获得过半数的实到代表赞成的当选。", "> 1/2 of present", True),
        ("获得过半数的实到代表赞成的当选。", "> 1/2 of due", False),
        ("收回的选票中赞成票超过半数的当选。", "> 1/2 of due", True),  # of which, it does not say
        ("赞成票超过收回的有效票的半数的当选。", "> 1/2 of valid", True),
        ("赞成票超过参加投票人数的半数的当选。", "> 1/2 of voted", True),
        ("赞成票超过半数的当选。", "plurality", False),
    ],
)
def test_the_bar_of_being_elected_is_compared_by_ratio_sign_and_base(clause: str, elected: str, agree: bool):
    """All five bases exist in some text; the software never guesses."""
    assert (found(clause, "elected", elected=elected) == []) is agree


def test_a_clause_that_stands_for_two_different_bars_is_left_alone():
    """One number cannot be both; which it is, nobody can tell."""
    clause = "赞成人数超过到会代表半数的为通过。"
    assert found(clause, "adoption", "quorum") == []
    assert len(found("赞成人数超过应到代表半数的为通过。", "adoption")) == 1


def test_a_clause_named_for_a_table_is_not_compared():
    """`tie` may speak of anything; `tie.elected` is the runoff's bar."""
    clause = "再次投票以赞成票超过应到会人数三分之一的当选。"
    assert found(clause, "tie") == []
    assert len(found(clause, "tie.elected")) == 1


@pytest.mark.parametrize(
    ("clause", "said"),
    [
        ("应选名额15名。", None),
        ("大会选举产生十五名。", None),
        ("应选名额13名。", "应选名额13名"),
        ("大会选举产生十三名。", "选举产生十三名"),
        ("应选名额13名，其中专职应选3名。", None),  # two numbers
        ("候选人13名。", None),  # not a number of seats
    ],
)
def test_seats_stated_without_an_office_are_compared(clause: str, said: str | None):
    """With its office the number is found anywhere, as what is left of another term."""
    expected = [f"第二条写的是“{said}”，数据文件的 contest.members.seats 是 应选 15 名"] if said else []
    assert found(clause, "contest.members.seats") == expected


@pytest.mark.parametrize(
    ("clause", "surplus", "agree"),
    [
        ("差额数为应选名额的十分之一。", '{ ratio = "1/10" }', True),
        ("差额比例为百分之十。", '{ ratio = "1/10" }', True),
        ("差额比例为百分之二十。", '{ ratio = "1/10" }', False),
        ("差额比例不低于百分之十。", '{ ratio = "1/5" }', True),
        ("差额比例不低于20%。", '{ ratio = "1/10" }', False),
        ("差额2名。", '{ ratio = "1/10", rounding = "up" }', True),  # a tenth of fifteen, rounded up
        ("差额2名。", '{ ratio = "1/10", rounding = "down" }', False),
        ("候选人比应选名额多1名。", "{ count = 1 }", True),
        ("候选人比应选名额多1名。", "{ count = 2 }", False),
        ("差额数为应选名额的十分之一。", "{ count = 2 }", True),
        ("差额数为应选名额的十分之一。", "{ count = 3 }", False),
        ("差额比例不超过百分之五。", '{ ratio = "1/10" }', True),  # an upper limit is not read
    ],
)
def test_the_surplus_is_compared_as_a_share_or_as_a_number(clause: str, surplus: str, agree: bool):
    """百分之十, 十分之一, 1名; 不低于 leaves room for more."""
    assert (found(clause, "contest.surplus", surplus=surplus) == []) is agree


@pytest.mark.parametrize(
    ("written", "here"),
    [
        ('quorum = ">= 2/3 of due"', None),
        ('quorum = "> 1/2 of due"', "法定人数为超过应到会人数的二分之一"),
        ('elected = "> 1/2 of present"', None),
        ('elected = ">= 1/2 of due"', "当选线：不少于应到会人数的二分之一"),
        ('elected = "> 1/2 of valid"', "当选线：超过有效票数的二分之一"),
        ('elected = "plurality"', "当选线：不设票数线，得票多的当选"),
        ('elected = ">= 2/3 of due"', None),
        ('adoption = ">= 1/2 of due"', None),
        ('adoption = "> 1/3 of due"', "办法本身的通过线：超过应到会人数的三分之一"),
        ('form = "hands"', "选举采用举手表决"),
        ('ballot.choose = "any"', "赞成人数多于应选名额的票有效"),
        ('ballot.choose = "exactly"', None),
        ("ballot.stray_mark_voids = false", "票面有无关记号的票有效"),
        ('write_in.allowed = "no"', "不设另选他人"),
        ('write_in.allowed = "free"', None),
    ],
)
def test_each_line_of_the_common_frame_has_two_sides(written: str, here: str | None):
    """Departing is lawful; it takes a reason."""
    method = load_method(f'title = "办法"\n{written}\n[[contest]]\nid = "c"\noffice = "委员"\nseats = 2\n')
    assert [finding.problem.partition("；")[0] for finding in departure_findings(method)] == ([here] if here else [])


@pytest.mark.parametrize(("bar", "departs"), [("plurality", True), ("> 1/3 of present", False)])
def test_a_primary_without_a_bar_departs(bar: str, departs: bool):
    """差额预选 makes the formal list."""
    primary = f'primary = {{ surplus = {{ count = 2 }}, elected = "{bar}" }}'
    method = load_method(f'title = "办法"\n[[contest]]\nid = "c"\noffice = "委员"\nseats = 2\n{primary}\n')
    assert [found.problem for found in departure_findings(method)] == (
        ["委员的差额预选不设票数线；通例须达到一定的赞成票"] if departs else []
    )
