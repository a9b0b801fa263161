"""The check-in desk as a browser without scripts meets it: somebody found, checked in, late, gone; several desks."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from federation.clock import SetClock
from federation.facts.attendance import DeskRow
from federation.services import attendance, attendance_lists, meetings, motions
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
        ("1", ["丁一禾", "孙来宾"]),
        ("序号4", ["田富"]),
        ("wangfang", ["王芳（第三）", "王芳（人民）"]),
        ("tian d", ["田大利"]),
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
    assert "1 丁一禾：已经签到了，不用再办" in said
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
    assert sorted("已经签到了" in text for text in said) == [False, True]
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


def at_the_desk(desk: Browser, asked: str, only: str = "") -> str:
    """What the page says to whoever looks for somebody and presses Enter, and the button on which it stands."""
    text = desk.get(f"{HERE}?{urlencode({'q': asked, 'only': only})}")
    said = text.partition('role="status"')[2].partition("</span>")[0].rpartition(">")[2]
    button = re.search(r'value="([a-z_]+:\d+)"[^>]* autofocus', text)
    return said + (button[1] if button else "")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("田富", "arrive:4"),
        ("1", "1 丁一禾已经签到"),
        ("10", "arrive:10"),
        ("王芳", "有 2 位，请点选"),
        ("没有", "没有符合的人"),
        ("丁一", "1 丁一禾已经签到"),
        ("", ""),
    ],
)
def test_enter_goes_to_somebody_only_where_nobody_else_can_be_meant(desk: Browser, asked: str, said: str) -> None:
    """An exact number goes before those that begin with it; whoever is there is said to be, with no button ready."""
    press(desk, "arrive", 1)
    assert at_the_desk(desk, asked) == said


def test_a_number_that_nobody_has_means_nobody() -> None:
    """Not even where hers is the only one that begins so."""
    row = DeskRow(130, "丁一禾", "第一小学", "代表", True, "", False, "")
    assert attendance_lists.meant([row], "13") is None
    assert attendance_lists.meant([row], "130号") is row
    assert attendance_lists.meant([row], "丁一") is row


def test_a_filter_does_not_make_somebody_the_only_one(desk: Browser) -> None:
    """One 王芳 who is there does not make the other the one who stands before the desk."""
    press(desk, "arrive", 8)
    assert at_the_desk(desk, "王芳", "out") == "有 2 位，请点选"
    assert at_the_desk(desk, "8", "out") == "8 王芳（第三）已经签到"


@pytest.mark.parametrize(("only", "names"), [("out", 9), ("here", 1), ("", 10), ("x", 10)])
def test_the_list_is_of_those_who_are_missing_or_there(desk: Browser, only: str, names: int) -> None:
    """What a desk needs in the last minutes."""
    press(desk, "arrive", 1)
    assert desk.client.get(HERE, params={"only": only}).text.count('class="who"') == names


def test_after_an_act_the_list_and_the_search_stay_as_they_were(desk: Browser) -> None:
    """Also her who is no more among those missing: a second tap on the same spot meets nobody else."""
    said = desk.post(HERE, [("act", "arrive:8"), ("q", "王芳"), ("only", "out")])
    assert said.count('class="who"') == 2
    assert 'value="王芳"' in said
    shown = desk.post(HERE, [("act", "arrive:9"), ("show", "3,9")])
    assert re.findall(r'data-number="(\d+)"', shown) == ["3", "9"]


def test_those_not_listed_are_told_within_the_list(hall: Hall, desk: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that what replaces the list replaces it too."""
    monkeypatch.setattr("federation.web.attendance.SHOWN", 3)
    assert "另有 7 人没有列出" in desk.get(HERE).partition('id="roll"')[2].partition("</form>")[0]
    assert "没有列出" not in desk.get(f"{HERE}?q=4")
    assert hall.lines()


def way_back(text: str) -> str:
    """What the button 撤回这一笔 does."""
    found = re.search(r'value="([^"]*)">撤回这一笔', text)
    return found[1] if found else ""


def test_a_wrong_person_is_taken_back_with_one_button_and_the_journal_says_so(hall: Hall, desk: Browser) -> None:
    """As if it had not been; as a line of its own, without a name."""
    said = press(desk, "arrive", 4)
    undone = desk.post(HERE, [("act", way_back(said))])
    assert "4 田富：已撤回签到" in undone
    assert "实到 <b>0</b>" in undone
    assert presence(hall, 4) == ("", False)
    assert hall.lines()[-1] == ("check_in.undo", '{"observers":0,"present":0}')
    assert "已经撤回了" in desk.post(HERE, [("act", way_back(said))])


@pytest.mark.parametrize(
    ("before", "act", "after"),
    [
        ((), "arrive", ""),
        ((attendance.stayed_away, ["4"], "因病"), "arrive", "absent"),
        ((attendance.check_in, ["4"]), "leave", "present"),
    ],
)
def test_what_is_taken_back_is_as_it_was(hall: Hall, desk: Browser, before: tuple, act: str, after: str) -> None:  # type: ignore[type-arg]
    """With the reason of an absence."""
    if before:
        hall.do(*before)
    found = hall.see(lambda session, meeting: attendance_lists.one(session, meeting.id, 4))
    desk.post(HERE, [("act", way_back(press(desk, act, 4)))])
    assert presence(hall, 4) == (after, False)
    assert hall.see(lambda session, meeting: attendance_lists.one(session, meeting.id, 4)) == found


def test_coming_back_is_taken_back_to_having_left(hall: Hall, desk: Browser) -> None:
    """Not to never having come."""
    hall.do(attendance.check_in, ["4"])
    press(desk, "leave", 4)
    assert way_back(press(desk, "arrive", 4)) == "leave:4"


def test_a_latecomer_is_taken_back_until_her_presence_has_been_counted(hall: Hall, desk: Browser) -> None:
    """The opening is known not to count her; what was fixed since may."""
    hall.do(attendance.check_in_all, ["8", "9"])
    hall.do(meetings.quorum)
    first, second = way_back(press(desk, "late", 8)), way_back(press(desk, "late", 9))
    desk.post(HERE, [("act", first)])
    assert presence(hall, 8) == ("", False)
    hall.do(motions.put, "other", "表决一件事")
    desk.post(HERE, [("act", second)])
    assert desk.page.status_code == 422
    assert "可能已经计入报告过的实到人数" in desk.text
    assert "办理人 王秘书" in desk.text
    assert presence(hall, 9) == ("present", True)
    again = way_back(press(desk, "late", 8))
    assert "已撤回签到" in desk.post(HERE, [("act", again)])


def test_a_mistake_is_taken_back_in_the_list_as_long_as_nobody_has_counted_her(hall: Hall, desk: Browser) -> None:
    """It asks first; afterwards the button is not there."""
    hall.do(attendance.check_in_all, ["9"])
    assert 'value="undo_ask:4"' in desk.get(HERE)
    assert "4 田富没有到，是误登？" in press(desk, "undo_ask", 4)
    assert 'value="undo:4">是，撤回签到' in desk.text
    hall.do(meetings.quorum)
    press(desk, "late", 9)
    assert 'value="undo_ask:4"' not in desk.get(HERE)
    assert 'value="undo_ask:9"' in desk.text


def test_leaving_is_asked_before_it_is_recorded(hall: Hall, desk: Browser) -> None:
    """By a page, so without a script too."""
    hall.do(attendance.check_in, ["6"])
    before = hall.lines()
    said = press(desk, "leave_ask", 6)
    assert "6 向晚晴现在离场？" in said
    assert '<button form="roll" name="act" value="no:6">不是</button>' in said
    assert "现在离场" not in press(desk, "no", 6)
    assert hall.lines() == before
    assert "已登记早退" in press(desk, "leave", 6)
    assert presence(hall, 6) == ("left", False)


def test_a_refusal_at_the_desk_has_its_bar_and_no_command(desk: Browser) -> None:
    """Nobody can type one here."""
    said = press(desk, "leave", 2)
    assert desk.page.status_code == 422
    assert "马秋澜没有签到" in said
    assert "办理人 王秘书" in said
    assert "回到签到台" in said
    assert "federation" not in said.partition("<main")[2]


def test_a_page_that_is_old_makes_nobody_late_who_is_there(hall: Hall, desk: Browser) -> None:
    """Another desk was faster, before the meeting opened."""
    hall.do(attendance.check_in_all, [])
    hall.do(meetings.quorum)
    assert "1 丁一禾：已经签到了" in press(desk, "late", 1)
    assert presence(hall, 1) == ("present", False)


def test_an_observer_is_checked_in_apart_from_those_who_vote(desk: Browser) -> None:
    """应到 and 实到 are of those who may vote."""
    said = press(desk, "arrive", 10)
    assert "实到 <b>0</b>" in said
    assert "列席 <b>1</b>" in said


@pytest.mark.parametrize(
    "act",
    [
        "",
        "arrive",
        "arrive:",
        "arrive:x",
        "arrive:99",
        "gone:1",
        "arrive:１",
        "arrive:1;2",
        "undo:1:x",
        "undo:1:9",
        "leave_ask:99",
    ],
)
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
    """Nobody is on it yet."""
    hall = Hall(engine, clock)
    desk = Browser(opened(hall.engine)).signed_in(opened_desk(engine, clock))
    assert "没有符合的人" in desk.text
    press(desk, "arrive", 1)
    assert desk.page.status_code == 404


def test_the_figures_name_the_rule_in_force(hall: Hall) -> None:
    """Before a text is put to the meeting there is none."""
    found = hall.see(attendance_lists.hall)
    assert (found.due, found.present, found.needed, found.missing) == (9, 0, 6, 6)
