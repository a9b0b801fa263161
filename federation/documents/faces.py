"""
One type face: which characters it has, how wide they are, and how those that a paper uses are drawn.

The only file that knows fontTools. The faces pip brings are CFF, and cutting such a face down takes a second: so the
outlines in use are redrawn as quadratic curves (error below a thousandth of the em), each once per process. They are
kept in memory alone: a file of them would tell which characters a secret paper was made of.
"""

import contextlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from fontTools.misc.roundTools import otRound
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.filterPen import DecomposingFilterPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont, TTLibError

from federation.documents.sfnt import Measures, Outline

FAMILY_NAMES = (1, 4, 16)
"""Family, full name, typographic family: any of them, in any language, is what a face may be asked for by."""

RESTRICTED = 0x0002
NOT_IN_PART = 0x0300
"""fsType bits: may not be embedded; may not be cut down, or only as bitmaps."""


@dataclass(frozen=True, slots=True)
class Licence:
    """What a face says of its use; empty where it says nothing."""

    text: str
    address: str
    embedding: int
    """The fsType of its maker: 0 lets it be embedded without condition."""


class Face:
    """An open face. Sizes are in ems, so they are multiplied by the size of the type."""

    def __init__(self, path: Path, number: int) -> None:
        self.path = path
        self.number = number
        # From memory: a lazily read file would stay open as long as the face does.
        self._font = TTFont(io.BytesIO(path.read_bytes()), lazy=True, fontNumber=number)
        self._names: dict[int, str] = self._font.getBestCmap() or {}
        self._shapes = self._font.getGlyphSet()
        self._em = self._font["head"].unitsPerEm
        self._metrics = self._font["hmtx"]
        self._inks: dict[str, tuple[float, float]] = {}
        self._redrawn: dict[str, Outline] = {}

    @property
    def name(self) -> str:
        """Its PostScript name, or its file's where it has none."""
        found = self._font["name"].getDebugName(6) or self.path.stem
        return "".join(sign for sign in found if sign.isascii() and (sign.isalnum() or sign == "-")) or "Face"

    @property
    def family(self) -> str:
        """Its family, as an officer knows it."""
        return self._font["name"].getBestFamilyName() or self.name

    @property
    def licence(self) -> Licence:
        """Under which terms it may be used, as it says itself."""
        said = self._font["name"].getDebugName
        return Licence(" ".join((said(13) or "").split()), said(14) or "", _embedding(self._font))

    def has(self, character: str) -> bool:
        return ord(character) in self._names

    def width(self, character: str) -> float:
        """The advance of one character."""
        return float(self._metrics[self._names[ord(character)]][0] / self._em)

    def ink(self, character: str) -> tuple[float, float]:
        """The lowest and the highest point of a character above the baseline."""
        if character not in self._inks:
            pen = BoundsPen(self._shapes)
            self._shapes[self._names[ord(character)]].draw(pen)
            _, low, _, high = pen.bounds or (0, 0, 0, 0)
            self._inks[character] = low / self._em, high / self._em
        return self._inks[character]

    def outline(self, character: str) -> Outline:
        """One character in quadratic curves, redrawn once per process; the empty string asks for the missing glyph."""
        if character not in self._redrawn:
            self._redrawn[character] = self._redraw(self._names[ord(character)] if character else "")
        return self._redrawn[character]

    def part(self, characters: str) -> bytes:
        """A font file with these characters alone, as its maker drew them, for a page of the web."""
        options = Options(notdef_outline=True, layout_features=[], name_IDs=[1, 2, 13, 14], hinting=False)
        font = TTFont(io.BytesIO(self.path.read_bytes()), lazy=True, fontNumber=self.number)
        subsetter = Subsetter(options)
        subsetter.populate(text=characters)
        subsetter.subset(font)
        font.save(written := io.BytesIO(), reorderTables=False)
        return written.getvalue()

    @property
    def measures(self) -> Measures:
        """What holds of the whole face."""
        return Measures(self._em, self._font["hhea"].ascent, self._font["hhea"].descent)

    def _redraw(self, source: str) -> Outline:
        if not source:
            return Outline(self._em)
        pen, width = TTGlyphPen(None), self._metrics[source][0]
        curves = Cu2QuPen(pen, self._em / 1000, reverse_direction="glyf" not in self._font)
        self._shapes[source].draw(DecomposingFilterPen(curves, self._shapes))
        glyph = pen.glyph(round=otRound)
        if not glyph.numberOfContours:
            return Outline(width)
        glyph.recalcBounds(None)
        box = (glyph.xMin, glyph.yMin, glyph.xMax, glyph.yMax)
        return Outline(width, glyph.compile(None), box, len(glyph.coordinates), glyph.numberOfContours)


@cache
def open_face(path: Path, number: int = 0) -> Face:
    """The face at this place in this file, opened once per process."""
    return Face(path, number)


def families(path: Path) -> Iterator[tuple[int, frozenset[str], str]]:
    """The faces in a file: the names each answers to, and why a paper may not embed it; nothing for what is no font."""
    with contextlib.suppress(TTLibError, OSError, KeyError, ValueError, AssertionError), path.open("rb") as file:
        fonts = TTCollection(file, lazy=True).fonts if path.suffix.lower() == ".ttc" else [TTFont(file, lazy=True)]
        for number, font in enumerate(fonts):
            records = [record for record in font["name"].names if record.nameID in FAMILY_NAMES]
            yield number, frozenset(_readable(record) for record in records), _barred(font)


def _barred(font: TTFont) -> str:
    """Why a face is of no use to papers, or nothing: a variable one, for instance, would freeze at a wrong weight."""
    if "glyf" not in font and "CFF " not in font:
        return "没有轮廓字形"
    if "fvar" in font:
        return "是可变字体，字重不定"
    embedding = _embedding(font)
    if embedding & 0x000F == RESTRICTED:
        return f"厂商不许嵌入文件（fsType {embedding}）"
    return f"厂商不许只嵌入所用的字（fsType {embedding}）" if embedding & NOT_IN_PART else ""


def _embedding(font: TTFont) -> int:
    return int(font["OS/2"].fsType) if "OS/2" in font else 0


def _readable(record: Any) -> str:
    return str(record.toUnicode(errors="replace")).strip().casefold()
