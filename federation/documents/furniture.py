"""What stands around the text block of every page: page number, 校验码, 演示 (GB/T 9704-2012, 7.5)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from federation.documents.marks import FAINT, GREY, RED, Mark, Rule, Sheet, moved
from federation.documents.page import BELOW_BLOCK, MM, PAGE_NUMBER, Style
from federation.documents.setting import Setting
from federation.documents.typist import ASCENT

SPECIMEN = "演示"


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands around the text block of every page."""

    check_code: str = ""
    specimen: str = ""
    """The word across a page that is not to be taken for a real one."""


def sheet(marks: tuple[Mark, ...], number: int, count: int, furniture: Furniture, setting: Setting) -> Sheet:
    """A page, with what stands around its text block."""
    style = setting.style
    around = [*_specimen(furniture, setting), *moved(marks, style.left, style.top)]
    if style.numbered:
        around.extend(_page_number(number, setting))
    elif style.framed:
        around.extend(_frame(style))
    elif count > 1:
        around.extend(_page_of(number, count, setting))
    if furniture.check_code:
        around.extend(_check_code(furniture.check_code, setting))
    return Sheet(style.width, style.height, tuple(around))


FRAMES = ((12 * MM, 2.4), (14.5 * MM, 0.7))
"""How far from the edge of the sheet the two rules of a frame stand, and how thick they are."""


def _frame(style: Style) -> Iterator[Mark]:
    """A double rule around a certificate."""
    for inset, width in FRAMES:
        right, foot = style.width - inset, style.height - inset
        corners = [(inset, inset), (right, inset), (right, foot), (inset, foot), (inset, inset)]
        yield from (Rule(*start, *end, width, RED) for start, end in pairwise(corners))


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
    top = style.height - 20 * MM if style.framed else style.top + style.block_height + 14 * MM
    yield from setting.typist.centred(text, style.width / 2, top, size, "songti", GREY)


def _specimen(furniture: Furniture, setting: Setting) -> Iterator[Mark]:
    """演示 or 样本 across the page, under the text: a paper of the demonstration is never taken for a real one."""
    if furniture.specimen:
        style = setting.style
        size = min(style.width, style.height) / 3.2
        for mark in setting.typist.put(
            furniture.specimen, style.width / 2 - size * 0.72, style.height / 2 - size * 0.1, size, "heiti"
        ):
            yield replace(mark, colour=FAINT, angle=35.0)
