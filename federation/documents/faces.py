"""
One type face: which characters it has, how wide they are, and those a paper uses as TrueType.

The only file that knows fontTools. ReportLab embeds TrueType outlines and nothing else, while the faces pip brings are
CFF: so the outlines in use are redrawn as quadratic curves (error below a thousandth of the em), once per process.
"""

import contextlib
import io
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.misc.roundTools import otRound
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.filterPen import DecomposingFilterPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont, TTLibError

FAMILY_NAMES = (1, 4, 16)
"""Family, full name, typographic family: any of them, in any language, is what a face may be asked for by."""

RESTRICTED = 0x0002
NOT_IN_PART = 0x0300
"""fsType bits: may not be embedded; may not be cut down, or only as bitmaps."""

MADE_AT = 2082844800
"""When every embedded font says it was made: 1 January 1970, in a font's own count of seconds, from 1904."""


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
        self._redrawn: dict[str, Any] = {}

    @property
    def name(self) -> str:
        """Its PostScript name, or its file's where it has none."""
        found = self._font["name"].getDebugName(6) or self.path.stem
        return "".join(sign for sign in found if sign.isascii() and (sign.isalnum() or sign == "-")) or "Face"

    @property
    def family(self) -> str:
        """Its family, as an officer knows it."""
        return self._font["name"].getBestFamilyName() or self.name

    def has(self, character: str) -> bool:
        return ord(character) in self._names

    def width(self, character: str) -> float:
        """The advance of one character."""
        return float(self._metrics[self._names[ord(character)]][0] / self._em)

    def ink(self, character: str) -> tuple[float, float]:
        """The lowest and the highest point of a character above the baseline."""
        pen = BoundsPen(self._shapes)
        self._shapes[self._names[ord(character)]].draw(pen)
        _, low, _, high = pen.bounds or (0, 0, 0, 0)
        return low / self._em, high / self._em

    def true_type(self, characters: Iterable[str], name: str) -> bytes:
        """A TrueType font of this name with just these characters and the space; always the same bytes for them."""
        codes = sorted({32, *map(ord, characters)})
        glyphs = {code: f"u{code:05X}" for code in codes}
        shapes = {".notdef": TTGlyphPen(None).glyph()}
        widths = {".notdef": self._em}
        for code, glyph in glyphs.items():
            source = self._names.get(code)
            shapes[glyph] = self._redraw(source) if source else TTGlyphPen(None).glyph()
            widths[glyph] = self._metrics[source][0] if source else self._em // 4
        return self._build(name, glyphs, shapes, widths)

    def _redraw(self, source: str) -> Any:
        """The outline of one glyph in quadratic curves."""
        if source not in self._redrawn:
            pen = TTGlyphPen(None)
            curves = Cu2QuPen(pen, self._em / 1000, reverse_direction="glyf" not in self._font)
            self._shapes[source].draw(DecomposingFilterPen(curves, self._shapes))
            self._redrawn[source] = pen.glyph(round=otRound)
        return self._redrawn[source]

    def _build(self, name: str, codes: dict[int, str], shapes: dict[str, Any], widths: dict[str, int]) -> bytes:
        """The tables that an embedded font needs. Nothing in them tells the time."""
        metrics = self._font["hhea"]
        builder = FontBuilder(self._em, isTTF=True)
        builder.updateHead(created=MADE_AT, modified=MADE_AT)
        builder.setupGlyphOrder(list(shapes))
        builder.setupCharacterMap(codes)
        builder.setupGlyf(shapes)
        outlines = builder.font["glyf"]
        builder.setupHorizontalMetrics(
            {each: (wide, getattr(outlines[each], "xMin", 0)) for each, wide in widths.items()}
        )
        builder.setupHorizontalHeader(ascent=metrics.ascent, descent=metrics.descent)
        builder.setupNameTable({"familyName": name, "styleName": "Regular", "psName": name})
        builder.setupOS2(sTypoAscender=metrics.ascent, sTypoDescender=metrics.descent, fsType=0)
        builder.setupPost(keepGlyphNames=False)
        made = io.BytesIO()
        builder.save(made)
        return made.getvalue()


@cache
def open_face(path: Path, number: int = 0) -> Face:
    """The face at this place in this file, opened once per process."""
    return Face(path, number)


def families(path: Path) -> Iterator[tuple[int, frozenset[str]]]:
    """The faces in a file that a paper may embed, each with the names it answers to; nothing for what is no font."""
    with contextlib.suppress(TTLibError, OSError, KeyError, ValueError, AssertionError), path.open("rb") as file:
        fonts = TTCollection(file, lazy=True).fonts if path.suffix.lower() == ".ttc" else [TTFont(file, lazy=True)]
        for number, font in enumerate(fonts):
            if _usable(font):
                records = [record for record in font["name"].names if record.nameID in FAMILY_NAMES]
                yield number, frozenset(_readable(record) for record in records)


def _usable(font: TTFont) -> bool:
    """A variable face would freeze at a wrong weight, a restricted one may not be embedded, a bitmap has no outline."""
    outlines = "glyf" in font or "CFF " in font
    permitted = "OS/2" not in font or (
        font["OS/2"].fsType & 0x000F != RESTRICTED and not font["OS/2"].fsType & NOT_IN_PART
    )
    return outlines and "fvar" not in font and permitted


def _readable(record: Any) -> str:
    return str(record.toUnicode(errors="replace")).strip().casefold()
