"""What holds of every page: whom it is for, what it carries, how it refuses."""

import logging
from collections.abc import Callable
from unittest.mock import MagicMock

import pytest
from fastapi import FastAPI
from opentelemetry import _logs, metrics, trace
from sqlalchemy import Engine
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.testclient import TestClient

from federation.clock import SetClock
from federation.errors import Finding, Refused
from federation.web import app as application
from federation.web.access import GUARDS, Access, Routes, Undeclared, declared, must_be_declared
from federation.web.app import create_app
from federation.web.limits import LARGEST, Limits
from federation.web.site import Site

TYPED = "ABCD-1234"
With = Callable[[Routes], TestClient]


class Noun:
    """A module with routes, for one test."""

    def __init__(self, routes: Routes) -> None:
        self.routes = routes


@pytest.fixture
def having(opened: Callable[[Engine], TestClient], engine: Engine, monkeypatch: pytest.MonkeyPatch) -> With:
    """`having(routes)`: the application with some routes more."""

    def build(routes: Routes) -> TestClient:
        monkeypatch.setattr(application, "NOUNS", (*application.NOUNS, Noun(routes)))
        return opened(engine)

    return build


def fine(_request: Request) -> Response:
    return PlainTextResponse("好")


def failing(_request: Request) -> Response:
    raise RuntimeError(TYPED)


def refusing(_request: Request) -> Response:
    raise Refused("不能办理", [Finding("还有 <b>两</b> 条", "第三条", "先办")])


def some(endpoint: Callable[[Request], Response], path: str = "/some") -> Routes:
    routes = Routes()
    routes.get(path, access=Access.PUBLIC)(endpoint)
    routes.post(path, access=Access.PUBLIC)(endpoint)
    return routes


def test_a_route_that_does_not_say_whom_it_is_for_keeps_the_application_from_starting() -> None:
    """Forgetting is no way to make a page public."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.add_api_route("/open", fine)
    with pytest.raises(Undeclared, match="/open"):
        must_be_declared(app.routes)


def test_an_access_without_a_guard_keeps_the_application_from_starting(
    having: With, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page for desks opens for nobody before there is something that knows a desk."""
    monkeypatch.delitem(GUARDS, Access.DESK, raising=False)
    routes = Routes()
    routes.get("/desk-only", access=Access.DESK)(fine)
    with pytest.raises(Undeclared, match="/desk-only"):
        having(routes)


def test_every_route_says_whom_it_is_for(engine: Engine, clock: SetClock) -> None:
    """All of those that the application has."""
    app = create_app(Site(engine, clock))
    assert set(declared(app.routes).values()) <= {str(access) for access in GUARDS}
    assert len(declared(app.routes)) == len(app.routes)


def test_every_answer_carries_the_policy_and_is_kept_by_nobody(client: TestClient) -> None:
    """Also one that refuses."""
    headers = client.get("/nowhere").headers
    assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert "strict-transport-security" not in headers
    assert "set-cookie" not in headers


def test_over_tls_the_browser_is_told_to_stay_there(client: TestClient) -> None:
    """Whether the server speaks it or a proxy before it."""
    answer = client.get("/nowhere", headers={"X-Forwarded-Proto": "https"})
    assert "max-age" in answer.headers["strict-transport-security"]


def test_a_page_that_is_not_there_is_told_in_chinese(client: TestClient) -> None:
    """With what to do."""
    answer = client.get("/nowhere")
    assert answer.status_code == 404
    assert "没有这个页面" in answer.text
    assert "重新扫描" in answer.text


def test_a_refusal_says_problem_clause_and_remedy_with_every_name_escaped(having: With) -> None:
    """As on the command line."""
    answer = having(some(refusing)).get("/some")
    assert answer.status_code == 422
    assert "还有 &lt;b&gt;两&lt;/b&gt; 条（第三条）。先办" in answer.text


def test_data_is_refused_as_data(having: With) -> None:
    """Below /api/, with the codes of the command line."""
    answer = having(some(refusing, "/api/some")).get("/api/some")
    assert answer.json()["error"] == {"code": 5, "message": "不能办理"}
    assert answer.json()["findings"][0]["clause"] == "第三条"


def test_a_fault_of_ours_is_a_reference_and_its_message_is_in_no_log(
    having: With, caplog: pytest.LogCaptureFixture
) -> None:
    """A message could carry a code; the place and the kind are enough to find the fault."""
    client = having(some(failing))
    with caplog.at_level(logging.DEBUG):
        answer = client.get("/some")
    assert answer.status_code == 500
    assert "Traceback" not in answer.text
    (said,) = [record.getMessage() for record in caplog.records if record.name == "federation.web"]
    assert "RuntimeError" in said
    assert "in failing" in said
    assert answer.text.partition("编号 ")[2][:8] in said
    assert TYPED not in caplog.text + answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://elsewhere.test"},
        {"Origin": "http://["},
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://elsewhere.test"},
    ],
)
def test_what_another_site_sends_is_refused(having: With, headers: dict[str, str]) -> None:
    """Whoever reads another page while she is at the desk sends nothing without knowing it."""
    client = having(some(fine))
    assert client.post("/some", headers=headers).status_code == 422
    assert client.get("/some", headers=headers).text == "好"


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": "http://hall.test"}, {"Origin": "null", "Sec-Fetch-Site": "same-origin"}]
)
def test_what_our_own_pages_send_is_taken(having: With, headers: dict[str, str]) -> None:
    """Browsers say `null` of a form on a page that sends no referrer."""
    assert having(some(fine)).post("/some", headers=headers).text == "好"


def test_a_fault_before_any_route_is_a_reference_too(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """What looks at a request first has no more say in what a reader sees than what answers it."""
    monkeypatch.setattr("federation.web.forgery.is_foreign", lambda _: failing())
    answer = client.post("/desk")
    assert answer.status_code == 500
    assert "编号" in answer.text


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=B", "Multipart/Form-Data; boundary=B; charset=rot13"])
def test_a_form_with_files_is_none_of_ours(having: With, kind: str) -> None:
    """Nothing of a ballot is put into a file for a moment, and nobody says in which code a pass is read."""
    body = b'--B\r\nContent-Disposition: form-data; name="code"\r\n\r\n-9\r\n--B--\r\n'
    assert having(some(fine)).post("/some", content=body, headers={"Content-Type": kind}).status_code == 415


def test_too_large_a_request_is_refused_whether_or_not_it_says_so(having: With) -> None:
    """Nobody fills the memory of the machine in the hall."""
    client = having(some(fine))
    assert client.post("/some", content=b"x" * LARGEST).text == "好"
    assert client.post("/some", content=b"x" * (LARGEST + 1)).status_code == 413
    assert client.post("/some", content=iter([b"x" * LARGEST, b"x"])).status_code == 413


@pytest.mark.anyio
async def test_a_request_that_does_not_arrive_in_time_is_refused() -> None:
    """A sender that goes to sleep half-way holds up nobody."""
    sent = []

    async def never() -> dict[str, object]:
        import anyio

        await anyio.sleep_forever()
        raise AssertionError

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/some", "headers": [], "query_string": b""}
    await Limits(PlainTextResponse("好"), seconds=0)(scope, never, send)  # type: ignore[arg-type]
    assert sent[0]["status"] == 408


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def test_a_style_sheet_is_kept_under_the_address_of_its_content(client: TestClient) -> None:
    """Under any other it is served, and not kept."""
    address = client.get("/nowhere").text.partition('stylesheet" href="')[2].partition('"')[0]
    assert "immutable" in client.get(address).headers["cache-control"]
    assert client.get("/static/old/base.css").headers["cache-control"] == "no-store"


@pytest.mark.parametrize("name", ["../base.html", "base.html", "..%2Fbase.html", "none.css"])
def test_nothing_but_style_sheets_and_scripts_is_served_as_static(client: TestClient, name: str) -> None:
    """No template, no other file."""
    assert client.get(f"/static/1/{name}").status_code == 404


def test_a_page_brings_a_face_for_the_rare_characters_in_it(client: TestClient) -> None:
    """䶮 (U+4DAE) is in few phones; what every phone has is not sent."""
    from federation.web import pages

    text = pages.rendered("message.html", heading="䶮玉兰", message="", findings=())
    assert '<link rel="stylesheet" href="/faces/4dae.css">' in text
    assert 'url("/faces/4dae.otf"); unicode-range: U+4DAE;' in client.get("/faces/4dae.css").text
    assert client.get("/faces/4dae.otf").content[:4] == b"OTTO"
    assert "/faces/" not in pages.rendered("message.html", heading="王玉兰", message="", findings=())


@pytest.mark.parametrize("spelled", ["738b", "4dae-4dae", "zzzz", "fffff", "4dae-36c3"])
def test_no_face_is_made_of_what_no_page_asks_for(client: TestClient, spelled: str) -> None:
    """Common characters, doubles, another order: each would be work for nothing."""
    assert client.get(f"/faces/{spelled}.otf").status_code == 404


class Collector:
    """A machine's collector: notes what it is asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __getattr__(self, name: str) -> Callable[..., MagicMock]:
        self.asked.append(name)
        return MagicMock()


@pytest.mark.parametrize("watched", [True, False])
def test_no_request_is_told_to_a_collector_of_the_machine(
    watched: bool, engine: Engine, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """FastAPI would tell who asked for what, and with which words it failed: left on, it asks the collector."""
    collector = Collector()
    monkeypatch.setenv("FASTAPI_OTEL_AUTO_CONFIGURE", "false" if watched else "true")
    for module, name in ((trace, "tracer"), (metrics, "meter"), (_logs, "logger")):
        monkeypatch.setattr(module, f"get_{name}_provider", lambda: collector)
    if watched:
        monkeypatch.setattr(application, "UNWATCHED", {"auto_configure": False})
    with TestClient(create_app(Site(engine, clock))) as client:
        assert client.get("/check").status_code == 200
        assert client.get("/v/none").status_code == 404
        assert client.post("/v/none", content=b"x").status_code == 400
    assert bool(collector.asked) == watched
