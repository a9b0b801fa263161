"""A real browser before a real server; `make test-web` runs these, `make test` does not."""

import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pylopdf_fonts_zh_cn
import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from sqlalchemy import Engine

from federation.clock import SetClock
from federation.web.app import create_app
from federation.web.site import Site
from tests.services.stage import LISTS, OFFICERS, ONE, TWO, Crowd, Stage, _stage

pytest.register_assert_rewrite("tests.web.browser.looking")
HERE = Path(__file__).parent
PLACES = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run")
PHONE, TABLET = {"width": 360, "height": 740}, {"width": 1024, "height": 768}
WALL, SMALLEST = {"width": 1920, "height": 1080}, {"width": 320, "height": 640}
expect.set_options(timeout=30_000)  # a page that comes late on a busy machine is not one that does not come
LOOK = os.environ.get("FEDERATION_SCREENSHOTS", "")
"""Where to put a picture of every page, for whoever wants to look at them."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is marked `web`."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.web)


def chromium() -> str | None:
    """The browser that the machine has; None for the one that `playwright install chromium` brought."""
    named = os.environ.get("FEDERATION_CHROMIUM", "")
    return next((place for place in (named, *PLACES) if place and Path(place).exists()), None)


FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One browser for all tests, with pip's faces and no others; each test has a context of its own."""
    fonts = tmp_path_factory.mktemp("fonts")
    folder = Path(pylopdf_fonts_zh_cn.sans_path()).parent
    (fonts / "fonts.conf").write_text(FONTS.format(folder=folder, cache=fonts / "cache"), encoding="utf-8")
    surroundings = os.environ | {"FONTCONFIG_FILE": str(fonts / "fonts.conf")}
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium(), args=list(QUIET), env=surroundings)
        yield found
        found.close()


@contextmanager
def serving(engine: Engine, clock: SetClock) -> Iterator[str]:
    """A server over this database, in a thread; its address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        config = uvicorn.Config(
            create_app(Site(engine, clock)),
            access_log=False,
            log_level="error",
            lifespan="on",
            timeout_graceful_shutdown=5,
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


class Room:
    """An open poll, its passes, and browsers before it."""

    def __init__(self, stage: Stage, address: str, browser: Browser, pile: list[tuple[str, str]]) -> None:
        self.stage, self.address, self.browser = stage, address, browser
        self.codes = [code for code, _ in pile]
        self.checks = [check for _, check in pile]
        self.contexts: list[BrowserContext] = []

    def phone(self, **more: object) -> Page:
        """A voter's phone, with nothing in it."""
        context = self.browser.new_context(**({"viewport": PHONE, "has_touch": True, "locale": "zh-CN"} | more))
        self.contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        return page

    def link(self, number: int = 0, path: str = "/v/members") -> str:
        """The link of a pass, as its QR code has it."""
        return f"{self.address}{path}#{self.codes[number].replace('-', '')}"

    def votes(self) -> int:
        """Ballots in the box."""
        return len(self.stage.rows("sealed_ballots"))


Rooms = Callable[..., Room]


@pytest.fixture
def rooms(browser: Browser, clock: SetClock) -> Iterator[Rooms]:
    """`rooms(stage, contest)`: the poll of a stage opened, unless told otherwise, with passes for twelve."""
    ends = []

    def open_(stage: Stage, contest: str = "members", *, begun: bool = True) -> Room:
        pile = stage.pile(12, contest)
        if begun:
            stage.open(12, 12, contest)
        server = serving(stage.engine, clock)
        room = Room(stage, server.__enter__(), browser, pile)
        ends.append((room, server))
        return room

    yield open_
    for room, server in ends:
        for context in room.contexts:
            context.close()
        server.__exit__(None, None, None)


@pytest.fixture(params=["sqlite"])
def phones(request: pytest.FixtureRequest) -> Iterator[Stage]:
    """Three candidates for two seats; what is beneath the server has its own tests on both databases."""
    yield from _stage(request, "phones", ONE, LISTS, Crowd)


@pytest.fixture(params=["sqlite"])
def officers_by_phone(request: pytest.FixtureRequest) -> Iterator[Stage]:
    """Two contests on one sheet."""
    yield from _stage(request, "officers_by_phone", TWO, OFFICERS, Crowd)


@pytest.fixture
def room(phones: Stage, rooms: Rooms) -> Room:
    """An open poll for two seats."""
    return rooms(phones)


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
    """The page of a desk, once its code is typed."""
    page.goto("/desk")
    page.locator("#code").fill(code)
    page.keyboard.press("Enter")
    expect(page.locator(".bar")).to_be_visible()
    return page


def pictured(page: Page, name: str) -> None:
    """A picture of the page, where somebody asked for pictures."""
    if LOOK:
        Path(LOOK).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(LOOK) / f"{name}.png", full_page=True)
