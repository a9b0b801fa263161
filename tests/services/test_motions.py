"""Motions: one at a time, with a quorum, by the bar the method in force sets."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from sqlalchemy import Engine

from federation import db
from federation.clock import SetClock
from federation.errors import FederationError, Misused, NotFound, Refused, WrongStage
from federation.rules.motions import Hands
from federation.services import attendance, elections, meetings, motions, selection, steps
from tests.databases import BOTH
from tests.halls import METHOD, Hall
from tests.staging import copied


@pytest.fixture(params=BOTH)
def hall(request: pytest.FixtureRequest, clock: SetClock, tmp_path: Path) -> Iterator[Hall]:
    """A congress that is called; due are nine."""
    with copied(request, "called", lambda engine: Hall(engine, clock).called(tmp_path)) as engine:
        yield Hall.resumed(engine, clock)


def in_session(hall: Hall, absent: Sequence[str] = ("9",)) -> Hall:
    """The congress in session, eight of nine present."""
    hall.do(attendance.check_in_all, absent)
    hall.do(meetings.quorum)
    return hall


def problems(refused: pytest.ExceptionInfo[FederationError]) -> list[str]:
    return [finding.problem for finding in refused.value.findings]


def record(hall: Hall, number: int | None, *hands: int) -> motions.MotionReport:
    report: motions.MotionReport = hall.do(motions.record, number, Hands(*hands))[1]
    return report


@pytest.mark.parametrize(("approve", "carried"), [(4, False), (5, True)])
def test_a_method_is_adopted_by_its_own_text_of_those_present(hall: Hall, approve: int, carried: bool) -> None:
    """adoption > 1/2 of present: of eight present five are needed, four are half."""
    outcome, report = in_session(hall).do(motions.put, "method", "")
    assert outcome.taken
    assert (report.due, report.present, report.needed, report.clause) == (9, 8, 5, "第六条")
    assert report.text == "通过《示例大会选举办法》"
    assert record(hall, None, approve, 1, 0).carried is carried


@pytest.mark.parametrize(("approve", "result"), [(4, "未通过"), (5, "通过")])
def test_other_motions_follow_the_rule_for_motions(hall: Hall, approve: int, result: str) -> None:
    """motions > 1/2 of due: of nine due five are needed, however few are present."""
    _, report = in_session(hall, ("7", "8", "9")).do(motions.put, "other", "通过工作报告")
    assert (report.needed, report.present) == (5, 6)
    assert record(hall, 1, approve, 0, 1).result == result


def test_a_motion_is_put_only_in_session(hall: Hall) -> None:
    """Exit 4 before the opening."""
    with pytest.raises(WrongStage):
        hall.do(motions.put, "agenda", "")


def test_a_motion_is_put_only_with_a_quorum_at_this_moment(hall: Hall) -> None:
    """It was reached at the opening and is lost now."""
    in_session(hall).do(attendance.left, ["1", "2", "3"])
    with pytest.raises(Refused) as refused:
        hall.do(motions.put, "agenda", "")
    assert problems(refused) == ["应到 9 人，实到 5 人，未达到法定人数 6 人（不少于应到会人数的三分之二）"]


def test_due_and_present_are_frozen_as_the_motion_is_put(hall: Hall) -> None:
    """Who comes in while hands are counted does not move the bar."""
    in_session(hall).do(motions.put, "method", "")
    hall.do(attendance.check_in, ["9"])
    assert record(hall, None, 5, 3, 0).present == 8


def test_more_hands_than_people_are_refused_with_the_sum(hall: Hall) -> None:
    """赞成 + 反对 + 弃权 ≤ 实到; equal is possible."""
    in_session(hall).do(motions.put, "agenda", "")
    with pytest.raises(Refused) as refused:
        record(hall, None, 6, 2, 1)
    assert problems(refused) == ["赞成 6 + 反对 2 + 弃权 1 = 9 人，多于付表决时的实到 8 人"]
    assert record(hall, None, 6, 2, 0).carried


def test_one_motion_at_a_time(hall: Hall) -> None:
    """The next is put when the last is recorded; the same put again is a repeat."""
    in_session(hall).do(motions.put, "agenda", "")
    assert not hall.do(motions.put, "agenda", "")[0].taken
    with pytest.raises(Refused) as refused:
        hall.do(motions.put, "method", "")
    assert problems(refused) == ["第 1 项（通过会议议程）还没有记录表决结果"]


def test_what_is_recorded_is_not_recorded_otherwise(hall: Hall) -> None:
    """The same figures are a repeat, others a wrong stage."""
    in_session(hall).do(motions.put, "agenda", "")
    record(hall, 1, 6, 1, 1)
    assert not hall.do(motions.record, 1, Hands(6, 1, 1))[0].taken
    with pytest.raises(WrongStage):
        record(hall, 1, 7, 0, 1)


def test_what_is_carried_is_not_put_again_and_what_failed_is(hall: Hall) -> None:
    """A text voted down is amended and voted on again (domain.md section 2, step 11)."""
    in_session(hall).do(motions.put, "agenda", "")
    record(hall, 1, 1, 7, 0)
    assert hall.do(motions.put, "agenda", "")[1].number == 2
    record(hall, 2, 7, 1, 0)
    with pytest.raises(Refused) as refused:
        hall.do(motions.put, "agenda", "")
    assert problems(refused) == ["第 2 项已就此表决通过"]


def test_a_charter_is_put_as_its_latest_version_and_only_when_submitted(hall: Hall) -> None:
    """The vote adopts that version and no other."""
    in_session(hall)
    with pytest.raises(Refused) as refused:
        hall.do(motions.put, "charter", "")
    assert problems(refused) == ["文稿 charter 还没有内容"]
    first, second = hall.submit("charter", "示例章程"), hall.submit("charter", "示例章程")
    hall.do(motions.put, "charter", "")
    record(hall, 1, 8, 0, 0)
    with db.reading(hall.engine) as session:
        facts = steps.view_of(session, hall.meeting(session, "congress"), hall.act().stated).meeting
    assert facts.motions[-1].version_sha256 == second != first


def test_a_draft_that_is_still_out_for_comments_is_not_put(hall: Hall) -> None:
    """Submitted first."""
    in_session(hall).submit("charter", "示例章程")
    with db.transaction(hall.engine) as session:
        selection.draft(session, hall.root(session), "charter").state = "comment_draft"
    with pytest.raises(Refused) as refused:
        hall.do(motions.put, "charter", "")
    assert problems(refused) == ["文稿 charter 尚未定稿提交"]


def test_a_bar_taken_of_papers_does_not_serve_a_show_of_hands(engine: Engine, clock: SetClock, tmp_path: Path) -> None:
    """There are no papers; only 应到 and 实到 are bases of hands."""
    hall = Hall(engine, clock)
    hall.called(tmp_path, METHOD.replace('motions = "> 1/2 of due"', 'motions = "> 1/2 of valid"'))
    with pytest.raises(Refused) as refused:
        in_session(hall).do(motions.put, "agenda", "")
    assert problems(refused) == ["举手表决不能以有效票数为基数（> 1/2 of valid）"]


def test_scrutineers_are_put_to_the_vote_each_with_her_duty(hall: Hall) -> None:
    """Who scrutinises and who counts is not one row of names."""
    in_session(hall).do(motions.put, "method", "")
    record(hall, None, 8, 0, 0)
    hall.do(elections.set_scrutineers, {"teller": ["甲"], "scrutineer": ["乙", "丙"], "chief_scrutineer": ["丁"]})
    report = hall.do(motions.put, "scrutineers", "")[1]
    assert report.text == "通过监票人、计票人名单：总监票人：丁；监票人：乙、丙；计票人：甲"


def test_another_matter_says_what_it_is(hall: Hall) -> None:
    """`other` without a text is a wrong call; a motion nobody put is not found."""
    in_session(hall)
    with pytest.raises(Misused):
        hall.do(motions.put, "other", " ")
    with pytest.raises(NotFound):
        record(hall, None, 1, 0, 0)
