"""Papers about drafts: comments and what became of them."""

from dataclasses import dataclass
from datetime import date

from federation.facts.papers.head import PaperHead


@dataclass(frozen=True, slots=True)
class CommentRow:
    number: int
    source: str
    """反馈人/单位, as the committee recorded it."""
    draft: str
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
