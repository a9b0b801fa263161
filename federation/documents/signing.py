"""Lines to sign on, the signature of the body with its date (GB/T 9704-2012, 7.3.5), and the imprint (7.4)."""

from collections.abc import Iterator

from federation.documents import blocks
from federation.documents.flow import Item
from federation.documents.linebreak import balance
from federation.documents.marks import Mark, Rule, moved
from federation.documents.page import IMPRINT, IMPRINT_RULE, IMPRINT_THIN, SEAL
from federation.documents.setting import Setting


def signature_items(block: blocks.Signatures, setting: Setting) -> Iterator[Item]:
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


def closing_items(block: blocks.Closing, setting: Setting) -> Iterator[Item]:
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


def imprint_items(block: blocks.Imprint, setting: Setting) -> Iterator[Item]:
    """
    版记, its last rule on the foot of the text block: 抄送 one character in from both sides, its further lines under
    the first name; below it who prints the paper on the left and the day on the right, each one character in.
    """
    style, typist, size = setting.style, setting.typist, IMPRINT
    wide, row = style.block_width, style.leading
    marks: list[Mark] = [Rule(0, 0, wide, 0, IMPRINT_RULE)]
    label = "抄送："
    start = size + typist.width(label, size)
    lines = typist.lines(block.copied, size, wide - start - size) if block.copied else []
    for number, line in enumerate(lines):
        top = number * row + (row - size) / 2
        marks.extend(typist.put(label, size, top, size) if number == 0 else ())
        marks.extend(typist.put(line, start, top, size))
    under = len(lines) * row
    if lines:
        marks.append(Rule(0, under, wide, under, IMPRINT_THIN))
    day = f"{block.day}印发"
    top = under + (row - size) / 2
    marks.extend(typist.put(block.body, size, top, size))
    marks.extend(typist.put(day, wide - size - typist.width(day, size), top, size))
    marks.append(Rule(0, under + row, wide, under + row, IMPRINT_RULE))
    yield Item(tuple(marks), under + row, under + row, sinks=True)
