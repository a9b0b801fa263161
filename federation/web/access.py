"""
Whom a route is for. A route that does not say keeps the application from starting.

    routes = Routes()

    @routes.get("/check", access=Access.PUBLIC)
    def form(request: Request) -> Response: ...
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from fastapi import Depends, FastAPI
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

F = TypeVar("F", bound=Callable[..., Any])
Guard = Callable[..., Any]
"""A dependency that refuses whoever may not use a route; it may take the request."""

KEY = "x-access"
"""Where a route keeps its access: in its OpenAPI description, so that a reader of that sees it too."""


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


@dataclass
class Routes:
    """The routes of one noun, each with its access."""

    added: list[tuple[str, str, Callable[..., Any], Access, dict[str, Any]]] = field(default_factory=list)

    def get(self, path: str, *, access: Access, **more: Any) -> Callable[[F], F]:
        """A page that changes nothing."""
        return self._route("GET", path, access, more)

    def post(self, path: str, *, access: Access, **more: Any) -> Callable[[F], F]:
        """What a form does."""
        return self._route("POST", path, access, more)

    def _route(self, method: str, path: str, access: Access, more: dict[str, Any]) -> Callable[[F], F]:
        def add(endpoint: F) -> F:
            self.added.append((method, path, endpoint, access, more))
            return endpoint

        return add

    def install(self, app: FastAPI) -> None:
        """Every route is the application's, behind the guard of its access."""
        for method, path, endpoint, access, more in self.added:
            guard = GUARDS.get(access)
            app.add_api_route(
                path,
                endpoint,
                methods=[method],
                dependencies=[Depends(guard)] if guard else [],
                openapi_extra={KEY: str(access)},
                **({"include_in_schema": False, "response_model": None} | more),
            )


def must_be_declared(routes: Iterable[BaseRoute]) -> None:
    """Raise `Undeclared` for every route that does not say whom it is for, or whose access has no guard."""
    if strange := [_named(route) for route in routes if _access_of(route) not in GUARDS]:
        raise Undeclared(f"routes that do not say who may use them: {', '.join(strange)}")


def _access_of(route: BaseRoute) -> object:
    extra = route.openapi_extra if isinstance(route, APIRoute) else None
    return (extra or {}).get(KEY)


def _named(route: BaseRoute) -> str:
    return str(getattr(route, "path", "") or type(route).__name__)


def declared(routes: Sequence[BaseRoute]) -> dict[str, str]:
    """Method and path of every route, and whom it is for."""
    return {
        f"{'/'.join(sorted(route.methods or ()))} {route.path}": str(_access_of(route))
        for route in routes
        if isinstance(route, APIRoute)
    }
