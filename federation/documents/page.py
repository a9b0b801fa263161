"""
The geometry of the pages: GB/T 9704-2012, and the two sizes of a ballot.

Everything here is in points from the top left corner. A line is 15.75 pt type on 29.5 pt leading, because that is what
fits: 28 x 15.75 pt = 155.6 mm of the 156, and 21 x 29.5 + 15.75 pt = 224.1 mm of the 225. The customary 16 pt on 30 pt
overflows both ways. The 25/80 mm of the 1999 edition are not used.
"""

from dataclasses import dataclass, replace
from typing import Any

MM = 72 / 25.4

CHARACTERS = 28
"""Characters to a line of the text block (版心)."""

LINES = 22
"""Lines to a page."""

BODY = 15.75
LEADING = 29.5
TITLE = 22.0
PAGE_NUMBER = 14.0
BELOW_BLOCK = 7 * MM
"""From the foot of the text block down to the dash beside the page number (一字线)."""

MARK_TOP = 35 * MM
"""From the head of the text block to the red mark."""

RULE_BELOW_NUMBER = 4 * MM
"""From the document number (发文字号) to the red rule."""

SEAL = 42 * MM
"""Across a federation's seal: what is kept free for it."""


@dataclass(frozen=True, slots=True)
class Style:
    """One kind of page: its paper, its text block, and the sizes of type in it."""

    name: str
    width: float
    height: float
    left: float
    top: float
    block_width: float
    block_height: float
    body: float = BODY
    leading: float = LEADING
    title: float = TITLE
    table: float = 12.0
    note: float = 12.0
    numbered: bool = True
    """False: a page number appears only where there is a second page, as on a ballot."""
    columns: int = 1
    """Names side by side on a ballot."""
    framed: bool = False
    """A double frame stands around the page, and no number below: each page is handed to somebody else."""

    @property
    def line_width(self) -> float:
        """The width of a full line: whole characters, as many as the text block takes."""
        return self.body * int(self.block_width / self.body)


OFFICIAL = Style("official", 210 * MM, 297 * MM, 28 * MM, 37 * MM, 156 * MM, 225 * MM)

# The same sheet, turned with its head at the binding edge: 28 mm are above, and the foot of the sheet is on the left.
LANDSCAPE = Style("landscape", 297 * MM, 210 * MM, 35 * MM, 28 * MM, 225 * MM, 156 * MM)


CLOSER = replace(OFFICIAL, name="closer", body=14.0, leading=22.5, title=20.0, table=11.5, note=11.0)
CLOSEST = replace(OFFICIAL, name="closest", body=12.0, leading=18.5, title=18.0, table=10.5, note=10.0)
"""The official page set closer, for slips that somebody signs in the hall: they go on one side if they can."""

WIDE = replace(LANDSCAPE, name="wide", body=12.0, leading=18.5, title=18.0, table=11.0, note=10.0)

CERTIFICATE = Style(
    name="certificate",
    width=297 * MM,
    height=210 * MM,
    left=38 * MM,
    top=32 * MM,
    block_width=221 * MM,
    block_height=152 * MM,
    body=20.0,
    leading=33.0,
    title=40.0,
    numbered=False,
    framed=True,
)


def _ballot(paper: str, columns: int) -> Style:
    """A ballot sheet of this paper with so many names side by side."""
    type_sizes: dict[str, Any]
    if paper == "A5":
        size, margin, type_sizes = (148, 210), 12, {"body": 12.0, "leading": 19.0, "title": 18.0, "note": 9.5}
    else:
        size, margin, type_sizes = (210, 297), 17, {"body": 14.0, "leading": 22.0, "title": 22.0, "note": 11.0}
    width, height = (side * MM for side in size)
    return Style(
        name=f"ballot-{paper}-{columns}",
        width=width,
        height=height,
        left=margin * MM,
        top=margin * MM,
        block_width=width - 2 * margin * MM,
        block_height=height - 2 * margin * MM,
        numbered=False,
        columns=columns,
        **type_sizes,
    )


BALLOTS = tuple(_ballot(paper, columns) for paper, columns in (("A5", 1), ("A5", 2), ("A4", 2), ("A4", 3), ("A4", 4)))
"""From the handiest to the roomiest: the first on which everything stands on one side is taken."""


def _letter(body: float) -> Style:
    """An A4 sheet for a key letter, its words half as large again as its text."""
    return Style(
        name=f"letter-{body}",
        width=210 * MM,
        height=297 * MM,
        left=25 * MM,
        top=22 * MM,
        block_width=160 * MM,
        block_height=255 * MM,
        body=body,
        leading=body * 1.6,
        title=body * 2,
        table=body * 1.3,
        note=body * 0.9,
        numbered=False,
    )


LETTERS = tuple(_letter(body) for body in (12.0, 11.0, 10.0, 9.0))
"""From the largest type down: a share lies open on one side only, so the first that takes everything is taken."""

STYLES: dict[str, tuple[Style, ...]] = {
    "official": (OFFICIAL,), "landscape": (LANDSCAPE,), "form": (OFFICIAL, CLOSER, CLOSEST),
    "wide_form": (LANDSCAPE, WIDE), "certificate": (CERTIFICATE,), "ballot": BALLOTS, "letter": LETTERS,
}  # fmt: skip
"""The pages to try for each kind, in order. `@page` may ask for all but the letter."""
