"""
What changed between two versions of a document.

They are compared 条 by 条 and only then character by character: a whole document at once is a thousand times slower.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from federation.rules.clauses.documents import Clause, Document


@dataclass(frozen=True, slots=True)
class Span:
    """A run of characters that both versions have, or only one."""

    kind: Literal["same", "removed", "added"]
    text: str


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """One 条 in two versions. `renumbered`: the words are the same. The side that does not exist is None."""

    kind: Literal["changed", "renumbered", "added", "removed"]
    old: Clause | None
    new: Clause | None
    spans: tuple[Span, ...]

    @property
    def label(self) -> str:
        """What to call it: the new label where there is one."""
        return (self.new or self.old or Clause("", 0, "", "")).label


def redline(old: Document, new: Document) -> tuple[ClauseChange, ...]:
    """Every 条 that differs, in the order of the new version; where a 条 was removed, it stands at its old place."""
    return tuple(_moved([change for pair in _pairs(old.parts(), new.parts()) for change in _change(*pair)]))


def _moved(changes: Sequence[ClauseChange]) -> Iterator[ClauseChange]:
    """A 条 that went in one place and came in another with the same words was moved: neither removed nor new."""
    gone = {change.old.text: change.old for change in changes if change.kind == "removed" and change.old}
    came = {change.new.text for change in changes if change.kind == "added" and change.new}
    for change in changes:
        if change.kind == "removed" and change.old and change.old.text in came:
            continue
        if change.kind == "added" and change.new and (old := gone.get(change.new.text)):
            yield ClauseChange("renumbered", old, change.new, (Span("same", change.new.text),))
        else:
            yield change


def _change(old: Clause | None, new: Clause | None) -> Iterator[ClauseChange]:
    if old and new:
        if old.text != new.text:
            yield ClauseChange("changed", old, new, spans(old.text, new.text))
        elif old.number != new.number:
            yield ClauseChange("renumbered", old, new, (Span("same", new.text),))
    elif new:
        yield ClauseChange("added", None, new, (Span("added", new.text),))
    elif old:
        yield ClauseChange("removed", old, None, (Span("removed", old.text),))


def _pairs(old: tuple[Clause, ...], new: tuple[Clause, ...]) -> Iterator[tuple[Clause | None, Clause | None]]:
    """Which old 条 became which new one: the same words first, then, between those, the most alike in order."""
    matcher = SequenceMatcher(None, [clause.text for clause in old], [clause.text for clause in new], autojunk=False)
    for tag, i, i_end, j, j_end in matcher.get_opcodes():
        if tag == "equal":
            yield from zip(old[i:i_end], new[j:j_end], strict=True)
        else:
            yield from _alike(list(old[i:i_end]), list(new[j:j_end]))


def _alike(old: list[Clause], new: list[Clause]) -> Iterator[tuple[Clause | None, Clause | None]]:
    while old and new:
        ratios = [_likeness(old[0], candidate) for candidate in new]
        best = max(range(len(new)), key=lambda at: ratios[at])
        if ratios[best] < 0.5:
            yield old.pop(0), None
            continue
        yield from ((None, added) for added in new[:best])
        yield old.pop(0), new[best]
        new = new[best + 1 :]
    yield from ((removed, None) for removed in old)
    yield from ((None, added) for added in new)


def _likeness(old: Clause, new: Clause) -> float:
    """From 0 to 1; orders the pairing, decides nothing else."""
    return SequenceMatcher(None, old.text, new.text, autojunk=False).ratio()


def spans(old: str, new: str) -> tuple[Span, ...]:
    """The two texts merged, character by character: what stayed, what went, what came, in reading order."""
    found: list[Span] = []
    for tag, i, i_end, j, j_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Span("same", old[i:i_end]))
            continue
        found += [Span("removed", old[i:i_end])] * (i < i_end) + [Span("added", new[j:j_end])] * (j < j_end)
    return tuple(found)
