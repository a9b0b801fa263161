"""The check-in desk in a hurry: two Enters, two taps, a line that breaks; never somebody else."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from sqlalchemy import Engine

from federation.clock import SetClock
from federation.services import attendance, attendance_lists
from tests.halls import Hall
from tests.web.browser.conftest import SMALLEST, TABLET, Open, signed_in
from tests.web.browser.looking import for_everybody
from tests.web.desks import opened_desk

TALL = {"width": 768, "height": 1024}
DESKTOP = {"width": 1280, "height": 800}
HERE = "**/desk/check-in"


@pytest.fixture
def hall(engine: Engine, clock: SetClock, tmp_path: Path) -> Hall:
    """A congress that is called, with thirty on its roll; nobody is there yet."""
    Hall.DELEGATES, least = 30, Hall.DELEGATES
    found = Hall(engine, clock).called(tmp_path)
    Hall.DELEGATES = least
    return found


@pytest.fixture
def page(hall: Hall, before: Open) -> Page:
    return signed_in(before(hall.engine, TABLET), opened_desk(hall.engine, hall.clock))


def there(hall: Hall) -> dict[int, str]:
    """Everybody of whom something is recorded."""
    rows = hall.see(lambda session, meeting: attendance_lists.found(session, meeting.id, ""))
    return {row.number: row.presence for row in rows if row.presence}


def type_(page: Page, text: str) -> None:
    """As on a keyboard; `⏎` is Enter."""
    for sign in text:
        page.keyboard.press("Enter") if sign == "⏎" else page.keyboard.insert_text(sign)


def row(page: Page, number: int) -> Locator:
    return page.locator(f"#roll li[data-number='{number}']")


def go(page: Page, number: int) -> Locator:
    """Her button for coming in."""
    return row(page, number).locator(".go")


def posts(page: Page) -> list[str]:
    """What is sent from now on, as it is sent."""
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or "") if request.method == "POST" else None)
    return sent


def held(page: Page) -> list[Route]:
    """What is sent from now on, held back."""
    waiting: list[Route] = []
    page.route(HERE, lambda route: waiting.append(route) if route.request.method == "POST" else route.fallback())
    return waiting


def released(page: Page, waiting: list[Route]) -> None:
    """Nothing is held back any longer."""
    page.route(HERE, lambda route: route.continue_())
    for route in waiting:
        route.continue_()


def test_two_enters_in_a_row_check_in_the_one_who_is_meant_and_nobody_after_her(hall: Hall, page: Page) -> None:
    """The second Enter waits for the list; a third and a fourth say that she is there."""
    type_(page, "xwq⏎⏎")
    expect(page.locator("#said")).to_contain_text("6 向晚晴：已签到")
    type_(page, "⏎")
    expect(page.locator("#said")).to_have_text("6 向晚晴已经签到")
    type_(page, "⏎⏎")
    type_(page, "3⏎⏎")
    expect(page.locator("#said")).to_contain_text("3 邓云舒：已签到")
    assert there(hall) == {3: "present", 6: "present"}


def test_two_namesakes_are_never_chosen_by_enter(hall: Hall, page: Page) -> None:
    """Whether one of them is there or not."""
    hall.do(attendance.check_in, ["8"])
    type_(page, "王芳⏎⏎")
    expect(page.locator("#said")).to_have_text("有 2 位，请点选")
    type_(page, "⏎⏎")
    expect(page.locator("#said")).to_have_text("有 2 位，请点选")
    expect(page.locator("#q")).to_be_focused()
    assert there(hall) == {8: "present"}
    for_everybody(page, "desk-check-in-namesakes")


def test_a_number_is_that_number_and_none_that_begins_with_it(hall: Hall, page: Page) -> None:
    """No. 2 is there: no. 20 is not checked in for her."""
    hall.do(attendance.check_in, ["2"])
    type_(page, "2⏎⏎⏎")
    expect(page.locator("#said")).to_have_text("2 马秋澜已经签到")
    expect(page.locator("#roll li").first).to_contain_text("马秋澜")
    assert there(hall) == {2: "present"}


def test_a_second_tap_on_the_same_spot_hits_nobody_else(hall: Hall, page: Page) -> None:
    """The row turns green where it stands, also in a list of those missing."""
    page.locator("input[value=out]").check()
    expect(page.locator("#roll input[name=only]")).to_have_value("out")
    page.locator("#roll li[data-number='5'] .go").scroll_into_view_if_needed()
    box = page.locator("#roll li[data-number='5'] .go").bounding_box()
    assert box
    spot = (box["x"] + 30, box["y"] + box["height"] / 2)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.mouse.click(*spot)
    expect(page.locator("#roll li[data-number='5']")).to_contain_text("已到")
    page.mouse.click(*spot)
    expect(page.locator("#said")).to_contain_text("5 田大利：已签到")
    expect(page.locator("#roll li")).to_have_count(31)
    row = page.locator("#roll li[data-number='5'] .acts button").first.bounding_box()
    assert row
    assert row["y"] == pytest.approx(box["y"], abs=2)
    assert sent.count("POST") == 1
    assert there(hall) == {5: "present"}


def test_while_an_act_is_under_way_its_row_says_so_and_a_double_click_is_one(hall: Hall, page: Page) -> None:
    """Nobody is told that another desk did it."""
    waiting = held(page)
    page.get_by_role("button", name="田大利签到").dblclick()
    expect(page.locator("#roll li[data-number='5']")).to_contain_text("正在办…")
    assert len(waiting) == 1
    released(page, waiting)
    expect(page.locator("#said")).to_contain_text("5 田大利：已签到")
    assert there(hall) == {5: "present"}


def test_what_is_typed_on_a_button_is_looked_for_and_enter_is_for_her(hall: Hall, page: Page) -> None:
    """A scanner sends a number and Enter, wherever the focus is: nobody of the scan before is checked in."""
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    expect(go(page, 12)).to_be_focused()
    page.keyboard.type("13")
    expect(page.locator("#q")).to_have_value("13")
    page.keyboard.press("Enter")
    expect(go(page, 13)).to_be_focused()
    assert there(hall) == {}
    page.keyboard.press("Tab")
    expect(go(page, 13)).not_to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    expect(page.locator("#said")).to_contain_text("13 ")
    assert there(hall) == {13: "present"}


def test_what_is_typed_on_a_question_answers_nothing(hall: Hall, page: Page) -> None:
    """The question goes; she stays."""
    hall.do(attendance.check_in, ["6"])
    page.reload()
    page.get_by_role("button", name="向晚晴早退").click()
    expect(page.get_by_role("button", name="不是")).to_be_focused()
    page.get_by_role("button", name="是，早退").focus()
    page.keyboard.type("13")
    page.keyboard.press("Enter")
    expect(go(page, 13)).to_be_focused()
    expect(page.locator("#said")).to_be_hidden()
    assert there(hall) == {6: "present"}


def test_what_is_typed_while_an_act_is_under_way_is_the_next_number(hall: Hall, page: Page) -> None:
    """And not added to the number before."""
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    expect(go(page, 12)).to_be_focused()
    waiting = held(page)
    page.keyboard.press("Enter")
    expect(row(page, 12)).to_contain_text("正在办…")
    page.keyboard.type("13")
    expect(page.locator("#q")).to_have_value("13")
    page.keyboard.press("Enter")
    expect(go(page, 13)).to_be_focused()
    page.keyboard.press("Enter")
    expect(row(page, 13)).to_contain_text("等一下…")
    released(page, waiting)
    expect(row(page, 13)).to_contain_text("已到")
    assert there(hall) == {12: "present", 13: "present"}


def test_a_tap_on_somebody_else_waits_and_says_so(hall: Hall, page: Page) -> None:
    """Also in a list that came meanwhile; a double tap on her is one."""
    sent = posts(page)
    waiting = held(page)
    go(page, 5).click()
    expect(row(page, 5)).to_contain_text("正在办…")
    go(page, 7).dblclick()
    go(page, 9).click()
    expect(row(page, 7)).to_contain_text("等一下…")
    expect(row(page, 9)).to_contain_text("等一下…")
    page.locator("#q").fill("7")
    expect(page.locator("#roll li[data-number='30']")).to_have_count(0)
    expect(row(page, 7)).to_contain_text("等一下…")
    assert len(sent) == 1
    released(page, waiting)
    expect(row(page, 7)).to_contain_text("已到")
    expect(page.locator("#said")).to_contain_text("9 ")
    assert there(hall) == {5: "present", 7: "present", 9: "present"}
    assert len(sent) == 3


def test_a_tap_on_somebody_else_right_after_is_done(hall: Hall, page: Page) -> None:
    """While a second one on the same row still is the first one's; the clock of the page stands."""
    page.clock.set_fixed_time(page.evaluate("Date.now()"))
    sent = posts(page)
    go(page, 5).click()
    expect(page.locator("#said")).to_contain_text("5 田大利：已签到")
    go(page, 7).click()
    expect(page.locator("#said")).to_contain_text("7 ")
    page.get_by_role("button", name="田大利早退").click()
    page.get_by_role("button", name="撤回这一笔").click()
    go(page, 9).click()
    expect(page.locator("#said")).to_contain_text("9 ")
    assert there(hall) == {5: "present", 7: "present", 9: "present"}
    assert len(sent) == 3


def test_a_refusal_drops_those_who_wait_and_says_who(hall: Hall, page: Page) -> None:
    """Nothing goes on by itself after it."""
    sent = posts(page)
    waiting = held(page)
    go(page, 5).click()
    go(page, 7).click()
    expect(row(page, 7)).to_contain_text("等一下…")
    was = waiting[0].request.post_data
    assert was
    assert "arrive" in was
    waiting[0].continue_(post_data=was.replace("arrive", "nothing"))
    expect(page.locator("#said")).to_contain_text("没有办理")
    expect(page.locator("#said")).to_contain_text("后面点的没有办，请再点：7 ")
    expect(row(page, 7)).to_contain_text("未到")
    assert there(hall) == {}
    assert len(sent) == 1


def test_a_line_that_breaks_drops_those_who_wait_and_says_who(hall: Hall, page: Page) -> None:
    """At once, and once more when it is back."""
    waiting = held(page)
    go(page, 5).click()
    go(page, 7).click()
    expect(row(page, 7)).to_contain_text("等一下…")
    page.context.set_offline(True)
    waiting[0].abort()
    expect(page.locator("#told")).to_contain_text("不知道办成没有")
    expect(page.locator("#told")).to_contain_text("后面点的没有办，请再点：7 ")
    expect(row(page, 7)).to_contain_text("未到")
    page.context.set_offline(False)
    expect(page.locator("#said")).to_contain_text("刚才办的田大利，请看办成没有。后面点的没有办，请再点：7 ")
    expect(go(page, 7)).to_be_enabled()
    assert there(hall) == {}


def test_who_waits_and_was_dealt_with_at_another_desk_is_left_alone(hall: Hall, page: Page) -> None:
    """Her row shows how she is; whoever comes after her is done."""
    sent = posts(page)
    waiting = held(page)
    go(page, 5).click()
    go(page, 7).click()
    go(page, 9).click()
    expect(row(page, 9)).to_contain_text("等一下…")
    hall.do(attendance.check_in, ["7"])
    released(page, waiting)
    expect(row(page, 9)).to_contain_text("已到")
    expect(row(page, 7)).to_contain_text("已到")
    assert len(sent) == 2
    assert "7" not in {one.split("%3A")[1].split("&")[0] for one in sent}


def test_a_question_is_asked_after_those_who_wait(hall: Hall, page: Page) -> None:
    """The next answer would have taken it away."""
    hall.do(attendance.check_in, ["6"])
    page.reload()
    waiting = held(page)
    page.get_by_role("button", name="向晚晴早退").click()
    go(page, 7).click()
    expect(row(page, 7)).to_contain_text("等一下…")
    released(page, waiting)
    expect(row(page, 7)).to_contain_text("已到")
    expect(page.locator("#said")).to_contain_text("6 向晚晴现在离场？")
    expect(row(page, 6)).to_contain_text("已到")
    assert there(hall) == {6: "present", 7: "present"}


def test_leaving_is_asked_and_a_mistake_is_taken_back(hall: Hall, page: Page) -> None:
    """With keys as with a hand; Enter alone does not record it."""
    hall.do(attendance.check_in, ["6"])
    page.reload()
    leave = page.get_by_role("button", name="向晚晴早退")
    leave.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("6 向晚晴现在离场？")
    expect(page.get_by_role("button", name="不是")).to_be_focused()
    for_everybody(page, "desk-check-in-asked")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_be_hidden()
    assert there(hall) == {6: "present"}
    leave.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="是，早退").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("已登记早退")
    page.get_by_role("button", name="撤回这一笔").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("已撤回早退")
    assert there(hall) == {6: "present"}


def test_a_line_that_breaks_greys_the_list_out_and_comes_back_by_itself(hall: Hall, page: Page) -> None:
    """No button of an old list stands under a new search; no message of a broken line stays."""
    page.context.set_offline(True)
    type_(page, "tf")
    expect(page.locator("#told")).to_contain_text("网络不通")
    expect(page.locator("#roll .go").first).to_be_disabled()
    for_everybody(page, "desk-check-in-offline")
    page.context.set_offline(False)
    expect(page.locator("#roll li")).to_have_count(1)
    expect(page.locator("#told")).to_be_hidden()
    expect(page.locator("#roll .go")).to_be_enabled()
    assert there(hall) == {}


def test_where_the_answer_was_lost_the_desk_is_told_to_look(hall: Hall, page: Page) -> None:
    """It may have been done; the list that comes back tells."""

    def lost(route: Route) -> None:
        if route.request.method == "POST":
            route.fetch()
            route.abort()
        else:
            route.fallback()

    page.route(HERE, lost)
    page.get_by_role("button", name="田大利签到").click()
    expect(page.locator("#told")).to_contain_text("不知道办成没有")
    expect(page.locator("#said")).to_contain_text("刚才办的田大利，请看办成没有")
    expect(page.locator("#roll li[data-number='5']")).to_contain_text("已到")
    expect(page.locator("#told")).to_be_hidden()
    assert there(hall) == {5: "present"}


def test_what_was_said_of_one_is_gone_when_the_next_is_looked_for(page: Page) -> None:
    """And how many are not listed belongs to the list."""
    type_(page, "tf⏎⏎")
    expect(page.locator("#said")).to_contain_text("4 田富：已签到")
    type_(page, "d")
    expect(page.locator("#said")).to_be_hidden()


def test_on_a_tablet_the_field_does_not_call_up_its_keyboard(hall: Hall, before: Open, browser) -> None:  # type: ignore[no-untyped-def]
    """A tap checks in; the list stays in view."""
    opener = before(hall.engine, TALL)
    opener.goto("/desk")
    context = browser.new_context(viewport=TALL, has_touch=True, base_url=opener.url.removesuffix("/desk"))
    page = signed_in(context.new_page(), opened_desk(hall.engine, hall.clock))
    page.get_by_role("button", name="向晚晴签到").tap()
    expect(page.locator("#said")).to_contain_text("6 向晚晴：已签到")
    expect(page.locator("#q")).not_to_be_focused()
    for_everybody(page, "desk-check-in-tall")
    page.set_viewport_size(SMALLEST)
    for_everybody(page, "desk-check-in-320")
    page.set_viewport_size(DESKTOP)
    for_everybody(page, "desk-check-in-1280")
    context.close()
