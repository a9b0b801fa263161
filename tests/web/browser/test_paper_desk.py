"""The paper desk at the keyboard: no key is lost, none falls on another paper, and what was not stored is not gone."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import Engine

from federation.clock import SetClock
from federation.facts.counting import Paper
from federation.services import comparisons, entries
from tests.entering import BOX, FIRST, LIST, OTHER, Table
from tests.web.browser.conftest import SMALLEST, TABLET, Open, signed_in
from tests.web.browser.looking import for_everybody
from tests.web.desks import opened_desk

PILE = "/desk/entry/pile?contest=members&batch=1"


@pytest.fixture
def table(engine: Engine, clock: SetClock, tmp_path: Path) -> Table:
    """Nine papers of four candidates, none entered."""
    return Table(engine, clock).unsealed(tmp_path)


@pytest.fixture
def page(table: Table, before: Open) -> Page:
    """The first teller before the first of nine papers."""
    table.as_(FIRST, entries.begin, "1", len(BOX))
    found = signed_in(before(table.engine, TABLET), opened_desk(table.engine, table.clock, FIRST, "entry", FIRST))
    found.goto(PILE)
    return found


@contextmanager
def under_way(page: Page) -> Iterator[None]:
    """What is sent within reaches the server only at the end: a line that is slow."""
    waiting: list[Route] = []
    slow = True

    def held(route: Route) -> None:
        if slow:
            waiting.append(route)
        else:
            route.continue_()

    page.route("**/desk/entry/pile", held)
    yield
    expect(page.locator("#told")).to_have_text("正在保存…")
    slow = False
    for route in waiting:
        route.continue_()


def typed(page: Page, keys: str) -> None:
    """As on the desk: `⏎` is Enter, everything else itself."""
    for key in keys:
        page.keyboard.press({"⏎": "Enter", "←": "Backspace"}.get(key, key))


def at(page: Page, number: int) -> None:
    expect(page.locator("h1")).to_contain_text(f"第 {number} / 9 张")


def stored(table: Table) -> list[str]:
    """The marks of the first teller's papers as they are kept."""

    def read(session, _poll, round):  # type: ignore[no-untyped-def]
        turn = entries.turn_of(session, entries.must_find(session, round, "1"), FIRST)
        return [paper.marks for paper in comparisons.papers_of(session, turn)]

    return table.at_round("members", read)  # type: ignore[no-any-return]


def test_keys_pressed_while_a_paper_is_under_way_are_those_of_the_next_ones(table: Table, page: Page) -> None:
    """Three papers typed without a look: `1` and `2` do not fall on the paper that is just being sent."""
    with under_way(page):
        typed(page, "a⏎12a⏎3a⏎")
    at(page, 4)
    assert stored(table) == ["++++", "+-++", "0+++"]
    expect(page.locator(".last")).to_have_text(f"第 3 张存的是：弃权 {LIST[0]}，其余赞成")
    for_everybody(page, "desk-entry-last")
    page.set_viewport_size(SMALLEST)
    for_everybody(page, "desk-entry-last-320")


def test_after_a_paper_that_was_refused_no_key_falls_upon_it(table: Table, page: Page) -> None:
    """What was typed ahead was the next paper's: it is told that it went nowhere, until the teller has stopped."""
    with under_way(page):
        typed(page, "12⏎a⏎")
    expect(page.get_by_role("alert")).to_contain_text("还有 2 人没有录")
    expect(page.locator("#told")).to_contain_text("之后按的 2 个键没有用上")
    typed(page, "11⏎")
    expect(page.locator("#told")).to_have_text("刚按的键没有用上，停一下，看清楚再录。可以接着录了。")
    assert stored(table) == []
    typed(page, "33⏎")
    at(page, 2)
    assert stored(table) == ["+-00"]


def test_a_paper_that_the_line_lost_is_still_on_the_sheet(table: Table, page: Page) -> None:
    """Offline, and once the answer alone was lost: sent again it is one paper."""
    page.context.set_offline(True)
    typed(page, "1211⏎")
    expect(page.locator("#told")).to_contain_text("网络不通，没有提交，写的都还在")
    expect(page.locator("fieldset.mark :checked")).to_have_count(4)
    expect(page.locator("#told")).to_contain_text("可以接着录了")
    page.context.set_offline(False)

    def lost(route: Route) -> None:
        route.fetch(max_redirects=0)
        route.abort()

    page.route("**/desk/entry/pile", lost)
    typed(page, "⏎")
    expect(page.locator("#told")).to_contain_text("网络不通")
    expect(page.locator("#told")).to_contain_text("可以接着录了")
    page.unroute("**/desk/entry/pile")
    typed(page, "⏎")
    at(page, 2)
    assert stored(table) == ["+-++"]


def test_a_key_that_is_none_is_told_and_capitals_and_wide_ones_are_keys(table: Table, page: Page) -> None:
    """Caps Lock is nobody's business."""
    for key, said in {"5": "没有这个键：5", "x": "没有这个键：x"}.items():
        typed(page, key)
        expect(page.locator("#told")).to_have_text(said)
    typed(page, "2A")
    expect(page.locator("fieldset.mark :checked")).to_have_count(4)
    typed(page, "1")
    expect(page.locator("#told")).to_contain_text("各人都录了")
    typed(page, "⏎")
    at(page, 2)
    assert stored(table) == ["-+++"]


def test_enter_in_a_written_name_does_not_send_the_paper(page: Page) -> None:
    """Only the next one does."""
    typed(page, "a")
    page.get_by_text("另选他人").click()
    page.get_by_label("第 1 人的姓名").fill("向晚晴")
    typed(page, "⏎")
    expect(page.locator("#told")).to_contain_text("姓名写好了")
    at(page, 1)
    typed(page, "⏎")
    at(page, 2)
    expect(page.locator(".last")).to_contain_text("另选 向晚晴")


def test_keys_after_the_last_paper_are_told_and_finish_nothing(table: Table, page: Page) -> None:
    """One key too many is one paper too many, or one that was skipped."""
    with under_way(page):
        typed(page, "a⏎" * 10)
    expect(page.get_by_role("button", name="录完")).to_be_visible()
    expect(page.locator("#told")).to_contain_text("之后按的 2 个键没有用上")
    assert len(stored(table)) == 9
    for_everybody(page, "desk-entry-full")


def test_a_difference_is_marked_on_the_sheet_and_the_list_follows_the_other_teller(
    table: Table, page: Page, before: Open
) -> None:
    """The bar stands on the name that differs, so `2` changes no other."""
    table.entered(OTHER, [Paper("++-+"), *BOX[1:]])
    for paper in BOX:
        table.as_(FIRST, entries.put, "1", paper)
    table.as_(FIRST, entries.finish, "1")
    page.goto(PILE)
    other = signed_in(before(table.engine, TABLET), opened_desk(table.engine, table.clock, OTHER, "entry", OTHER))
    other.goto(PILE)
    for_everybody(other, "desk-entry-differences")
    other.set_viewport_size(SMALLEST)
    for_everybody(other, "desk-entry-differences-320")
    other.set_viewport_size(TABLET)
    other.get_by_role("link", name="监票人裁定第 1 张").first.click()
    for_everybody(other, "desk-entry-settling")
    other.get_by_role("link", name="不改，返回").click()
    other.get_by_role("link", name="更正第 1 张").first.click()
    expect(other.locator("fieldset.at")).to_contain_text(LIST[2])
    expect(other.locator("fieldset.differs")).to_have_count(2)
    for_everybody(other, "desk-entry-differs")
    typed(other, "12⏎")
    expect(other.locator(".notice")).to_contain_text("两人所录一致")
    expect(page.locator(".notice")).to_contain_text("两人所录一致")
