"""Every page of a voter is for everybody: WCAG 2.2 AA, the smallest phone, text twice as large, keys alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from federation.facts.counting import Paper
from federation.services import counts
from tests.web.browser.conftest import SMALLEST, Room
from tests.web.browser.looking import for_everybody
from tests.web.browser.test_voting import cast, ended, fill, review


def first_page(room: Room, page: Page) -> None:
    room.stage.closed()
    page.goto(room.address)


def sheet(room: Room, page: Page) -> None:
    page.goto(room.link())
    fill(page, "+++")
    page.locator("summary").click()


def reviewed(room: Room, page: Page) -> None:
    page.goto(room.link())
    fill(page, "++-")
    review(page)


def reviewed_invalid(room: Room, page: Page) -> None:
    page.goto(room.link())
    fill(page, "+++")
    review(page)


def voted(room: Room, page: Page) -> None:
    reviewed(room, page)
    cast(page)
    ended(page)


def wrong_code(room: Room, page: Page) -> None:
    page.goto(f"{room.address}/v/members")
    page.locator("#code").fill("0")
    review(page)
    cast(page)
    ended(page, "没有投票")


def kiosk_end(room: Room, page: Page) -> None:
    page.goto(room.link(0, "/kiosk/members"))
    review(page)
    cast(page)
    ended(page)


def too_late(room: Room, page: Page) -> None:
    room.stage.closed()
    page.goto(f"{room.address}/v/members")


def nowhere(room: Room, page: Page) -> None:
    page.goto(f"{room.address}/nowhere")


def announced(room: Room) -> None:
    for number in range(12):
        room.stage.cast(room.codes[number])
    room.stage.boxed({"members": [Paper("++-")] * 12})
    room.stage.at("members", counts.announce, room.stage.act())


def check(room: Room, page: Page) -> None:
    announced(room)
    page.goto(f"{room.address}/check/members")


def checked(room: Room, page: Page) -> None:
    check(room, page)
    page.locator("#code").fill(room.checks[0])
    page.get_by_role("button", name="核对").click()
    expect(page.get_by_text("已经计入。", exact=False).first).to_be_visible()


def not_there(room: Room, page: Page) -> None:
    check(room, page)
    page.locator("#code").fill("0000-0000-0000")
    page.get_by_role("button", name="核对").click()
    expect(page.locator(".notice.wrong")).to_be_visible()


PAGES: list[Callable[[Room, Page], None]] = [
    first_page, sheet, reviewed, reviewed_invalid, voted, wrong_code, kiosk_end, too_late, nowhere, check, checked,
    not_there,
]  # fmt: skip


@pytest.fixture(params=PAGES, ids=lambda page: page.__name__)
def visit(request: pytest.FixtureRequest) -> Callable[[Room, Page], None]:
    """Each page of a voter in turn."""
    return request.param


def test_every_page_of_a_voter_is_for_everybody(room: Room, visit: Callable[[Room, Page], None]) -> None:
    """By axe, and by looking: nothing is too wide, too small, out of sight or out of reach of a key; twice as large."""
    page = room.phone(viewport=SMALLEST)
    visit(room, page)
    for_everybody(page, visit.__name__)
