"""Parts of a PDF that ReportLab has not, or writes in a way that PDF/A does not allow."""

import zlib
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFObject

Document = Any
"""ReportLab's PDFDocument: its stubs leave out most of what it has."""

Reference = Any
"""Of an object in a document."""


class Stream(PDFObject):
    """A stream whose data end a line before `endstream` does (ISO 19005-2, 6.1.7.1)."""

    def __init__(self, data: bytes, entries: dict[str, Any]) -> None:
        self.data = data
        self.entries = {**entries, "Length": len(data)}

    def format(self, document: Document) -> bytes:
        return b"%b\nstream\n%b\nendstream\n" % (PDFDictionary(self.entries).format(document), self.data)


def stream(document: Document, data: bytes, *, packed: bool = True, **entries: Any) -> Reference:
    """
    Data as an object of the document; the entries are those of its dictionary.

    Packed at once, not when the document is saved: two thousand passes would not find room otherwise.
    """
    return packed_stream(document, zlib.compress(data), **entries) if packed else _put(document, data, entries)


def packed_stream(document: Document, data: bytes, **entries: Any) -> Reference:
    """The same for data that are packed already."""
    return _put(document, data, {**entries, "Filter": PDFName("FlateDecode")})


def _put(document: Document, data: bytes, entries: dict[str, Any]) -> Reference:
    document.updateSignature(data)
    return document.Reference(Stream(data, entries))
