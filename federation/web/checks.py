"""The check page: a voter types the check code of her stub, and sees that her ballot was counted, or how."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from federation.errors import Misused
from federation.facts.voting import Checked, Sheet
from federation.services import checking, voting
from federation.web import pages, sheet_forms
from federation.web.access import Access, Routes
from federation.web.forms import field_of, form_of
from federation.web.site import Site, site_of
from federation.web.throttle import Throttle

routes = Routes()


@routes.get("/check", access=Access.PUBLIC)
def choice(request: Request) -> Response:
    """Where one box is opened, to its page; else the choice."""
    with site_of(request).reading() as session:
        listed = voting.opened_polls(session)
    if len(listed) == 1:
        return RedirectResponse(f"/check/{listed[0].address}", 303)
    return pages.page(request, "checks_choice.html", polls=listed)


@routes.get("/check/{poll:path}", access=Access.PUBLIC)
def form(request: Request, poll: str) -> Response:
    """Where the check code is typed."""
    with site_of(request).reading() as session:
        sheet = voting.sheet_of(session, voting.find(session, poll))
    return pages.page(request, "checks.html", sheet=sheet, checked=None, wrong="")


@routes.post("/check/{poll:path}", access=Access.PUBLIC)
async def look_up(request: Request, poll: str) -> Response:
    """What the code shows, in one length; one that is not there is told so slowly, as a failed pass is."""
    code = field_of(await form_of(request), "code")[:80]
    sheet, checked, wrong = await run_in_threadpool(_looked_up, site_of(request), poll, code)
    if not (checked and checked.found):
        throttle: Throttle = request.app.state.throttle
        await throttle.hold()
    told = {"sheet": sheet, "checked": checked, "wrong": wrong}
    room, signs = sheet_forms.page_length(sheet), sheet_forms.text_of(sheet)
    return pages.page(request, "checks.html", rare_of=signs, room=room, **told)


def _looked_up(site: Site, poll: str, code: str) -> tuple[Sheet, Checked | None, str]:
    with site.reading() as session:
        found = voting.find(session, poll)
        sheet = voting.sheet_of(session, found)
        try:
            return sheet, checking.look_up(session, found, code), ""
        except Misused as slip:
            return sheet, None, slip.message
