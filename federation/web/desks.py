"""
Signing in at a desk: the code made on the command line, a cookie for the pages of desks alone, and their guard.

The guard answers for every page below /desk/: that the browser signed in and the desk is still open, that the page is
one of that kind of desk, and that a form is one of ours. So no page of a desk can forget to ask.
"""

from typing import cast

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from federation.errors import Finding, NotFound, Refused
from federation.facts.acts import Act, Stated
from federation.facts.desks import KINDS, DeskAtWork, Kind
from federation.services import desks
from federation.web import forgery, pages
from federation.web.access import GUARDS, Access, Routes
from federation.web.forms import field_of, form_of
from federation.web.site import Site, site_of
from federation.web.throttle import Throttle

routes = Routes()
COOKIE = "desk"
PATH = "/desk"
"""The cookie is sent to these pages and to no others: none that votes ever sees it."""
HOMES: dict[Kind, str] = {"check_in": "/desk/check-in", "entry": "/desk/entry"}
"""Below which address the pages of a kind of desk are."""
EVERYBODY = "/desk/out"
LONGEST_CODE = 80


class SignedOut(NotFound):
    """Nobody is signed in here, or no longer: the answer is the page to sign in."""

    http_status = 401


async def guard(request: Request) -> None:
    """Refuse whoever is not signed in at a desk of this kind, and every form that is not ours."""
    site, secret = site_of(request), request.cookies.get(COOKIE, "")
    try:
        desk = await run_in_threadpool(_signed_in, site, secret)
    except NotFound as error:
        raise SignedOut(error.message, error.findings) from None
    request.state.desk, request.state.message = desk, message
    path = request.scope["path"]
    if path != EVERYBODY and not f"{path}/".startswith(f"{HOMES[desk.kind]}/"):
        finding = Finding(f"这里登录的是{KINDS[desk.kind]}“{desk.name}”", remedy="换用另一张台的设备，或退出后再登录")
        raise Refused("这张台不能办这件事", [finding])
    if request.method == "POST":
        request.state.form = form = await form_of(request)
        forgery.must_be_ours(secret, field_of(form, forgery.FIELD))


GUARDS[Access.DESK] = guard


def _signed_in(site: Site, secret: str) -> DeskAtWork:
    with site.reading() as session:
        return desks.signed_in(session, secret, Stated.of(site.clock.now()))


def desk_of(request: Request) -> DeskAtWork:
    """The desk at which this browser works."""
    return cast(DeskAtWork, request.state.desk)


def sent(request: Request) -> FormData:
    """What the form of a desk says, once the guard has read it."""
    return cast(FormData, request.state.form)


def act_of(request: Request, second: str = "") -> Act:
    """An act at a desk: in the name of its officer, as it happens."""
    now = site_of(request).clock.now()
    return Act(desk_of(request).officer, Stated.of(now), now, second)


def page(request: Request, name: str, status: int = 200, /, **values: object) -> Response:
    """A page of a desk, whose forms carry the token of its cookie."""
    token = forgery.token_of(request.cookies.get(COOKIE, ""))
    return pages.page(request, name, status, desk=desk_of(request), kinds=KINDS, form_token=token, **values)


def message(request: Request, _name: str, status: int, /, **values: object) -> Response:
    """A refusal as a page of the desk: who stands there goes on from it."""
    return page(request, "desks_message.html", status, home=HOMES[desk_of(request).kind], **values)


@routes.get("/desk", access=Access.PUBLIC)
def form(request: Request) -> Response:
    """Where the code is typed; a browser that is signed in goes on to its desk."""
    try:
        desk = _signed_in(site_of(request), request.cookies.get(COOKIE, ""))
    except NotFound:
        return pages.page(request, "desks.html", error=None)
    return RedirectResponse(HOMES[desk.kind], 303)


@routes.post("/desk", access=Access.PUBLIC)
async def sign_in(request: Request) -> Response:
    """A new session at the desk of this code; a code that fails is told so slowly."""
    site, code = site_of(request), field_of(await form_of(request), "code")[:LONGEST_CODE]
    try:
        secret, desk = await run_in_threadpool(_sign_in, site, code)
    except NotFound as error:
        await throttle_of(request).hold()
        return pages.page(request, "desks.html", 401, error=error)
    answer = RedirectResponse(HOMES[desk.kind], 303)
    answer.set_cookie(COOKIE, secret, path=PATH, secure=_is_secure(request), httponly=True, samesite="strict")
    return answer


def _sign_in(site: Site, code: str) -> tuple[str, DeskAtWork]:
    with site.reading() as session:  # a wrong code never takes the lock for which ballots wait
        desks.by_code(session, code, Stated.of(site.clock.now()))
    with site.writing() as session:
        return desks.sign_in(session, code, Stated.of(site.clock.now()))


@routes.post(EVERYBODY, access=Access.DESK)
def sign_out(request: Request) -> Response:
    """The browser leaves its desk."""
    with site_of(request).writing() as session:
        desks.sign_out(session, request.cookies.get(COOKIE, ""))
    answer = RedirectResponse(PATH, 303)
    answer.delete_cookie(COOKIE, path=PATH)
    return answer


def _is_secure(request: Request) -> bool:
    return site_of(request).tls or request.headers.get("x-forwarded-proto") == "https"


def throttle_of(request: Request) -> Throttle:
    """What slows down failed codes of desks: apart from those of passes, which they never hold up."""
    return cast(Throttle, request.app.state.desk_throttle)


def prepare(app: FastAPI) -> None:
    """What desks keep in each process, and the page of whoever is not signed in."""
    app.state.desk_throttle = Throttle()

    async def signed_out(request: Request, error: Exception) -> Response:
        return pages.page(request, "desks.html", 401, error=error)

    app.add_exception_handler(SignedOut, signed_out)
