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
class Imprint:
    """版记 at the foot of the last page: who gets a copy (抄送, may be empty), who prints it, on which day (印发)."""

    copied: str
    body: str
    day: str


@dataclass(frozen=True, slots=True)
class Choices:
    """The names of a ballot, each with a box for the sign; then empty boxes for other names."""

    names: tuple[str, ...]
    blank: int


Block = (
    Title | Subtitle | RedMark | Number | Addressee | Paragraph | Space | Note
    | Table | Names | NameList | Signatures | Closing | Choices | Imprint
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Script:
    """A whole paper: which page, and what stands on it."""

    page: str
    blocks: tuple[Block, ...]

    @property
    def title(self) -> str:
        """What the paper calls itself: its first title or, on minutes, its red mark; empty where it has neither."""
        for block in self.blocks:
            if isinstance(block, Title):
                return "".join(block.lines)
            if isinstance(block, RedMark) and block.text.endswith("纪要"):
                return block.text
        return ""
