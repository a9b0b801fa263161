"""
The check-in desk: somebody found by number, name, unit or pinyin, and checked in, late, or gone, with one button.

The list is a form and works without a script; the script finds while one types, and keeps the figures of every desk
current. Enter goes on to a button only where one person alone can be meant; what was done by mistake is taken back.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response

from federation.errors import Misused
from federation.facts.acts import Act
from federation.facts.attendance import DeskRow
from federation.facts.desks import DeskAtWork
from federation.models import Case
from federation.rules.attendance import may_be_withdrawn
from federation.services import attendance, attendance_lists
from federation.services.desks import meeting_of
from federation.services.steps import Outcome
from federation.web import desks, live, pages
from federation.web.access import Access, Routes
from federation.web.forms import field_of
from federation.web.site import Site, site_of

routes = Routes()
SHOWN = 60
"""Rows of one page: who is not among them is found by typing."""
LONGEST = 40
ONLY = {"": "全部", "out": "未到", "here": "已到"}
"""Of whom the list is."""
DONE = {
    "arrive": "已签到",
    "late": "已签到（迟到）",
    "leave": "已登记早退",
    "undo": "已撤回签到",
    "back": "已撤回早退，仍在场",
}
BEFORE = {
    "arrive": "已经签到了，不用再办",
    "late": "已经签到了，不用再办",
    "leave": "已经登记早退了，不用再办",
    "undo": "已经撤回了，不用再办",
    "back": "已经撤回了，不用再办",
}


@dataclass(frozen=True, slots=True)
class Button:
    """A button beside what is said: its word and what it does."""

    word: str
    act: str


@dataclass(frozen=True, slots=True)
class Said:
    """What the desk is told, with what can be done about it. `kind` is right, before or wrong."""

    text: str = ""
    kind: str = ""
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button of the list: what to do with whom. `figures` and `because` go with what is taken back."""

    name: str
    number: int
    figures: int | None = None
    because: str = ""


@routes.get("/desk/check-in", access=Access.DESK)
def form(request: Request) -> Response:
    """The roll, or those of it who may be meant; with `show`, those and no others, for a list that stays as it is."""
    asked = request.query_params
    return _page(request, asked.get("q", ""), asked.get("only", ""), _numbers(asked.get("show", "")))


@routes.post("/desk/check-in", access=Access.DESK)
def act(request: Request) -> Response:
    """One person checked in, late or gone, or what was done taken back; or asked whether it is meant."""
    given, desk = desks.sent(request), desks.desk_of(request)
    pressed = _pressed(field_of(given, "act"))
    if pressed.name in ASKED:
        with site_of(request).reading() as session:
            said = ASKED[pressed.name](attendance_lists.one(session, desk.meeting_id, pressed.number))
    elif pressed.name in DONE:
        said = _acted(site_of(request), desk, pressed, desks.act_of(request))
    else:
        said = Said()
    show = _numbers(field_of(given, "show"))
    return _page(request, field_of(given, "q"), field_of(given, "only"), show, said, pressed.number)


def _pressed(text: str) -> Pressed:
    name, *rest = text.split(":")
    number, figures, because = (*rest, "", "", "")[:3]
    known = name in DONE or name in ASKED or name == "no"
    if not known or not _is_number(number) or (figures and not _is_number(figures)):
        raise Misused("没有办理：请从名单上的按钮办理")
    return Pressed(name, int(number), int(figures) if figures else None, because)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 8


def _acted(site: Site, desk: DeskAtWork, pressed: Pressed, act: Act) -> Said:
    """Do it, and say what was done, with the way back."""
    with site.writing() as session:
        meeting = meeting_of(session, desk)
        before = attendance_lists.one(session, desk.meeting_id, pressed.number)
        taken = not (before.here and pressed.name in ("arrive", "late")) and _do(session, meeting, pressed, act)
        figures = attendance.figures_fixed(session, meeting)
    who = f"{before.number} {before.displayed}："
    if not taken:
        return Said(who + BEFORE[pressed.name], "before")
    way = _way_back(pressed.name, before, figures)
    return Said(who + DONE[pressed.name], "right", (Button("撤回这一笔", way),) if way else ())


def _do(session: Session, meeting: Case, pressed: Pressed, act: Act) -> bool:
    who: Sequence[str] = (str(pressed.number),)
    outcome: Outcome
    match pressed.name:
        case "arrive":
            outcome, _ = attendance.check_in(session, meeting, who, act)
        case "late":
            outcome, _ = attendance.came_late(session, meeting, who, act)
        case "leave":
            outcome, _ = attendance.left(session, meeting, who, act)
        case "back":
            outcome, _ = attendance.withdraw(session, meeting, who, "left", act)
        case _:
            outcome, _ = attendance.withdraw(session, meeting, who, "present", act, pressed.figures)
            if outcome.taken and pressed.because:
                attendance.stayed_away(session, meeting, who, pressed.because, act)
    return outcome.taken


def _way_back(name: str, before: DeskRow, figures: int) -> str:
    """The act that puts a person back to what she was before this one; empty where the list has it."""
    if name == "leave":
        return f"back:{before.number}"
    if name not in ("arrive", "late"):
        return ""
    if before.presence == "left":
        return f"leave:{before.number}"
    return f"undo:{before.number}:{figures}" + (f":{before.absence}" if before.absence else "")


def _leaving(row: DeskRow) -> Said:
    return Said(f"{row.number} {row.displayed}现在离场？", "before", _answers("是，早退", f"leave:{row.number}", row))


def _mistaken(row: DeskRow) -> Said:
    text = f"{row.number} {row.displayed}没有到，是误登？"
    return Said(text, "before", _answers("是，撤回签到", f"undo:{row.number}", row))


def _answers(word: str, act: str, row: DeskRow) -> tuple[Button, ...]:
    return Button("不是", f"no:{row.number}"), Button(word, act)


ASKED: dict[str, Callable[[DeskRow], Said]] = {"leave_ask": _leaving, "undo_ask": _mistaken}
"""What is asked before it is done: neither is an act of every minute, and a hand slips."""


def _numbers(text: str) -> frozenset[int]:
    """The numbers of a list that is on the screen; no more than are shown."""
    return frozenset(int(part) for part in text.split(",")[:SHOWN] if _is_number(part))


def _page(
    request: Request, asked: str, only: str, show: Collection[int], said: Said | None = None, keep: int = 0
) -> Response:
    """The list of whoever is asked for, of those in `only`; with her in it who was just dealt with (`keep`)."""
    site, desk = site_of(request), desks.desk_of(request)
    asked, only = asked.replace("\0", "")[:LONGEST], only if only in ONLY else ""
    with site.reading() as session:
        meeting = meeting_of(session, desk)
        found = attendance_lists.found(session, desk.meeting_id, asked)
        listed = attendance_lists.of_numbers(session, desk.meeting_id, show) if show else found
        hall = attendance_lists.hall(session, meeting)
        figures = attendance.figures_fixed(session, meeting)
        label, running = meeting.label, meeting.state == "in_session"
    meant = attendance_lists.meant(found, asked)
    rows = [row for row in listed if show or row.number == keep or not only or row.here == (only == "here")]
    told: dict[str, Any] = {"asked": asked, "only": only, "choices": ONLY, "label": label, "running": running}
    told |= {
        "hall": hall,
        "said": said or _answered(asked, found, meant),
        "meant": meant.number if meant and not meant.here else 0,
    }
    told["withdrawable"] = {row.number for row in rows if row.here and may_be_withdrawn(figures=figures, late=row.late)}
    return desks.page(request, "attendance.html", rows=rows[:SHOWN], more=max(0, len(rows) - SHOWN), **told)


def _answered(asked: str, found: Sequence[DeskRow], meant: DeskRow | None) -> Said:
    """What is said of a search, where no button can be meant."""
    if not asked.strip() or (meant and not meant.here):
        return Said()
    if meant:
        return Said(f"{meant.number} {meant.displayed}已经签到", "before")
    return Said(f"有 {len(found)} 位，请点选" if found else "没有符合的人", "before")


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
        hall = attendance_lists.hall(session, meeting_of(session, desk))
    return pages.rendered("attendance_figures.html", hall=hall)
