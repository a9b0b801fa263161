"""
How a pile of passes is laid out: four strips of an A4 sheet, each with a stub at its right end.

Three cuts straight through the sheet part the strips. The lines to tear along lie below one another, so that a pile
can be perforated at once. Everything on a strip stays clear of its edges; a long text is set smaller, never cut off.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from federation.documents.marks import FAINT, GREY, Mark, Rule, Sheet, moved
from federation.documents.page import MM
from federation.documents.qr import qr_code
from federation.documents.typist import Typist
from federation.facts.secret_papers import PassSlip

WIDTH, HEIGHT = 210 * MM, 297 * MM
DOWN = 4
"""Strips to a sheet."""

DEPTH = HEIGHT / DOWN
TEAR = 147 * MM
"""From the left edge to the line along which the stub is torn off."""

SIDE, TOP = 8 * MM, 5.5 * MM
"""What stays white along the edges: desk printers leave 4.2 mm, and a cut may be a millimetre off."""

QR = 38 * MM
GAP = 5 * MM
"""Between the parts of a strip: more than the four modules that must be white around a QR code."""

HEAD = SIDE + QR + GAP, TEAR - GAP
SENTENCES = SIDE, TEAR - GAP
STUB = TEAR + GAP, WIDTH - SIDE
"""From where to where the parts of a strip reach."""

CODE = TOP + QR - 36
CHECK = TOP + 101
"""How far down the two codes stand."""

LABEL = 27.0
"""Across the label before the voting code."""

SENTENCE, SENTENCE_LEADING = 12.0, 15.5
LEADING = 1.3
SPACING = 0.09
"""Between the characters of a code, in ems."""

THICKER = 0.02
TICK = 6 * MM
CUT, PERFORATED = (3.0, 2.5), (1.5, 2.5)


@dataclass(frozen=True, slots=True)
class Wording:
    """What every strip of a pile says alike."""

    meeting: str
    offices: str
    rules: str
    """Small, beside the heading: what becomes of a pass that is lost or left over."""
    how: str
    """Below the code: where to scan or type it."""
    secrecy: tuple[str, ...]
    check: str
    """On the stub: what to do with the check code."""
    specimen: str = ""

    def texts(self) -> tuple[str, ...]:
        """Everything, to be asked of the fonts."""
        return (self.meeting, self.offices, self.rules, self.how, self.check, self.specimen, *self.secrecy)


@dataclass(frozen=True)
class Strips:
    """
    Sets the parts of a strip, measured from its top left corner.

    What is alike on all of them is set once; a code stands in the middle of it, so that text copied out of the page
    comes in the order in which it is read.
    """

    wording: Wording
    typist: Typist

    def body(self, slip: PassSlip) -> tuple[Mark, ...]:
        """What votes: the link, the code, and how the vote stays secret."""
        before, after = self._body
        code = moved(self._spaced(slip.code, 20, 21, HEAD[1] - HEAD[0] - LABEL), HEAD[0] + LABEL, CODE)
        return (*before, qr_code(slip.link, SIDE, TOP, QR), *code, *after)

    def stub(self, slip: PassSlip) -> tuple[Mark, ...]:
        """What the voter keeps: the check code and what it is for; nothing that votes, nothing of how she voted."""
        before, after = self._stub
        code = moved(self._spaced(slip.check_code, 18, 20, STUB[1] - STUB[0]), STUB[0], CHECK)
        return (*before, *code, *after)

    @cached_property
    def _body(self) -> tuple[list[Mark], list[Mark]]:
        room = HEAD[1] - HEAD[0]
        before = [*self._specimen(SENTENCES, 44.0), *moved(self._head(room), HEAD[0], TOP)]
        how, _ = self._block(self.wording.how, 10, TOP + QR - 10, room, 10)
        return before, [*moved(how, HEAD[0], 0), *moved(self._secrecy(), SENTENCES[0], DEPTH - TOP)]

    def _head(self, room: float) -> Iterator[Mark]:
        """Beside the QR code: what the pass is for, and the label of its code in two short lines."""
        code = CODE - TOP
        meeting, top = self._block(self.wording.meeting, 9.5, 0, room, 22)
        offices, _ = self._block(self.wording.offices, 10.5, top + 31, room, code - top - 34)
        yield from meeting
        yield from self._heading("投票凭证", self.wording.rules, 22, top + 3, room)
        yield from offices
        yield from self.typist.put("凭证", 0, code, 10, "heiti")
        yield from self.typist.put("代码", 0, code + 11, 10, "heiti")

    def _secrecy(self) -> Iterator[Mark]:
        """The sentences, numbered and each on a line of its own, standing on the foot."""
        room = SENTENCES[1] - SENTENCES[0] - 15
        top = SENTENCE_LEADING - SENTENCE - SENTENCE_LEADING * len(self.wording.secrecy)
        for number, sentence in enumerate(self.wording.secrecy, 1):
            yield from self.typist.put(f"{number}.", 0, top, SENTENCE, "heiti")
            yield from moved(self._block(sentence, SENTENCE, top, room, SENTENCE)[0], 15, 0)
            top += SENTENCE_LEADING

    @cached_property
    def _stub(self) -> tuple[list[Mark], list[Mark]]:
        room = STUB[1] - STUB[0]
        meeting, top = self._block(self.wording.meeting, 8.5, TOP + 22, room, 34)
        offices, top = self._block(self.wording.offices, 8.5, top + 1, room, CHECK - 15 - top)
        before = [*moved(self._heading("存根", "请撕下自己收好", 16, 0, room), 0, TOP), *meeting, *offices]
        before.extend(self.typist.put("核对码", 0, CHECK - 13, 10, "heiti"))
        after, _ = self._block(self.wording.check, 11.5, CHECK + 30, room, 46)
        return [*self._specimen(STUB, 40.0), *moved(before, STUB[0], 0)], [*moved(after, STUB[0], 0)]

    def _heading(self, text: str, aside: str, size: float, top: float, room: float) -> Iterator[Mark]:
        """A heading, and something small at the other end of its line."""
        small = 8.5
        yield from self.typist.put(text, 0, top, size, "xiaobiaosong")
        yield from self.typist.put(aside, room - self.typist.width(aside, small), top + (size - small) * 0.8, small)

    def _block(self, text: str, size: float, top: float, room: float, depth: float) -> tuple[list[Mark], float]:
        """A text in lines, and where they end; set smaller until it finds room in this depth."""
        lines = self.typist.lines(text, size, room)
        while len(lines) * size * LEADING > depth + size * (LEADING - 1) + 0.01:
            size *= 0.97
            lines = self.typist.lines(text, size, room)
        leading = size * LEADING
        marks = [mark for at, line in enumerate(lines) for mark in self.typist.put(line, 0, top + at * leading, size)]
        return [*marks], top + len(lines) * leading

    def _spaced(self, code: str, largest: float, depth: float, room: float) -> Iterator[Mark]:
        """A code as large as its room allows, its characters set apart, in the middle of a depth."""
        ems = self.typist.width(code, 1, "heiti") + SPACING * len(code)
        size = min(largest, room / ems)
        for mark in self.typist.put(code, 0, (depth - size) / 2, size, "heiti", spacing=SPACING * size):
            yield replace(mark, stroke=THICKER)

    def _specimen(self, part: tuple[float, float], size: float) -> Iterator[Mark]:
        """样本 across a part, under its text."""
        middle = sum(part) / 2
        for mark in self.typist.centred(self.wording.specimen, middle, DEPTH / 2 - size * 0.4, size, "heiti", FAINT):
            yield replace(mark, angle=20.0)


def sheets(
    slips: Sequence[PassSlip], wording: Wording, typist: Typist, told: Callable[[int], object] = lambda _: None
) -> Iterator[Sheet]:
    """The pages of a pile, in its order, each made as it is asked for; `told` hears how many slips were on it."""
    strips = Strips(wording, typist)
    for start in range(0, len(slips), DOWN):
        part = slips[start : start + DOWN]
        placed = (moved([*strips.body(slip), *strips.stub(slip)], 0, at * DEPTH) for at, slip in enumerate(part))
        yield Sheet(WIDTH, HEIGHT, (*_lines(len(part)), *(mark for marks in placed for mark in marks)))
        told(len(part))


def _lines(count: int) -> Iterator[Mark]:
    """Where to cut and where to tear, with a tick at each end; nothing around strips that are not there."""
    for place in range(1, min(count, DOWN - 1) + 1):
        y = place * DEPTH
        yield Rule(0, y, WIDTH, y, 0.4, GREY, CUT)
        yield from (Rule(x, y, x + TICK, y, 0.7) for x in (0.0, WIDTH - TICK))
    foot = count * DEPTH
    yield Rule(TEAR, 0, TEAR, foot, 0.5, GREY, PERFORATED)
    yield from (Rule(TEAR, y, TEAR, y + TICK, 0.7) for y in (0.0, foot - TICK))
