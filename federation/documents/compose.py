"""
Blocks become items in the order of the paper, and items become pages.

The sizes and places are those of GB/T 9704-2012; the numbers stand in `page`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import singledispatch

from federation.documents import blocks, outline
from federation.documents.blocks import Block, Script
from federation.documents.flow import Item, pages, space
from federation.documents.fonts import Fonts
from federation.documents.furniture import Furniture, sheet
from federation.documents.linebreak import balance, chunks, fill
from federation.documents.marks import RED, Anchor, Rule, Sheet, Text
from federation.documents.page import MARK_TOP, RULE_BELOW_NUMBER, STYLES, Style
from federation.documents.setting import Setting
from federation.documents.signing import closing_items, imprint_items, signature_items
from federation.documents.strokes import stroke_items
from federation.documents.tables import choice_items, table_items
from federation.documents.typist import ASCENT, Span, Typist

LARGEST_MARK, SMALLEST_MARK = 42.0, 26.0
"""Type of the red mark: as large as one line allows, never smaller than this."""


def compose(script: Script, fonts: Fonts, furniture: Furniture) -> list[Sheet]:
    """The pages of a paper, on the first style of its kind that takes it on one side, or on the last."""
    typist = Typist(fonts)
    return [page for part in _papers(script.blocks) for page in _composed(part, script.page, typist, furniture)]


def _papers(parts: Sequence[Block]) -> Iterator[Sequence[Block]]:
    """The papers of one file: one, unless the template begins another."""
    start = 0
    for end, block in enumerate(parts):
        if isinstance(block, blocks.Next):
            yield parts[start:end]
            start = end + 1
    yield parts[start:]


def _composed(parts: Sequence[Block], page: str, typist: Typist, furniture: Furniture) -> list[Sheet]:
    for style in STYLES[page]:
        made = pages(_items(parts, Setting(typist, style)), style.block_height)
        if len(made) == 1:
            break
    return [sheet(marks, number, len(made), furniture, Setting(typist, style)) for number, marks in enumerate(made, 1)]


BOOKMARKED = 2
"""Levels of headings that a long paper has bookmarks of: 一、 and （一）."""

_SIGNED = (blocks.Signatures, blocks.Closing)


def _items(parts: Sequence[Block], setting: Setting) -> list[Item]:
    items: list[Item] = []
    lines = 0
    for before, block, following in zip([None, *parts], parts, [*parts[1:], None], strict=False):
        if isinstance(block, _SIGNED) and not isinstance(before, _SIGNED):
            _keep_last(items, lines)
        laid = list(_lay(block, setting))
        lines = lines + len(laid) if isinstance(block, blocks.Paragraph) else 0
        items.extend(laid)
        items.extend(_room_after(block, following, setting.style))
    return items


SIGNED_LINES = 6
"""Lines of text at most that must stand on the page of the signatures."""


def _keep_last(items: list[Item], lines: int) -> None:
    """
    Tie the last lines to the signature that follows: nobody signs a page that does not say what is signed.

    `lines` is the length of the paragraphs right before it: all of them up to a limit; two lines or rows at least.
    """
    solid = [place for place, item in enumerate(items) if not item.blank][-min(max(lines, 2), SIGNED_LINES) :]
    for place in range(solid[0], len(items)) if solid else ():
        items[place] = replace(items[place], keep=True)


def _room_after(block: Block, following: Block | None, style: Style) -> Iterator[Item]:
    """Empty lines: two between red rule and title, one after the rule otherwise, one below a title and above a 章."""
    if isinstance(block, blocks.Number):
        yield space(style.leading * (2 if isinstance(following, blocks.Title) else 1), keep=True)
    if isinstance(block, blocks.Title | blocks.Subtitle) and not isinstance(following, blocks.Subtitle):
        yield space(style.leading * (1 if style.numbered else 0.5), keep=True)
    elif isinstance(following, blocks.Chapter) and not isinstance(block, blocks.Chapter):
        yield space(style.leading)


@singledispatch
def _lay(block: Block, setting: Setting) -> Iterator[Item]:
    """The items of one block."""
    raise TypeError(f"{type(block).__name__} cannot be laid out in {type(setting).__name__}")


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
    """发文字号 in the middle; on a paper that goes up at the left, and 签发人 at the right, each a character in."""
    style, typist = setting.style, setting.typist
    top = 2 * style.leading if block.text else style.leading
    under = top + (style.body if block.text else 0) + RULE_BELOW_NUMBER
    rule = Rule(0, under, style.block_width, under, 1.5, RED)
    marks = typist.centred(block.text, style.block_width / 2, top, style.body) if block.text else ()
    if block.signer:
        room = SIGNER_ROOM * style.body if block.signer.endswith("：") else 0
        right = style.block_width - style.body - room - typist.width(block.signer, style.body)
        marks = (
            *typist.put(block.text, style.body, top, style.body),
            *typist.put(block.signer, right, top, style.body),
        )
    yield Item((*marks, rule), under, under, keep=True)


SIGNER_ROOM = 4
"""Characters of body type for the name of who approves a paper, written by hand."""


@_lay.register
def _(block: blocks.Addressee, setting: Setting) -> Iterator[Item]:
    text = block.text.rstrip("：:") + "："
    yield from _paragraph([Span(text)], 0, setting)


@_lay.register
def _(block: blocks.Paragraph, setting: Setting) -> Iterator[Item]:
    reading = outline.read(block.text)
    lines = list(_paragraph(reading.spans, 2, setting))
    if reading.level is not None and reading.level < BOOKMARKED:
        lines[0] = _bookmarked(lines[0], reading.title, reading.level)
    *before, last = lines
    leads_in = reading.heading or block.text.endswith("：")
    yield from (replace(line, keep=True) for line in before) if reading.heading else before
    yield replace(last, keep=leads_in)


def _bookmarked(item: Item, title: str, level: int) -> Item:
    """The first line of a heading, which a bookmark of a long paper leads to."""
    return replace(item, marks=(Anchor(0, title, level), *item.marks))


@_lay.register
def _(block: blocks.Chapter, setting: Setting) -> Iterator[Item]:
    """It stays with the 条 that follows."""
    style, typist = setting.style, setting.typist
    lines = balance(block.text, lambda text: typist.width(text, style.body, "heiti"), style.block_width)
    for number, line in enumerate(lines):
        marks = typist.centred(line, style.block_width / 2, 0, style.body, "heiti")
        item = Item(marks, style.leading, style.body, keep=True)
        yield item if number else _bookmarked(item, block.text, 0)


@_lay.register
def _(block: blocks.Clause, setting: Setting) -> Iterator[Item]:
    label = [Span(block.label, "heiti")] if block.label else []
    lines = list(_paragraph([*label, Span(("　" if label else "") + block.text)], 2, setting))
    yield from [_bookmarked(lines[0], block.label, 1), *lines[1:]] if label else lines


@_lay.register
def _(block: blocks.Attachments, setting: Setting) -> Iterator[Item]:
    """附件 two characters in, a line below the text; a name's further lines stand under its first sign (7.3.4)."""
    style, typist = setting.style, setting.typist
    yield space(style.leading)
    label = 5 * style.body
    for number, name in enumerate(block.names, 1):
        lead = f"{number}. " if len(block.names) > 1 else ""
        left = label + typist.width(lead, style.body)
        for place, line in enumerate(typist.lines(name, style.body, style.line_width - left)):
            head = typist.put("附件：", 2 * style.body, 0, style.body) if number == 1 and not place else ()
            count = typist.put(lead, label, 0, style.body) if lead and not place else ()
            yield Item((*head, *count, *typist.put(line, left, 0, style.body)), style.leading, style.body, keep=True)


def _paragraph(spans: Sequence[Span], indent: int, setting: Setting) -> Iterator[Item]:
    """Lines of a paragraph, all but the last spread to the full width."""
    style, typist = setting.style, setting.typist
    text = "".join(span.text for span in spans)
    shift, role = indent * style.body, spans[-1].role
    # The last role is that of all lines but the first: a label or a heading before it may be wider than it in 仿宋.
    wider = _width(spans, setting) - typist.width(text, style.body, role)
    first = style.line_width - shift - max(wider, 0)
    lines = fill(chunks(text), lambda part: typist.width(part, style.body, role), first, style.line_width)
    position = 0
    for number, line in enumerate(lines):
        position = text.index(line, position)
        parts = _slice(spans, position, position + len(line))
        position += len(line)
        left, room = (shift, style.line_width - shift) if number == 0 else (0.0, style.line_width)
        spacing = 0.0 if number == len(lines) - 1 else _spread(parts, room, setting)
        yield Item(typist.put(parts, left, 0, style.body, spacing=spacing), style.leading, style.body)


def _slice(spans: Sequence[Span], start: int, end: int) -> list[Span]:
    """The part of some spans between two positions of their joined text."""
    parts, at = [], 0
    for span in spans:
        if text := span.text[max(0, start - at) : max(0, end - at)]:
            parts.append(Span(text, span.role))
        at += len(span.text)
    return parts


def _spread(spans: Sequence[Span], room: float, setting: Setting) -> float:
    """Room to add after each character so that the line ends at the margin, a quarter of one at most; else none."""
    slack, count = room - _width(spans, setting), sum(len(span.text) for span in spans)
    return slack / (count - 1) if count > 1 and 0 < slack < 6 * setting.style.body else 0.0


def _width(spans: Sequence[Span], setting: Setting) -> float:
    return sum(setting.typist.width(span.text, setting.style.body, span.role) for span in spans)


@_lay.register
def _(_block: blocks.Space, setting: Setting) -> Iterator[Item]:
    yield space(setting.style.leading)


@_lay.register
def _(_block: blocks.Break, _setting: Setting) -> Iterator[Item]:
    yield Item((), 0, 0, fresh=True)


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
    marks: list[Text] = []
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


_lay.register(blocks.Table, lambda block, setting: table_items(block, setting.typist, setting.style))
_lay.register(blocks.Strokes, lambda block, setting: stroke_items(block, setting.typist, setting.style))
_lay.register(blocks.Choices, lambda block, setting: choice_items(block, setting.typist, setting.style))
_lay.register(blocks.Signatures, signature_items)
_lay.register(blocks.Closing, closing_items)
_lay.register(blocks.Imprint, imprint_items)
