"""
Whom a route is for. A route that does not say keeps the application from starting.

    routes = Routes()

    @routes.get("/check/{poll:path}", access=Access.PUBLIC)
    def form(request: Request, poll: str) -> Response: ...

    @routes.data("/api/polls", access=Access.PUBLIC)
    def listed(request: Request) -> list[PollListed]: ...
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from inspect import iscoroutinefunction
from typing import Any, TypeVar

from fastapi import Depends, FastAPI
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from federation.facts.refusals import Refusal

F = TypeVar("F", bound=Callable[..., Any])
Guard = Callable[[Request], Awaitable[None]]
"""Refuses whoever may not use a route, before it is run."""
KEY = "x-access"
"""Where the description of data says whom they are for."""


class Access(StrEnum):
    """Whom a route is for."""

    PUBLIC = "public"
    """Anybody: what it shows is shown to the hall, or to whoever has the code that she types."""
    PASS = "pass"
    """Anybody may open it; what it does takes a voting pass in the form, which casting alone judges. No cookie."""
    DESK = "desk"
    """A desk that has signed in with its code."""


GUARDS: dict[Access, Guard | None] = {Access.PUBLIC: None, Access.PASS: None}
"""What refuses whoever may not; None where nobody is refused. An access that is not here has no route yet."""


class Undeclared(Exception):
    """A route does not say whom it is for: the application does not start."""


class Page(Route):
    """
    An address, what answers there, and whom it is for.

    A form is read by the page that it belongs to, so FastAPI would look at every request for nothing.
    """

    def __init__(self, path: str, endpoint: Callable[..., Any], method: str, access: Access) -> None:
        super().__init__(path, _guarded(endpoint, GUARDS.get(access)), methods=[method], include_in_schema=False)
        self.methods = {method}  # without HEAD, which a stream of events would answer for ever
        self.access = access


def _guarded(endpoint: Callable[..., Any], guard: Guard | None) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint behind its guard, given what stands in the address; in a thread where it does not wait by itself."""
    run = endpoint if iscoroutinefunction(endpoint) else partial(run_in_threadpool, endpoint)

    async def answer(request: Request) -> Response:
        if guard:
            await guard(request)
        answered: Response = await run(request, **request.path_params)
        return answered

    return answer


@dataclass
class Routes:
    """The routes of one noun, each with its access."""

    added: list[tuple[str, Callable[..., Any], str, Access]] = field(default_factory=list)
    """Pages: address, endpoint, method."""
    described: list[tuple[str, Callable[..., Any], Access]] = field(default_factory=list)
    """Data: address and endpoint, whose annotations are its description."""

    def get(self, path: str, *, access: Access) -> Callable[[F], F]:
        """A page that changes nothing."""
        return self._route(path, "GET", access)

    def post(self, path: str, *, access: Access) -> Callable[[F], F]:
        """What a form does."""
        return self._route(path, "POST", access)

    def _route(self, path: str, method: str, access: Access) -> Callable[[F], F]:
        def add(endpoint: F) -> F:
            self.added.append((path, endpoint, method, access))
            return endpoint

        return add

    def data(self, path: str, *, access: Access) -> Callable[[F], F]:
        """Something read by programs, as JSON."""

        def add(endpoint: F) -> F:
            self.described.append((path, endpoint, access))
            return endpoint

        return add

    def install(self, app: FastAPI) -> None:
        """Every route is the application's, behind the guard of its access."""
        app.router.routes.extend(Page(*added) for added in self.added)
        for path, endpoint, access in self.described:
            guard = GUARDS.get(access)
            app.add_api_route(
                path,
                endpoint,
                dependencies=[Depends(guard)] if guard else [],
                responses={status: {"model": Refusal} for status in (404, 409, 503)},
                openapi_extra={KEY: str(access)},
            )


def must_be_declared(routes: Iterable[BaseRoute]) -> None:
    """Raise `Undeclared` for every route that does not say whom it is for, or whose access has no guard."""
    if strange := [_named(route) for route in routes if _access_of(route) not in GUARDS]:
        raise Undeclared(f"routes that do not say who may use them: {', '.join(strange)}")


def _access_of(route: BaseRoute) -> object:
    if isinstance(route, APIRoute):
        return (route.openapi_extra or {}).get(KEY)
    return route.access if isinstance(route, Page) else None


def _named(route: BaseRoute) -> str:
    return str(getattr(route, "path", "") or type(route).__name__)


def declared(routes: Sequence[BaseRoute]) -> dict[str, str]:
    """Method and path of every route, and whom it is for."""
    return {
        f"{'/'.join(sorted(route.methods or ()))} {route.path}": str(_access_of(route))
        for route in routes
        if isinstance(route, Page | APIRoute)
    }
