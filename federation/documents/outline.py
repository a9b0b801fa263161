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
LONGEST = 56
"""Characters of a heading at most: two lines; a longer text is a paragraph that begins with a number."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A paragraph as it will be set. A heading must not stand alone at the foot of a page."""

    spans: tuple[Span, ...]
    heading: bool


def read(text: str) -> Reading:
    """
    The roles of a paragraph's parts.

    A numbered paragraph that goes on after its first sentence is set in its level's face up to that full stop only.
    """
    for pattern, role in _LEVELS:
        if pattern.match(text):
            lead, stop, rest = text.partition("。")
            if not stop and len(text) > LONGEST:
                break
            return Reading((Span(lead + stop, role), Span(rest)) if rest else (Span(lead + stop, role),), not stop)
    return Reading((Span(text),), False)
