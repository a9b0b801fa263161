"""What a template may ask for: the parts of a paper, before they have a place."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "centre", "right"]
Change = Literal["same", "removed", "added"]


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
    signer: str = ""
    """签发人： of a paper that goes up, with room for the name where it ends there."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """主送机关: flush left."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """The heading of a 章 or 节: centred."""

    text: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A paragraph of a 条 after its label (第一条), or without one a further paragraph; （一） in it is no heading."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Attachments:
    """附件：what goes with a paper, numbered where there are several."""

    names: tuple[str, ...]


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
class Run:
    """A stretch of text in a cell: as it was, struck out, or inserted (underlined and heavier)."""

    text: str
    change: Change = "same"


Content = str | tuple[Run, ...]
"""What stands in a cell: text, or runs where some of it is struck out or inserted."""


def marked(content: Content, removed: str, added: str, text: Callable[[str], str] = str) -> str:
    """What a cell says as one line of text, with a frame such as `【-{}-】` around what changed."""
    if isinstance(content, str):
        return text(content)
    frames = {"removed": removed, "added": added}
    return "".join(frames.get(run.change, "{}").format(text(run.text)) for run in content)


def spelled(row: Iterable[Content]) -> tuple[str, ...]:
    """The cells of a row as text, 【-删去-】 and 【+增加+】 as `draft diff` writes them."""
    return tuple(marked(cell, "【-{}-】", "【+{}+】") for cell in row)


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[Column, ...]
    rows: tuple[tuple[Content, ...], ...]
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


def imprinted(imprint: Imprint) -> list[str]:
    """The lines of a 版记."""
    copied = [f"抄送：{imprint.copied}"] if imprint.copied else []
    return [*copied, f"{imprint.body}　{imprint.day}印发"]


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


def counted(strokes: Strokes) -> Table:
    """The same sheet as a table without boxes, for a page that is not drawn."""
    columns = (Column("姓名", 8), Column("意见", 4), Column("画“正”字", 12), Column("小计", 4))
    rows = [("" if place else name, mark, "", "") for name in strokes.names for place, mark in enumerate(strokes.marks)]
    rows += [("", mark, "", "") for mark in strokes.marks[:1] for _ in range(strokes.blank)]
    return Table(columns, tuple(rows))


@dataclass(frozen=True, slots=True)
class Next:
    """The next of several papers in one file, with a page and page numbers of its own."""


Block = (
    Title | Subtitle | RedMark | Number | Addressee | Paragraph | Chapter | Clause | Attachments | Space | Break | Note
    | Table | Names | NameList | Signatures | Closing | Choices | Strokes | Imprint | Next
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
