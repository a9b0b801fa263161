"""
A charter or an election method as 章 and 条.

Plain text and Markdown are both read; 条 that follow each other without a blank line stay apart.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from federation.errors import Finding
from federation.rules.numerals import NUMERAL, chinese_number, number_or_zero

_HEADING = re.compile(
    rf"(?:\#{{1,6}}\s*|[-*]\s+)?(?:\*\*|__)?第\s*(?P<number>[{NUMERAL}]+)\s*(?P<kind>[编章节条])(?:\*\*|__)?"
    r"(?P<gap>[\s:：]*)(?P<rest>.*)"
)
_REFERENCE = re.compile(r"规定|所|第|的|之|中|和|与|及|至|到|或|、|，|。|；|）|\)")
"""What follows a mere mention of a clause at the start of a line: 第五条规定的…, 第三条、第四条…"""


@dataclass(frozen=True, slots=True)
class Clause:
    """One 条 under the heading `chapter` (第二章 会员); `label` is 第五条, and `text` has one line a paragraph."""

    chapter: str
    number: int
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """A document in its parts: its title, whatever stands before the first 条, the 条, and the numbers of its 章."""

    title: str
    preamble: str
    clauses: tuple[Clause, ...]
    chapters: tuple[str, ...]

    def find(self, label: str) -> Clause | None:
        """The first clause of this label (第五条, or in figures 第5条); None where there is none."""
        found = _HEADING.fullmatch(label.strip())
        number = number_or_zero(found["number"]) if found else 0
        return next((clause for clause in self.clauses if clause.number == number), None)

    def parts(self) -> tuple[Clause, ...]:
        """The preamble as a clause of its own (序言, number 0), then the clauses."""
        opening = "\n".join(filter(None, (self.title, self.preamble)))
        return (*([Clause("", 0, "序言", opening)] if opening else []), *self.clauses)


def parse_document(text: str) -> Document:
    """Read a document into 章 and 条; reading never fails, `numbering_findings` says what is odd."""
    title = chapter = ""
    opening: list[str] = []
    chapters: list[str] = []
    clauses: list[tuple[str, int, list[str]]] = []
    lines = opening
    for line in (raw.strip(" \t　\ufeff") for raw in text.splitlines()):
        heading = _heading(line)
        if heading and heading["kind"] == "条":
            number = number_or_zero(heading["number"])
            lines = [heading["rest"]] if heading["rest"] else []
            clauses.append((chapter, number, lines))
        elif heading:
            chapter = f"第{heading['number']}{heading['kind']} {heading['rest'].strip('* ')}".strip()
            chapters.append(chapter)
        elif not title and not chapters and not clauses and line:
            title = line.lstrip("# ").strip("*")
        elif line:
            lines.append(line)
    made = (Clause(under, number, _label(number), "\n".join(body)) for under, number, body in clauses)
    return Document(title, "\n".join(opening), tuple(made), tuple(chapters))


def _label(number: int) -> str:
    return f"第{chinese_number(number)}条"


def _heading(line: str) -> re.Match[str] | None:
    found = _HEADING.fullmatch(line)
    if not found or not number_or_zero(found["number"]):
        return None
    mentioned = not found["gap"] and "**" not in line and _REFERENCE.match(found["rest"])
    return None if mentioned else found


def numbering_findings(document: Document, where: str) -> Iterator[Finding]:
    """Say where the 条 do not run 第一条, 第二条, …, and where a 条 is empty. `where` names the document."""
    if not document.clauses:
        yield Finding("没有找到“第一条”这样的条款", where, "每条另起一行，以“第几条”开头")
    expected = 1
    for clause in document.clauses:
        if clause.number != expected:
            yield Finding(_out_of_step(clause, expected), f"{where}{clause.label}", "按顺序重新编号")
        if not clause.text:
            yield Finding(f"{clause.label}没有内容", f"{where}{clause.label}", "补上内容，或删去这一条")
        expected = max(expected, clause.number + 1)


def _out_of_step(clause: Clause, expected: int) -> str:
    if clause.number < expected:
        return f"{clause.label}重复，或排在更后的条款之后"
    first, last = _label(expected), _label(clause.number - 1)
    return f"{clause.label}之前缺{first}" + (f"至{last}" if first != last else "")
