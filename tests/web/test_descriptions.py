"""The data below /api/: they are what their description says, and whatever is asked of them is answered."""

import contextlib
from collections import Counter
from collections.abc import Callable

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.specs.openapi.schemas import OpenApiSchema
from sqlalchemy import Engine
from starlette.testclient import TestClient

from federation.facts.counting import Paper
from federation.services import counts
from tests.services.stage import Stage

Opened = Callable[[Engine], TestClient]
EXAMPLES = 40


@pytest.fixture
def described(phones: Stage, opened: Opened) -> OpenApiSchema:
    """The description, of a hall in which a poll is open."""
    phones.passes(12)
    phones.open(12, 12)
    return schemathesis.openapi.from_asgi("/api/openapi.json", opened(phones.engine).app)


@pytest.mark.parametrize("phones", ["sqlite"], indirect=True)
def test_whatever_is_asked_is_answered_as_described(described: OpenApiSchema) -> None:
    """No fault of ours; no status, kind or content that the description does not know."""
    asked: Counter[str] = Counter()
    for operation in (each.ok() for each in described.get_all_operations()):
        for mode in GenerationMode:

            @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
            @given(case=operation.as_strategy(generation_mode=mode))
            def ask(case: schemathesis.Case) -> None:
                asked[case.path] += 1
                case.call_and_validate()

            with contextlib.suppress(Unsatisfiable):  # nothing is wrong with an address that takes nothing
                ask()
    assert set(asked) == {"/api/polls", "/api/sheets/{poll}", "/api/screens", "/api/screens/{meeting}"}


def test_an_open_poll_and_its_sheet_are_data(phones: Stage, opened: Opened) -> None:
    """As the page shows them."""
    phones.passes(12)
    phones.open(12, 12)
    client = opened(phones.engine)
    (poll,) = client.get("/api/polls").json()
    sheet = client.get(f"/api/sheets/{poll['address']}").json()
    assert poll["offices"] == ["委员"]
    assert sheet["contests"][0]["names"][0] == "马秋澜"


def test_a_screen_as_data_shows_nothing_before_the_chair_announces_it(ready: Stage, opened: Opened) -> None:
    """The same as the wall."""
    client = opened(ready.engine)
    (listed,) = client.get("/api/screens").json()
    address = f"/api/screens/{listed['address']}"
    ready.open(9).boxed({"members": [Paper("++-")] * 9})
    assert "马秋澜" not in client.get(address).text
    assert client.get(address).json()["results"] == []
    ready.at("members", counts.announce, ready.act())
    (result,) = client.get(address).json()["results"]
    assert result["elected"] == [["马秋澜", 9], ["邓云舒", 9]]


def test_a_refusal_below_api_is_data_in_chinese(phones: Stage, opened: Opened) -> None:
    """The same words and the same form as a command's `--json`."""
    answer = opened(phones.engine).get("/api/sheets/nothing")
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == 3
    assert answer.json()["findings"][0]["remedy"]
    assert opened(phones.engine).get("/api/nothing").json()["error"]["message"]
