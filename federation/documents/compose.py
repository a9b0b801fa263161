"""
Blocks become items in the order of the paper, and pages with their furniture: page number, 校验码, 演示.

The sizes and places are those of GB/T 9704-2012; the numbers stand in `page`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import singledispatch

from federation.documents import blocks, outline
from federation.documents.blocks import Block, Script
from federation.documents.flow import Item, pages, space
from federation.documents.fonts import Fonts
from federation.documents.linebreak import balance, chunks, fill
from federation.documents.marks import FAINT, GREY, RED, Mark, Rule, Sheet, moved
from federation.documents.page import (
    BELOW_BLOCK,
    MARK_TOP,
    MM,
    PAGE_NUMBER,
    RULE_BELOW_NUMBER,
    SEAL,
    STYLES,
    Style,
)
from federation.documents.tables import choice_items, table_items
from federation.documents.typist import ASCENT, Span, Typist

LARGEST_MARK, SMALLEST_MARK = 42.0, 26.0
"""Type of the red mark: as large as one line allows, never smaller than this."""

SPECIMEN = "演示"


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands around the text block of every page."""

    check_code: str = ""
    specimen: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """With what a paper is set."""

    typist: Typist
    style: Style


def compose(script: Script, fonts: Fonts, furniture: Furniture) -> list[Sheet]:
    """The pages of a paper, on the first style of its kind that takes it on one side, or on the last."""
    typist = Typist(fonts)
    for style in STYLES[script.page]:
        made = pages(_items(script.blocks, Setting(typist, style)), style.block_height)
        if len(made) == 1:
            break
    return [_sheet(marks, number, len(made), furniture, Setting(typist, style)) for number, marks in enumerate(made, 1)]


_SIGNED = (blocks.Signatures, blocks.Closing)


def _items(parts: Sequence[Block], setting: Setting) -> list[Item]:
    items: list[Item] = []
    for before, block, following in zip([None, *parts], parts, [*parts[1:], None], strict=False):
        if isinstance(block, _SIGNED) and not isinstance(before, _SIGNED):
            _keep_last(items)
        items.extend(_lay(block, setting))
        items.extend(_room_after(block, following, setting.style))
    return items


def _keep_last(items: list[Item]) -> None:
    """Tie the last two lines to the signature that follows: a signature never stands on a page without text."""
    solid = [place for place, item in enumerate(items) if not item.blank][-2:]
    for place in range(solid[0], len(items)) if solid else ():
        items[place] = replace(items[place], keep=True)


def _room_after(block: Block, following: Block | None, style: Style) -> Iterator[Item]:
    """Empty lines: two between red rule and title, one after the rule otherwise and one below the title."""
    if isinstance(block, blocks.Number):
        yield space(style.leading * (2 if isinstance(following, blocks.Title) else 1), keep=True)
    if isinstance(block, blocks.Title | blocks.Subtitle) and not isinstance(following, blocks.Subtitle):
        yield space(style.leading * (1 if style.numbered else 0.5), keep=True)


@singledispatch
def _lay(block: Block, setting: Setting) -> Iterator[Item]:
    """The items of one block."""
    raise NotImplementedError(type(block).__name__)


@_lay.register
def _(block: blocks.Title, setting: Setting) -> Iterator[Item]:
    style, typist = setting.style, setting.typist
    size, middle = style.title, style.block_width / 2
    for part in block.lines:
        for line in balance(part, lambda text: typist.width(text, size, "xiaobiaosong"), style.block_width):
            marks = typist.centred(line, middle, 0, size, "xiaobiaosong")
            yield Item(marks, max(style.leading, size * 1.3), size, keep=True)


@_lay.register
def _(block: blocks.Subtitle, setting: Setting) -> Iterator[Item]:
    style, typist = setting.style, setting.typist
    for line in balance(block.text, lambda text: typist.width(text, style.body, "kaiti"), style.block_width):
        yield Item(
            typist.centred(line, style.block_width / 2, 0, style.body, "kaiti"), style.leading, style.body, keep=True
        )


@_lay.register
def _(block: blocks.RedMark, setting: Setting) -> Iterator[Item]:
    """The mark, its upper edge (that of the ink) 35 mm below the top of the text block."""
    style, typist = setting.style, setting.typist
    whole = typist.width(block.text, 1, "xiaobiaosong")
    size = max(min(LARGEST_MARK, style.block_width / whole), SMALLEST_MARK)
    lines = balance(block.text, lambda text: typist.width(text, size, "xiaobiaosong"), style.block_width)
    inks = [typist.fonts.choice("xiaobiaosong", sign).face.ink(sign)[1] for sign in lines[0] if not sign.isspace()]
    top = MARK_TOP - (ASCENT - max(inks, default=ASCENT)) * size
    for number, line in enumerate(lines):
        marks = typist.centred(line, style.block_width / 2, top, size, "xiaobiaosong", RED)
        advance = top + size * (1.35 if number < len(lines) - 1 else 1)
        yield Item(marks, advance, advance, keep=True)
        top = 0.0


@_lay.register
def _(block: blocks.Number, setting: Setting) -> Iterator[Item]:
    style, typist = setting.style, setting.typist
    top = 2 * style.leading if block.text else style.leading
    under = top + (style.body if block.text else 0) + RULE_BELOW_NUMBER
    rule = Rule(0, under, style.block_width, under, 1.5, RED)
    marks = typist.centred(block.text, style.block_width / 2, top, style.body) if block.text else ()
    yield Item((*marks, rule), under, under, keep=True)


@_lay.register
def _(block: blocks.Addressee, setting: Setting) -> Iterator[Item]:
    text = block.text.rstrip("：:") + "："
    yield from _paragraph([Span(text)], 0, setting)


@_lay.register
def _(block: blocks.Paragraph, setting: Setting) -> Iterator[Item]:
    reading = outline.read(block.text)
    lines = list(_paragraph(reading.spans, 2, setting))
    yield from (replace(line, keep=True) for line in lines) if reading.heading else lines


def _paragraph(spans: Sequence[Span], indent: int, setting: Setting) -> Iterator[Item]:
    """Lines of a paragraph, all but the last spread to the full width."""
    style, typist = setting.style, setting.typist
    text = "".join(span.text for span in spans)
    shift = indent * style.body
    lines = fill(chunks(text), lambda part: typist.width(part, style.body), style.line_width - shift, style.line_width)
    position = 0
    for number, line in enumerate(lines):
        position = text.index(line, position)
        parts = _slice(spans, position, position + len(line))
        position += len(line)
        left, room = (shift, style.line_width - shift) if number == 0 else (0.0, style.line_width)
        spacing = 0.0 if number == len(lines) - 1 else _spread(line, room, setting)
        yield Item(typist.put(parts, left, 0, style.body, spacing=spacing), style.leading, style.body)


def _slice(spans: Sequence[Span], start: int, end: int) -> list[Span]:
    """The part of some spans between two positions of their joined text."""
    parts, at = [], 0
    for span in spans:
        if text := span.text[max(0, start - at) : max(0, end - at)]:
            parts.append(Span(text, span.role))
        at += len(span.text)
    return parts


def _spread(line: str, room: float, setting: Setting) -> float:
    """Room to add after each character so that the line ends at the margin; none where it would show."""
    slack = room - setting.typist.width(line, setting.style.body)
    return slack / (len(line) - 1) if len(line) > 1 and 0 < slack < 4 * setting.style.body else 0.0


@_lay.register
def _(_block: blocks.Space, setting: Setting) -> Iterator[Item]:
    yield space(setting.style.leading)


@_lay.register
def _(block: blocks.Note, setting: Setting) -> Iterator[Item]:
    """Small print; after a number, a bracketed number or 注： the lines hang."""
    style, typist = setting.style, setting.typist
    lead = re.match(r"(\d+[.．]|（\d+）|注：)\s?", block.text)
    hang = typist.width(lead[0], style.note) if lead else 0.0
    lines = fill(
        chunks(block.text), lambda part: typist.width(part, style.note), style.line_width, style.line_width - hang
    )
    for number, line in enumerate(lines):
        yield Item(typist.put(line, hang if number else 0, 0, style.note), style.note * 1.5, style.note)


@_lay.register
def _(block: blocks.Table, setting: Setting) -> Iterator[Item]:
    yield from table_items(block, setting.typist, setting.style)


@_lay.register
def _(block: blocks.Choices, setting: Setting) -> Iterator[Item]:
    yield from choice_items(block, setting.typist, setting.style)


@_lay.register
def _(block: blocks.Names, setting: Setting) -> Iterator[Item]:
    style, typist = setting.style, setting.typist
    label = f"{block.label}："
    shift = 2 * style.body + typist.width(label, style.body, "heiti")
    pieces = [name + "、" for name in block.names[:-1]] + list(block.names[-1:])
    for number, line in enumerate(fill(pieces, lambda part: typist.width(part, style.body), style.line_width - shift)):
        head = typist.put(label, 2 * style.body, 0, style.body, "heiti") if number == 0 else ()
        yield Item((*head, *typist.put(line, shift, 0, style.body)), style.leading, style.body)


NAME_COLUMN = 5
"""Characters from the head of one name in a list to the head of the next; a longer name takes several columns."""


@_lay.register
def _(block: blocks.NameList, setting: Setting) -> Iterator[Item]:
    style, typist = setting.style, setting.typist
    column, across = NAME_COLUMN * style.body, int(style.line_width / style.body - 2) // NAME_COLUMN
    marks: list[Mark] = []
    place = 0
    for name in block.names:
        size = min(style.body, style.body * (across * column) / typist.width(name, style.body))
        taken = -int(-(typist.width(name, size) + size / 2) // column)
        if place and place + taken > across:
            yield Item(tuple(marks), style.leading, style.body)
            marks, place = [], 0
        marks.extend(typist.put(name, 2 * style.body + place * column, style.body - size, size))
        place += taken
    yield Item(tuple(marks), style.leading, style.body)


@_lay.register
def _(block: blocks.Signatures, setting: Setting) -> Iterator[Item]:
    """Two names to a row: a line to write on and the printed name after it, so nobody signs in another's place."""
    style, typist = setting.style, setting.typist
    names = block.names or ("",)
    label_width = max(typist.width(f"{block.label}：", style.body), 5 * style.body)
    slot = (style.line_width - label_width) / 2
    for number in range(0, len(names), 2):
        marks: list[Mark] = list(typist.put(f"{block.label}：", 0, 8, style.body)) if number == 0 else []
        for place, name in enumerate(names[number : number + 2]):
            marks.extend(moved(_signature_slot(name, slot, setting), label_width + place * slot, 8))
        yield Item(tuple(marks), style.leading + 6, style.body + 12, keep=True)


def _signature_slot(name: str, width: float, setting: Setting) -> Iterator[Mark]:
    typist, size = setting.typist, setting.style.note
    printed = f"（{name}）" if name else ""
    wide = typist.width(printed, size)
    size, wide = (size, wide) if wide < width * 0.6 else (size * width * 0.6 / wide, width * 0.6)
    foot = setting.style.body + 2
    yield Rule(0, foot, width - wide - 8, foot, 0.6)
    yield from typist.put(printed, width - wide - 6, setting.style.body - size, size)


@_lay.register
def _(block: blocks.Closing, setting: Setting) -> Iterator[Item]:
    """
    Signature and date.

    With a seal the date ends four characters from the right and the body is centred above it, so that the seal can be
    pressed on both; without one the body ends two characters from the right and the date begins two after the body,
    or stands centred below it where the body takes two lines.
    """
    style, typist = setting.style, setting.typist
    size, right = style.body, style.line_width
    date_wide = typist.width(block.day, size)
    lines = balance(block.body, lambda text: typist.width(text, size), right - 4 * size)
    body_wide = max(typist.width(line, size) for line in lines)
    if block.sealed:
        middle = min(right - 4 * size - date_wide / 2, right - size - body_wide / 2)
    else:
        middle = min(right - 2 * size - body_wide / 2, right - 4 * size - date_wide + body_wide / 2)
    centred = block.sealed or len(lines) > 1
    date_x = middle - date_wide / 2 if centred else middle - body_wide / 2 + 2 * size
    top = style.leading * (2 if block.sealed else 1)
    marks: list[Mark] = []
    for line in lines:
        marks.extend(typist.centred(line, middle, top, size))
        top += style.leading
    marks.extend(typist.put(block.day, date_x, top, size))
    below = SEAL / 2 - style.leading - style.top if block.sealed and not style.numbered else 0.0
    height = top + size + max(0.0, below)
    yield Item(tuple(marks), height + style.leading - size, height)


def _sheet(marks: tuple[Mark, ...], number: int, count: int, furniture: Furniture, setting: Setting) -> Sheet:
    style = setting.style
    around = [*_specimen(furniture, setting), *moved(marks, style.left, style.top)]
    if style.numbered:
        around.extend(_page_number(number, setting))
    elif count > 1:
        around.extend(_page_of(number, count, setting))
    if furniture.check_code:
        around.extend(_check_code(furniture.check_code, setting))
    return Sheet(style.width, style.height, tuple(around))


def _page_number(number: int, setting: Setting) -> Iterator[Mark]:
    """The number between two dashes, the dashes 7 mm below the text block; odd pages right, even pages left."""
    style, typist = setting.style, setting.typist
    text = f"— {number} —"
    wide = typist.width(text, PAGE_NUMBER, "songti")
    low, high = typist.fonts.choice("songti", "—").face.ink("—")
    baseline = style.top + style.block_height + BELOW_BLOCK + (low + high) / 2 * PAGE_NUMBER
    at_right = style.left + style.block_width - PAGE_NUMBER - wide
    yield from typist.put(
        text,
        at_right if number % 2 else style.left + PAGE_NUMBER,
        baseline - ASCENT * PAGE_NUMBER,
        PAGE_NUMBER,
        "songti",
    )


def _page_of(number: int, count: int, setting: Setting) -> Iterator[Mark]:
    """On a ballot of several sides: the same on every paper, so it tells no two apart."""
    style = setting.style
    text = f"第 {number} 页，共 {count} 页"
    yield from setting.typist.centred(text, style.width / 2, style.height - style.top + 4, style.note)


def _check_code(code: str, setting: Setting) -> Iterator[Mark]:
    style = setting.style
    text = f"校验码：{code}"
    size = min(8.5, 8.5 * style.block_width / setting.typist.width(text, 8.5))
    top = style.top + style.block_height + 14 * MM
    yield from setting.typist.centred(text, style.width / 2, top, size, "songti", GREY)


def _specimen(furniture: Furniture, setting: Setting) -> Iterator[Mark]:
    """演示 across the page, under the text: a paper of the demonstration is never taken for a real one."""
    if furniture.specimen:
        style = setting.style
        size = min(style.width, style.height) / 3.2
        for mark in setting.typist.put(
            SPECIMEN, style.width / 2 - size * 0.72, style.height / 2 - size * 0.1, size, "heiti"
        ):
            yield replace(mark, colour=FAINT, angle=35.0)
