"""A text as a QR code: the only file that knows segno."""

from functools import lru_cache

import segno

from federation.documents.marks import Squares

SMALLEST = 4
"""The version of the code at least, 33 modules across: a shorter text is given more redundancy, not larger modules."""

MASK = 3
"""Fixed: trying all eight for the smoothest takes four times as long, and a reader undoes any of them alike."""


def qr_code(text: str, x: float, y: float, side: float) -> Squares:
    """
    The code as a square of this side, from its top left corner; four modules around it are to be left white.

    It survives a stain on a seventh of it (level M, or better where there is room).
    """
    rows = _rows(text)
    return Squares(x, y, side / len(rows), rows)


@lru_cache(maxsize=1)
def _rows(text: str) -> tuple[bytes, ...]:
    """The modules of a code, which stands alike on every page of a paper; only the last one is kept."""
    made = segno.make_qr(text, error="m", mask=MASK)
    if int(made.version) < SMALLEST:
        made = segno.make_qr(text, error="m", mask=MASK, version=SMALLEST)
    return tuple(bytes(row) for row in made.matrix)
