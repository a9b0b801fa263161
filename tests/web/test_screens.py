"""The screen of the hall: what everybody may see, and nothing before the chair has said it."""

import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from federation.clock import SetClock
from federation.errors import NotFound, NotReady, Refused
from federation.facts.counting import Paper
from federation.services import attendance, counts, meetings
from federation.web import live
from federation.web.live import Watch
from tests.halls import Hall
from tests.services.stage import THREE, Stage

Opened = Callable[[Engine], TestClient]
ADDRESS = "/screen/congress"


def shown(client: TestClient) -> str:
    return client.get(ADDRESS).text.partition('<div id="screen"')[2]


def test_it_shows_who_is_there_and_whether_they_are_enough(ready: Stage, opened: Opened) -> None:
    """应到, 实到 and the quorum, as they are now."""
    client = opened(ready.engine)
    assert "应到 <b>9</b>" in shown(client)
    assert "实到 <b>9</b>" in shown(client)
    assert "须到 6 人，✓ 达到法定人数" in shown(client)
    ready.do(attendance.left, ["1", "2", "3", "4"])
    assert "实到 <b>5</b>" in shown(client)
    assert "须到 6 人，未达到法定人数" in shown(client)


@pytest.mark.parametrize("address", ["congress", "founding-1/congress", "shili/founding-1/congress"])
def test_a_screen_is_found_by_the_name_of_its_meeting(ready: Stage, opened: Opened, address: str) -> None:
    """Short for a hall, whole for a database of many."""
    client = opened(ready.engine)
    assert "示例开发区妇女第一次代表大会" in client.get(f"/screen/{address}").text
    assert client.get("/screen").headers["location"] == "/screen/shili/founding-1/congress"


@pytest.mark.parametrize("address", ["plenary", "nothing", "gress", "%00", "a" * 400])
def test_there_is_no_screen_of_a_meeting_that_is_not_called(ready: Stage, opened: Opened, address: str) -> None:
    """With what to do; on the stream too."""
    client = opened(ready.engine)
    assert client.get(f"/screen/{address}").status_code == 404
    assert client.get(f"/screen-live/{address}").status_code == 404


def test_while_a_poll_is_open_the_number_cast_goes_up_in_steps_and_not_at_once(
    phones: Stage, opened: Opened, clock: SetClock
) -> None:
    """A single increment would say who voted when."""
    codes = phones.passes(12)
    phones.open(12, 12)
    client = opened(phones.engine)
    seen = []
    for code in codes:
        phones.cast(code)
        clock.advance(seconds=20)
        seen.append(shown(client).partition("手机已投")[2].partition("</span>")[0])
    assert seen == ["：满 10 张后显示"] * 9 + [" <b>10</b> 张以上"] * 3


def test_within_twenty_seconds_nobody_looks_at_the_box_again(phones: Stage, opened: Opened, clock: SetClock) -> None:
    """The tenth ballot does not betray the moment at which it was cast."""
    codes = phones.passes(12)
    phones.open(12, 12)
    client = opened(phones.engine)
    assert "手机已投：满 10 张后显示" in shown(client)
    for code in codes[:10]:
        phones.cast(code)
    clock.advance(seconds=19)
    assert "手机已投：满 10 张后显示" in shown(client)
    clock.advance(seconds=1)
    assert "手机已投 <b>10</b>" in shown(client)


def test_after_the_close_the_screen_says_how_many_there_were(full: Stage, opened: Opened) -> None:
    """The number of the journal's line: casting is over."""
    client = opened(full.engine)
    full.closed()
    assert "投票已结束" in shown(client)
    assert "手机投票 <b>12</b>" in shown(client)


def test_nothing_of_a_result_is_shown_before_the_chair_announces_it(ready: Stage, opened: Opened) -> None:
    """Counted is not announced: not a name, not a vote, not a figure of valid papers."""
    client = opened(ready.engine)
    ready.open(9).boxed({"members": [Paper("++-")] * 8 + [Paper("+-+")]})
    before = shown(client)
    assert "已计票" in before
    assert not [word for word in (*THREE, "当选", "有效", "票</span>") if word in before]
    ready.at("members", counts.announce, ready.act())
    after = shown(client)
    assert after.index(THREE[0]) < after.index(THREE[1])
    assert "委员　当选 2 名" in after
    assert "<i>1</i> <b>马秋澜</b> <span>9 票</span>" in after
    assert "有效 <b>9</b>" in after
    assert THREE[2] not in after


def test_the_item_that_the_meeting_has_come_to_is_shown_until_the_agenda_changes(ready: Stage, opened: Opened) -> None:
    """As the secretary says; a repeat changes nothing."""
    client = opened(ready.engine)
    assert 'class="item"' not in shown(client)
    assert ready.do(meetings.come_to, 2)[0].taken
    assert not ready.do(meetings.come_to, 2)[0].taken
    assert '<p class="item">第 2 项　选举</p>' in shown(client)
    with pytest.raises(NotFound):
        ready.do(meetings.come_to, 3)
    ready.do(meetings.agenda, ["选举"])
    assert 'class="item"' not in shown(client)


def test_a_meeting_that_is_not_in_session_has_come_to_no_item(engine: Engine, clock: SetClock, tmp_path: Path) -> None:
    """It has not begun."""
    hall = Hall(engine, clock).called(tmp_path)
    with pytest.raises(Refused):
        hall.do(meetings.come_to, 1)


def test_names_are_escaped_on_the_page_and_in_the_stream(ready: Stage, opened: Opened) -> None:
    """What an officer typed as an agenda is text."""
    ready.do(meetings.agenda, ["<script>alert(1)</script>"])
    client = opened(ready.engine)
    assert "<script>alert" not in shown(client)
    assert "&lt;script&gt;alert" in shown(client)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def first(texts: AsyncIterator[str]) -> str:
    return await texts.__anext__()


@pytest.mark.anyio
async def test_whoever_looks_on_late_is_told_the_whole_and_everybody_what_changes() -> None:
    """One look for all of them; nothing is made where nothing has changed."""
    state = {"stamp": 1, "looks": 0, "made": 0}

    def stamp() -> int:
        state["looks"] += 1
        return state["stamp"]

    def made() -> str:
        state["made"] += 1
        return f"第 {state['stamp']} 面"

    watch = Watch(stamp, made, every=0)
    one, other = watch.texts(), watch.texts()
    assert await first(one) == "第 1 面"
    assert await first(other) == "第 1 面"
    assert state["made"] == 1
    state["stamp"] = 2
    assert await first(one) == "第 2 面"
    assert await first(other) == "第 2 面"
    assert state["made"] == 2
    await one.aclose()  # type: ignore[attr-defined]
    late = watch.texts()
    assert await first(late) == "第 2 面"
    for texts in (other, late):
        await texts.aclose()  # type: ignore[attr-defined]
    assert watch._task is None


@pytest.mark.anyio
async def test_a_database_that_is_away_leaves_the_screen_as_it_was_until_it_is_back() -> None:
    """A fault of one look is not the end of the stream."""
    looks = iter([1, NotReady("数据库暂不可用"), RuntimeError("unknown"), 2])

    def stamp() -> int:
        found = next(looks, 2)
        if isinstance(found, Exception):
            raise found
        return found

    texts = Watch(stamp, iter("甲乙丙").__next__, every=0).texts()
    assert [await first(texts), await first(texts)] == ["甲", "乙"]
    await texts.aclose()  # type: ignore[attr-defined]


@pytest.mark.anyio
async def test_a_stream_ends_with_the_server_and_says_how_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """A screen on the wall does not hold the server up; the browser asks again after two seconds."""
    watch = Watch(lambda: 1, lambda: "一面", every=0)
    said = []
    async for part in live._events(watch):
        said.append(part.decode())
        if part.startswith(b"data"):
            monkeypatch.setattr(live, "is_ending", lambda: True)
    assert said[0] == "retry: 2000\n\n"
    assert json.loads(said[1].removeprefix("data: ")) == "一面"
