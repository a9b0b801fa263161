"""
What is sealed of a ballot: its marks and its check code, padded to one length for the whole poll.

    ["check code", [["marks", ["+written name", …]], …]]        then spaces

A paper for each contest in sheet order; a mark for each listed name, as `facts.counting.Mark` writes them; a written
name after `+` where it carries the approve sign and after `-` where it does not. As JSON in UTF-8 without spaces; the
spaces at the end make every ballot of the poll as long as the longest that the sheet allows.
"""

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from federation.ballotbox.passes import ALPHABET, CHECK_LENGTH
from federation.errors import Finding, Refused
from federation.facts.counting import Mark, Paper, WriteIn

ROOM_A_SEAT = 12
ROOM = 40
"""Bytes kept for written names: so many a seat and so many besides. A name of three characters takes thirteen."""
STEP = 32
"""Lengths are multiples of this."""
_MARKS = frozenset(Mark)


@dataclass(frozen=True, slots=True)
class Envelope:
    """The form of a poll's ballots: how many names each contest lists, and how long the content is, in bytes."""

    names: tuple[int, ...]
    length: int

    @classmethod
    def of(cls, names: Sequence[int], seats: Sequence[int], written: bool) -> "Envelope":
        """For contests that list so many names for so many seats; `written` where other names may be written in."""
        frame = CHECK_LENGTH + len('["",[]]') + sum(count + len('["",[]],') for count in names)
        room = ROOM + ROOM_A_SEAT * sum(seats) if written else 0
        return cls(tuple(names), -(-(frame + room) // STEP) * STEP)

    def packed(self, check: str, papers: Sequence[Paper]) -> bytes:
        """A ballot as it is sealed. Refused where its written names do not fit, or would not be read as names."""
        if strange := [entry.name for paper in papers for entry in paper.write_ins if not is_name(entry.name)]:
            problem = f"另选的姓名“{strange[0]}”里有空格或看不见的字符"
            raise Refused("没有投票", [Finding(problem, "另选他人须写明姓名", "去掉空格再投")])
        content = _written([check, _sheet(papers)]).encode()
        if len(content) > self.length:
            finding = Finding(
                "另选的姓名太多或太长，电子选票写不下", "电子选票长度一律相同", "少写几个，或凭未用的凭证换领纸质选票"
            )
            raise Refused("没有投票", [finding])
        return content.ljust(self.length)

    def plain(self, content: bytes) -> tuple[str, str] | None:
        """
        The check code and the sheet of a ballot spelled as `packed` spells it, as text; None for any other content.

        What this pattern matches `unpacked` reads alike: it spares nearly every ballot the reading of its JSON.
        """
        match = _pattern(self.names).fullmatch(content) if len(content) == self.length else None
        if match is None:
            return None
        check, sheet, *written = (part.decode() if part else "" for part in match.groups())
        if any(written) and not all(is_name(text[1:]) for names in written for text in names.split('"')[1::2]):
            return None
        return check, sheet

    def lined(self, content: bytes) -> tuple[str, str]:
        """The check code and the sheet of any ballot, as text in its one spelling; ValueError where it is none."""
        check, papers = self.unpacked(content)
        return check, _written(_sheet(papers))

    def unpacked(self, content: bytes) -> tuple[str, tuple[Paper, ...]]:
        """The check code and the papers of a ballot; ValueError where it is not of this form."""
        if len(content) != self.length:
            raise ValueError("another length")
        match json.loads(content.decode()):  # as text: of bytes the reader would take UTF-16 too
            case [str(check), list(sheet)] if len(sheet) == len(self.names):
                if len(check) != CHECK_LENGTH or any(sign not in ALPHABET for sign in check):
                    raise ValueError("no check code")
                return check, tuple(_paper(entry, count) for entry, count in zip(sheet, self.names, strict=True))
        raise ValueError("no sheet of this poll")


def _sheet(papers: Sequence[Paper]) -> list[list[object]]:
    return [
        [paper.marks, [f"{'+' if entry.signed else '-'}{entry.name}" for entry in paper.write_ins]] for paper in papers
    ]


def _written(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=16)
def _pattern(names: tuple[int, ...]) -> re.Pattern[bytes]:
    """A ballot as `packed` writes it: groups for its check code, its sheet, and the written names of each contest."""
    marks, written = re.escape("".join(Mark)), r'"[+-][^"\\\x00-\x1f]+"'
    papers = ",".join(rf'\["[{marks}]{{{count}}}",\[((?:{written}(?:,{written})*)?)\]\]' for count in names)
    return re.compile(rf'\["([{ALPHABET}]{{{CHECK_LENGTH}}})",(\[{papers}\])\] *'.encode())


def sheet_paper(entry: object) -> Paper:
    """One contest's paper of an unpacked sheet, `["marks", ["+written name", …]]`; ValueError for anything else."""
    match entry:
        case [str(marks), list(written)]:
            return Paper(marks, tuple(map(_write_in, written)) if written else ())
    raise ValueError("no paper of a contest")


def _paper(entry: object, names: int) -> Paper:
    paper = sheet_paper(entry)
    if len(paper.marks) != names or not _MARKS.issuperset(paper.marks):
        raise ValueError("no paper of this contest")
    return paper


def _write_in(text: object) -> WriteIn:
    if not isinstance(text, str) or text[:1] not in ("+", "-") or not is_name(text[1:]):
        raise ValueError("no written name")
    return WriteIn(text[1:], signed=text[0] == "+")


def is_name(text: str) -> bool:
    """True for what may stand as a written name: something, on one line, that can be seen."""
    return bool(text) and text == text.strip() and all(map(_is_seen, text))


def _is_seen(sign: str) -> bool:
    """True for a space and what has a shape; of the planes of rare 汉字 all, since each Python knows others of them."""
    return sign == " " or "\U00020000" <= sign <= "\U0003fffd" or unicodedata.category(sign)[0] not in "CZ"
