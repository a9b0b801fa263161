"""
The ballot page: a sheet to fill in, a step that says what it counts as, one button, one end screen.

Everything is one form at one address, and works without a script. The pass is typed into it or put there by the script
from the fragment of the pass's link; it is in no address, no cookie and no log. Whatever answers a form of a sheet has
one length, with whatever marks and names; and so has, where there is a script, the form itself.
"""

import asyncio
import re
import uuid
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import anyio
import anyio.to_thread
from fastapi import FastAPI
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from federation.ballotbox.answers import Answer, text_of
from federation.errors import FederationError, Finding, NotReady, Refused, WrongStage, refuse_if
from federation.facts.voting import PollListed, Sheet
from federation.services import casting, voting
from federation.services.voting import Booth, Over
from federation.web import pages, sheet_forms
from federation.web.access import Access, Routes
from federation.web.casts import CastQueue
from federation.web.forms import form_of
from federation.web.sheet_forms import Filled
from federation.web.site import Site, site_of
from federation.web.throttle import Throttle

T = TypeVar("T")
routes = Routes()
FRESH = 3.0
"""Seconds for which a worker believes that a poll is open still, before it asks again: a review asks nothing itself."""
THREADS = 4
"""Requests of voters that read the database at once, beside those of all other pages."""
IN_THE_BOX = frozenset({Answer.IN_BOX, Answer.ALREADY})
FAILED = frozenset({Answer.UNKNOWN, Answer.SLIP, Answer.OTHER_POLL})
"""Answers to a code that is none of this poll: they are slowed down, and the code can be put right."""
HEADINGS = dict.fromkeys(IN_THE_BOX, "票已在票箱") | {Answer.USED: "这张凭证已经投过票", Answer.OVER: "投票已经结束"}
NOT_CAST = "没有投票"
MOODS = dict.fromkeys(IN_THE_BOX, "right") | {Answer.USED: "caution"}
"""How an end screen looks. Of a spent pass only the voter knows whether it is well."""


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
    """An empty sheet of an open poll; of any other, where to go from here."""
    try:
        booth = await _at_once(request, booth_of, site_of(request), poll)
    except WrongStage as error:
        told = {"heading": error.message, "findings": error.findings, "over": isinstance(error, Over)}
        return pages.page(request, "ballots_shut.html", error.http_status, **told)
    return _sheet(request, booth, Filled())


@routes.post("/v/{poll:path}", access=Access.PASS)
@routes.post("/kiosk/{poll:path}", access=Access.PASS)
async def act(request: Request, poll: str) -> Response:
    """A sheet looked at again, changed, or cast: as the button says that was pressed."""
    given = await form_of(request)
    booth = await _booth_of_form(request, poll, given)
    filled = sheet_forms.read(booth.sheet, given)
    match given.get("act"):
        case "change":
            return _sheet(request, booth, filled, room=sheet_forms.sheet_length(booth.sheet))
        case "cast":
            return await _cast(request, booth, filled)
    if not await _still_open(request, booth):
        return _told(request, booth, Filled(), Answer.OVER, sheet_forms.page_length(booth.sheet))
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


async def _still_open(request: Request, booth: Booth) -> bool:
    """Whether the poll is open, as this worker saw it within the last seconds: one asks for all who review."""
    site, poll = site_of(request), booth.box.election_id
    asked_at, is_open = site.kept.get(("still open", poll), (-FRESH, True))
    now = asyncio.get_running_loop().time()
    if now - asked_at < FRESH:
        return bool(is_open)
    site.kept["still open", poll] = now, is_open  # nobody else asks meanwhile
    try:
        is_open = await _at_once(request, _is_open, site, poll)
    except NotReady:
        return bool(is_open)  # a review needs no database: casting will say so
    site.kept["still open", poll] = now, is_open
    return bool(is_open)


def _is_open(site: Site, poll: uuid.UUID) -> bool:
    with site.reading() as session:
        return voting.is_open(session, poll)


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
        refuse_if("没有投票", sheet_forms.several_findings(booth.sheet, filled))
        ballot = casting.prepared(booth.box, filled.code, sheet_forms.papers_of(booth.sheet, filled), filled.token)
        answer = await asyncio.wrap_future(casts.put(ballot))
    except Refused as error:
        return _faults(request, booth, filled, error.findings[:1], room=sheet_forms.answer_length(booth.sheet))
    except FederationError as error:
        return _review(request, booth, filled, error)
    if answer in FAILED:
        throttle: Throttle = request.app.state.throttle
        await throttle.hold()
    return _answer(request, booth, filled, answer)


def _sheet(request: Request, booth: Booth, filled: Filled, room: int = 0) -> Response:
    return _page(request, "ballots.html", booth, filled, room=room)


def _review(request: Request, booth: Booth, filled: Filled, error: FederationError | None = None) -> Response:
    """What the sheet counts as; or, before anything is asked about the pass, what has to be put right first."""
    papers, room = sheet_forms.papers_of(booth.sheet, filled), sheet_forms.page_length(booth.sheet)
    slip, findings = sheet_forms.slip_of(filled), _name_findings(booth, filled)
    if (slip or findings) and not error:
        return _faults(request, booth, filled, findings, slip, room=room)
    told = {"readings": booth.readings(papers), "untouched": sheet_forms.untouched(booth.sheet, filled), "error": error}
    status = error.http_status if error else 200
    return _page(request, "ballots_review.html", booth, filled, status, room=room, **told)


def _faults(
    request: Request, booth: Booth, filled: Filled, findings: Sequence[Finding], slip: str = "", *, room: int
) -> Response:
    """What has to be put right first; to a ballot that was cast without a review, the first of it."""
    return _page(request, "ballots_faults.html", booth, filled, room=room, slip=slip, findings=findings)


def _name_findings(booth: Booth, filled: Filled) -> list[Finding]:
    """Why the written names cannot be cast: several in one box, or none that a ballot has room for."""
    findings = list(sheet_forms.several_findings(booth.sheet, filled))
    try:
        casting.must_fit(booth.box, sheet_forms.papers_of(booth.sheet, filled))
    except Refused as error:
        findings += error.findings
    return findings


def _answer(request: Request, booth: Booth, filled: Filled, answer: Answer) -> Response:
    """What became of the ballot, on a page as long as that of any other answer of this poll."""
    room = sheet_forms.answer_length(booth.sheet)
    if answer in FAILED or _is_kiosk(request):
        return _told(request, booth, filled, answer, room)
    kept, key = site_of(request).kept, ("answer", booth.sheet.fingerprint, answer)
    if key not in kept:  # nothing of the voter is on it: it is the same page for everyone
        kept[key] = bytes(_told(request, booth, Filled(), answer, room).body)
    return HTMLResponse(kept[key])


def _told(request: Request, booth: Booth, filled: Filled, answer: Answer, room: int) -> Response:
    step = "voted" if answer in IN_THE_BOX else "again" if answer in FAILED else "refused"
    sentences = re.findall("[^。]+。", text_of(answer))
    told = {"heading": HEADINGS.get(answer, NOT_CAST), "mood": MOODS.get(answer, "wrong"), "sentences": sentences}
    return _page(request, "ballots_answer.html", booth, filled, room=room, step=step, **told)


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
