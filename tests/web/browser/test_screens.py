"""The screen before a hall that nobody scrolls it for: whatever there is to be shown is seen, whole or in parts."""

import json
from collections.abc import Sequence

import pytest
from playwright.sync_api import Browser, Page, expect

from federation.clock import SetClock
from federation.facts.attendance import Hall
from federation.facts.screens import Screen, ScreenResult
from federation.web import pages
from tests.services.stage import Stage
from tests.web.browser.conftest import pictured, serving

WALL, PROJECTOR, BOARD = (1920, 1080), (1024, 768), (1366, 768)
FITS = "document.documentElement.scrollHeight <= window.innerHeight + 1"
pytestmark = pytest.mark.parametrize("ready", ["sqlite"], indirect=True)  # what is shown here is in no database
ITEMS = tuple(f"审议示例开发区妇女联合会第{n}号议案并举手表决通过有关决定" for n in range(1, 13))


def shown(results: Sequence[ScreenResult] = (), agenda: Sequence[str] = ()) -> str:
    """A screen of a congress in session."""
    hall = Hall(due=152, present=149, observers=2, needed=102)
    screen = Screen(
        federation="示例开发区妇女联合会",
        meeting="示例开发区妇女第一次代表大会（示例名称较长的一次会议）",
        state="in_session",
        specimen=True,
        agenda=tuple(agenda),
        item=3 if agenda else 0,
        hall=hall,
        motion="",
        polls=(),
        results=tuple(results),
    )
    return pages.rendered("screens_shown.html", step=10, screen=screen)


def elected(number: int, name: str = "示例名") -> ScreenResult:
    figures = (("发出", 149), ("收回", 149), ("有效", 147), ("无效", 2))
    names = tuple((f"{name}{place}", 149 - place) for place in range(1, number + 1))
    return ScreenResult("执行委员会委员", "", primary=False, figures=figures, elected=names, left=0)


@pytest.fixture
def wall(browser: Browser, ready: Stage, clock: SetClock, request: pytest.FixtureRequest):  # type: ignore[no-untyped-def]
    """A screen of the size asked for, that shows what it is given as if the hall had sent it."""
    width, height = request.param
    with serving(ready.engine, clock) as address:
        context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
        page = context.new_page()
        page.goto(f"{address}/screen/congress", wait_until="commit")
        yield page
        context.close()


def given(page: Page, text: str) -> None:
    """The hall sends this, and nothing after it."""
    event = f"retry: 3600000\ndata: {json.dumps(text)}\n\n"
    page.route("**/screen-live/**", lambda route: route.fulfill(body=event, content_type="text/event-stream"))
    page.reload()
    expect(page.locator("#screen")).to_contain_text("152")


def seen(page: Page) -> set[str]:
    """The names that stand whole on the screen at this moment."""
    rule = "each => { const at = each.getBoundingClientRect(); return at.top >= 0 && at.bottom <= window.innerHeight }"
    names = page.locator(".names li")
    whole = names.evaluate_all(f"(all) => all.filter({rule}).map(each => each.querySelector('b').textContent)")
    return set(whole)


@pytest.mark.parametrize("wall", [WALL, PROJECTOR, BOARD], indirect=True)
@pytest.mark.parametrize("number", [1, 15, 30, 45])
def test_everybody_elected_stands_on_one_screen(wall: Page, number: int) -> None:
    """With her place in the order in which she is announced, the votes, and the figures below."""
    given(wall, shown([elected(number)]))
    pictured(wall, f"screen-{number}-{wall.viewport_size['width']}")
    assert wall.evaluate(FITS)
    assert len(seen(wall)) == number
    expect(wall.locator(".result h2")).to_contain_text(f"当选 {number} 名")
    expect(wall.locator("#part")).to_be_hidden()


@pytest.mark.parametrize("wall", [WALL, PROJECTOR], indirect=True)
def test_an_agenda_of_twelve_items_stands_on_one_screen(wall: Page) -> None:
    """The item at hand among them."""
    given(wall, shown(agenda=ITEMS))
    pictured(wall, f"screen-agenda-{wall.viewport_size['width']}")
    assert wall.evaluate(FITS)
    expect(wall.locator("[aria-current=step]")).to_be_in_viewport()


@pytest.mark.parametrize("wall", [PROJECTOR], indirect=True)
def test_what_no_screen_holds_is_shown_in_parts_and_can_be_held(wall: Page) -> None:
    """Nothing is left out, and nothing becomes too small to be read from the back."""
    wall.clock.install()
    given(wall, shown([elected(90, "阿依古丽·示例名"), elected(7)]))
    part, found, names = wall.locator("#part"), set(), {f"阿依古丽·示例名{place}" for place in range(1, 91)}
    expect(part).to_contain_text("1／")
    for _ in range(12):
        found |= seen(wall)
        wall.clock.run_for(12_000)
    assert found >= names
    wall.keyboard.press(" ")
    expect(part).to_contain_text("已停住")
    stays = part.text_content()
    wall.clock.run_for(60_000)
    assert part.text_content() == stays
