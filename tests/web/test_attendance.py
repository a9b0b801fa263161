"""The check-in desk as a browser without scripts meets it: somebody found, checked in, late, gone; several desks."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from federation.clock import SetClock
from federation.facts.acts import Stated
from federation.services import attendance, attendance_lists, meetings
from tests.halls import Hall
from tests.web.desks import Browser, opened_desk

Opened = Callable[[Engine], TestClient]
HERE = "/desk/check-in"


@pytest.fixture
def hall(engine: Engine, clock: SetClock, tmp_path: Path) -> Hall:
    """A congress that is called; nobody is there yet."""
    return Hall(engine, clock).called(tmp_path)


@pytest.fixture
def client(hall: Hall, opened: Opened) -> TestClient:
    return opened(hall.engine)


@pytest.fixture
def desk(hall: Hall, client: TestClient, clock: SetClock) -> Browser:
    return Browser(client).signed_in(opened_desk(hall.engine, clock))


def press(desk: Browser, act: str, number: int) -> str:
    return desk.post(HERE, [("act", f"{act}:{number}")])


def presence(hall: Hall, number: int) -> tuple[str, bool]:
    row = hall.see(lambda session, meeting: attendance_lists.one(session, meeting.id, number))
    return row.presence, row.late


def test_a_person_is_checked_in_with_one_button_in_the_name_of_the_desks_officer(hall: Hall, desk: Browser) -> None:
    """The journal has her, her role and how many are there; not whom."""
    assert "实到 <b>0</b>" in desk.text
    said = press(desk, "arrive", 4)
    assert "4 田富：已签到" in said
    assert "实到 <b>1</b>" in said
    assert presence(hall, 4) == ("present", False)
    assert hall.lines()[-1] == ("check_in", '{"observers":0,"present":1}')


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("田", ["田富", "田大利"]),
        ("4", ["田富"]),
        ("td", ["田大利"]),
        ("人民医院", ["邓云舒", "田富", "王芳（人民）"]),
        ("王芳", ["王芳（第三）", "王芳（人民）"]),
        ("买买提", ["阿依古丽·买买提"]),
        ("没有", []),
    ],
)
def test_somebody_is_found_by_name_unit_number_or_initials(desk: Browser, asked: str, names: list[str]) -> None:
    """Namesakes with their units."""
    text = desk.client.get(HERE, params={"q": asked}).text
    assert [part.partition("</b>")[0] for part in text.split('class="who"><b>')[1:]] == names
    assert ("没有符合的人" in text) == (not names)


def test_one_person_at_two_desks_is_one_person_and_the_second_desk_is_told(
    hall: Hall, client: TestClient, clock: SetClock, desk: Browser
) -> None:
    """Nothing is recorded twice."""
    other = Browser(client).signed_in(opened_desk(hall.engine, clock, "签到台二"))
    press(desk, "arrive", 1)
    lines = len(hall.lines())
    said = press(other, "arrive", 1)
    assert "1 丁一禾：已经签过到了，可能是另一张台办的" in said
    assert "实到 <b>1</b>" in said
    assert len(hall.lines()) == lines


def test_two_desks_that_press_at_the_same_moment_record_one_arrival(
    hall: Hall, client: TestClient, clock: SetClock, desk: Browser
) -> None:
    """One is told that it is done, the other that it had been; the journal has one line more."""
    other = Browser(client).signed_in(opened_desk(hall.engine, clock, "签到台二"))
    lines = len(hall.lines())
    with ThreadPoolExecutor(2) as both:
        said = list(both.map(lambda browser: press(browser, "arrive", 1), (desk, other)))
    assert sorted("已经签过到了" in text for text in said) == [False, True]
    assert all("实到 <b>1</b>" in text for text in said)
    assert len(hall.lines()) == lines + 1


def test_what_one_desk_does_the_other_sees(hall: Hall, client: TestClient, clock: SetClock, desk: Browser) -> None:
    """In the list, and in what is sent to it by itself."""
    other = Browser(client).signed_in(opened_desk(hall.engine, clock, "签到台二"))
    before = hall.see(lambda session, meeting: attendance_lists.stamp(session, meeting.federation_id))
    press(desk, "arrive", 2)
    assert hall.see(lambda session, meeting: attendance_lists.stamp(session, meeting.federation_id)) > before
    assert "实到 <b>1</b>" in other.get(HERE)
    assert "✓ 已到" in other.text


def test_quorum_is_told_with_how_many_are_missing(hall: Hall, desk: Browser) -> None:
    """By the text put to the meeting, at least two thirds of nine."""
    hall.do(attendance.check_in, ["1", "2", "3", "4", "5"])
    assert "未到法定人数（6 人，还差 1 人）" in desk.get(HERE)
    assert "✓ 已到法定人数（6 人）" in press(desk, "arrive", 6)


def test_once_the_meeting_has_opened_whoever_comes_is_late_and_may_leave_and_come_back(
    hall: Hall, desk: Browser
) -> None:
    """The button says so before it is pressed."""
    hall.do(attendance.check_in_all, ["9"])
    hall.do(meetings.quorum)
    assert 'value="late:9"' in desk.get(HERE)
    assert "已签到（迟到）" in press(desk, "late", 9)
    assert presence(hall, 9) == ("present", True)
    assert "已登记早退" in press(desk, "leave", 1)
    assert presence(hall, 1) == ("left", False)
    assert "回场" in desk.text
    assert "已签到" in press(desk, "arrive", 1)
    assert presence(hall, 1) == ("present", False)


def test_an_observer_is_checked_in_apart_from_those_who_vote(desk: Browser) -> None:
    """应到 and 实到 are of those who may vote."""
    said = press(desk, "arrive", 10)
    assert "实到 <b>0</b>" in said
    assert "列席 <b>1</b>" in said


@pytest.mark.parametrize("act", ["", "arrive", "arrive:", "arrive:x", "arrive:99", "gone:1", "arrive:１", "arrive:1;2"])
def test_a_button_that_is_none_of_ours_does_nothing(hall: Hall, desk: Browser, act: str) -> None:
    """Told, never a fault."""
    before = hall.lines()
    desk.post(HERE, [("act", act)])
    assert desk.page.status_code in (400, 404)
    assert hall.lines() == before


def test_names_are_text_wherever_they_stand(hall: Hall, desk: Browser) -> None:
    """Nobody is called so; all the same."""
    from federation import db
    from federation.models import RollEntry

    with db.transaction(hall.engine) as session:
        session.query(RollEntry).filter_by(number=1).one().displayed = "<b onclick=1>丁"
    assert "<b onclick" not in press(desk, "arrive", 1)
    assert "1 &lt;b onclick=1&gt;丁：已签到" in desk.text
    assert "<i>" not in desk.client.get(HERE, params={"q": '"><i>'}).text


def test_before_the_roll_is_frozen_nobody_is_checked_in(engine: Engine, clock: SetClock, opened: Opened) -> None:
    """The refusal of the command line, in its words."""
    hall = Hall(engine, clock)
    desk = Browser(opened(hall.engine)).signed_in(opened_desk(engine, clock))
    assert "没有符合的人" in desk.text
    press(desk, "arrive", 1)
    assert desk.page.status_code == 409


def test_the_figures_name_the_rule_in_force(hall: Hall) -> None:
    """Before a text is put to the meeting there is none."""
    found = hall.see(lambda session, meeting: attendance_lists.hall(session, meeting, Stated.of(hall.clock.now())))
    assert (found.due, found.present, found.needed, found.missing) == (9, 0, 6, 6)
