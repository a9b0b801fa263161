"""
The light markup of paper templates, read line by line. What the facts brought in is never markup.

    # text              title; `\\\\` begins a new line in it
    ## text             a centred line below the title
    @page landscape     first line of a template: official (without it), form, landscape,
                        wide_form, ballot, certificate
    @mark text          the red mark of the issuing body (发文机关标志) or of minutes
    @number text        document number (发文字号) with the red rule below; without text the rule alone
    @number text | 签发人：  the same of a paper that goes up, with room for the name of who approved it
    @to text            addressee (主送机关), flush left
    @chapter text       the heading of a 章 or 节, centred
    @clause label | text  a paragraph of a 条, its label (第一条) in 黑体; `@clause | text` goes on without a label
    @attachments a | b  附件：what goes with the paper
    @next               the next of several papers in one file begins, with page numbers of its own
    @space              an empty line
    @break              what follows begins a page
    @note text          small print
    @table a 3 | b 10 < columns: heading, share of the width, `<` left, `>` right, neither centred; then its rows
    @table tall | …     the same with rows to sign in
    @row a | b          a row of the table above; in its cells ~~text~~ is struck out, ++text++ is inserted
    @names 出席 | a | b  a label and names, aligned under the first name
    @list a | b         names alone, in columns
    @sign 监票人 | a | b  a line to sign on for each name
    @seal body | date   signature and date, with room for the seal
    @signed body | date the same without a seal
    @imprint a | b | c  版记 at the foot of the last page: copied to whom (may be empty), printed by whom, on which day
    @choices a | b      names of a ballot with their boxes; `@blank 2` after it: empty boxes for other names
    @strokes 20 | a | b names to be counted by hand, in so many boxes for 正 a mark; then `@row name` and `@blank 2`
    \\text               a line that begins with # or @ and is text all the same

Every other line is a paragraph, indented by two characters; 一、 （一） 1. and （1） at its head make it a heading of
that level. Empty lines mean nothing. A fact is printed with `{{ … }}`: it is wrapped in two characters no fact can
contain, and only what stands outside of them is looked at for `#`, `@`, `|` and `\\`. Filters beside Jinja's own:
`chinese_number` (十一), `tight` (150 人 becomes 150人), `or_line` (a line to write on in place of what is not known).
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from federation.documents import blocks
from federation.documents.blocks import Align, Block, Change, Content, Run, Script
from federation.errors import Finding, refuse_if

OPEN, CLOSE, NEWLINE = "\x02", "\x03", "\x1e"
"""Around a fact, and in the place of a line break within one."""

_FACT = re.compile(f"{OPEN}[^{CLOSE}]*{CLOSE}")
_RUNS = re.compile(r"(~~|\+\+)(.*?)\1", re.DOTALL)
_CHANGES: dict[str, Change] = {"~~": "removed", "++": "added"}
_COLUMN = re.compile(r"(?P<heading>.*?)\s+(?P<share>[1-9]\d?)\s*(?P<align>[<>]?)$")
_ALIGN: dict[str, Align] = {"<": "left", ">": "right", "": "centre"}


PAGES = ("official", "form", "landscape", "wide_form", "ballot", "certificate")
"""What `@page` may ask for: official pages, slips that go on one side if they can, either turned, ballots …"""

MOST_BOXES = 24
"""Boxes for 正 in a row: more could not be written into."""


class _Fault(Exception):
    """A line that cannot be read, and why."""


def wrap(fact: str) -> str:
    """A fact, made safe to stand in a template's output."""
    return OPEN + fact.replace(OPEN, "").replace(CLOSE, "").replace("\n", NEWLINE) + CLOSE


def facts_in(source: str) -> list[str]:
    """The facts in a template's output, as they were."""
    return [plain(found) for found in _FACT.findall(source)]


def plain(text: str) -> str:
    """Text without its wrapping, line breaks restored."""
    return unwrapped(text).strip(" ")


def unwrapped(text: str) -> str:
    """The same with the spaces at its ends, which a part of a text may need."""
    return text.replace(OPEN, "").replace(CLOSE, "").replace(NEWLINE, "\n")


def read(source: str, name: str) -> Script:
    """The paper that a template's output describes; all faulty lines are refused at once."""
    faults: list[Finding] = []
    page = "official"
    found: list[Block] = []
    for line in filter(None, map(str.strip, source.split("\n"))):
        try:
            if line.startswith("@page"):
                page = _page(line, bool(found))
            else:
                _take(line, found)
        except _Fault as fault:
            faults.append(Finding(f"“{plain(line)[:30]}”：{fault}", remedy=f"修改模板 {name}"))
    refuse_if(f"文书模板 {name} 有误", faults)
    return Script(page, tuple(found))


def _page(line: str, late: bool) -> str:
    page = line.removeprefix("@page").strip()
    if late:
        raise _Fault("@page 须为模板的第一行")
    if page not in PAGES:
        raise _Fault(f"@page 之后只能是 {'、'.join(PAGES)}")
    return page


def _take(line: str, found: list[Block]) -> None:
    """Add what one line says to what was found before it."""
    word, _, rest = line.partition(" ")
    rest = rest.strip()
    if word == "@row":
        _add_row(rest, found)
    elif word == "@blank":
        _add_blank(rest, found)
    elif word in _SIMPLE:
        found.append(_SIMPLE[word](rest))
    elif word.startswith(("@", "#")):
        raise _Fault(f"没有“{plain(word)}”这样的标记；可用的有 {' '.join(DIRECTIVES)}；若为正文，行首加“\\”")
    else:
        text = plain(line.removeprefix("\\"))
        found.extend(blocks.Paragraph(part) for part in text.split("\n") if part.strip())


def _cells(rest: str) -> list[str]:
    """The cells between the bars that the template drew; a bar inside a fact divides nothing."""
    facts = iter(_FACT.findall(rest))
    return [re.sub(OPEN, lambda _: next(facts), cell).strip() for cell in _FACT.sub(OPEN, rest).split("|")]


def _plain_cells(rest: str) -> tuple[str, ...]:
    return tuple(plain(cell) for cell in _cells(rest))


def _names(cells: Sequence[str]) -> tuple[str, ...]:
    """Names, each on one line; empty cells say nothing."""
    return tuple(cell.replace("\n", " ") for cell in cells if cell)


def _lines(rest: str) -> tuple[str, ...]:
    """The lines of a title, as the template and the facts break it."""
    facts = iter(_FACT.findall(rest))
    parts = [re.sub(OPEN, lambda _: next(facts), part) for part in _FACT.sub(OPEN, rest).split("\\\\")]
    return tuple(line.strip() for part in parts for line in plain(part).split("\n") if line.strip())


def _table(rest: str) -> Block:
    cells = _cells(rest)
    tall = cells[0] == "tall"
    return blocks.Table(tuple(map(_column, cells[tall:])), (), tall)


def _column(cell: str) -> blocks.Column:
    match = _COLUMN.match(cell)
    if match is None:
        raise _Fault(f"列“{plain(cell)}”须写明列名和所占宽度，如“姓名 6”")
    return blocks.Column(plain(match["heading"]), int(match["share"]), _ALIGN[match["align"]])


def _strokes(rest: str) -> Block:
    boxes, *marks = _plain_cells(rest)
    if not boxes.isdecimal() or not 1 <= int(boxes) <= MOST_BOXES or not _names(marks):
        raise _Fault(f"@strokes 之后写格数（1 到 {MOST_BOXES}）和各种意见，如“@strokes 20 | 赞成 | 不赞成”")
    return blocks.Strokes(int(boxes), _names(marks), (), 0)


def _add_row(rest: str, found: list[Block]) -> None:
    if found and isinstance(strokes := found[-1], blocks.Strokes):
        found[-1] = replace(strokes, names=(*strokes.names, plain(rest).replace("\n", " ")))
        return
    if not found or not isinstance(table := found[-1], blocks.Table):
        raise _Fault("@row 之前须有 @table")
    row = tuple(map(_content, _cells(rest)))
    if len(row) != len(table.columns):
        raise _Fault(f"表有 {len(table.columns)} 列，此行有 {len(row)} 格")
    found[-1] = blocks.Table(table.columns, (*table.rows, row), table.tall)


def _content(cell: str) -> Content:
    """A cell as plain text, or in runs where the template struck out or inserted something; a fact marks nothing."""
    facts = iter(_FACT.findall(cell))
    bare = _FACT.sub(OPEN, cell)
    pieces: list[tuple[Change, str]] = []
    at = 0
    for found in _RUNS.finditer(bare):
        pieces += [("same", bare[at : found.start()]), (_CHANGES[found[1]], found[2])]
        at = found.end()
    if not pieces:
        return plain(cell)
    pieces.append(("same", bare[at:]))
    filled = [(change, re.sub(OPEN, lambda _: next(facts), text)) for change, text in pieces]
    return tuple(Run(unwrapped(text), change) for change, text in filled if text)


def _add_blank(rest: str, found: list[Block]) -> None:
    number = plain(rest)
    if not found or not isinstance(last := found[-1], blocks.Choices | blocks.Strokes) or not number.isdecimal():
        raise _Fault("@blank 须紧接 @choices 或 @strokes，后为空白格数")
    found[-1] = replace(last, blank=int(number))


def _labelled(make: Callable[[str, tuple[str, ...]], Block]) -> Callable[[str], Block]:
    """A directive whose first cell is a label and whose other cells are names."""

    def read_labelled(rest: str) -> Block:
        label, *names = _plain_cells(rest)
        return make(label.replace("\n", " "), _names(names))

    return read_labelled


def _closing(sealed: bool) -> Callable[[str], Block]:
    def read_closing(rest: str) -> Block:
        cells = _plain_cells(rest)
        if len(cells) != 2:
            raise _Fault("署名和日期以“|”分开，各一")
        return blocks.Closing(cells[0].replace("\n", " "), cells[1], sealed)

    return read_closing


def _clause(rest: str) -> Block:
    cells = _plain_cells(rest)
    if len(cells) != 2:
        raise _Fault("条款序号和条文以“|”分开；续写的段落写“@clause | 条文”")
    return blocks.Clause(*(cell.replace("\n", " ") for cell in cells))


def _number(rest: str) -> Block:
    cells = _plain_cells(rest)
    if len(cells) > 2:
        raise _Fault("发文字号和签发人以“|”分开；不是上行文的，只写发文字号")
    return blocks.Number(*(cell.replace("\n", " ") for cell in cells))


def _imprint(rest: str) -> Block:
    cells = _plain_cells(rest)
    if len(cells) != 3:
        raise _Fault("版记写抄送机关、印发机关和印发日期，以“|”分开；没有抄送的，第一格空着")
    copied, body, day = (cell.replace("\n", " ") for cell in cells)
    return blocks.Imprint(copied, body, day)


def _text(make: Callable[[str], Block]) -> Callable[[str], Block]:
    """A directive that takes one line of text: a line break within a fact becomes a space."""
    return lambda rest: make(plain(rest).replace("\n", " "))


_SIMPLE: dict[str, Callable[[str], Block]] = {
    "#": lambda rest: blocks.Title(_lines(rest)),
    "##": _text(blocks.Subtitle),
    "@mark": _text(blocks.RedMark),
    "@number": _number,
    "@to": _text(blocks.Addressee),
    "@chapter": _text(blocks.Chapter),
    "@clause": _clause,
    "@attachments": lambda rest: blocks.Attachments(_names(_plain_cells(rest))),
    "@next": lambda _: blocks.Next(),
    "@space": lambda _: blocks.Space(),
    "@break": lambda _: blocks.Break(),
    "@note": lambda rest: blocks.Note(plain(rest)),
    "@table": _table,
    "@names": _labelled(blocks.Names),
    "@list": lambda rest: blocks.NameList(_names(_plain_cells(rest))),
    "@sign": _labelled(blocks.Signatures),
    "@seal": _closing(sealed=True),
    "@signed": _closing(sealed=False),
    "@strokes": _strokes,
    "@imprint": _imprint,
    "@choices": lambda rest: blocks.Choices(_names(_plain_cells(rest)), 0),
}

DIRECTIVES = ("@page", *_SIMPLE, "@row", "@blank")


def texts(source: str) -> Iterator[str]:
    """What a template prints of its own, line by line, without the facts."""
    for line in source.split("\n"):
        if own := _FACT.sub("", line).strip():
            yield own
