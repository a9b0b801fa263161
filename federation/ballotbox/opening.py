"""
Opening a box: every sealed ballot in turn, streamed, in one process or several.

A ballot that does not open, or holds no ballot of this poll, stops nothing: it is returned, and its line says what is
wrong with it. Memory does not grow with the box but for eight bytes a check code.
"""

from array import array
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future
from itertools import islice
from typing import NamedTuple

from federation.ballotbox.envelope import Envelope
from federation.ballotbox.passes import ALPHABET, CHECK_LENGTH
from federation.ballotbox.seal import BoxKey

CHUNK = 500
_DIGITS = str.maketrans(ALPHABET, "0123456789abcdefghijklmnopqrstuv")
"""The alphabet of a check code as the digits of base 32 that Python reads."""
_PAIRS = [first + second for first in ALPHABET for second in ALPHABET]
_SHIFTS = range(5 * (CHECK_LENGTH - 2), -1, -10)
"""A check code is written two characters at a time: ten bits of its number each."""
WINDOW = 8
"""Chunks at work at once, however many processes there are: the rest of the box waits where it lies."""


class Opened(NamedTuple):
    """What one sealed ballot said: its check code, empty where it is faulty, and its line as the record carries it."""

    check: str
    line: str


def faulty(fault: str) -> Opened:
    """A ballot that was returned and says nothing: `unopenable`, `malformed` or `duplicate`."""
    return Opened("", f'{{"fault":"{fault}"}}')


def opened(
    boxes: Iterable[bytes], key: BoxKey, envelope: Envelope, executor: Executor | None = None, chunk: int = CHUNK
) -> Iterator[Opened]:
    """What each sealed ballot says, in the order given; with an executor many chunks at once, a few at a time."""
    remaining = iter(boxes)
    chunks = iter(lambda: list(islice(remaining, chunk)), [])
    if executor is None:
        for part in chunks:
            yield from open_chunk(part, key, envelope)
        return
    at_work: deque[Future[list[Opened]]] = deque()
    for part in chunks:
        at_work.append(executor.submit(open_chunk, part, key, envelope))
        if len(at_work) >= WINDOW:
            yield from at_work.popleft().result()
    while at_work:
        yield from at_work.popleft().result()


def open_chunk(boxes: Iterable[bytes], key: BoxKey, envelope: Envelope) -> list[Opened]:
    """What these sealed ballots say."""
    return [_open(box, key, envelope) for box in boxes]


def _open(box: bytes, key: BoxKey, envelope: Envelope) -> Opened:
    content = key.opened(box)
    if content is None:
        return faulty("unopenable")
    try:
        return Opened(*(envelope.plain(content) or envelope.lined(content)))
    except (ValueError, TypeError, RecursionError):
        return faulty("malformed")


class CheckCodes:
    """
    The check codes of one box, each once, in the order of the alphabet.

    Kept as numbers of sixty bits in buckets by their first characters: eight bytes a code.
    """

    def __init__(self) -> None:
        self._seen: dict[int, array[int]] = {}

    def judged(self, ballots: Iterable[Opened]) -> Iterator[Opened]:
        """The ballots, those with a check code that an earlier one bore turned into faults."""
        for ballot in ballots:
            yield ballot if not ballot.check or self._add(ballot.check) else faulty("duplicate")

    def _add(self, check: str) -> bool:
        """Keep a code; False where it is there already."""
        number = int(check.translate(_DIGITS), 32)
        bucket = self._seen.setdefault(number >> 48, array("Q"))
        if number in bucket:
            return False
        bucket.append(number)
        return True

    def __iter__(self) -> Iterator[str]:
        for first in sorted(self._seen):
            for number in sorted(self._seen[first]):
                yield "".join([_PAIRS[number >> shift & 1023] for shift in _SHIFTS])
