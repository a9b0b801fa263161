"""Devices of a hall before one server: desks that are signed in, screens, phones."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import Engine

from federation.clock import SetClock
from tests.web.browser.conftest import pictured, serving
from tests.web.browser.test_access_for_all import RULES, WIDE

TABLET, WALL, SMALLEST = {"width": 1024, "height": 768}, {"width": 1920, "height": 1080}, {"width": 320, "height": 640}
Open = Callable[[Engine, dict[str, int]], Page]


@pytest.fixture(params=["sqlite"])
def database_url(request: pytest.FixtureRequest) -> str:
    """What is beneath the server has its own tests on both databases."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def before(browser: Browser, clock: SetClock) -> Iterator[Open]:
    """`before(engine, size)`: a device of its own before the server over this database."""
    with ExitStack() as ends:
        servers: dict[int, str] = {}

        def open_(engine: Engine, size: dict[str, int]) -> Page:
            if id(engine) not in servers:
                servers[id(engine)] = ends.enter_context(serving(engine, clock))
            context = browser.new_context(viewport=size, locale="zh-CN", base_url=servers[id(engine)])
            ends.callback(context.close)
            page = context.new_page()
            page.set_default_timeout(20_000)
            return page

        yield open_


def signed_in(page: Page, code: str) -> Page:
    page.goto("/desk")
    page.locator("#code").fill(code)
    page.keyboard.press("Enter")
    expect(page.locator(".bar")).to_be_visible()
    return page


def for_everybody(page: Page, name: str) -> None:
    """Nothing that axe finds, nothing that scrolls sideways."""
    pictured(page, name)
    assert [(each["id"], each["nodes"]) for each in Axe().run(page, options=RULES).response["violations"]] == []
    assert page.evaluate(WIDE) == 0
