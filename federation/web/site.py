"""What every request stands on: the database, the clock, and what is kept between requests."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session
from starlette.requests import Request

from federation import db
from federation.clock import Clock


@dataclass(frozen=True, slots=True)
class Site:
    """One process of the server. Nothing in `kept` must be there: a worker without it reads it again."""

    engine: Engine
    clock: Clock
    tls: bool = False
    """True where the server itself speaks TLS."""
    kept: dict[Any, Any] = field(default_factory=dict)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One consistent view of the database."""
        with db.reading(self.engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction that changes something."""
        with db.transaction(self.engine) as session:
            yield session


def site_of(request: Request) -> Site:
    """The site that a request came to."""
    site: Site = request.app.state.site
    return site
