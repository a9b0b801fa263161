"""
The comment page: a draft clause by clause, a form for each clause while the period runs, afterwards what became of all.

Nothing is kept of who reads or writes: no cookie, no address. What hurries is slowed down for everybody alike.
"""

import asyncio

import anyio
import anyio.to_thread
from fastapi import FastAPI
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from federation.errors import FederationError, Finding, NotFound, Refused
from federation.facts.acts import Stated
from federation.facts.comment_pages import NAMES, SHOWS, CommentPage
from federation.rules.comments import LONGEST_ON_THE_WEB
from federation.services import comment_pages
from federation.web import pages
from federation.web.access import Access, Routes
from federation.web.forms import field_of, form_of
from federation.web.site import Site, site_of
from federation.web.throttle import Throttle

routes = Routes()
TRAP = "website"
"""A field that nobody sees: who fills it in is a program."""


@routes.get("/comments", access=Access.PUBLIC)
def choice(request: Request) -> Response:
    """Where one period has a page, to it; else the choice."""
    with site_of(request).reading() as session:
        listed = comment_pages.listed(session)
    if len(listed) == 1:
        return RedirectResponse(f"/comments/{listed[0].address}", 303)
    return pages.page(request, "comments_choice.html", periods=listed)


@routes.get("/comments/{case:path}", access=Access.PUBLIC)
def page(request: Request, case: str) -> Response:
    """The drafts; with `draft` and `clause`, one clause with its form."""
    asked = request.query_params
    found = _found(site_of(request), case)
    if "clause" in asked:
        return _clause(request, found, asked.get("draft", ""), asked.get("clause", ""))
    return pages.page(request, "comments.html", page=found, names=NAMES, shows=SHOWS)


@routes.post("/comments/{case:path}", access=Access.PUBLIC)
async def act(request: Request, case: str) -> Response:
    """A comment taken in, or why it is not; what was written stays in the form."""
    given = await form_of(request)
    throttle: Throttle = request.app.state.comment_throttle
    await asyncio.sleep(throttle.failed())
    return await anyio.to_thread.run_sync(_acted, request, case, given, limiter=request.app.state.comment_taker)


def _acted(request: Request, case: str, given: FormData) -> Response:
    site, draft, clause = site_of(request), field_of(given, "draft"), field_of(given, "clause")
    source, text = field_of(given, "source")[:200], field_of(given, "text").replace("\r\n", "\n")
    found = _found(site, case)
    try:
        if field_of(given, TRAP):
            raise Refused("意见没有提交", [Finding("表单里多填了一栏", remedy="清空看不见的那一栏再提交")])
        comment_pages.must_be_open(found)
        with site.writing() as session:
            root = comment_pages.find(session, case)
            number = _number(clause)
            taken, place = comment_pages.receive(session, root, draft, number, source, text, site.clock.now())
    except FederationError as error:
        return _clause(request, found, draft, clause, error=error, source=source, text=text)
    return _clause(request, _found(site, case), draft, clause, done=place, taken=taken)


def _found(site: Site, case: str) -> CommentPage:
    with site.reading() as session:
        return comment_pages.page(session, comment_pages.find(session, case), Stated.of(site.clock.now()).day)


def _clause(
    request: Request,
    found: CommentPage,
    draft: str,
    clause: str,
    error: FederationError | None = None,
    **more: object,
) -> Response:
    """One clause with its comments and its form."""
    on = next((each for each in found.drafts if each.short_id == draft), None)
    shown = on.clause(_number(clause)) if on else None
    if on is None or shown is None:
        raise NotFound("没有这一条", [Finding("网址有误，或文稿已经改过", remedy="回到征求意见的首页再选")])
    more |= {"following": on.following(shown.number)}
    told = {"source": "", "text": "", "done": 0, "taken": True, "longest": LONGEST_ON_THE_WEB, "trap": TRAP} | more
    status = error.http_status if error else 200
    return pages.page(request, "comments_clause.html", status, page=found, draft=on, clause=shown, error=error, **told)


def _number(text: str) -> int:
    """The number of a clause; one that no clause has where it is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else -1


def prepare(app: FastAPI) -> None:
    """What the comment page keeps in each process: how many comments came in the last minute, and who takes them in."""
    app.state.comment_throttle = Throttle()
    app.state.comment_taker = anyio.CapacityLimiter(1)  # one after another: each takes the lock that ballots wait for
