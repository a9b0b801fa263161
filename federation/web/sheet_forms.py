"""The form of a voter's sheet: what its fields are called, and the papers that were filled in with it."""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from starlette.datastructures import FormData

from federation.ballotbox.passes import read_code
from federation.boxes import clean_name, is_several
from federation.errors import Finding, Misused, Refused
from federation.facts.counting import Paper, WriteIn
from federation.facts.voting import Sheet, SheetContest
from federation.web.forms import LONGEST_NAME, field_of


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it was sent. Nothing of it is kept, logged or shown by `repr`."""

    code: str = field(default="", repr=False)
    token: str = field(default_factory=lambda: secrets.token_urlsafe(16), repr=False)
    marks: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Field name → mark, for the names against which something is set."""
    written: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    """Contest → names written in."""


def place_of(contest: SheetContest, place: int) -> str:
    """The field of the name at this place of a contest, from 1."""
    return f"{contest.short_id}:{place}"


def _places(contest: SheetContest) -> tuple[str, ...]:
    """The fields of all names of a contest, in its order."""
    return _numbered(contest.short_id, len(contest.names))


@lru_cache(maxsize=256)
def _numbered(short_id: str, names: int) -> tuple[str, ...]:
    return tuple(f"{short_id}:{place}" for place in range(1, names + 1))


def written_of(contest: SheetContest) -> str:
    """The field of the names written in."""
    return f"{contest.short_id}:other"


def read(sheet: Sheet, form: FormData) -> Filled:
    """The form of this sheet; Refused where it was filled in on another."""
    if form.get("list") != sheet.fingerprint:
        raise Refused("没有投票", [Finding("这张票不是现在的名单", remedy="请重新打开页面，重新填写")])
    allowed, given = {str(choice.mark) for choice in sheet.choices}, dict(form.multi_items())
    marks: dict[str, str] = {}
    written: dict[str, tuple[str, ...]] = {}
    for contest in sheet.contests:
        marks |= {place: str(given[place]) for place in _places(contest) if given.get(place) in allowed}
        names = [_name(entry) for entry in form.getlist(written_of(contest))]
        written[contest.short_id] = tuple(name for name in names if name)[: contest.boxes]
    token = field_of(form, "token")[:64] or secrets.token_urlsafe(16)
    return Filled(field_of(form, "code")[:200], token, marks, written)


def papers_of(sheet: Sheet, filled: Filled) -> dict[str, Paper]:
    """The papers of a form; a name against which nothing is set has the mark that the method gives an empty box."""
    return {
        contest.short_id: Paper(
            "".join([filled.marks.get(place, str(sheet.empty)) for place in _places(contest)]),
            tuple(WriteIn(name, signed=True) for name in filled.written.get(contest.short_id, ())),
        )
        for contest in sheet.contests
    }


def slip_of(filled: Filled) -> str:
    """What is wrong with the code as it was typed; empty where it could be a pass. The database is not asked."""
    try:
        read_code(filled.code)
    except Misused as slip:
        return slip.message
    return ""


def several_findings(sheet: Sheet, filled: Filled) -> Iterator[Finding]:
    """Say where two people are written into one box: counted as one they would be somebody whom nobody knows."""
    for contest in sheet.contests:
        for name in filter(is_several, filled.written.get(contest.short_id, ())):
            problem = f"{contest.office}：一格只写一个姓名，这一格写了几个：{name}"
            yield Finding(problem, remedy="请返回修改，分写在几格")


def untouched(sheet: Sheet, filled: Filled) -> tuple[bool, ...]:
    """Of each contest, whether nothing at all is set in it."""
    return tuple(
        not filled.written.get(each.short_id) and not any(place in filled.marks for place in _places(each))
        for each in sheet.contests
    )


def answer_length(sheet: Sheet) -> int:
    """The bytes of every answer to a ballot cast: room for one whose code failed, which carries the form once more."""
    names, boxes = _counts(sheet)
    return 8192 + 96 * names + 352 * boxes


def page_length(sheet: Sheet) -> int:
    """The bytes of every look at a filled sheet: room for the longest, which says something of every name written."""
    names, boxes = _counts(sheet)
    return 12_288 + 128 * names + 1024 * boxes


def sheet_length(sheet: Sheet) -> int:
    """The bytes of a sheet given back to be changed: it says which of its fields are set."""
    names, boxes = _counts(sheet)
    return 12_288 + 1024 * names + 1024 * boxes


def form_length(sheet: Sheet) -> int:
    """The bytes of every form that the script sends: `+` takes three in it, `-` one, and a name not marked none."""
    names, boxes = _counts(sheet)
    return 2048 + 64 * names + 640 * boxes


def _counts(sheet: Sheet) -> tuple[int, int]:
    return sum(len(each.names) for each in sheet.contests), sum(each.boxes for each in sheet.contests)


def text_of(sheet: Sheet) -> str:
    """What is printed on a sheet before anybody has filled it in."""
    contests = (text for each in sheet.contests for text in (each.office, *each.names))
    return "".join((sheet.federation, sheet.meeting, *contests))


def _name(entry: object) -> str:
    return clean_name(entry)[:LONGEST_NAME] if isinstance(entry, str) else ""
