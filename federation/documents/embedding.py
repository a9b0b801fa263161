"""
Faces inside a PDF: each embedded once, with just the characters used, and every character can be copied out again.

A face is one font with two bytes a character (Type0, Identity-H): the number of a character is its place in the
embedded file, given at its first appearance. So the same pages always give the same bytes.
"""

import hashlib
import string
from collections.abc import Iterable, Sequence

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString

from federation.documents.faces import Face
from federation.documents.pdf_objects import Document, stream
from federation.documents.sfnt import font_file

BLOCK = 100
"""Entries of a bfchar section at most, by the CMap specification."""

SYMBOLIC = 4
"""A flag of the descriptor: the characters are none of a standard Latin set."""


def to_unicode(characters: Sequence[str]) -> str:
    """
    A ToUnicode CMap: each place in the font with its character; an empty one is the missing glyph and has none.

    Characters beyond U+FFFF are written in UTF-16: as a bare number a reader takes the surname 𠅤 for two others.
    """
    entries = [
        f"<{place:04X}> <{sign.encode('utf-16-be').hex().upper()}>" for place, sign in enumerate(characters) if sign
    ]
    sections = [entries[start : start + BLOCK] for start in range(0, len(entries), BLOCK)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<0000> <FFFF>",
            "endcodespacerange",
            *(line for part in sections for line in (f"{len(part)} beginbfchar", *part, "endbfchar")),
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )


class _Codes(dict[str, str]):
    """The characters of a font, each with its code; one asked for the first time is given the next."""

    def __missing__(self, sign: str) -> str:
        code = self[sign] = f"{len(self):04X}"
        return code


class EmbeddedFace:
    """One face in one document, and the characters of it met so far."""

    def __init__(self, face: Face) -> None:
        self.face = face
        self._codes = _Codes({"": "0000"})

    def codes(self, text: str) -> str:
        """A text as a PDF string of this font, in hexadecimal digits."""
        return "".join(map(self._codes.__getitem__, text))

    def added_to(self, document: Document) -> PDFDictionary:
        """The font's objects, put into the document; asked for when all the text is known."""
        characters = list(self._codes)
        outlines = [self.face.outline(sign) for sign in characters]
        measures = self.face.measures
        file = font_file(outlines, measures)
        name = PDFName(f"{_tag(file)}+{self.face.name}")
        per_mille = [round(each.width * 1000 / measures.em) for each in outlines]
        descriptor = PDFDictionary(
            {
                "Type": PDFName("FontDescriptor"), "FontName": name, "Flags": SYMBOLIC,
                "FontBBox": PDFArray([0, measures.descent, measures.em, measures.ascent]),
                "ItalicAngle": 0, "Ascent": measures.ascent, "Descent": measures.descent, "CapHeight": measures.ascent,
                "StemV": 80, "FontFile2": stream(document, file, Length1=len(file)),
            }
        )  # fmt: skip
        system = {"Registry": PDFString("Adobe"), "Ordering": PDFString("Identity"), "Supplement": 0}
        inner = PDFDictionary(
            {
                "Type": PDFName("Font"), "Subtype": PDFName("CIDFontType2"), "BaseFont": name,
                "CIDSystemInfo": PDFDictionary(system), "CIDToGIDMap": PDFName("Identity"), "DW": 1000,
                "W": _widths(per_mille), "FontDescriptor": document.Reference(descriptor),
            }
        )  # fmt: skip
        return PDFDictionary(
            {
                "Type": PDFName("Font"), "Subtype": PDFName("Type0"), "BaseFont": name,
                "Encoding": PDFName("Identity-H"), "DescendantFonts": PDFArray([document.Reference(inner)]),
                "ToUnicode": stream(document, to_unicode(characters).encode("ascii")),
            }
        )  # fmt: skip


def _tag(file: bytes) -> str:
    """Six letters that name the subset, from its content."""
    digest = hashlib.sha256(file).digest()
    return "".join(string.ascii_uppercase[byte % 26] for byte in digest[:6])


def _widths(per_mille: Iterable[int]) -> str:
    """The advance of every character that is not as wide as the em."""
    return f"[{' '.join(f'{place} [{wide}]' for place, wide in enumerate(per_mille) if wide != 1000)}]"
