"""
Pages become a PDF: the only file that knows ReportLab.

The same pages give the same bytes. Every face is embedded with just the characters used, and every character can be
copied out again, those beyond U+FFFF too.
"""

import hashlib
import io
import re
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from federation.documents.faces import Face
from federation.documents.marks import Mark, Rule, Sheet, Squares, Text

BLOCK = 100
"""Entries of a bfchar section at most, by the CMap specification."""

UNDATED = SimpleNamespace(YMDhms=(2000, 1, 1, 0, 0, 0), dhh=0, dmm=0)
"""What every paper says of when its file was made: the paper itself carries the date that counts."""

_RUN = re.compile(b"\x01+")

_one_paper = threading.Lock()
"""ReportLab finds fonts by name in one table for the whole process."""


@dataclass(frozen=True, slots=True)
class Properties:
    """What a reader's document window shows."""

    title: str
    author: str


def to_unicode(name: str, subset: Sequence[int]) -> str:
    """
    A ToUnicode CMap for a subset of at most 256 characters.

    Characters beyond U+FFFF are written in UTF-16: as a bare number, the way ReportLab writes them, a reader takes
    the surname 𠅤 for two other characters.
    """
    entries = [
        f"<{code:02X}> <{chr(char).encode('utf-16-be').hex().upper()}>" for code, char in enumerate(subset) if char
    ]
    sections = [entries[start : start + BLOCK] for start in range(0, len(entries), BLOCK)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
            f"/CMapName /{name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            f"<00> <{len(subset) - 1:02X}>",
            "endcodespacerange",
            *(line for part in sections for line in (f"{len(part)} beginbfchar", *part, "endbfchar")),
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )


class EmbeddedFont(TTFont):
    """A face in one document, whose text can be copied out."""

    def addObjects(self, doc: Any) -> None:  # noqa: N802  # ReportLab calls it so
        """Add the font's objects, then put our CMaps in the place of ReportLab's."""
        subsets = [list(subset) for subset in self.state[doc].subsets]
        super().addObjects(doc)
        fonts = doc.idToObject["BasicFonts"].dict
        for number, subset in enumerate(subsets):
            name = fonts[f"{doc.fontMapping[self.fontName].lstrip('/')}+{number}"].BaseFont
            doc.idToObject[f"toUnicodeCMap:{name}"].content = to_unicode(name, subset)


def draw(sheets: Sequence[Sheet], properties: Properties) -> bytes:
    """The PDF of these pages."""
    used = _characters(sheets)
    names = _names(used)
    # Not by registerFont: it hands out the first font it ever met of a PostScript name, with that paper's characters.
    registry: dict[str, Any] = vars(pdfmetrics)["_fonts"]
    with _one_paper:
        try:
            for face, characters in used.items():
                made = io.BytesIO(face.true_type(characters, names[face]))
                registry[names[face]] = EmbeddedFont(names[face], made, asciiReadable=False)
            return _write(sheets, names, properties)
        finally:
            for name in names.values():
                registry.pop(name, None)


def _names(faces: Iterable[Face]) -> dict[Face, str]:
    """A name for each face that no other has: objects in a PDF are found by it."""
    names: dict[Face, str] = {}
    for face in faces:
        taken = sum(other.name == face.name for other in names)
        names[face] = f"{face.name}-{taken + 1}" if taken else face.name
    return names


def _characters(sheets: Sequence[Sheet]) -> dict[Face, set[str]]:
    """The faces in use, in order of their first appearance, each with its characters."""
    used: dict[Face, set[str]] = {}
    for sheet in sheets:
        for mark in sheet.marks:
            if isinstance(mark, Text):
                used.setdefault(mark.face, set()).update(mark.text)
    return used


def _write(sheets: Sequence[Sheet], names: dict[Face, str], properties: Properties) -> bytes:
    made = io.BytesIO()
    # initialFontName: otherwise every page refers to a Helvetica that is not embedded.
    first: Any = next(iter(names.values()))  # the stubs take it for a number
    canvas = Canvas(made, initialFontName=first, invariant=1, pageCompression=1)
    # Even so ReportLab would take the file's date, and from it its id, from the variable SOURCE_DATE_EPOCH.
    document: Any = vars(canvas)["_doc"]
    document._timeStamp, document.signature = UNDATED, hashlib.md5(usedforsecurity=False)
    canvas.setTitle(properties.title)
    canvas.setAuthor(properties.author)
    canvas.setCatalogEntry("Lang", pdfdoc.PDFString("zh-CN"))
    for sheet in sheets:
        canvas.setPageSize((sheet.width, sheet.height))
        for mark in sheet.marks:
            _draw_mark(canvas, mark, sheet.height, names)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def _draw_mark(canvas: Canvas, mark: Mark, height: float, names: dict[Face, str]) -> None:
    canvas.saveState()
    canvas.setStrokeColorRGB(*mark.colour)
    canvas.setFillColorRGB(*mark.colour)
    if isinstance(mark, Rule):
        canvas.setLineWidth(mark.width)
        if mark.dash:
            canvas.setDash(*mark.dash)
        canvas.line(mark.x, height - mark.y, mark.to_x, height - mark.to_y)
    elif isinstance(mark, Squares):
        _draw_squares(canvas, mark, height)
    else:
        _draw_text(canvas, mark, height, names[mark.face])
    canvas.restoreState()


def _draw_text(canvas: Canvas, mark: Text, height: float, font: str) -> None:
    canvas.translate(mark.x, height - mark.y)
    canvas.rotate(mark.angle)
    line = canvas.beginText(0, 0)
    line.setFont(font, mark.size)
    line.setCharSpace(mark.spacing)
    if mark.stroke:
        canvas.setLineWidth(mark.stroke * mark.size)
        line.setTextRenderMode(2)
    line.textOut(mark.text)
    canvas.drawText(line)


def _draw_squares(canvas: Canvas, mark: Squares, height: float) -> None:
    """
    A rectangle for each run in a row, filled together.

    The square is the unit, so all numbers are whole; ReportLab's own path would take four times as long over them.
    """
    canvas.translate(mark.x, height - mark.y)
    canvas.scale(mark.side, -mark.side)
    runs = ((number, run.span()) for number, row in enumerate(mark.rows) for run in _RUN.finditer(row))
    canvas.addLiteral("\n".join([*(f"{start} {number} {end - start} 1 re" for number, (start, end) in runs), "f"]))
