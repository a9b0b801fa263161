"""
The ballot page: a sheet to fill in, a step that says what it counts as, one button, one end screen.

Everything is one form at one address, and works without a script. The pass is typed into it or put there by the script
from the fragment of the pass's link; it is in no address, no cookie and no log. Answers to a cast all have one length.
"""

import asyncio
from typing import Any

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from federation.ballotbox.answers import Answer, text_of
from federation.errors import FederationError
from federation.facts.voting import Sheet
from federation.services import casting, voting
from federation.services.voting import Booth
from federation.web import pages, sheet_forms
from federation.web.access import Access, Routes
from federation.web.casts import CastQueue
from federation.web.forms import form_of
from federation.web.sheet_forms import Filled
from federation.web.site import Site, site_of
from federation.web.throttle import Throttle

routes = Routes()
IN_THE_BOX = frozenset({Answer.IN_BOX, Answer.ALREADY})
FAILED = frozenset({Answer.UNKNOWN, Answer.SLIP, Answer.OTHER_POLL})
"""Answers to a code that is none of this poll: they are slowed down, and the code can be put right."""


@routes.get("/", access=Access.PUBLIC)
def start(request: Request) -> Response:
    """Where one poll is open, to its page: the fragment of a pass's link goes there too. Else the choice."""
    with site_of(request).reading() as session:
        listed = voting.open_polls(session)
    if len(listed) == 1:
        return RedirectResponse(f"/v/{listed[0].address}", 303)
    return pages.page(request, "ballots_open.html", polls=listed)


@routes.get("/v/{poll:path}", access=Access.PASS)
@routes.get("/kiosk/{poll:path}", access=Access.PASS)
def form(request: Request, poll: str) -> Response:
    """An empty sheet of an open poll."""
    return _sheet(request, booth_of(site_of(request), poll), Filled())


@routes.post("/v/{poll:path}", access=Access.PASS)
@routes.post("/kiosk/{poll:path}", access=Access.PASS)
async def act(request: Request) -> Response:
    """A sheet looked at again, changed, or cast: as the button says that was pressed."""
    poll = request.path_params["poll"]
    given = await form_of(request)
    booth = await _booth_of_form(site_of(request), poll, given)
    filled = sheet_forms.read(booth.sheet, given)
    match given.get("act"):
        case "cast":
            return await _cast(request, booth, filled)
        case "change":
            return _sheet(request, booth, filled)
    return _review(request, booth, filled)


def booth_of(site: Site, poll: str) -> Booth:
    """The booth of a poll that is open; read by its first voter, and kept for the others."""
    with site.reading() as session:
        found = voting.find(session, poll)
        if found.case.state == "open" and (kept := site.kept.get(("booth", found.case.id))):
            return _booth(kept)
        booth = voting.booth(session, found)
    site.kept["booth", found.case.id] = site.kept["booth", booth.sheet.fingerprint] = booth
    return booth


async def _booth_of_form(site: Site, poll: str, given: FormData) -> Booth:
    """The booth that a form was filled in in: no question to the database, which casting will ask in any case."""
    if kept := site.kept.get(("booth", given.get("list"))):
        return _booth(kept)
    return await run_in_threadpool(booth_of, site, poll)


def _booth(kept: object) -> Booth:
    assert isinstance(kept, Booth)
    return kept


async def _cast(request: Request, booth: Booth, filled: Filled) -> Response:
    """The ballot put into the box, or told plainly that it is not; a code that failed is told so slowly."""
    casts: CastQueue = request.app.state.casts
    try:
        ballot = casting.prepared(booth.box, filled.code, sheet_forms.papers_of(booth.sheet, filled), filled.token)
        answer = await asyncio.wrap_future(casts.put(ballot))
    except FederationError as error:
        return _review(request, booth, filled, error)
    if answer in FAILED:
        throttle: Throttle = request.app.state.throttle
        await throttle.hold()
    return _answer(request, booth, filled, answer)


def _sheet(request: Request, booth: Booth, filled: Filled) -> Response:
    return _page(request, "ballots.html", booth, filled)


def _review(request: Request, booth: Booth, filled: Filled, error: FederationError | None = None) -> Response:
    papers = sheet_forms.papers_of(booth.sheet, filled)
    status = error.http_status if error else 200
    return _page(request, "ballots_review.html", booth, filled, status, readings=booth.readings(papers), error=error)


def _answer(request: Request, booth: Booth, filled: Filled, answer: Answer) -> Response:
    """What became of the ballot, on a page as long as that of any other answer of this poll."""
    if answer in FAILED or _is_kiosk(request):
        return HTMLResponse(_told(request, booth, filled, answer))
    kept, key = site_of(request).kept, ("answer", booth.sheet.fingerprint, answer)
    if key not in kept:  # nothing of the voter is on it: it is the same page for everyone
        kept[key] = _told(request, booth, Filled(), answer)
    return HTMLResponse(kept[key])


def _told(request: Request, booth: Booth, filled: Filled, answer: Answer) -> bytes:
    told = {"text": text_of(answer), "voted": answer in IN_THE_BOX, "again": answer in FAILED}
    said = _page(request, "ballots_answer.html", booth, filled, **told)
    return bytes(said.body).ljust(page_length(booth.sheet))


def page_length(sheet: Sheet) -> int:
    """The bytes of every answer to a cast of this sheet: room for the longest, which carries the form once more."""
    names = sum(len(contest.names) for contest in sheet.contests)
    boxes = sum(contest.boxes for contest in sheet.contests)
    return 12_288 + 128 * names + 512 * boxes


def _page(
    request: Request, name: str, booth: Booth, filled: Filled, status: int = 200, /, **values: Any
) -> HTMLResponse:
    values |= {"kiosk": _is_kiosk(request), "place_of": sheet_forms.place_of, "written_of": sheet_forms.written_of}
    return pages.page(request, name, status, sheet=booth.sheet, filled=filled, **values)


def _is_kiosk(request: Request) -> bool:
    return str(request.scope["path"]).startswith("/kiosk/")


def prepare(app: FastAPI, site: Site) -> None:
    """What the ballot page keeps in each process: the writer of the box, and the count of failed codes."""
    app.state.casts = CastQueue(site.engine)
    app.state.throttle = Throttle()
