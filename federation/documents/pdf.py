"""
Pages become a PDF, fit for an archive and the same bytes for the same pages.

`pdf` draws, `embedding` brings the faces, `archive` what makes it PDF/A, `bookmarks` its outline; these and
`pdf_objects` are the files that know ReportLab. Its document and its objects are used, its canvas is not: pages are
written as they come and packed at once, so two thousand passes find room.
"""

import hashlib
import math
import re
from collections.abc import Iterable, Iterator
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFDocument, PDFPage

from federation.documents.archive import Properties, archived
from federation.documents.bookmarks import Place, outlined
from federation.documents.embedding import EmbeddedFace
from federation.documents.faces import Face
from federation.documents.marks import Anchor, Colour, Rule, Sheet, Squares, Text
from federation.documents.pdf_objects import Document, Reference, stream

__all__ = ["Properties", "draw"]

VERSION = (1, 7)
_RUN = re.compile(b"\x01+")


def draw(sheets: Iterable[Sheet], properties: Properties, copies: int = 1) -> bytes:
    """The PDF of these pages; with `copies` the whole of them so many times, each page drawn once and shown often."""
    document: Document = PDFDocument(invariant=1, pdfVersion=VERSION)
    # ReportLab would begin the file's id with the date that the variable SOURCE_DATE_EPOCH names.
    document.signature = hashlib.md5(usedforsecurity=False)
    archived(document, properties)
    fonts = PDFDictionary({})
    resources = document.Reference(PDFDictionary({"Font": document.Reference(fonts)}))
    faces = _Faces()
    drawn: list[tuple[float, float, Reference]] = []
    places: list[Place] = []
    for number, sheet in enumerate(sheets):
        code = "\n".join(_Pen(sheet.height, faces).strokes(sheet)).encode("ascii")
        drawn.append((sheet.width, sheet.height, stream(document, code)))
        places.extend(Place(number, sheet.height - mark.y, mark) for mark in sheet.marks if isinstance(mark, Anchor))
    pages = [_page(document, *each, resources) for _ in range(copies) for each in drawn]
    fonts.dict.update({name: document.Reference(face.added_to(document)) for name, face in faces.named()})
    outlined(document, pages, places)
    made: bytes = document.GetPDFData(None)
    return made


def _page(document: Document, width: float, height: float, code: Reference, resources: Reference) -> Reference:
    page: Any = PDFPage()
    page.pagewidth, page.pageheight = (round(side, 2) for side in (width, height))
    page.Contents, page.Resources = code, resources
    document.Pages.addPage(page)
    return document.Reference(page)


class _Faces:
    """The faces of a document, numbered in order of their first appearance."""

    def __init__(self) -> None:
        self._met: dict[Face, tuple[str, EmbeddedFace]] = {}

    def of(self, face: Face) -> tuple[str, EmbeddedFace]:
        found = self._met.get(face)
        if found is None:
            found = self._met[face] = f"F{len(self._met) + 1}", EmbeddedFace(face)
        return found

    def named(self) -> Iterable[tuple[str, EmbeddedFace]]:
        return self._met.values()


class _Pen:
    """Writes the marks of one page, telling the reader only what changes from mark to mark."""

    def __init__(self, height: float, faces: _Faces) -> None:
        self.height = height
        self.faces = faces
        self.state: dict[str, str] = {}

    def strokes(self, sheet: Sheet) -> Iterator[str]:
        for mark in sheet.marks:
            if isinstance(mark, Text):
                yield from self._text(mark)
            elif isinstance(mark, Rule):
                yield from self._rule(mark)
            elif isinstance(mark, Squares):
                yield from self._squares(mark)

    def _set(self, operator: str, value: str) -> Iterator[str]:
        if self.state.get(operator) != value:
            self.state[operator] = value
            yield f"{value} {operator}"

    def _rule(self, mark: Rule) -> Iterator[str]:
        yield from self._set("RG", _levels(mark.colour))
        yield from self._set("w", _number(mark.width))
        yield from self._set("d", f"[{' '.join(map(_number, mark.dash or ()))}] 0")
        start, end = _number(self.height - mark.y), _number(self.height - mark.to_y)
        yield f"{_number(mark.x)} {start} m {_number(mark.to_x)} {end} l S"

    def _text(self, mark: Text) -> Iterator[str]:
        name, face = self.faces.of(mark.face)
        yield from self._set("rg", _levels(mark.colour))
        yield from self._set("Tf", f"/{name} {_number(mark.size)}")
        yield from self._set("Tc", _number(mark.spacing))
        yield from self._set("Tr", "2" if mark.stroke else "0")
        if mark.stroke:
            yield from self._set("RG", _levels(mark.colour))
            yield from self._set("w", _number(mark.stroke * mark.size))
            yield from self._set("d", "[] 0")
        yield f"BT {self._place(mark)} <{face.codes(mark.text)}> Tj ET"

    def _place(self, mark: Text) -> str:
        x, y = _number(mark.x), _number(self.height - mark.y)
        if not mark.angle:
            return f"{x} {y} Td"
        turn = math.radians(mark.angle)
        cosine, sine = f"{math.cos(turn):.5f}", math.sin(turn)
        return f"{cosine} {sine:.5f} {-sine:.5f} {cosine} {x} {y} Tm"

    def _squares(self, mark: Squares) -> Iterator[str]:
        """
        A rectangle for each run in a row, filled together.

        The square is the unit, so all numbers are whole and no seam shows.
        """
        yield from self._set("rg", _levels(mark.colour))
        yield f"q {mark.side:.5f} 0 0 {-mark.side:.5f} {_number(mark.x)} {_number(self.height - mark.y)} cm"
        runs = ((number, run.span()) for number, row in enumerate(mark.rows) for run in _RUN.finditer(row))
        yield "\n".join(f"{start} {number} {end - start} 1 re" for number, (start, end) in runs)
        yield "f Q"


def _number(value: float) -> str:
    """A length to a thousandth of a point, without the zeros at its end."""
    written = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


def _levels(colour: Colour) -> str:
    return " ".join(map(_number, colour))
