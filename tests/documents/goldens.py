"""
What the papers looked like when somebody last read them.

`GOLDENS=write pytest tests/documents` writes them anew: then read every changed text and look at every changed picture
before committing. A mismatch leaves actual, expected and difference in tests/output/.
"""

import os
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageChops

HERE = Path(__file__).parent
GOLDEN = HERE / "golden"
OUTPUT = HERE.parent / "output"
SCALE = 0.5
"""36 dots to the inch: small files, and still a line that moved by half a millimetre shows."""

DIFFERS = 48
"""Levels of grey from which two dots differ; below it a renderer may smooth in its own way."""

ALLOWED = 0.0005
"""The part of a page's dots that may differ."""

WRITE = os.environ.get("GOLDENS") == "write"


def check_text(name: str, actual: str) -> None:
    path = GOLDEN / f"{name}.txt"
    if WRITE:
        path.parent.mkdir(exist_ok=True)
        path.write_text(actual, encoding="utf-8")
    expected = path.read_text(encoding="utf-8") if path.exists() else ""
    if actual != expected:
        OUTPUT.mkdir(exist_ok=True)
        (OUTPUT / f"{name}.actual.txt").write_text(actual, encoding="utf-8")
        (OUTPUT / f"{name}.expected.txt").write_text(expected, encoding="utf-8")
    assert actual == expected


def pictures(pdf: bytes) -> list[Image.Image]:
    with pdfium.PdfDocument(pdf) as document:
        return [page.render(scale=SCALE).to_pil().convert("L") for page in document]


def check_picture(name: str, actual: Image.Image) -> None:
    path = GOLDEN / f"{name}.png"
    if WRITE:
        path.parent.mkdir(exist_ok=True)
        sixteen = actual.point(lambda level: (level + 8) // 17 * 17)  # even steps, or a sparse page loses its greys
        sixteen.quantize(16).save(path, optimize=True)
    if not path.exists():
        pytest.fail(f"no golden picture {path.name}")
    with Image.open(path) as stored:
        expected = stored.convert("L")
    if unlike := difference(actual, expected):
        OUTPUT.mkdir(exist_ok=True)
        actual.save(OUTPUT / f"{name}.actual.png")
        expected.save(OUTPUT / f"{name}.expected.png")
        if actual.size == expected.size:
            ImageChops.difference(actual, expected).save(OUTPUT / f"{name}.diff.png")
    assert not unlike, f"{name}: {unlike}"


def difference(actual: Image.Image, expected: Image.Image) -> str:
    """How two pictures differ, beyond what is allowed; empty where they do not."""
    if actual.size != expected.size:
        return f"{actual.size} instead of {expected.size}"
    levels = ImageChops.difference(actual, expected).histogram()
    part = sum(levels[DIFFERS:]) / sum(levels)
    return f"{part:.2%} of the dots differ" if part > ALLOWED else ""
