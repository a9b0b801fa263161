"""Tables: cells that wrap, a head that comes again on every page, and the boxes of a ballot."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from federation.documents.blocks import Align, Choices, Column, Content, Run, Table
from federation.documents.flow import Item, space
from federation.documents.fonts import Role
from federation.documents.linebreak import fill
from federation.documents.marks import Mark, Rule, Text, moved
from federation.documents.page import MM, Style
from federation.documents.typist import Typist

PADDING = 3.0
OUTER, INNER = 0.9, 0.5
SIGNING_HEIGHT = 10.5 * MM
"""A row in which somebody signs."""


_NAME = re.compile(r"[^，。；：、！？\s]{1,24}")
_NAME_PARTS = re.compile(r"（[^（]*|[^·（]+·?")


@dataclass(frozen=True, slots=True)
class Cell:
    """Lines of text in a box."""

    lines: tuple[str, ...]
    column: Column
    left: float
    width: float
    role: Role = "fangsong"
    runs: tuple[tuple[Run, ...], ...] = ()
    """The runs of each line; empty where nothing is struck out or inserted."""

    def line(self, number: int) -> "Cell":
        """One of its lines alone."""
        part = slice(number, number + 1)
        return replace(self, lines=self.lines[part], runs=self.runs[part])


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the columns of a table stand and how high its lines are."""

    typist: Typist
    size: float
    edges: tuple[float, ...]
    columns: tuple[Column, ...]

    @property
    def leading(self) -> float:
        return self.size * 1.4

    def cells(self, row: Sequence[Content], role: Role = "fangsong") -> tuple[Cell, ...]:
        placed = zip(row, self.columns, pairwise(self.edges), strict=True)
        return tuple(self._cell(content, column, left, right - left, role) for content, column, (left, right) in placed)

    def _cell(self, content: Content, column: Column, left: float, width: float, role: Role) -> Cell:
        if isinstance(content, str):
            return Cell(self._lines(content, width, role), column, left, width, role)
        lines = self._lines("".join(run.text for run in content), width, role)
        return Cell(lines, column, left, width, role, tuple(_runs_of(lines, content)))

    def head(self) -> Item:
        """The row of headings, each centred; it stays with the row below it."""
        cells = self.cells([column.heading for column in self.columns], "heiti")
        centred = [replace(cell, column=replace(cell.column, align="centre")) for cell in cells]
        return replace(self.row(centred), keep=True)

    def _lines(self, text: str, width: float, role: Role) -> tuple[str, ...]:
        """A text in a cell; a name is not torn where it can be broken at its dot or before its unit."""
        room = width - 2 * PADDING
        parts = _NAME_PARTS.findall(text) if _NAME.fullmatch(text) else []
        if len(parts) > 1 and all(self.typist.width(part, self.size, role) <= room for part in parts):
            return tuple(fill(parts, lambda part: self.typist.width(part, self.size, role), room))
        return tuple(self.typist.lines(text, self.size, room, role))

    def frame(self, height: float, top: bool = True, bottom: bool = True) -> tuple[Mark, ...]:
        """The rules around the cells of one row."""
        left, right = self.edges[0], self.edges[-1]
        sides = [Rule(x, 0, x, height, OUTER if x in (left, right) else INNER) for x in self.edges]
        across = [Rule(left, y, right, y, INNER) for y, drawn in ((0, top), (height, bottom)) if drawn]
        return (*sides, *across)

    def text(self, cell: Cell, top: float) -> Iterator[Mark]:
        """The lines of a cell, the first of them hanging from `top`."""
        for number, line in enumerate(cell.lines):
            slack = cell.width - 2 * PADDING - self.typist.width(line, self.size, cell.role)
            shift = {"left": 0.0, "centre": slack / 2, "right": slack}[cell.column.align]
            pen = cell.left + PADDING + shift
            for run in cell.runs[number] if cell.runs else (Run(line),):
                yield from self._run(run, pen, top + number * self.leading, cell.role)
                pen += self.typist.width(run.text, self.size, cell.role)

    def _run(self, run: Run, x: float, top: float, role: Role) -> Iterator[Mark]:
        """Text, struck through where it is removed, underlined and heavier where it is added: ink alone tells them."""
        text = self.typist.put(run.text, x, top, self.size, role)
        yield from map(_heavier, text) if run.change == "added" else text
        if run.change != "same":
            y = top + self.size * (0.5 if run.change == "removed" else 1.1)
            yield Rule(x, y, x + self.typist.width(run.text, self.size, role), y, 0.7)

    def row(self, cells: Sequence[Cell], least: float = 0.0) -> Item:
        """One row that stays whole, its cells centred from top to bottom."""
        deepest = max(len(cell.lines) for cell in cells)
        height = max(deepest * self.leading + 2 * PADDING, least)
        marks = list(self.frame(height))
        for cell in cells:
            depth = len(cell.lines) * self.leading - (self.leading - self.size)
            marks.extend(self.text(cell, (height - depth) / 2))
        return Item(tuple(marks), height, height)

    def torn_row(self, cells: Sequence[Cell]) -> Iterator[Item]:
        """A row higher than a page can keep whole: an item for each line, so that it may go on overleaf."""
        deepest = max(len(cell.lines) for cell in cells)
        for number in range(deepest):
            first, last = number == 0, number == deepest - 1
            height = self.leading + PADDING * (first + last)
            marks = list(self.frame(height, top=first, bottom=last))
            for cell in cells:
                line = replace(cell.line(number), column=replace(cell.column, align=_torn(cell)))
                marks.extend(self.text(line, PADDING * first + (self.leading - self.size) / 2))
            closing = Rule(self.edges[0], height, self.edges[-1], height, INNER)
            yield Item(tuple(marks), height, height, keep=first, closing=(closing,))


HEAVIER = 0.02
"""Stroke around inserted characters, in ems."""


def _heavier(text: Text) -> Text:
    return replace(text, stroke=max(text.stroke, HEAVIER))


def _runs_of(lines: Sequence[str], content: Sequence[Run]) -> Iterator[tuple[Run, ...]]:
    """The runs of each line; what a line's end swallowed (a space, a line break) belongs to none."""
    text = "".join(run.text for run in content)
    end = 0
    for line in lines:
        start = text.index(line, end)
        end = start + len(line)
        yield tuple(_between(content, start, end))


def _between(content: Sequence[Run], start: int, end: int) -> Iterator[Run]:
    at = 0
    for run in content:
        if part := run.text[max(0, start - at) : max(0, end - at)]:
            yield replace(run, text=part)
        at += len(run.text)


def _torn(cell: Cell) -> Align:
    """A text of many lines is set from the left, whatever its column says."""
    return "left" if len(cell.lines) > 1 else cell.column.align


def table_items(table: Table, typist: Typist, style: Style) -> Iterator[Item]:
    """The rows of a table, with room around it."""
    grid = _grid(table, typist, style)
    head = grid.head()
    yield head
    for row in table.rows:
        cells = grid.cells(row)
        item = grid.row(cells, SIGNING_HEIGHT if table.tall else 0.0)
        parts = grid.torn_row(cells) if item.height > style.block_height / 3 else [item]
        for part in parts:
            yield replace(part, header=head)
    yield space(style.leading / 2)


def _grid(table: Table, typist: Typist, style: Style) -> Grid:
    width = style.line_width
    shares = [column.share for column in table.columns]
    edges = tuple(width * sum(shares[:count]) / sum(shares) for count in range(len(shares) + 1))
    return Grid(typist, style.table, edges, table.columns)


BOX = 18 * MM
"""Across the box for a sign: wide enough for a thick pen and an old hand."""

BOX_HEIGHT = 11 * MM
WIDEST = 80 * MM
"""Of a name with its box."""

BLANK_HEADING = "另选他人姓名"


def choice_items(choices: Choices, typist: Typist, style: Style) -> Iterator[Item]:
    """
    The names of a ballot in ballot order, from left to right and row by row, each with its box.

    A place without a name has no box either: an empty box invites a sign that nobody can count.
    """
    for heading, names in (("姓名", list(choices.names)), (BLANK_HEADING, [""] * choices.blank)):
        if names:
            across = min(style.columns, len(names))
            head = replace(_choice_row([heading] * across, across, typist, style, head=True), keep=True)
            yield head
            rows = [names[start : start + across] for start in range(0, len(names), across)]
            for row in rows:
                yield replace(_choice_row(row, across, typist, style), header=head)
            yield space(style.leading / 3)


def _choice_row(names: Sequence[str], across: int, typist: Typist, style: Style, head: bool = False) -> Item:
    wide = min(style.block_width / across, WIDEST)
    left = (style.block_width - wide * across) / 2
    marks: list[Mark] = []
    for number, name in enumerate(names):
        cell = _heading_cell(name, wide, typist, style) if head else _choice_cell(name, wide, typist, style)
        marks.extend(moved(cell, left + number * wide, 0))
    height = _head_height(style) if head else BOX_HEIGHT
    return Item(tuple(marks), height, height)


def _head_height(style: Style) -> float:
    return style.note * 1.9


def _outline(wide: float, height: float) -> tuple[Mark, ...]:
    corners = [(0.0, 0.0), (wide, 0.0), (wide, height), (0.0, height), (0.0, 0.0)]
    sides = (Rule(*start, *end, OUTER) for start, end in pairwise(corners))
    return (*sides, Rule(BOX, 0, BOX, height, OUTER))


def _heading_cell(name: str, wide: float, typist: Typist, style: Style) -> tuple[Mark, ...]:
    height = _head_height(style)
    top = (height - style.note) / 2
    sign = typist.centred("符号", BOX / 2, top, style.note, "heiti")
    return (*_outline(wide, height), *sign, *typist.centred(name, (BOX + wide) / 2, top, style.note, "heiti"))


def _choice_cell(name: str, wide: float, typist: Typist, style: Style) -> tuple[Mark, ...]:
    room = wide - BOX - 2 * PADDING
    lines = _name_lines(name, room, typist, style.body + 2)
    depth = sum(size * 1.15 for _, size in lines)
    marks, top = list(_outline(wide, BOX_HEIGHT)), (BOX_HEIGHT - depth) / 2
    for line, size in lines:
        marks.extend(typist.centred(line, (BOX + wide) / 2, top, size))
        top += size * 1.15
    return tuple(marks)


def _name_lines(name: str, room: float, typist: Typist, size: float) -> list[tuple[str, float]]:
    """A name in its cell: whole if it fits, its unit in brackets below it if not, then smaller, then in two lines."""
    if typist.width(name, size) <= room:
        return [(name, size)]
    person, bracket, unit = name.partition("（")
    if bracket and person:
        return [_shrunk(person, room, typist, size * 0.85), _shrunk(bracket + unit, room, typist, size * 0.65)]
    smaller = size * 0.8
    if typist.width(name, smaller) <= room:
        return [(name, smaller)]
    head, dot, tail = name.partition("·")
    parts = [head + dot, tail] if tail else [name]
    return [_shrunk(part, room, typist, smaller) for part in parts]


def _shrunk(text: str, room: float, typist: Typist, size: float) -> tuple[str, float]:
    """A text made just small enough."""
    return text, min(size, size * room / typist.width(text, size))
