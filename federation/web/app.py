"""The application: its routes with whom each is for, its boundary, its limits."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio.to_thread
from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig

from federation import __version__
from federation.web import (
    access,
    attendance,
    ballots,
    checks,
    comments,
    descriptions,
    desks,
    entries,
    faces,
    screens,
    statics,
)
from federation.web.boundary import Boundary, translate
from federation.web.forgery import SameSiteOnly
from federation.web.headers import SecurityHeaders
from federation.web.limits import Limits
from federation.web.site import Site

NOUNS = (ballots, statics, faces, checks, desks, attendance, entries, screens, comments, descriptions)
"""The modules with routes, each with its `routes`."""
UNWATCHED: TelemetryConfig = {
    "tracing": False,
    "metrics": False,
    "logs": False,
    "operation_spans": False,
    "auto_configure": False,
}
"""FastAPI would tell whatever collector the machine has of every request, who made it, and what failed."""
THREADS = 8
"""Requests that read the database at once; with those of voters (`ballots.THREADS`) fewer than the engine has
connections, so that none waits for one."""


def create_app(site: Site) -> FastAPI:
    """The application over a database; `Undeclared` where a route does not say whom it is for."""
    app = FastAPI(
        title="妇联会场",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=_lifespan,
        telemetry=UNWATCHED,
        redirect_slashes=False,  # to an address with http:// before it, also behind a proxy that speaks TLS
    )
    app.state.site = site
    ballots.prepare(app, site)
    desks.prepare(app)
    comments.prepare(app)
    faces.prepare(app)
    for noun in NOUNS:
        noun.routes.install(app)
    access.must_be_declared(app.routes)
    translate(app)
    app.add_middleware(SameSiteOnly)
    app.add_middleware(Limits)
    app.add_middleware(Boundary)
    app.add_middleware(SecurityHeaders, tls=site.tls)  # the last that is added is the first that a request meets
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """From the start of the server to its end: nothing that waits is dropped."""
    anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
    try:
        yield
    finally:
        await anyio.to_thread.run_sync(app.state.casts.close)
        app.state.site.engine.dispose()
