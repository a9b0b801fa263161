"""
Items that follow each other down the page, and the pages they make.

An item is a line, a row of a table or a block that must not be torn. A heading, the head of a table and the lines
before a signature stay with what follows them, so none of these stands alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from federation.documents.marks import Mark, moved


@dataclass(frozen=True, slots=True)
class Item:
    """Marks from (0, 0); `height` is what it fills, `advance` how far down the next one begins."""

    marks: tuple[Mark, ...]
    advance: float
    height: float
    keep: bool = False
    """Stays with the next item."""
    header: "Item | None" = None
    """Comes again before this item where it begins a page."""
    closing: tuple[Mark, ...] = ()
    """Drawn as well where this item ends a page."""
    blank: bool = False
    """Dropped where it would begin a page."""
    fresh: bool = False
    """Begins a page."""


def space(height: float, keep: bool = False) -> Item:
    """Empty room."""
    return Item((), height, 0, keep=keep, blank=True)


def pages(items: Sequence[Item], capacity: float) -> list[tuple[Mark, ...]]:
    """The marks of each page, from the top left of the text block."""
    made, start = [], 0
    while start < len(items):
        end = _end(items, start, capacity)
        marks = _stack(items[start:end])
        made.append((*marks,) if end == len(items) else (*marks, *_closing(items[start:end])))
        start = _next_start(items, end)
    return made or [()]


def _next_start(items: Sequence[Item], end: int) -> int:
    """Where the next page begins: empty room before it is dropped."""
    while end < len(items) and items[end].blank:
        end += 1
    return end


def _with_header(items: Sequence[Item]) -> Sequence[Item]:
    """The items of one page, with the head of a table that goes on from the page before."""
    first = items[0]
    return [first.header, *items] if first.header is not None else items


def _end(items: Sequence[Item], start: int, capacity: float) -> int:
    """One past the last item of the page that begins here: at least one item, and no break after one that keeps."""
    header = items[start].header
    depth = header.advance if header else 0.0
    end = start
    while end < len(items) and depth + items[end].height <= capacity + 0.01:
        if items[end].fresh and end > start:
            return end
        depth += items[end].advance
        end += 1
    if end == len(items):
        return end
    whole = end
    while whole > start and (items[whole - 1].keep or items[whole - 1].blank):
        whole -= 1
    return max(whole if whole > start else end, start + 1)


def _stack(items: Sequence[Item]) -> tuple[Mark, ...]:
    marks: list[Mark] = []
    depth = 0.0
    for item in _with_header(items):
        marks.extend(moved(item.marks, 0, depth))
        depth += item.advance
    return tuple(marks)


def _closing(items: Sequence[Item]) -> tuple[Mark, ...]:
    """What ends a page in the middle of a table row."""
    depth = sum(item.advance for item in _with_header(items)) - items[-1].advance
    return moved(items[-1].closing, 0, depth)
