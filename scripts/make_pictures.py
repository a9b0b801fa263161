"""
Make the pictures of the README, from the example: `python scripts/make_pictures.py`.

docs/pictures/minutes.png is the first page of the congress' minutes; docs/pictures/status.png is `federation status` in
the middle of the founding. Needs the development tools (pypdfium2, Pillow) and the fonts that pip brings.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

import pylopdf_fonts_zh_cn
import pypdfium2
from click.testing import CliRunner
from PIL import Image, ImageDraw, ImageFont

from federation import db
from federation.clock import SetClock
from federation.commands import federation
from federation.demonstration.example import Example
from federation.demonstration.player import play
from federation.documents import render
from federation.resources import resource
from federation.services import papers, selection

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
MIDDLE = 30
"""The scene after which the status is drawn: the charter is submitted, the method is not."""
_INK, _PAPER, _COLOURS = "#d8dee9", "#22272e", {"●": "#88c0d0", "▶": "#a3be8c", "▷": "#ebcb8b", "·": "#d08770"}


def main() -> None:
    """Play the example, and draw what it shows."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        status, minutes = _played(f"sqlite:///{folder}/federation.db")
    _small(_terminal(status)).save(PICTURES / "status.png", optimize=True)
    page = pypdfium2.PdfDocument(minutes)[0].render(scale=1.1).to_pil()
    _small(page).save(PICTURES / "minutes.png", optimize=True)


def _played(url: str) -> tuple[str, bytes]:
    example = Example.read(resource("examples", "gaoxin"))
    engine, clock, shown = db.engine_for(url), SetClock(example.starts_at), []

    def played(scene: int) -> None:
        if scene == MIDDLE:
            shown.append(CliRunner().invoke(federation, ["--db", url, "status"], obj=clock).output)

    db.upgrade(engine)
    play(engine, clock, example, 1, 0, played)
    with db.reading(engine) as session:
        case = selection.case(session, selection.federation(session, ""), "")
        order = papers.order(session, case, "minutes-congress")
    engine.dispose()
    return shown[0], render(order.kind, order.facts)


def _terminal(text: str) -> Image.Image:
    folder = Path(pylopdf_fonts_zh_cn.__file__).parent
    font = ImageFont.truetype(next(folder.rglob("*Sans*Regular*.otf")), 15)
    lines = ["$ federation status", *text.splitlines()]
    width = int(max(font.getlength(line) for line in lines)) + 40
    picture = Image.new("RGB", (width, 25 * len(lines) + 30), _PAPER)
    pen = ImageDraw.Draw(picture)
    for row, line in enumerate(lines):
        pen.text((20, 13 + 25 * row), line, font=font, fill=_COLOURS.get(line.strip()[:1], _INK))
    return picture


def _small(picture: Image.Image) -> Image.Image:
    return picture.convert("RGB").quantize(24, dither=Image.Dither.NONE)


if __name__ == "__main__":
    main()
