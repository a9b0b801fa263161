"""Headings known by the text itself: 一、 in 黑体, （一） in 楷体, 1. and （1） in 仿宋 (GB/T 9704-2012, 7.3.3)."""

import re
from dataclasses import dataclass

from federation.documents.fonts import Role
from federation.documents.typist import Span

_LEVELS: tuple[tuple[re.Pattern[str], Role], ...] = (
    (re.compile(r"[一二三四五六七八九十]+、"), "heiti"),
    (re.compile(r"（[一二三四五六七八九十]+）"), "kaiti"),
    (re.compile(r"\d+[.．]"), "fangsong"),
    (re.compile(r"（\d+）"), "fangsong"),
)
TITLE = 24
"""Characters of a bookmark at most."""

LONGEST = 56
"""Characters of a heading at most: two lines; a longer text is a paragraph that begins with a number."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A paragraph as it will be set. A heading must not stand alone at the foot of a page."""

    spans: tuple[Span, ...]
    heading: bool
    level: int | None = None
    """Of the numbered paragraph among its like, 0 for the highest; None where it has no number."""

    @property
    def title(self) -> str:
        """What a bookmark calls it: its heading, or its first words."""
        lead = self.spans[0].text.rstrip("。：")
        return lead if len(lead) <= TITLE else f"{lead[:TITLE]}…"


def read(text: str) -> Reading:
    """
    The roles of a paragraph's parts.

    A numbered paragraph that goes on after its first sentence is set in its level's face up to that full stop only.
    """
    for level, (pattern, role) in enumerate(_LEVELS):
        if pattern.match(text):
            lead, stop, rest = text.partition("。")
            if not stop and len(text) > LONGEST:
                break
            spans = (Span(lead + stop, role), Span(rest)) if rest else (Span(lead + stop, role),)
            return Reading(spans, not stop, level)
    return Reading((Span(text),), False)
