"""Signing in at a desk: with its own code, for its own time, for its own pages."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from federation import db
from federation.clock import SetClock
from federation.errors import FederationError, Refused
from federation.facts.acts import Stated
from federation.services import desks
from tests.services.stage import Stage
from tests.web.desks import OFFICER, UNTIL, Browser, closed_desk, opened_desk

Opened = Callable[[Engine], TestClient]
PAGES = ("/desk/check-in", "/desk/entry")


@pytest.fixture
def client(ready: Stage, opened: Opened) -> TestClient:
    return opened(ready.engine)


def test_a_desk_signs_in_with_its_code_however_it_is_typed(ready: Stage, client: TestClient, clock: SetClock) -> None:
    """Case and separators are nobody's business."""
    code = opened_desk(ready.engine, clock)
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in code)
    for typed in (code, code.lower(), code.replace("-", " "), wide):
        browser = Browser(client).signed_in(typed)
        assert "签到台一" in browser.text
        assert OFFICER in browser.text


@pytest.mark.parametrize("code", ["", "ABCD-ABCD-ABCD", "签到台一", "x" * 200])
def test_a_wrong_code_opens_nothing(client: TestClient, code: str) -> None:
    """And leaves no cookie."""
    browser = Browser(client).signed_in(code)
    assert browser.page.status_code == 401
    assert "代码不对" in browser.text
    assert "federation" not in browser.text.partition("<main")[2]
    assert "set-cookie" not in browser.page.headers
    assert Browser(client).client.get("/desk/check-in").status_code == 401


def test_a_wrong_code_never_waits_for_the_database_to_be_written(ready: Stage, client: TestClient) -> None:
    """Nor takes the lock for which ballots wait: whoever guesses holds up nobody."""
    with db.transaction(ready.engine) as session:
        ready.meeting(session, "congress")
        assert Browser(client).signed_in("ABCD-ABCD-ABCD").page.status_code == 401


def test_the_cookie_is_for_the_pages_of_desks_alone(ready: Stage, client: TestClient, clock: SetClock) -> None:
    """No page that votes ever sees it; no script reads it; no other site sends it."""
    answer = client.post("/desk", data={"code": opened_desk(ready.engine, clock)})
    said = answer.headers["set-cookie"]
    assert "Path=/desk" in said
    assert "HttpOnly" in said
    assert "SameSite=strict" in said
    assert "Secure" not in said
    behind = client.post(
        "/desk", data={"code": opened_desk(ready.engine, clock, "二")}, headers={"X-Forwarded-Proto": "https"}
    )
    assert "Secure" in behind.headers["set-cookie"]


def test_neither_code_nor_secret_is_in_the_database(ready: Stage, client: TestClient, clock: SetClock) -> None:
    """Only their hashes; and nothing of a desk stands beside a ballot."""
    code = opened_desk(ready.engine, clock)
    browser = Browser(client).signed_in(code)
    secret = browser.client.cookies["desk"]
    kept = repr(ready.dump())
    assert code not in kept
    assert code.replace("-", "") not in kept
    assert secret not in kept
    assert len(ready.rows("hall_desk_sessions")) == 1


def test_a_code_is_good_until_the_time_stated_and_no_longer(ready: Stage, client: TestClient, clock: SetClock) -> None:
    """Whoever is signed in then is signed in no more."""
    code = opened_desk(ready.engine, clock)
    browser = Browser(client).signed_in(code)
    clock.advance(hours=8, minutes=59)
    assert "签到台一" in browser.get("/desk/check-in")
    clock.advance(minutes=1)
    assert "已经到期" in browser.get("/desk/check-in")
    assert browser.page.status_code == 401
    assert "代码不对，或者已经到期" in browser.signed_in(code).text


def test_a_desk_that_is_closed_is_closed_at_once(ready: Stage, client: TestClient, clock: SetClock) -> None:
    """Also for the form that somebody has before her; nothing is done."""
    code = opened_desk(ready.engine, clock)
    browser = Browser(client).signed_in(code)
    closed_desk(ready.engine, clock)
    before = ready.rows("roll_entries")
    assert "关闭" in browser.post("/desk/check-in", [("act", "leave:1")])
    assert browser.page.status_code == 401
    assert ready.rows("roll_entries") == before
    assert browser.signed_in(code).page.status_code == 401


def test_signing_out_ends_one_browser_and_not_the_other(ready: Stage, client: TestClient, clock: SetClock) -> None:
    """Two tablets may stand on one table."""
    code = opened_desk(ready.engine, clock)
    one, other = Browser(client).signed_in(code), Browser(client).signed_in(code)
    secret = one.client.cookies["desk"]
    assert "工作台登录" in one.post("/desk/out", [])
    one.client.cookies.set("desk", secret, domain="hall.test", path="/desk")
    assert "请先登录" in one.get("/desk/check-in")
    assert "签到台一" in other.get("/desk/check-in")


@pytest.mark.parametrize("token", ["", "0" * 64])
def test_a_form_without_the_token_of_its_cookie_does_nothing(
    ready: Stage, client: TestClient, clock: SetClock, token: str
) -> None:
    """Whatever another site makes the browser send."""
    browser = Browser(client).signed_in(opened_desk(ready.engine, clock))
    before = ready.rows("roll_entries")
    assert "不是从本页面发出的" in browser.post("/desk/check-in", [("act", "leave:1")], token=token)
    assert ready.rows("roll_entries") == before
    browser.client.post("/desk/out", data={"form_token": token})
    assert len(ready.rows("hall_desk_sessions")) == 1


def test_a_desk_has_the_pages_of_its_kind_and_no_others(ready: Stage, client: TestClient, clock: SetClock) -> None:
    """Who checks people in enters no papers."""
    checking = Browser(client).signed_in(opened_desk(ready.engine, clock))
    assert "这张台不能办这件事" in checking.get("/desk/entry")
    assert '<a class="button first" href="/desk/check-in">回到签到台</a>' in checking.text
    assert "退出，换台登录" in checking.text
    entering = Browser(client).signed_in(opened_desk(ready.engine, clock, "录入台一", "entry", "赵监票"))
    assert "这张台不能办这件事" in entering.get("/desk/check-in")
    assert "这张台不能办这件事" in entering.get("/desk/check-in/live")


@pytest.mark.parametrize("page", PAGES)
def test_nobody_sees_a_page_of_a_desk_without_signing_in(client: TestClient, page: str) -> None:
    """The answer is where to sign in."""
    answer = client.get(page)
    assert answer.status_code == 401
    assert 'action="/desk"' in answer.text


def problems(refused: pytest.ExceptionInfo[FederationError]) -> str:
    return "；".join(finding.problem for finding in refused.value.findings)


def opening(stage: Stage, name: str = "台", kind: str = "check_in", until: str = UNTIL, by: str = OFFICER) -> Any:
    act = stage.act()
    with db.transaction(stage.engine) as session:
        meeting = stage.meeting(session, "congress")
        word = type(act)(by, act.stated, act.recorded_at)
        return desks.open_desk(session, meeting, name, kind, Stated.parse(until), word)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"until": "2020-11-02 09:00"}, "已经过了"),
        ({"until": "2020-11-03 09:01"}, "一天之后"),
        ({"until": "2020-11-02"}, "没有写到几点"),
        ({"name": " "}, "1 到 40 个字"),
        ({"name": "台" * 41}, "1 到 40 个字"),
        ({"kind": "entry"}, "不是计票人"),
        ({"by": "无名氏"}, "不是"),
    ],
)
def test_a_desk_is_not_opened_for_whom_or_when_it_must_not_be(ready: Stage, asked: dict[str, str], said: str) -> None:
    """On both sides of a day, and for tellers alone where papers are entered."""
    with pytest.raises(Refused) as refused:
        opening(ready, **asked)
    assert said in problems(refused)
    assert not ready.rows("hall_desks")


def test_a_desk_is_opened_for_a_whole_day_at_most(ready: Stage) -> None:
    """The minute itself is allowed."""
    assert opening(ready, until="2020-11-03 09:00")


def test_a_name_is_free_again_once_its_desk_is_over(ready: Stage) -> None:
    """While it is open a second code for it would make the first one worthless behind somebody's back."""
    first = opening(ready)
    with pytest.raises(Refused) as refused:
        opening(ready)
    assert "已经开通" in problems(refused)
    ready.clock.advance(hours=9)
    assert opening(ready, until="2020-11-02 19:00") != first
    assert len(ready.rows("hall_desks")) == 1


def test_opening_and_closing_a_desk_are_journalled_without_its_code(ready: Stage, clock: SetClock) -> None:
    """Who opened it, for what, until when."""
    code = opened_desk(ready.engine, clock)
    closed_desk(ready.engine, clock)
    lines = dict(ready.lines()[-2:])
    assert lines["desk.open"] == '{"kind":"check_in","name":"签到台一","until":"2020-11-02 18:00"}'
    assert lines["desk.close"] == '{"kind":"check_in","name":"签到台一"}'
    assert code not in repr(ready.lines())
