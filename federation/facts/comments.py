"""Comments: as somebody wrote them, and as the committee disposed of them."""

import datetime as dt
from dataclasses import dataclass

from federation.facts.papers import CommentRow, CommentTable, PaperHead


@dataclass(frozen=True, slots=True)
class WrittenComment:
    """A comment as it came in. `place` is its row in a file (第 3 行), empty where it was typed in."""

    source: str
    draft: str
    clause: str
    text: str
    disposition: str = ""
    reason: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class WrittenAnswer:
    """An answer as it came in, to the comment of this number; `disposition` in the committee's words."""

    number: str
    disposition: str
    reason: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Disposition:
    """What became of every comment. `rows` bear an empty disposition where nobody has answered yet."""

    opens_on: dt.date
    ends_on: dt.date
    rows: tuple[CommentRow, ...]

    def number_of(self, disposition: str) -> int:
        """How many were disposed of in this way, in the words of the table: 采纳, 部分采纳, 未采纳, or empty."""
        return sum(row.disposition == disposition for row in self.rows)

    def table(self, head: PaperHead) -> CommentTable:
        """The facts of the 意见采纳情况汇总表 under this head."""
        adopted, partly, rejected = (self.number_of(words) for words in ("采纳", "部分采纳", "未采纳"))
        return CommentTable(
            head,
            self.opens_on,
            self.ends_on,
            self.rows,
            len(self.rows),
            adopted=adopted,
            partly=partly,
            rejected=rejected,
        )
