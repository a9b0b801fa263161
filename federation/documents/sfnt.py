"""
A TrueType file as a PDF embeds it: outlines and measures, and nothing that names a character or tells the time.

Six tables are all that a CIDFontType2 needs (ISO 32000-1, 9.9). They are laid out here because every paper needs two or
three such files: fontTools would take longer over them than over the rest of the paper.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field

CHECKSUM = 0xB1B0AFBA
MAGIC = 0x5F0F3CF5
MADE_AT = 2082844800
"""When every embedded font says it was made: 1 January 1970, in a font's own count of seconds, from 1904."""


@dataclass(frozen=True, slots=True)
class Outline:
    """One glyph in quadratic curves, compiled; lengths in units of the em."""

    width: int
    data: bytes = field(default=b"", repr=False)
    box: tuple[int, int, int, int] = (0, 0, 0, 0)
    points: int = 0
    contours: int = 0


@dataclass(frozen=True, slots=True)
class Measures:
    """What holds of a whole face."""

    em: int
    ascent: int
    descent: int


def font_file(outlines: Sequence[Outline], measures: Measures) -> bytes:
    """The file with these glyphs, the first of them for what is missing; always the same bytes for them."""
    box = _box(outlines)
    tables = {
        b"glyf": b"".join(_padded(each.data) for each in outlines),
        b"head": _head(box, measures.em),
        b"hhea": _hhea(outlines, measures),
        b"hmtx": b"".join(struct.pack(">Hh", each.width, each.box[0]) for each in outlines),
        b"loca": _loca(outlines),
        b"maxp": _maxp(outlines),
    }
    return _assembled(tables)


def _box(outlines: Sequence[Outline]) -> tuple[int, int, int, int]:
    drawn = [each.box for each in outlines if each.data] or [(0, 0, 0, 0)]
    left, low, right, high = zip(*drawn, strict=True)
    return min(left), min(low), max(right), max(high)


def _head(box: tuple[int, int, int, int], em: int) -> bytes:
    """Version, no true dates, long offsets; the checksum of the file is put in at the end."""
    return struct.pack(">IIIIHHqq4hHHhhh", 0x10000, 0x10000, 0, MAGIC, 3, em, MADE_AT, MADE_AT, *box, 0, 8, 2, 1, 0)


def _hhea(outlines: Sequence[Outline], measures: Measures) -> bytes:
    widest = max(each.width for each in outlines)
    left = min(each.box[0] for each in outlines)
    right = min(each.width - each.box[2] for each in outlines)
    extent = max(each.box[2] for each in outlines)
    lines = (measures.ascent, measures.descent, 0)
    return struct.pack(">I3hH3h8hH", 0x10000, *lines, widest, left, right, extent, 1, *([0] * 7), len(outlines))


def _loca(outlines: Sequence[Outline]) -> bytes:
    offsets, at = [0], 0
    for each in outlines:
        at += len(_padded(each.data))
        offsets.append(at)
    return struct.pack(f">{len(offsets)}I", *offsets)


def _maxp(outlines: Sequence[Outline]) -> bytes:
    points, contours = max(each.points for each in outlines), max(each.contours for each in outlines)
    return struct.pack(">I14H", 0x10000, len(outlines), points, contours, 0, 0, 2, *([0] * 8))


def _padded(data: bytes) -> bytes:
    return data + b"\0" * (-len(data) % 4)


def _checksum(data: bytes) -> int:
    padded = _padded(data)
    total: int = sum(struct.unpack(f">{len(padded) // 4}I", padded))
    return total & 0xFFFFFFFF


def _assembled(tables: dict[bytes, bytes]) -> bytes:
    """The tables in order of their names, after a directory."""
    power = len(tables).bit_length() - 1
    directory = struct.pack(">IHHHH", 0x10000, len(tables), 16 << power, power, 16 * len(tables) - (16 << power))
    at, body = len(directory) + 16 * len(tables), b""
    for name in sorted(tables):
        directory += struct.pack(">4sIII", name, _checksum(tables[name]), at + len(body), len(tables[name]))
        body += _padded(tables[name])
    whole = bytearray(directory + body)
    head = int.from_bytes(directory[12 + 16 + 8 : 12 + 16 + 12], "big")
    struct.pack_into(">I", whole, head + 8, (CHECKSUM - _checksum(bytes(whole))) & 0xFFFFFFFF)
    return bytes(whole)
