"""Rows of a roll, namesakes, and the freeze."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from federation.rules.roll import (
    Person,
    age_on,
    birth_date,
    displayed_names,
    folded,
    freeze_findings,
    name_key,
    read_person,
)
from federation.rules.sessions import meeting_title

DAY = date(2020, 11, 2)
ROW = {
    "number": "7",
    "name": "张三",
    "sex": "女",
    "born_on": "1980-01-02",
    "nationality": "汉族",
    "party": "群众",
    "unit": "第三中学",
    "kind": "代表",
    "may_vote": "有",
}


def problems(**change: str) -> list[str]:
    return [finding.problem for finding in read_person(ROW | change, DAY)[1]]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("张　三", "张三"),
        (" 张 三\u200b", "张三"),
        ("\u3000欧阳\u00a0晓岚", "欧阳晓岚"),
        ("阿依古丽·买买提", "阿依古丽·买买提"),
        ("阿依古丽 • 买买提", "阿依古丽•买买提"),
        ("Maria  Li", "Maria Li"),
        ("𠅤䶮", "𠅤䶮"),
    ],
)
def test_spaces_that_align_are_folded_and_middle_dots_stay(written: str, meant: str) -> None:
    """张　三 stands under 王小明 in many a sheet."""
    assert folded(written) == meant


def test_the_middle_dots_of_different_keyboards_are_one_in_comparison() -> None:
    """U+00B7, U+2022 and U+30FB."""
    assert len({name_key(f"阿依古丽{dot}买买提") for dot in "·•・"}) == 1


@pytest.mark.parametrize(
    "written",
    [
        "1980-01-02",
        "1980/1/2",
        "1980.1.2",
        "1980年1月2日",
        "1980年01月02日",
        "19800102",
        "１９８０-１-２",
        " 1980年1月 2日",
    ],
)
def test_a_birth_date_may_be_written_in_every_usual_way(written: str) -> None:
    """All of them are the second of January."""
    assert birth_date(written) == date(1980, 1, 2)


@pytest.mark.parametrize(
    "written", ["", "1980", "1980-01", "198011", "1980-02-30", "29222", "80-1-2", "1980-1/2", "不详"]
)
def test_what_is_no_whole_date_is_refused(written: str) -> None:
    """A serial number of Excel, a month without a day, a day that never was."""
    with pytest.raises(ValueError, match=r"no date|out of range|must be in"):
        birth_date(written)
    assert problems(born_on=written)[0] in ("出生日期看不懂，或没有这一天", "没有写出生日期")


@pytest.mark.parametrize(
    ("born_on", "age"),
    [(date(2002, 11, 1), 18), (date(2002, 11, 2), 18), (date(2002, 11, 3), 17), (date(2020, 11, 2), 0)],
)
def test_a_birthday_counts_from_its_own_day(born_on: date, age: int) -> None:
    """年满十八周岁 on the day itself."""
    assert age_on(born_on, DAY) == age


def test_a_leap_day_child_is_eighteen_on_the_first_of_march() -> None:
    """2022 has no 29 February."""
    assert [age_on(date(2004, 2, 29), date(2022, *day)) for day in ((2, 28), (3, 1))] == [17, 18]


@pytest.mark.parametrize("kind", ["代表", "特邀代表"])
def test_whoever_votes_is_a_woman_of_eighteen(kind: str) -> None:
    """A delegate always, an invited delegate where she votes."""
    assert problems(kind=kind, sex="男") == ["张三为男性，不能作为妇女代表"]
    assert problems(kind=kind, born_on="2002-11-03") == ["张三到 2020年11月2日 未满 18 周岁"]
    assert problems(kind=kind, born_on="2002-11-02") == []


def test_an_observer_may_be_anybody_and_never_votes() -> None:
    """列席 needs neither sex nor birth date."""
    assert problems(kind="列席", sex="男", born_on="", may_vote="无") == []
    assert problems(kind="列席", sex="", born_on="", may_vote="") == []
    assert problems(kind="列席", may_vote="有") == ["张三列席，不能有表决权"]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"number": ""}, "没有序号"),
        ({"number": "0"}, "序号“0”不是正整数"),
        ({"number": "一"}, "序号“一”不是正整数"),
        ({"name": "　"}, "没有姓名"),
        ({"name": "13800000000"}, "“13800000000”不像姓名"),
        ({"sex": "F"}, "性别“F”不认识"),
        ({"kind": ""}, "没有写类别"),
        ({"may_vote": "可能"}, "表决权“可能”不认识"),
        ({"unit": "某" * 121}, "单位长于 120 字"),
        ({"born_on": "1880-01-01"}, "出生日期不合情理"),
    ],
)
def test_a_cell_that_cannot_be_right_is_named(change: dict[str, str], problem: str) -> None:
    """One finding for one cell."""
    assert problems(**change) == [problem]


def test_every_fault_of_a_row_is_reported_at_once() -> None:
    """Not one a round."""
    assert len(problems(number="", name="", sex="", born_on="", kind="", may_vote="")) == 6


def test_namesakes_carry_their_unit_and_nobody_else_does() -> None:
    """The short name of the unit, else the whole."""
    people = [
        Person(1, "王芳", unit="第三中学", unit_short="三中"),
        Person(2, "王芳", unit="人民医院"),
        Person(3, "田富"),
    ]
    assert displayed_names((person, "") for person in people) == ["王芳（三中）", "王芳（人民医院）", "田富"]


@given(st.lists(st.tuples(st.sampled_from(["王芳", "田富"]), st.integers(1, 50)), unique=True, max_size=12))
def test_people_of_different_units_are_always_told_apart(people: list[tuple[str, int]]) -> None:
    """However many share a name."""
    names = displayed_names((Person(n, name, unit=f"单位{unit}"), "") for n, (name, unit) in enumerate(people, 1))
    assert len(set(names)) == len(people)


def test_a_name_once_given_a_bracket_keeps_it() -> None:
    """She may have been nominated under it."""
    assert displayed_names([(Person(1, "王芳", unit="三中"), "王芳（一中）")]) == ["王芳（一中）"]


@pytest.mark.parametrize(
    ("people", "voters", "unreviewed", "failed", "found"),
    [
        (10, 9, 0, 0, []),
        (0, 0, 0, 0, ["名册还是空的"]),
        (1, 0, 0, 0, ["名册上没有一个人有表决权"]),
        (10, 9, 1, 0, ["还有 1 人未作资格审查"]),
        (10, 9, 2, 1, ["还有 2 人未作资格审查", "有 1 人资格审查未通过，仍在名册上"]),
    ],
)
def test_a_roll_is_frozen_only_when_everyone_on_it_was_reviewed_and_passed(
    people: int, voters: int, unreviewed: int, failed: int, found: list[str]
) -> None:
    """应到 is counted from it once and for all."""
    findings = freeze_findings(people, voters, unreviewed, failed, drawn=False, at="congress")
    assert [finding.problem for finding in findings] == found


@pytest.mark.parametrize(
    ("federation", "label", "term", "session", "title"),
    [
        ("某某区妇女联合会", "妇女代表大会", 1, 1, "某某区妇女第一次代表大会"),
        ("某某大学妇联", "妇女代表大会", 12, 1, "某某大学妇女第十二次代表大会"),
        ("某某中心", "妇女代表大会", 2, 1, "某某中心第二次妇女代表大会"),
        ("某某区妇女联合会", "执行委员会全体会议", 2, 3, "某某区妇女联合会第二届执行委员会第三次全体会议"),
        ("某某区妇女联合会", "执委扩大会议", 1, 1, "某某区妇女联合会执委扩大会议"),
    ],
)
def test_a_meeting_is_titled_by_its_federation_its_term_and_its_session(
    federation: str, label: str, term: int, session: int, title: str
) -> None:
    """第一届第一次 is 一届一次 (domain.md section 1)."""
    assert meeting_title(federation, label, term, session) == title
