"""Papers about drafts: their text at each stage, the comments on it and what became of them, what changed."""

from dataclasses import dataclass
from datetime import date

from federation.facts.papers.head import PaperHead


@dataclass(frozen=True, slots=True)
class CommentNotice:
    """征求意见通知: which drafts, from when to when, how to comment. Who says nothing has no opinion."""

    head: PaperHead
    to: str
    """To whom the notice goes, as it was published; before that, the usual words."""
    occasion: str
    """What it is for: 某某妇女联合会成立."""
    labels: tuple[str, ...]
    """Short names of the drafts, 章程 and 选举办法."""
    drafts: tuple[str, ...]
    """Full titles with their stage; they are the attachments."""
    opens_on: date
    ends_on: date
    """Both days belong to the period."""
    days: int
    number: str = ""
    """发文字号 or empty."""


@dataclass(frozen=True, slots=True)
class CommentRow:
    number: int
    source: str
    """反馈人/单位, as the committee recorded it."""
    draft: str
    """Its short name, 章程 or 选举办法."""
    clause: str
    text: str
    disposition: str
    """采纳, 部分采纳 or 未采纳."""
    reason: str


@dataclass(frozen=True, slots=True)
class CommentTable:
    """意见采纳情况汇总表: every comment with its disposition and reason, and the totals."""

    head: PaperHead
    opens_on: date
    ends_on: date
    rows: tuple[CommentRow, ...]
    total: int
    adopted: int
    partly: int
    rejected: int


@dataclass(frozen=True, slots=True)
class RedlineRun:
    text: str
    change: str
    """same, removed or added."""


@dataclass(frozen=True, slots=True)
class RedlineRow:
    """One 条 in both versions, each side with what was struck out of it or inserted into it."""

    old_label: str
    """Empty for a 条 that is new."""
    new_label: str
    """Empty for a 条 that is gone."""
    kind: str
    """修改, 新增 or 删去."""
    old: tuple[RedlineRun, ...]
    new: tuple[RedlineRun, ...]


@dataclass(frozen=True, slots=True)
class Renumbered:
    """A 条 whose words stayed and whose number did not."""

    old_label: str
    new_label: str


@dataclass(frozen=True, slots=True)
class Redline:
    """修改对照表 of one draft between two of its stages. 条 that did not change are counted, not shown."""

    head: PaperHead
    title: str
    """Of the draft, without its stage."""
    old_stage: str
    new_stage: str
    """征求意见稿, 草案, 草案（修改稿） or 正式稿."""
    rows: tuple[RedlineRow, ...]
    renumbered: tuple[Renumbered, ...]
    changed: int
    added: int
    removed: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class DraftPart:
    """One 条, and the headings of 章 and 节 that stand before it."""

    headings: tuple[str, ...]
    label: str
    """第一条."""
    text: str
    """Its first paragraph."""
    further: tuple[str, ...]
    """Its other paragraphs."""


@dataclass(frozen=True, slots=True)
class DraftText:
    """章程 or 选举办法 itself, at one stage."""

    head: PaperHead
    title: str
    """Without its stage."""
    stage: str
    """征求意见稿, 草案 or 草案（修改稿）; empty once adopted, when the label is dropped."""
    adopted: str
    """2020年11月26日某某会议通过; empty before that."""
    preamble: tuple[str, ...]
    """Paragraphs before the first 条."""
    parts: tuple[DraftPart, ...]
