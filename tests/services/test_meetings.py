"""Meetings: called with an agenda, opened with a quorum; who is there is a state without a time."""

import json
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from federation import db
from federation.clock import SetClock
from federation.errors import FederationError, Misused, NotFound, Refused, WrongStage
from federation.rules.motions import Hands
from federation.services import attendance, meetings, motions, roll, steps
from federation.services.roll_entries import entries
from tests.halls import Hall

FIRST = ("2020-11-02", "礼堂", "丁一禾")


@pytest.fixture
def hall(engine: Engine, clock: SetClock) -> Hall:
    """A federation whose congress is planned."""
    return Hall(engine, clock)


def problems(refused: pytest.ExceptionInfo[FederationError]) -> list[str]:
    return [finding.problem for finding in refused.value.findings]


def test_an_agenda_replaces_the_one_before_and_keeps_no_numbers_of_its_own(hall: Hall) -> None:
    """The number is the place; 一、 and （二） and 3. are taken off."""
    hall.do(meetings.agenda, ["甲"])
    hall.do(meetings.agenda, ["一、通过选举办法", "（二）通过章程", "3. 选举", " "])
    assert hall.see(meetings.facts_of).agenda == ("通过选举办法", "通过章程", "选举")
    assert not hall.do(meetings.agenda, ["通过选举办法", "通过章程", "选举"]).taken


def test_an_agenda_of_nothing_is_a_wrong_call(hall: Hall) -> None:
    """A meeting without an agenda is not called."""
    with pytest.raises(Misused):
        hall.do(meetings.agenda, ["  "])
    with pytest.raises(Refused) as refused:
        hall.do(meetings.call, *FIRST)
    assert problems(refused) == ["还没有议程"]


def test_a_meeting_called_has_a_title_made_of_name_term_and_session(hall: Hall) -> None:
    """示例开发区妇女第一次代表大会; 示例开发区妇女联合会第一届执行委员会第一次全体会议."""
    for meeting in ("congress", "plenary"):
        hall.do(meetings.agenda, ["选举"], meeting=meeting)
        assert hall.do(meetings.call, *FIRST, meeting=meeting).taken
        assert not hall.do(meetings.call, *FIRST, meeting=meeting).taken
    assert hall.see(meetings.facts_of).title == "示例开发区妇女第一次代表大会"
    assert hall.see(meetings.facts_of, meeting="plenary").title == "示例开发区妇女联合会第一届执行委员会第一次全体会议"


def test_calling_it_again_for_another_day_is_a_wrong_stage(hall: Hall) -> None:
    """It is postponed first."""
    hall.do(meetings.agenda, ["选举"])
    hall.do(meetings.call, *FIRST)
    with pytest.raises(WrongStage):
        hall.do(meetings.call, "2020-11-03", "礼堂", "丁一禾")


def test_a_day_that_is_none_is_a_wrong_call(hall: Hall) -> None:
    """Dates are written 2020-11-02."""
    with pytest.raises(Misused):
        hall.do(meetings.call, "十一月二日", "礼堂", "丁一禾")


def test_a_notice_is_given_of_a_meeting_that_is_called_and_once(hall: Hall) -> None:
    """What is announced is a day and a place."""
    with pytest.raises(Refused):
        hall.do(meetings.notice, "全体代表")
    hall.do(meetings.agenda, ["选举"])
    hall.do(meetings.call, *FIRST)
    assert hall.do(meetings.notice, "全体代表").taken
    assert not hall.do(meetings.notice, "全体代表").taken
    assert hall.do(meetings.notice, "列席人员").taken


def test_a_meeting_opens_when_the_number_the_method_asks_for_is_there(hall: Hall, tmp_path: Path) -> None:
    """>= 2/3 of 9 is 6; the observer is not counted."""
    hall.called(tmp_path)
    hall.do(attendance.check_in, ["1", "2", "3", "4", "5", "孙来宾"])
    with pytest.raises(Refused) as refused:
        hall.do(meetings.quorum)
    assert problems(refused) == ["应到 9 人，实到 5 人，未达到法定人数 6 人（不少于应到会人数的三分之二）"]
    hall.do(attendance.check_in, ["6"])
    outcome, found = hall.do(meetings.quorum)
    assert outcome.taken
    assert (found.due, found.present, found.rule.needed, found.rule.clause, found.reached) == (9, 6, 6, "第五条", True)
    assert hall.see(meetings.facts_of).present_announced == 6


def test_asked_again_in_session_the_quorum_is_reported_and_nothing_changes(hall: Hall, tmp_path: Path) -> None:
    """A quorum once reached can be lost, and is told as it is."""
    hall.called(tmp_path).do(attendance.check_in_all, [])
    hall.do(meetings.quorum)
    hall.do(attendance.left, ["1", "2", "3", "4"])
    before = hall.lines()
    outcome, found = hall.do(meetings.quorum)
    assert (outcome, found.present, found.reached) == (None, 5, False)
    assert hall.lines() == before
    assert hall.see(meetings.facts_of).present_announced == 9


def test_nobody_is_checked_in_before_the_roll_is_frozen(hall: Hall) -> None:
    """Until then nobody knows who is due."""
    hall.do(meetings.agenda, ["选举"])
    hall.do(meetings.call, *FIRST)
    with pytest.raises(Refused) as refused:
        hall.do(attendance.check_in, ["1"])
    assert problems(refused) == ["妇女代表大会的名册尚未冻结，应到人数未定"]


def test_nobody_is_checked_in_before_the_meeting_is_called(hall: Hall, tmp_path: Path) -> None:
    """Exit 4, not 5: it is not the time yet."""
    hall.with_roll(tmp_path)
    with pytest.raises(WrongStage):
        hall.do(attendance.check_in, ["1"])


def test_checking_in_twice_changes_nothing(hall: Hall, tmp_path: Path) -> None:
    """Two tellers may hold the same list."""
    hall.called(tmp_path)
    assert hall.do(attendance.check_in, ["1", "1", "丁一禾"])[1].present == 1
    outcome, now = hall.do(attendance.check_in, ["1"])
    assert (outcome.taken, now.present) == (False, 1)


def test_the_line_of_a_check_in_carries_the_number_present_and_no_name(hall: Hall, tmp_path: Path) -> None:
    """An order of arrival beside an order of ballots would be a way to guess."""
    hall.called(tmp_path)
    hall.do(attendance.check_in, ["3", "1"])
    hall.do(attendance.came_late, ["2"])
    hall.do(attendance.left, ["1"])
    hall.do(attendance.stayed_away, ["7"], "因病")
    hall.do(attendance.check_in, ["10"])
    lines = [(act, json.loads(facts)) for act, facts in hall.lines() if act.startswith("check_in")]
    assert lines == [
        ("check_in", {"present": 2, "observers": 0}),
        ("check_in.late", {"present": 3, "observers": 0}),
        ("check_in.leave", {"present": 2, "observers": 0}),
        ("check_in.absent", {"present": 2, "observers": 0}),
        ("check_in", {"present": 2, "observers": 1}),
    ]


def test_all_are_those_of_whom_nothing_is_recorded_yet(hall: Hall, tmp_path: Path) -> None:
    """Whoever asked for leave is not made present by a word for all."""
    hall.called(tmp_path)
    hall.do(attendance.stayed_away, ["7"], "因事")
    _, now = hall.do(attendance.check_in_all, ["8"])
    assert (now.present, now.observers, now.absent) == (7, 1, 1)
    _, now = hall.do(attendance.check_in, ["7"])
    assert (now.present, now.absent) == (8, 0)


@pytest.mark.parametrize(
    "text", ["姓名,备注\n丁　一禾,\n王芳（人民）,早到\n", "序号\n1\n9\n", "丁一禾\n王芳（人民）\n"]
)
def test_a_list_from_the_door_checks_in_those_it_names(hall: Hall, tmp_path: Path, text: str) -> None:
    """With a heading or without, by name or by number."""
    (tmp_path / "door.csv").write_text(text, encoding="gb18030")
    hall.called(tmp_path).do(attendance.check_in_file, tmp_path / "door.csv", [])
    assert [row.number for row in hall.see(entries) if row.presence == "present"] == [1, 9]


def test_a_list_with_a_strange_or_shared_name_checks_in_nobody(hall: Hall, tmp_path: Path) -> None:
    """Every such name is reported at once."""
    (tmp_path / "door.csv").write_text("姓名\n丁一禾\n王芳\n张三\n", encoding="utf-8")
    hall.called(tmp_path)
    with pytest.raises(Refused) as refused:
        hall.do(attendance.check_in_file, tmp_path / "door.csv", [])
    assert problems(refused) == ["“王芳”有 2 人：8 王芳（第三）、9 王芳（人民）", "没有“张三”"]
    assert not [row for row in hall.see(entries) if row.presence]


def test_a_strange_name_at_the_desk_is_not_found(hall: Hall, tmp_path: Path) -> None:
    """And nobody named beside her is checked in."""
    hall.called(tmp_path)
    with pytest.raises(NotFound):
        hall.do(attendance.check_in, ["1", "张三"])
    assert not [row for row in hall.see(entries) if row.presence]


def test_only_somebody_who_came_can_leave_and_only_somebody_who_did_not_is_absent(hall: Hall, tmp_path: Path) -> None:
    """The two words are not the same: one was there for the quorum."""
    hall.called(tmp_path).do(attendance.check_in, ["1"])
    with pytest.raises(Refused) as refused:
        hall.do(attendance.left, ["2"])
    assert problems(refused) == ["马秋澜没有签到"]
    with pytest.raises(Refused) as refused:
        hall.do(attendance.stayed_away, ["1"], "因病")
    assert problems(refused) == ["丁一禾已经签到"]


def presence(hall: Hall, number: int) -> tuple[str, bool, str]:
    row = next(row for row in hall.see(entries) if row.number == number)
    return row.presence, row.late, row.absence


def test_what_was_recorded_by_mistake_is_taken_back_to_what_was_before(hall: Hall, tmp_path: Path) -> None:
    """Whoever left had come; whoever came or stayed away had said nothing. Said twice, it is done once."""
    hall.called(tmp_path).do(attendance.check_in, ["1", "2", "3"])
    hall.do(attendance.left, ["2"])
    hall.do(attendance.stayed_away, ["4"], "因病")
    for number, recorded, after in (("1", "present", ""), ("2", "left", "present"), ("4", "absent", "")):
        assert hall.do(attendance.withdraw, [number], recorded)[0].taken
        assert not hall.do(attendance.withdraw, [number], recorded)[0].taken
        assert presence(hall, int(number)) == (after, False, "")
    acts = [act for act, _ in hall.lines()]
    assert acts[-3:] == ["check_in.undo", "check_in.undo_leave", "check_in.undo_absent"]
    assert json.loads(hall.lines()[-1][1]) == {"present": 2, "observers": 0}


def test_only_the_last_that_was_recorded_of_somebody_is_taken_back(hall: Hall, tmp_path: Path) -> None:
    """Of whoever left, the leaving; nobody is made never to have come by one word too many."""
    hall.called(tmp_path).do(attendance.check_in, ["1"])
    hall.do(attendance.left, ["1"])
    for number, recorded in (("1", "present"), ("1", "absent"), ("2", "left")):
        with pytest.raises(Refused):
            hall.do(attendance.withdraw, [number], recorded)
    assert presence(hall, 1) == ("left", False, "")


def test_a_presence_that_was_announced_is_not_taken_back(hall: Hall, tmp_path: Path) -> None:
    """Whether enough were there was decided with her; of a late one the opening did not know."""
    hall.called(tmp_path).do(attendance.check_in_all, ["8", "9"])
    hall.do(meetings.quorum)
    hall.do(attendance.came_late, ["8", "9"])
    with pytest.raises(Refused) as refused:
        hall.do(attendance.withdraw, ["1", "8"], "present")
    assert problems(refused) == ["丁一禾可能已经计入报告过的实到人数"]
    assert presence(hall, 8) == ("present", True, "")
    assert hall.do(attendance.withdraw, ["8"], "present")[0].taken
    assert presence(hall, 8) == ("", False, "")
    hall.do(motions.put, "other", "表决一件事")
    with pytest.raises(Refused):
        hall.do(attendance.withdraw, ["9"], "present")
    hall.do(attendance.left, ["9"])
    assert hall.do(attendance.withdraw, ["9"], "left")[0].taken


def test_a_presence_is_fixed_by_the_opening_each_motion_and_each_poll(hall: Hall, tmp_path: Path) -> None:
    """If as many are fixed as when she was checked in, none of them counts her."""
    hall.called(tmp_path).do(attendance.check_in_all, ["9"])
    assert hall.see(attendance.figures_fixed) == 0
    hall.do(meetings.quorum)
    hall.do(motions.put, "other", "表决一件事")
    assert hall.see(attendance.figures_fixed) == 2
    hall.do(attendance.check_in, ["9"])
    with pytest.raises(Refused):
        hall.do(attendance.withdraw, ["9"], "present", figures=1)
    assert hall.do(attendance.withdraw, ["9"], "present", figures=2)[0].taken


def test_the_minutes_know_who_came_who_did_not_and_why(hall: Hall, tmp_path: Path) -> None:
    """Whoever left early attended; an observer attends without being counted."""
    hall.called(tmp_path).do(attendance.check_in_all, ["6", "7"])
    hall.do(attendance.left, ["1"])
    hall.do(attendance.stayed_away, ["7"], "值班")
    found = hall.see(meetings.attendance)
    assert found.present[:2] == ("丁一禾", "马秋澜")
    assert len(found.present) == 7
    assert found.absent == (("向晚晴", ""), ("阿依古丽·买买提", "值班"))
    assert found.observers == ("孙来宾",)


def test_the_sign_in_list_has_voters_first_and_then_the_others(hall: Hall, tmp_path: Path) -> None:
    """In roll order each."""
    hall.do(roll.add, {"name": "吴早", "sex": "", "born_on": "", "kind": "列席", "may_vote": "", "number": "3"})
    with pytest.raises(Refused):
        hall.with_roll(tmp_path)
    hall.do(roll.remove, "3", "改号")
    hall.do(roll.add, {"name": "吴早", "sex": "", "born_on": "", "kind": "列席", "may_vote": "", "number": "30"})
    rows = hall.with_roll(tmp_path).see(meetings.sign_in_rows)
    assert [(row.number, row.kind, row.may_vote) for row in rows][8:] == [
        (9, "代表", True),
        (10, "列席", False),
        (30, "列席", False),
    ]


def test_a_meeting_postponed_and_called_again_begins_its_check_in_anew(hall: Hall, tmp_path: Path) -> None:
    """Who came on the first day is not there on the second."""
    hall.called(tmp_path).do(attendance.check_in_all, [])
    with db.transaction(hall.engine) as session:
        steps.advance(session, hall.meeting(session, "congress"), "postpone", hall.act(), {})
    hall.do(meetings.call, "2020-11-09", "礼堂", "丁一禾")
    assert hall.see(attendance.presence).present == 0


def test_a_meeting_is_adjourned_once_not_before_it_opened_nor_in_the_middle_of_a_vote(
    hall: Hall, tmp_path: Path
) -> None:
    """A repeat changes nothing."""
    hall.called(tmp_path)
    with pytest.raises(WrongStage):
        hall.do(meetings.adjourn)
    hall.do(attendance.check_in_all, [])
    hall.do(meetings.quorum)
    hall.do(motions.put, "agenda", "")
    with pytest.raises(Refused) as refused:
        hall.do(meetings.adjourn)
    assert problems(refused) == ["第 1 项表决还没有记录结果"]
    hall.do(motions.record, 1, Hands(9, 0, 0))
    assert hall.do(meetings.adjourn).taken
    assert not hall.do(meetings.adjourn).taken
    with pytest.raises(WrongStage):
        hall.do(attendance.left, ["1"])


def test_the_notice_is_offered_once_the_meeting_is_called_one_for_all_and_one_for_each(
    hall: Hall, tmp_path: Path
) -> None:
    """By its day and place, its agenda, and whoever stands on the roll; observers are asked to sit in."""
    hall.with_roll(tmp_path)
    hall.do(meetings.agenda, ["选举"])
    assert "meeting_notice-congress" not in hall.paper_ids()
    hall.do(meetings.call, "2020-11-02 09:30", "礼堂", "丁一禾")
    hall.do(meetings.notice, "各代表团")
    one, each = (hall.paper(f"meeting_notice-congress{end}") for end in ("", "-each"))
    assert (one.to, one.invited, one.voters, one.observers) == ("各代表团", (), 9, 1)
    assert (one.held_on, one.time, one.place) == (date(2020, 11, 2), "9:30", "礼堂")
    assert one.agenda == ("选举",)
    assert one.head.signed_by == f"{one.head.federation}筹备组"
    assert [person.name for person in each.invited][5:8] == ["向晚晴", "阿依古丽·买买提", "王芳（第三）"]
    assert [person.attends for person in each.invited] == ["出席"] * 9 + ["列席"]
    assert one.number == ""
    hall.do(meetings.notice, "各代表团", number="示妇筹〔2020〕3号")
    assert hall.paper("meeting_notice-congress").number == "示妇筹〔2020〕3号"
