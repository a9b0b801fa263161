"""
The ballot page: a sheet to fill in, a step that says what it counts as, one button, one end screen.

Everything is one form at one address, and works without a script. The pass is typed into it or put there by the script
from the fragment of the pass's link; it is in no address, no cookie and no log. Whatever answers a form of a sheet has
one length, with whatever marks and names; and so has, where there is a script, the form itself.
"""

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

import anyio
import anyio.to_thread
from fastapi import FastAPI
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from federation.ballotbox.answers import Answer, text_of
from federation.errors import FederationError
from federation.facts.voting import PollListed, Sheet
from federation.services import casting, voting
from federation.services.voting import Booth
from federation.web import pages, sheet_forms
from federation.web.access import Access, Routes
from federation.web.casts import CastQueue
from federation.web.forms import form_of
from federation.web.sheet_forms import Filled
from federation.web.site import Site, site_of
from federation.web.throttle import Throttle

T = TypeVar("T")
routes = Routes()
THREADS = 4
"""Requests of voters that read the database at once, beside those of all other pages."""
IN_THE_BOX = frozenset({Answer.IN_BOX, Answer.ALREADY})
FAILED = frozenset({Answer.UNKNOWN, Answer.SLIP, Answer.OTHER_POLL})
"""Answers to a code that is none of this poll: they are slowed down, and the code can be put right."""


@routes.get("/", access=Access.PUBLIC)
async def start(request: Request) -> Response:
    """Where one poll is open, to its page: the fragment of a pass's link goes there too. Else the choice."""
    listed = await _at_once(request, _open_polls, site_of(request))
    if len(listed) == 1:
        return RedirectResponse(f"/v/{listed[0].address}", 303)
    return pages.page(request, "ballots_open.html", polls=listed)


@routes.data("/api/polls", access=Access.PUBLIC)
def listed(request: Request) -> list[PollListed]:
    """The polls that are open to phones."""
    return _open_polls(site_of(request))


@routes.data("/api/sheets/{poll:path}", access=Access.PUBLIC)
def sheet(request: Request, poll: str) -> Sheet:
    """The sheet of an open poll."""
    return booth_of(site_of(request), poll).sheet


@routes.get("/v/{poll:path}", access=Access.PASS)
@routes.get("/kiosk/{poll:path}", access=Access.PASS)
async def form(request: Request, poll: str) -> Response:
    """An empty sheet of an open poll."""
    return _sheet(request, await _at_once(request, booth_of, site_of(request), poll), Filled())


@routes.post("/v/{poll:path}", access=Access.PASS)
@routes.post("/kiosk/{poll:path}", access=Access.PASS)
async def act(request: Request, poll: str) -> Response:
    """A sheet looked at again, changed, or cast: as the button says that was pressed."""
    given = await form_of(request)
    booth = await _booth_of_form(request, poll, given)
    filled = sheet_forms.read(booth.sheet, given)
    match given.get("act"):
        case "cast":
            return await _cast(request, booth, filled)
        case "change":
            return _sheet(request, booth, filled, room=sheet_forms.sheet_length(booth.sheet))
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


async def _booth_of_form(request: Request, poll: str, given: FormData) -> Booth:
    """The booth that a form was filled in in: no question to the database, which casting will ask in any case."""
    if kept := site_of(request).kept.get(("booth", given.get("list"))):
        return _booth(kept)
    return await _at_once(request, booth_of, site_of(request), poll)


async def _at_once(request: Request, asked: Callable[..., T], *of: object) -> T:
    """Something asked of the database in a thread of the voters' own: whatever other pages wait for, these do not."""
    return await anyio.to_thread.run_sync(asked, *of, limiter=request.app.state.voters)


def _open_polls(site: Site) -> list[PollListed]:
    with site.reading() as session:
        return voting.open_polls(session)


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


def _sheet(request: Request, booth: Booth, filled: Filled, room: int = 0) -> Response:
    return _page(request, "ballots.html", booth, filled, room=room)


def _review(request: Request, booth: Booth, filled: Filled, error: FederationError | None = None) -> Response:
    papers = sheet_forms.papers_of(booth.sheet, filled)
    status, room = error.http_status if error else 200, sheet_forms.page_length(booth.sheet)
    told = {"readings": booth.readings(papers), "error": error}
    return _page(request, "ballots_review.html", booth, filled, status, room=room, **told)


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
    room = sheet_forms.page_length(booth.sheet)
    return bytes(_page(request, "ballots_answer.html", booth, filled, room=room, **told).body)


def _page(
    request: Request, name: str, booth: Booth, filled: Filled, status: int = 200, /, **values: Any
) -> HTMLResponse:
    """A page of a sheet; of rare characters it brings those of the sheet alone, not those of a name written in."""
    sheet, kiosk = booth.sheet, _is_kiosk(request)
    fields = {"place_of": sheet_forms.place_of, "written_of": sheet_forms.written_of}
    lengths = {"sent": sheet_forms.form_length(sheet), "rare_of": sheet_forms.text_of(sheet)}
    return pages.page(request, name, status, sheet=sheet, filled=filled, kiosk=kiosk, **lengths, **fields, **values)


def _is_kiosk(request: Request) -> bool:
    return str(request.scope["path"]).startswith("/kiosk/")


def prepare(app: FastAPI, site: Site) -> None:
    """What the ballot page keeps in each process: the writer of the box, the count of failed codes, its threads."""
    app.state.voters = anyio.CapacityLimiter(THREADS)
    app.state.casts = CastQueue(site.engine)
    app.state.throttle = Throttle()
