"""Desks, the screen and the comment page in a real browser: with keys, and live."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, expect
from sqlalchemy import Engine

from federation.clock import SetClock
from federation.facts.counting import Paper
from federation.services import attendance, counts
from federation.web import live
from federation.web.app import create_app
from federation.web.site import Site
from tests.entering import FIRST, OTHER, Table
from tests.halls import Hall
from tests.services.stage import Stage
from tests.web.browser.conftest import TABLET, WALL, Open, signed_in
from tests.web.desks import opened_desk

HELD = """() => {
  const ask = window.fetch;
  let last = new Promise((resolve) => { window.release = resolve; });
  window.fetch = (...asked) => (last = last.then(() => ask(...asked)));
}"""
"""Nothing is asked for until it is released, and then one after the other."""


def test_two_desks_check_in_with_keys_and_each_sees_the_other(
    engine: Engine, clock: SetClock, before: Open, tmp_path: Path
) -> None:
    """Initials, Enter to the button, Enter: the field is ready for the next; the other desk follows by itself."""
    hall = Hall(engine, clock).called(tmp_path)
    one = signed_in(before(engine, TABLET), opened_desk(engine, clock))
    other = signed_in(before(engine, TABLET), opened_desk(engine, clock, "签到台二"))
    one.keyboard.type("tf")
    expect(one.locator("#roll li")).to_have_count(1)
    one.keyboard.press("Enter")
    expect(one.get_by_role("button", name="田富签到")).to_be_focused()
    one.keyboard.press("Enter")
    expect(one.locator("#said")).to_contain_text("4 田富：已签到")
    expect(one.locator("#q")).to_be_focused()
    expect(other.locator("#figures")).to_contain_text("实到 1")
    expect(other.locator("#roll li.here")).to_contain_text("田富")
    hall.do(attendance.check_in_all, ())
    expect(other.locator("#figures")).to_contain_text("已到法定人数")


def test_enter_never_leads_to_the_button_of_somebody_else(
    engine: Engine, clock: SetClock, before: Open, tmp_path: Path
) -> None:
    """The list of the one who was asked for is overtaken by that of another desk's arrival: Enter waits for it."""
    hall = Hall(engine, clock).called(tmp_path)
    desk = signed_in(before(engine, TABLET), opened_desk(engine, clock))
    desk.keyboard.type("4")
    expect(desk.locator("#roll li")).to_have_count(1)
    expect(desk.locator("#figures")).to_contain_text("实到 0")
    desk.evaluate(HELD)
    desk.locator("#q").fill("5")
    desk.keyboard.press("Enter")
    hall.do(attendance.check_in, ["1"])
    expect(desk.locator("#figures")).to_contain_text("实到 1")
    desk.evaluate("release()")
    expect(desk.get_by_role("button", name="田大利签到")).to_be_focused()
    desk.keyboard.press("Enter")
    expect(desk.locator("#said")).to_contain_text("5 田大利：已签到")


def test_two_tellers_enter_a_pile_with_keys_and_sign_it_off(
    engine: Engine, clock: SetClock, before: Open, tmp_path: Path
) -> None:
    """A key a name, Enter for the paper; a name that was forgotten is asked for."""
    table = Table(engine, clock).unsealed(tmp_path)
    codes = {name: opened_desk(engine, clock, name, "entry", name) for name in (FIRST, OTHER)}
    for name in (FIRST, OTHER):
        page = signed_in(before(engine, TABLET), codes[name])
        if name == FIRST:
            page.locator("input[name=batch]").fill("1")
            page.locator("input[name=papers]").fill("2")
            page.locator("button.first").click()
        else:
            page.get_by_role("button", name="录第 1 批第二遍").click()
        expect(page.locator("h1")).to_contain_text("第 1 / 2 张")
        for key in "112":
            page.keyboard.press(key)
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("还有 1 人没有录：田富")
        expect(page.locator("#told")).to_contain_text("可以接着录了")
        page.keyboard.press("3")
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_contain_text("第 2 / 2 张")
        page.keyboard.press("a")
        page.keyboard.press("Enter")
        page.locator("button[value=finish]").click()
    expect(page.locator(".notice")).to_contain_text("两人所录一致")
    page.locator("#code").fill(codes[FIRST])
    page.locator("button[value=sign_off]").click()
    expect(page.locator(".notice")).to_contain_text("已签认")
    assert table.facts().signed_off


def test_the_screen_follows_the_hall_and_shows_a_result_once_it_is_announced(phones: Stage, before: Open) -> None:
    """Nobody reloads it."""
    page = before(phones.engine, WALL)
    page.goto("/screen/congress")
    expect(page.locator("#screen")).to_contain_text("议程")
    phones.open(14)
    expect(page.locator("#screen")).to_contain_text("正在投票")
    phones.boxed({"members": [Paper("++-")] * 14})
    expect(page.locator("#screen")).to_contain_text("已计票")
    expect(page.locator("#screen")).not_to_contain_text("马秋澜")
    phones.at("members", counts.announce, phones.act())
    expect(page.locator(".names")).to_contain_text("马秋澜")


@contextmanager
def ending(engine: Engine, clock: SetClock, port: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server at this port that ends as one of a process of its own does, with a screen before it."""
    server = uvicorn.Server(uvicorn.Config(create_app(Site(engine, clock)), port=port, log_level="critical"))
    monkeypatch.setattr(live, "is_ending", lambda: server.should_exit)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


def test_a_screen_that_lost_its_server_says_so_and_comes_back_to_the_whole(
    phones: Stage, browser: Browser, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without anybody at its keyboard."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    context = browser.new_context(viewport=WALL)
    page = context.new_page()
    with ending(phones.engine, clock, port, monkeypatch) as address:
        with page.expect_response("**/screen-live/**"):
            page.goto(f"{address}/screen/congress", wait_until="commit")
        expect(page.locator("#screen")).to_contain_text("议程")
    expect(page.locator("#lost")).to_be_visible(timeout=30_000)
    phones.open(12)
    with ending(phones.engine, clock, port, monkeypatch):
        expect(page.locator("#screen")).to_contain_text("正在投票", timeout=30_000)
        expect(page.locator("#lost")).to_be_hidden()
        context.close()
