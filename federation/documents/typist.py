"""Text of a role and a size, measured and put in its place, each character in the first face that has it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from federation.documents.fonts import Choice, Fonts, Role
from federation.documents.linebreak import chunks, fill
from federation.documents.marks import BLACK, Colour, Text

ASCENT = 0.88
"""From the top of the em square of a Chinese face down to its baseline."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text in one role."""

    text: str
    role: Role = "fangsong"


@dataclass(frozen=True)
class Typist:
    """Sets text in these fonts."""

    fonts: Fonts

    def width(self, text: str, size: float, role: Role = "fangsong") -> float:
        return sum(map(self.fonts.met(role).__getitem__, text)) * size

    def lines(self, text: str, size: float, room: float, role: Role = "fangsong") -> list[str]:
        """A text in lines of this width."""
        return fill(chunks(text), lambda part: self.width(part, size, role), room)

    def put(
        self,
        spans: Sequence[Span] | str,
        x: float,
        top: float,
        size: float,
        role: Role = "fangsong",
        spacing: float = 0.0,
        colour: Colour = BLACK,
    ) -> tuple[Text, ...]:
        """Marks of a line whose em squares begin at `x` and hang from `top`."""
        marks, pen = [], x
        for choice, text, wide in self._runs([Span(spans, role)] if isinstance(spans, str) else spans):
            marks.append(Text(pen, top + ASCENT * size, text, choice.face, size, spacing, choice.stroke, colour))
            pen += wide * size + spacing * len(text)
        return tuple(marks)

    def _runs(self, spans: Iterable[Span]) -> Iterable[tuple[Choice, str, float]]:
        """Stretches of one face, each with its width in ems."""
        for span in spans:
            met = self.fonts.met(span.role)
            widths = [met[character] for character in span.text]
            at = 0
            for choice, group in groupby(map(met.choices.__getitem__, span.text)):
                end = at + len(list(group))
                yield choice, span.text[at:end], sum(widths[at:end])
                at = end

    def centred(
        self, text: str, middle: float, top: float, size: float, role: Role = "fangsong", colour: Colour = BLACK
    ) -> tuple[Text, ...]:
        """A line with its middle here."""
        return self.put(text, middle - self.width(text, size, role) / 2, top, size, role, colour=colour)
