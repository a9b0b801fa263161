"""The headings of a long paper as bookmarks beside it: a charter of sixty clauses is not leafed through."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFObject, PDFString

from federation.documents.marks import Anchor
from federation.documents.pdf_objects import Document, Reference

LONG = 3
"""Pages from which a paper has bookmarks."""


@dataclass(frozen=True, slots=True)
class Place:
    """A heading, the page it stands on (from 0) and how high."""

    page: int
    top: float
    anchor: Anchor


@dataclass(slots=True)
class _Entry:
    """A bookmark with those below it."""

    level: int
    place: Place | None
    below: list["_Entry"] = field(default_factory=list)
    reference: Reference | None = None

    def open(self) -> int:
        """How many entries a reader sees below this one."""
        return sum(1 + each.open() for each in self.below)


class _Outline(PDFObject):
    """The root of the bookmarks; ReportLab asks whether it is ready."""

    ready = 1

    def __init__(self) -> None:
        self.entries = PDFDictionary({})

    def prepare(self, document: Document, canvas: None) -> None:
        """Nothing is left to do when the document is saved."""

    def format(self, document: Document) -> bytes:
        found: bytes = self.entries.format(document)
        return found


def outlined(document: Document, pages: Sequence[Reference], places: Sequence[Place]) -> None:
    """Give a long document its bookmarks, and have a reader show them."""
    if len(pages) < LONG or not places:
        return
    outline = _Outline()
    document.Outlines = document.Catalog.Outlines = outline
    root = _Entry(-1, None, _tree(places), document.Reference(outline))
    outline.entries.dict.update({"Type": PDFName("Outlines"), **_linked(document, root, pages)})
    document.Catalog.PageMode = PDFName("UseOutlines")


def _tree(places: Sequence[Place]) -> list[_Entry]:
    """Each heading below the last one of a higher level."""
    root = _Entry(-1, None)
    path = [root]
    for place in places:
        while path[-1].level >= place.anchor.level:
            path.pop()
        entry = _Entry(place.anchor.level, place)
        path[-1].below.append(entry)
        path.append(entry)
    return root.below


def _linked(document: Document, entry: _Entry, pages: Sequence[Reference]) -> dict[str, object]:
    """Give the entries below one their objects; what the one itself must say of them."""
    made = [(each, PDFDictionary({})) for each in entry.below]
    for each, found in made:
        each.reference = document.Reference(found)
    for number, (each, found) in enumerate(made):
        found.dict.update(_said(each, pages), Parent=entry.reference, **_linked(document, each, pages))
        if number:
            found.dict["Prev"] = made[number - 1][0].reference
        if number + 1 < len(made):
            found.dict["Next"] = made[number + 1][0].reference
    if not made:
        return {}
    return {"First": made[0][0].reference, "Last": made[-1][0].reference, "Count": entry.open()}


def _said(entry: _Entry, pages: Sequence[Reference]) -> dict[str, object]:
    assert entry.place is not None
    goal = PDFArray([pages[entry.place.page], PDFName("XYZ"), 0, round(entry.place.top, 2), 0])
    return {"Title": PDFString(entry.place.anchor.title), "Dest": goal}
