"""What a reader finds in a PDF: text, and each character with its place in points from the top left."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
import zxingcpp
from pypdfium2 import raw

MM = 72 / 25.4


@dataclass(frozen=True)
class Glyph:
    """A character as printed: `x` and `baseline` are its origin, the rest is the box of its ink."""

    text: str
    x: float
    baseline: float
    size: float
    left: float
    top: float
    right: float
    bottom: float


def text_of(pdf: bytes) -> str:
    """All the text, a form feed after each page."""
    with pdfium.PdfDocument(pdf) as document:
        return "".join(
            page.get_textpage().get_text_range().replace("\r\n", "\n").rstrip() + "\n\f\n" for page in document
        )


def page_count(pdf: bytes) -> int:
    with pdfium.PdfDocument(pdf) as document:
        return len(document)


def page_size(pdf: bytes) -> tuple[float, float]:
    """Width and height of the first page, in millimetres."""
    with pdfium.PdfDocument(pdf) as document:
        width, height = document[0].get_size()
        return width / MM, height / MM


def glyphs(pdf: bytes, number: int) -> list[Glyph]:
    """The characters of a page (from 0), spaces left out."""
    with pdfium.PdfDocument(pdf) as document:
        page = document[number]
        return list(_glyphs(page.get_textpage(), page.get_height()))


def _glyphs(text: pdfium.PdfTextPage, height: float) -> Iterator[Glyph]:
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        if chr(code).isspace() or raw.FPDFText_IsGenerated(text, index) == 1:
            continue
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        left, bottom, right, top = text.get_charbox(index)
        size = raw.FPDFText_GetFontSize(text, index)
        yield Glyph(chr(code), x.value, height - y.value, size, left, height - top, right, height - bottom)


def face_of(pdf: bytes, number: int, text: str) -> set[str]:
    """The faces in which a text is printed where it first stands on a page."""
    with pdfium.PdfDocument(pdf) as document:
        page = document[number].get_textpage()
        start = page.get_text_range().index(text)
        return {_face(page, index) for index in range(start, start + len(text))}


def _face(page: pdfium.PdfTextPage, index: int) -> str:
    name, flags = ctypes.create_string_buffer(200), ctypes.c_int()
    raw.FPDFText_GetFontInfo(page, index, name, 200, flags)
    return name.value.decode().partition("+")[2]


Code = tuple[str, float, float, float, float]


def codes_on(pdf: bytes, dots: int = 150) -> list[list[Code]]:
    """The QR codes of each page, read from its picture: text, then left, top, right, bottom in points."""
    with pdfium.PdfDocument(pdf) as document:
        pictures = [page.render(scale=dots / 72).to_pil().convert("L") for page in document]
    return [[_placed(code, dots / 72) for code in zxingcpp.read_barcodes(picture)] for picture in pictures]


def _placed(code: zxingcpp.Barcode, scale: float) -> Code:
    first, last = code.position.top_left, code.position.bottom_right
    return code.text, first.x / scale, first.y / scale, last.x / scale, last.y / scale


def lines(found: list[Glyph]) -> list[list[Glyph]]:
    """Characters that share a baseline, from top to bottom and from left to right."""
    rows: dict[float, list[Glyph]] = {}
    for glyph in found:
        rows.setdefault(round(glyph.baseline, 1), []).append(glyph)
    return [sorted(rows[key], key=lambda glyph: glyph.x) for key in sorted(rows)]


def written(line: list[Glyph]) -> str:
    return "".join(glyph.text for glyph in line)


def rules(pdf: bytes, number: int) -> list[tuple[float, float, float, float]]:
    """Boxes of the lines drawn on a page: left, top, right, bottom."""
    with pdfium.PdfDocument(pdf) as document:
        page = document[number]
        height = page.get_height()
        paths = page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH])
        boxes = [path.get_bounds() for path in paths]
        return [(left, height - top, right, height - bottom) for left, bottom, right, top in boxes]
