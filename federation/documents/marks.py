"""
What stands on a page, with its place: nothing but data, so a layout can be measured without a PDF.

Points from the top left corner, downwards; text by its baseline.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from federation.documents.faces import Face

Colour = tuple[float, float, float]
BLACK: Colour = (0, 0, 0)
RED: Colour = (0.89, 0, 0.06)
GREY: Colour = (0.45, 0.45, 0.45)
FAINT: Colour = (0.87, 0.87, 0.87)


@dataclass(frozen=True, slots=True)
class Text:
    """Characters of one face in a row. `spacing` is added after each; `stroke` thickens; `angle` turns, in degrees."""

    x: float
    y: float
    text: str
    face: Face
    size: float
    spacing: float = 0.0
    stroke: float = 0.0
    colour: Colour = BLACK
    angle: float = 0.0

    def moved(self, dx: float, dy: float) -> "Text":
        # Not by `replace`, which takes three times as long: everything on a page is moved, and more than once.
        place = self.x + dx, self.y + dy
        return Text(*place, self.text, self.face, self.size, self.spacing, self.stroke, self.colour, self.angle)


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line."""

    x: float
    y: float
    to_x: float
    to_y: float
    width: float = 0.5
    colour: Colour = BLACK
    dash: tuple[float, float] | None = None
    """Length of the strokes and of the gaps between them; None is a line without gaps."""

    def moved(self, dx: float, dy: float) -> "Rule":
        ends = self.x + dx, self.y + dy, self.to_x + dx, self.to_y + dy
        return Rule(*ends, self.width, self.colour, self.dash)


@dataclass(frozen=True, slots=True)
class Squares:
    """Squares of one side in rows and columns, filled where a byte is 1; drawn as one path, so no seam shows."""

    x: float
    y: float
    side: float
    rows: tuple[bytes, ...] = field(repr=False)
    colour: Colour = BLACK

    def moved(self, dx: float, dy: float) -> "Squares":
        return replace(self, x=self.x + dx, y=self.y + dy)


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a heading stands; nothing is drawn there, a bookmark leads to it. `level` is 0 for the highest."""

    y: float
    title: str
    level: int

    def moved(self, dx: float, dy: float) -> "Anchor":  # noqa: ARG002  # a bookmark leads to a height
        return replace(self, y=self.y + dy)


Mark = Text | Rule | Squares | Anchor


def moved(marks: Iterable[Mark], dx: float, dy: float) -> tuple[Mark, ...]:
    """The same marks, elsewhere."""
    return tuple(mark.moved(dx, dy) for mark in marks)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page, ready to be drawn."""

    width: float
    height: float
    marks: tuple[Mark, ...]
