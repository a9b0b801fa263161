"""What a template may ask for: the parts of a paper, before they have a place."""

from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "centre", "right"]


@dataclass(frozen=True, slots=True)
class Title:
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Subtitle:
    text: str


@dataclass(frozen=True, slots=True)
class RedMark:
    """发文机关标志, or the mark of minutes."""

    text: str


@dataclass(frozen=True, slots=True)
class Number:
    """发文字号 and the red rule below it; without text the rule alone."""

    text: str


@dataclass(frozen=True, slots=True)
class Addressee:
    """主送机关: flush left."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Space:
    """An empty line; none at the head of a page."""


@dataclass(frozen=True, slots=True)
class Break:
    """What follows begins a page."""


@dataclass(frozen=True, slots=True)
class Note:
    """Small print; successive notes stand close."""

    text: str


@dataclass(frozen=True, slots=True)
class Column:
    heading: str
    share: int
    """Of the width, in relation to the other columns."""
    align: Align = "centre"


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    tall: bool = False
    """True: rows are high enough to sign in."""


@dataclass(frozen=True, slots=True)
class Names:
    """出席 请假 列席: a label, and names of which none is torn, aligned under the first."""

    label: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameList:
    """Names of which none is torn, in columns."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signatures:
    """A line to sign on for each name; without names one empty line."""

    label: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Closing:
    """署名 and 成文日期, with room for a seal or without."""

    body: str
    day: str
    sealed: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """The names of a ballot, each with a box for the sign; then empty boxes for other names."""

    names: tuple[str, ...]
    blank: int


@dataclass(frozen=True, slots=True)
class Strokes:
    """Names to be counted by hand: for each a row for every mark, with boxes to write 正 in, stroke by stroke."""

    boxes: int
    marks: tuple[str, ...]
    names: tuple[str, ...]
    blank: int
    """Empty rows for other names; these can only be approved."""


Block = (
    Title | Subtitle | RedMark | Number | Addressee | Paragraph | Space | Break | Note
    | Table | Names | NameList | Signatures | Closing | Choices | Strokes
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Script:
    """A whole paper: which page, and what stands on it."""

    page: str
    blocks: tuple[Block, ...]
