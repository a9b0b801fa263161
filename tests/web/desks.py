"""A browser at a desk, without scripts."""

from collections.abc import Iterable

from sqlalchemy import Engine
from starlette.responses import Response
from starlette.testclient import TestClient

from federation import db
from federation.clock import SetClock
from federation.facts.acts import Act, Stated
from federation.facts.desks import Kind
from federation.services import desks, selection
from tests.web.hall import Form

OFFICER = "王秘书"
UNTIL = "2020-11-02 18:00"


def opened_desk(
    engine: Engine, clock: SetClock, name: str = "签到台一", kind: Kind = "check_in", by: str = OFFICER
) -> str:
    """The code of a desk that was just opened, until six in the evening."""
    with db.transaction(engine) as session:
        return desks.open_desk(session, _congress(session), name, kind, Stated.parse(UNTIL), _act(clock, by))[1]


def closed_desk(engine: Engine, clock: SetClock, name: str = "签到台一") -> None:
    with db.transaction(engine) as session:
        desks.close(session, _congress(session), name, _act(clock, OFFICER))


def _act(clock: SetClock, by: str) -> Act:
    return Act(by, Stated.of(clock.now()), clock.now())


def _congress(session):  # type: ignore[no-untyped-def]
    return selection.meeting(session, selection.case(session, selection.federation(session, ""), ""), "congress")


class Browser:
    """One device with cookies of its own, before the application that `client` asks."""

    def __init__(self, client: TestClient) -> None:
        self.client = TestClient(client.app, base_url="http://hall.test", follow_redirects=True)
        self.page: Response = self.client.get("/desk")  # type: ignore[assignment]

    def signed_in(self, code: str) -> "Browser":
        self.page = self.client.post("/desk", data={"code": code})  # type: ignore[assignment]
        return self

    @property
    def text(self) -> str:
        return self.page.text  # type: ignore[attr-defined,no-any-return]

    def token(self) -> str:
        return next(value for name, value in Form(self.text).fields if name == "form_token")

    def get(self, address: str) -> str:
        self.page = self.client.get(address)  # type: ignore[assignment]
        return self.text

    def post(self, address: str, fields: Iterable[tuple[str, str]], token: str | None = None) -> str:
        """A form of this page sent, with its token."""
        data: dict[str, list[str]] = {"form_token": [self.token() if token is None else token]}
        for name, value in fields:
            data.setdefault(name, []).append(value)
        self.page = self.client.post(address, data=data)  # type: ignore[assignment]
        return self.text
