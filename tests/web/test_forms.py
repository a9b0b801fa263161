"""A form is read as a browser wrote it, and whatever is none is refused."""

from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from federation.services import voting
from federation.web import forms
from tests.services.stage import Stage
from tests.web.test_ballots import Hall, hall

__all__ = ["hall"]
FIELDS = st.lists(st.tuples(st.text(max_size=20), st.text(max_size=20)), min_size=1, max_size=40)


class Asked:
    """A request with a form's bytes."""

    def __init__(self, body: bytes) -> None:
        self.headers, self._body = {"content-type": f"{forms.KIND}; charset=UTF-8"}, body

    async def body(self) -> bytes:
        return self._body


def read(body: bytes) -> list[tuple[str, str]]:
    coroutine = forms.form_of(Asked(body))  # type: ignore[arg-type]
    with pytest.raises(StopIteration) as done:
        coroutine.send(None)
    return [(name, str(value)) for name, value in done.value.value.multi_items()]


@given(FIELDS)
def test_every_field_comes_back_in_its_order(fields: list[tuple[str, str]]) -> None:
    """Names in Chinese, signs that mean something in a form, nothing at all."""
    assert read(urlencode(fields).encode()) == fields


@given(st.binary(max_size=300))
def test_bytes_that_are_no_form_are_read_as_some_fields(body: bytes) -> None:
    """Whatever they say, nothing is raised that nobody translates."""
    read(body)


def test_a_form_that_none_of_our_pages_sends_is_refused(hall: Hall) -> None:
    """An upload, and a thousand and one fields."""
    _, client, _ = hall
    assert client.post("/v/members", files={"list": b"x"}).status_code == 415
    assert client.post("/v/members", content="&" * forms.MOST, headers={"content-type": forms.KIND}).status_code == 400


@pytest.mark.parametrize("phones", ["sqlite"], indirect=True)
def test_no_form_whatever_makes_a_fault_of_our_own(phones: Stage, hall: Hall) -> None:
    """Every form with random fields beside its real ones: answered or refused, and no vote without a pass."""
    _, client, codes = hall
    sheet = phones.at("members", lambda session, poll: voting.sheet_of(session, poll))
    names = st.sampled_from(["code", "token", "act", "members:1", "members:2", "members:9", "members:other", "x"])
    values = st.one_of(st.text(max_size=60), st.sampled_from(["+", "-", "0", "review", "cast", "change"]))

    @given(st.lists(st.tuples(names, values), max_size=12), st.booleans(), st.sampled_from(["/v", "/kiosk", "/check"]))
    def tried(fields: list[tuple[str, str]], known: bool, way: str) -> None:
        given = [("list", sheet.fingerprint)] if known else []
        assert asked(client, f"{way}/members", [*given, *fields]) < 500

    client.app.state.throttle = Patient()  # type: ignore[attr-defined]
    tried()
    assert not phones.rows("sealed_ballots")
    assert len(codes) == 12


def asked(client: TestClient, path: str, fields: list[tuple[str, str]]) -> int:
    body = urlencode(fields, errors="replace")
    return int(client.post(path, content=body, headers={"content-type": forms.KIND}).status_code)


class Patient:
    """Stands in the throttle's place: a fuzzer is not slowed down."""

    async def hold(self) -> None:
        pass
