"""The rows of a sheet for counting by hand: boxes in which 正 is written, one stroke a vote."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from federation.documents.blocks import Strokes
from federation.documents.flow import Item, space
from federation.documents.marks import Mark, Rule
from federation.documents.page import MM, Style
from federation.documents.tables import INNER, OUTER, PADDING
from federation.documents.typist import Typist

NAME, MARK, TOTAL = 36 * MM, 19 * MM, 19 * MM
ROW, HEAD = 7.2 * MM, 7.2 * MM
LINE = 1.25
"""From one line of a name to the next, in its size."""

OTHER = "另选："


def stroke_items(block: Strokes, typist: Typist, style: Style) -> Iterator[Item]:
    """An item for each name, with a row for each mark; the head comes again on every page."""
    edges = _edges(style)
    head = _head(edges, typist, style)
    yield head
    for name in block.names:
        yield replace(_person(name, block.marks, block.boxes, edges, typist, style), header=head)
    for _ in range(block.blank):
        yield replace(_person(OTHER, block.marks[:1], block.boxes, edges, typist, style), header=head)
    yield space(style.leading / 3)


def _edges(style: Style) -> tuple[float, ...]:
    """Where name, mark, boxes and total begin, and where the last ends."""
    right = style.line_width
    return 0.0, NAME, NAME + MARK, right - TOTAL, right


def _head(edges: Sequence[float], typist: Typist, style: Style) -> Item:
    marks = [*_frame(edges, HEAD), Rule(0, 0, edges[-1], 0, OUTER)]
    for words, (left, right) in zip(("姓名", "意见", "画“正”字，每格五票", "小计"), pairwise(edges), strict=True):
        top = (HEAD - style.table) / 2
        marks.extend(typist.centred(words, (left + right) / 2, top, style.table, "heiti"))
    return Item(tuple(marks), HEAD, HEAD, keep=True)


def _frame(edges: Sequence[float], height: float) -> Iterator[Mark]:
    left, right = edges[0], edges[-1]
    yield from (Rule(x, 0, x, height, OUTER if x in (left, right) else INNER) for x in edges)
    yield Rule(left, height, right, height, OUTER)


def _person(name: str, marks: Sequence[str], boxes: int, edges: Sequence[float], typist: Typist, style: Style) -> Item:
    lines = typist.lines(name, style.table, edges[1] - edges[0] - 2 * PADDING)
    row = max(ROW, (len(lines) * style.table * LINE + 2 * PADDING) / len(marks))
    height = row * len(marks)
    drawn = [*_frame(edges, height), *_name(lines, height, edges, typist, style)]
    for number, mark in enumerate(marks):
        top = number * row
        if number:
            drawn.append(Rule(edges[1], top, edges[-1], top, INNER))
        drawn.extend(typist.centred(mark, (edges[1] + edges[2]) / 2, top + (row - style.table) / 2, style.table))
        drawn.extend(_boxes(boxes, top, row, edges))
    return Item(tuple(drawn), height, height)


def _boxes(boxes: int, top: float, row: float, edges: Sequence[float]) -> Iterator[Mark]:
    """Thin rules between the boxes; a thicker one after every ten, so that fifty votes are seen at a glance."""
    wide = (edges[3] - edges[2]) / boxes
    for number in range(1, boxes):
        x = edges[2] + number * wide
        yield Rule(x, top, x, top + row, OUTER if number % 10 == 0 else INNER / 2)


def _name(lines: Sequence[str], height: float, edges: Sequence[float], typist: Typist, style: Style) -> Iterator[Mark]:
    """A name in its cell, in as many lines as it takes; one to be written in begins at the left."""
    top = (height - (len(lines) - 1) * style.table * LINE - style.table) / 2
    for number, line in enumerate(lines):
        slack = edges[1] - edges[0] - 2 * PADDING - typist.width(line, style.table)
        left = PADDING + (0 if line == OTHER else slack / 2)
        yield from typist.put(line, left, top + number * style.table * LINE, style.table)
