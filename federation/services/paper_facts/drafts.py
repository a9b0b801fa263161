"""Papers about drafts."""

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy.orm import Session

from federation.facts.papers import CommentTable
from federation.models import Case, CommentWindow
from federation.rules.drafts import without_stage
from federation.services import comments, journal
from federation.services.paper_facts.heads import day_of, head
from federation.services.paper_facts.live import LivePaper


def live(session: Session, root: Case) -> Iterator[LivePaper]:
    """Papers that prepare an act on a draft."""
    if session.get(CommentWindow, root.id) is not None:
        yield LivePaper("comment_table", "comment_table", root.label, lambda: comment_table(session, root))


def comment_table(session: Session, root: Case) -> CommentTable:
    """意见采纳情况汇总表."""
    found = comments.disposition(session, root)
    line = journal.latest(session, root.federation_id, root.path, "close_comments")
    day = day_of(line.stated) if line else found.ends_on
    table = found.table(head(session, root, day, check_code=line.hash if line else ""))
    return replace(table, rows=tuple(replace(row, draft=without_stage(row.draft)) for row in table.rows))
