"""
The check-in desk: somebody found by number, name, unit or initials, and checked in, late, or gone, with one button.

The list is a form and works without a script; the script finds while one types, and keeps the figures of every desk
current.
"""

from starlette.requests import Request
from starlette.responses import Response

from federation.errors import Misused
from federation.facts.acts import Act, Stated
from federation.facts.attendance import DeskRow
from federation.facts.desks import DeskAtWork
from federation.services import attendance, attendance_lists
from federation.services.desks import meeting_of
from federation.web import desks, live, pages
from federation.web.access import Access, Routes
from federation.web.forms import field_of
from federation.web.site import Site, site_of

routes = Routes()
SHOWN = 60
"""Rows of one page: who is not among them is found by typing."""
LONGEST = 40
ACTS = {"arrive": attendance.check_in, "late": attendance.came_late, "leave": attendance.left}
DONE = {"arrive": "已签到", "late": "已签到（迟到）", "leave": "已登记早退"}
BEFORE = {
    "arrive": "已经签过到了，可能是另一张台办的，不用再办",
    "late": "已经登记过迟到了，可能是另一张台办的，不用再办",
    "leave": "已经登记过早退了，可能是另一张台办的，不用再办",
}


@routes.get("/desk/check-in", access=Access.DESK)
def form(request: Request) -> Response:
    """The roll, or those of it who may be meant."""
    return _page(request, request.query_params.get("q", "")[:LONGEST])


@routes.post("/desk/check-in", access=Access.DESK)
def act(request: Request) -> Response:
    """One person checked in, late or gone; somebody whom another desk was faster with is said to be so."""
    name, _, number = field_of(desks.sent(request), "act").partition(":")
    if name not in ACTS or not (number.isascii() and number.isdecimal() and len(number) < 8):
        raise Misused("没有办理：请从名单上的按钮办理")
    taken, row = _acted(site_of(request), desks.desk_of(request), name, number, desks.act_of(request))
    said = f"{row.number} {row.displayed}：{DONE[name] if taken else BEFORE[name]}"
    return _page(request, "", said=said, kind="right" if taken else "before")


def _acted(site: Site, desk: DeskAtWork, name: str, number: str, act: Act) -> tuple[bool, DeskRow]:
    with site.writing() as session:
        outcome, _ = ACTS[name](session, meeting_of(session, desk), [number], act)
        return outcome.taken, attendance_lists.one(session, desk.meeting_id, int(number))


def _page(request: Request, asked: str, said: str = "", kind: str = "") -> Response:
    site, desk = site_of(request), desks.desk_of(request)
    with site.reading() as session:
        meeting = meeting_of(session, desk)
        rows = attendance_lists.found(session, desk.meeting_id, asked)
        hall = attendance_lists.hall(session, meeting, Stated.of(site.clock.now()))
        label, running = meeting.label, meeting.state == "in_session"
    told = {"said": said, "said_kind": kind, "asked": asked, "label": label, "running": running, "hall": hall}
    return desks.page(request, "attendance.html", rows=rows[:SHOWN], more=max(0, len(rows) - SHOWN), **told)


@routes.get("/desk/check-in/live", access=Access.DESK)
async def figures(request: Request) -> Response:
    """The figures as they change, for every desk of the meeting from one look."""
    site, desk = site_of(request), desks.desk_of(request)
    watched = live.watch(
        site, ("attendance", desk.meeting_id), lambda: _stamp(site, desk), lambda: _figures(site, desk)
    )
    return live.stream(watched)


def _stamp(site: Site, desk: DeskAtWork) -> int:
    with site.reading() as session:
        return attendance_lists.stamp(session, meeting_of(session, desk).federation_id)


def _figures(site: Site, desk: DeskAtWork) -> str:
    with site.reading() as session:
        hall = attendance_lists.hall(session, meeting_of(session, desk), Stated.of(site.clock.now()))
    return pages.rendered("attendance_figures.html", hall=hall)
