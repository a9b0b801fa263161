"""The application over a real database, asked without a network."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from federation.clock import SetClock
from federation.web.app import create_app
from federation.web.site import Site
from tests.services.stage import full, officers, officers_by_phone, ordered, ordered_by_phone, phones, ready

__all__ = ["full", "officers", "officers_by_phone", "ordered", "ordered_by_phone", "phones", "ready"]


@pytest.fixture
def opened(clock: SetClock) -> Iterator[Callable[[Engine], TestClient]]:
    """`opened(engine)`: a browser without scripts, before the application over this database."""
    clients: list[TestClient] = []

    def open_(engine: Engine) -> TestClient:
        client = TestClient(create_app(Site(engine, clock)), base_url="http://hall.test", follow_redirects=False)
        clients.append(client.__enter__())
        return client

    yield open_
    for client in clients:
        client.__exit__(None, None, None)


@pytest.fixture
def client(opened: Callable[[Engine], TestClient], engine: Engine) -> TestClient:
    """A browser before the application over a database with nothing in it."""
    return opened(engine)
