"""
The paper desk: a teller enters her piles paper by paper, apart from the other; where they differ, she looks again.

Each teller has a desk and a code of her own. A pile is signed off by both: at the desk of the one, with the code of the
other. A doubtful paper is settled at the desk of either, with the code of a scrutineer's.
"""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from federation.errors import FederationError, Finding, Misused, NotFound, Refused
from federation.facts.acts import Stated
from federation.facts.counting import Paper
from federation.facts.desks import DeskAtWork
from federation.facts.entries import DeskSheet
from federation.services import desks as desk_services
from federation.services import entries, entry_lists, sign_offs
from federation.services.desks import meeting_of
from federation.web import desks, entry_forms
from federation.web.access import Access, Routes
from federation.web.forms import field_of
from federation.web.site import Site, site_of

routes = Routes()
HOME = "/desk/entry"
PILE = "/desk/entry/pile"
LONGEST = 80
"""Characters of the name of a contest or a pile."""
SECONDS = {"sign_off": "没有签认", "settle": "没有裁定"}
"""What takes the code of somebody else's desk, and what is said where that fails."""


@routes.get(HOME, access=Access.DESK)
def form(request: Request) -> Response:
    """The contests that may be entered, with their piles."""
    return _home(request)


@routes.post(HOME, access=Access.DESK)
def begin(request: Request) -> Response:
    """A pile begun, or gone on with."""
    given, desk = desks.sent(request), desks.desk_of(request)
    contest, number = _where(given)
    try:
        papers = _number(field_of(given, "papers"), "张数")
        with site_of(request).writing() as session:
            poll, round = entry_lists.there(session, meeting_of(session, desk), contest)
            entries.begin(session, poll, round, number, papers or None, desks.act_of(request))
    except FederationError as error:
        return _home(request, error.http_status, error, given)
    return _to(contest, number)


def _home(
    request: Request, status: int = 200, error: FederationError | None = None, given: Mapping[str, object] | None = None
) -> Response:
    desk = desks.desk_of(request)
    with site_of(request).reading() as session:
        found = entry_lists.contests(session, meeting_of(session, desk), desk.officer)
    return desks.page(request, "entries.html", status, contests=found, error=error, given=given or {})


@routes.get(PILE, access=Access.DESK)
def pile(request: Request) -> Response:
    """The next paper of a pile; once it is done, what is to be done about it; a paper to be corrected or settled."""
    asked = request.query_params
    sheet = _sheet(request, *_where(asked), _number(asked.get("paper", ""), "张号"))
    doubtful = _number(asked.get("settle", ""), "张号")
    return _page(request, sheet, settling=doubtful if doubtful in {one.paper for one in sheet.pile.differences} else 0)


@routes.post(PILE, access=Access.DESK)
async def act(request: Request) -> Response:
    """A paper put, taken back or corrected; a pile given up, finished or signed off. What is refused stays as sent."""
    given = desks.sent(request)
    try:
        second = await _second(request, given)
        return await run_in_threadpool(_acted, request, given, second)
    except FederationError as error:
        return await run_in_threadpool(_refused, request, given, error)


def _acted(request: Request, given: FormData, second: str) -> Response:
    contest, number, name, position = _named(given)
    sheet = _sheet(request, contest, number, position if name == "correct" else 0)
    if name == "back" and position == sheet.pile.entered:
        return _taken_back(request, sheet, position)
    _do(request, sheet, name, position, given, second)
    return RedirectResponse(HOME, 303) if name == "give_up" else _to(contest, number)


def _taken_back(request: Request, sheet: DeskSheet, position: int) -> Response:
    """The last paper is the one due again, filled in as it was put: to be changed, not to be remembered."""
    contest, number = sheet.short_id, sheet.pile.number
    paper = _sheet(request, contest, number, position).paper if position else None
    _do(request, sheet, "back", position, FormData(), "")
    return _page(request, _sheet(request, contest, number, 0), given=_fields(paper) if paper else None)


def _refused(request: Request, given: FormData, error: FederationError) -> Response:
    """The page as it was sent, with what was refused; what was sent for another paper is not put on the one due now."""
    contest, number, name, position = _named(given)
    sheet = _sheet(request, contest, number, position if name == "correct" else 0)
    mine = name in ("correct", "settle") or position == (sheet.pile.entered or 0) + 1
    settling = position if name == "settle" else 0
    return _page(request, sheet, error.http_status, error, given if mine else None, settling)


def _where(given: Mapping[str, object]) -> tuple[str, str]:
    """Of which contest and pile; what is longer than any is none."""
    contest, number = (str(given.get(name, "")).replace("\0", "").strip()[:LONGEST] for name in ("contest", "batch"))
    return contest, number


def _named(given: FormData) -> tuple[str, str, str, int]:
    """Of which contest and pile a form is, what it does, and with which paper."""
    return *_where(given), field_of(given, "act"), _number(field_of(given, "position"), "张号")


def _must_differ(sheet: DeskSheet, position: int) -> None:
    """Refuse to settle a paper on which both tellers agree: it is theirs."""
    if position not in {*(one.paper for one in sheet.pile.differences), *sheet.pile.settled}:
        raise Refused(
            "没有裁定", [Finding(f"第 {position} 张两人所录一致", "裁定只管存疑的票", "录错了的，两人各自更正")]
        )


def _do(request: Request, sheet: DeskSheet, name: str, position: int, given: FormData, second: str) -> None:
    """One act, in a transaction of its own: a crash loses nothing that was entered before."""
    number, by = sheet.pile.number, desks.act_of(request, second)
    paper = entry_forms.read(sheet, given) if name in ("put", "correct", "settle") else None
    with site_of(request).writing() as session:
        where = entry_lists.there(session, meeting_of(session, desks.desk_of(request)), sheet.short_id)
        match name:
            case "put" if paper:
                entries.put(session, *where, number, paper, by, position)
            case "correct" if paper:
                entries.correct(session, *where, number, position, paper, by)
            case "settle" if paper:
                _must_differ(sheet, position)
                scrutineer = replace(by, by=second, second="")
                sign_offs.settle(session, *where, number, position, paper, field_of(given, "reason")[:200], scrutineer)
            case "back":
                entries.take_back(session, *where, number, by, position)
            case "give_up":
                sign_offs.give_up(session, *where, number, field_of(given, "note")[:200], by)
            case "finish":
                entries.finish(session, *where, number, by)
            case "sign_off":
                sign_offs.sign_off(session, *where, number, by)
            case _:
                raise Misused("没有办理：请从页面上的按钮办理")


async def _second(request: Request, given: FormData) -> str:
    """Who signs off with this desk's teller, or settles: whose desk's code was typed; a code that fails waits."""
    if (name := field_of(given, "act")) not in SECONDS:
        return ""
    code, desk = field_of(given, "code")[: desks.LONGEST_CODE], desks.desk_of(request)
    try:
        return await run_in_threadpool(_officer_of, site_of(request), desk, code, name)
    except NotFound as error:
        await desks.throttle_of(request).hold()
        raise Refused(SECONDS[name], error.findings) from None


def _officer_of(site: Site, desk: DeskAtWork, code: str, name: str) -> str:
    """Whose desk has this code: to sign off, a teller's; to settle, any that a scrutineer has, if it is of here."""
    with site.reading() as session:
        other = desk_services.by_code(session, code, Stated.of(site.clock.now()))
    if other.meeting_id != desk.meeting_id or (name == "sign_off" and other.kind != "entry"):
        asked = "另一名计票人的录入台代码" if name == "sign_off" else "监票人自己的工作台代码"
        raise NotFound(SECONDS[name], [Finding("这个代码不是本次会议这一种台的", remedy=f"输入{asked}")])
    return other.officer


def _sheet(request: Request, contest: str, number: str, position: int) -> DeskSheet:
    desk, by = desks.desk_of(request), desks.act_of(request)
    with site_of(request).reading() as session:
        poll, round = entry_lists.there(session, meeting_of(session, desk), contest)
        return entry_lists.sheet(session, poll, round, number, by, position)


def _page(
    request: Request,
    sheet: DeskSheet,
    status: int = 200,
    error: FederationError | None = None,
    given: Mapping[str, object] | None = None,
    settling: int = 0,
) -> Response:
    """The paper before the teller, or the pile once there is none; a form that was refused as it was sent."""
    name = "entries_paper.html" if sheet.paper or settling or not _is_full(sheet) else "entries_pile.html"
    filled = _filled(sheet, given or {})
    return desks.page(request, name, status, sheet=sheet, error=error, filled=filled, settling=settling)


def _is_full(sheet: DeskSheet) -> bool:
    pile = sheet.pile
    return pile.finished or pile.signed_off or pile.entered is None or pile.entered >= pile.papers


def _filled(sheet: DeskSheet, given: Mapping[str, object]) -> Mapping[str, object]:
    """The fields as they stand: as they were sent, else as the paper to be corrected says."""
    return given or (_fields(sheet.paper) if sheet.paper else {})


def _fields(paper: Paper) -> Mapping[str, object]:
    """A paper as the fields of its form."""
    fields: dict[str, object] = {f"mark:{place}": mark for place, mark in enumerate(paper.marks, 1)}
    for place, entry in enumerate(paper.write_ins, 1):
        fields[f"name:{place}"] = entry.name
        fields |= {f"{word}:{place}": "yes" for word in ("signed", "unclear") if getattr(entry, word)}
    return fields | {word: "yes" for word in ("stray", "illegible") if getattr(paper, word)}


def _to(contest: str, number: str) -> Response:
    return RedirectResponse(f"{PILE}?{urlencode({'contest': contest, 'batch': number})}", 303)


def _number(text: str, what: str) -> int:
    """A number as typed; 0 for nothing."""
    text = text.strip()
    if text and not (text.isascii() and text.isdecimal() and len(text) < 7):
        raise Misused(f"{what}要写数字")
    return int(text or 0)
