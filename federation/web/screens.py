"""
The screen of the hall: the whole of it in one piece, made anew when something has changed, for however many screens.

The ballots in an open box are looked at once in a while and in steps (rules/screens.py); all else as it happens.
"""

from collections.abc import Hashable
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from federation.facts.screens import Screen, ScreenListed
from federation.models import Case
from federation.rules.screens import STEP, look_of
from federation.services import screens
from federation.web import live, pages
from federation.web.access import Access, Routes
from federation.web.site import Site, site_of

routes = Routes()


@routes.get("/screen", access=Access.PUBLIC)
def choice(request: Request) -> Response:
    """Where one meeting has a screen, to it; else the choice."""
    with site_of(request).reading() as session:
        listed = screens.listed(session)
    if len(listed) == 1:
        return RedirectResponse(f"/screen/{listed[0].address}", 303)
    return pages.page(request, "screens_choice.html", meetings=listed)


@routes.data("/api/screens", access=Access.PUBLIC)
def listed(request: Request) -> list[ScreenListed]:
    """The meetings that have a screen, those in session first."""
    with site_of(request).reading() as session:
        return screens.listed(session)


@routes.data("/api/screens/{meeting:path}", access=Access.PUBLIC)
def shown(request: Request, meeting: str) -> Screen:
    """What the screen of a meeting shows at this moment, for whoever draws it otherwise."""
    site, case = _found(request, meeting)
    return current(site, case)


@routes.get("/screen-live/{meeting:path}", access=Access.PUBLIC)
def events(request: Request, meeting: str) -> Response:
    """The screen as it changes."""
    site, case = _found(request, meeting)
    watched = live.watch(site, ("screen", case.id), lambda: _stamp(site, case), lambda: _shown(site, case))
    return live.stream(watched)


@routes.get("/screen/{meeting:path}", access=Access.PUBLIC)
def page(request: Request, meeting: str) -> Response:
    """The screen as it stands."""
    site, case = _found(request, meeting)
    return pages.page(request, "screens.html", step=STEP, screen=current(site, case), live=f"/screen-live/{meeting}")


def _found(request: Request, meeting: str) -> tuple[Site, Case]:
    """The meeting of this address that has a screen."""
    site = site_of(request)
    with site.reading() as session:
        return site, screens.find(session, meeting)


def current(site: Site, meeting: Case) -> Screen:
    """The screen at this moment, with the ballots of the last look at the box."""
    with site.reading() as session:
        found = screens.screen(session, session.get_one(Case, meeting.id))
    boxes = _cast(site, meeting)
    polls = (replace(each, cast=boxes.get(each.name, 0)) if each.open and each.drawn else each for each in found.polls)
    return replace(found, polls=tuple(polls))


def _cast(site: Site, meeting: Case) -> dict[str, int]:
    """Ballots in the open boxes, in steps, as they were at the last look at them: nobody looks in between."""
    key, look = ("cast", meeting.id), look_of(site.clock.now())
    kept = site.kept.get(key)
    if kept is None or kept[0] != look:
        with site.reading() as session:
            kept = site.kept[key] = (look, screens.cast(session, meeting.id))
    return dict(kept[1])


def _stamp(site: Site, meeting: Case) -> Hashable:
    """What has been journalled, and the look at the box."""
    with site.reading() as session:
        journalled = screens.stamp(session, meeting)
    return journalled, *sorted(_cast(site, meeting).items())


def _shown(site: Site, meeting: Case) -> str:
    return pages.rendered("screens_shown.html", step=STEP, screen=current(site, meeting))
