"""Papers about drafts."""

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from federation.clock import chinese_date
from federation.facts.papers import (
    CommentNotice,
    CommentTable,
    DraftPart,
    DraftText,
    Redline,
    RedlineRow,
    RedlineRun,
    Renumbered,
)
from federation.models import Case, CommentWindow, Draft, Meeting
from federation.rules.clauses import Clause, ClauseChange, Document, Span, parse_document, redline
from federation.rules.drafts import is_stage, without_stage
from federation.services import comments, journal
from federation.services.paper_facts.heads import day_of, head
from federation.services.paper_facts.live import LivePaper
from federation.services.paper_facts.stages import StageText, drafts_of, stages


def live(session: Session, root: Case) -> Iterator[LivePaper]:
    """Papers that prepare an act on a draft, and its text at every stage it has come to."""
    window = session.get(CommentWindow, root.id)
    if window is not None:
        yield LivePaper("comment_notice", "comment_notice", root.label, lambda: comment_notice(session, root, window))
        yield LivePaper("comment_table", "comment_table", root.label, lambda: comment_table(session, root))
    for draft, case in drafts_of(session, root):
        found, name = stages(session, root, draft, case), case.short_id.replace(":", "-")
        for before, after in pairwise(found):
            if before.version.text != after.version.text:
                build = partial(redline_table, session, case, before, after)
                yield LivePaper(f"redline-{name}-{after.stage}", "redline", f"{case.label}（{after.label}）", build)
        for each in found:
            text = partial(draft_text, session, draft, case, each)
            yield LivePaper(f"draft_text-{name}-{each.stage}", "draft_text", f"{case.label}（{each.label}）", text)


EVERYBODY = "各有关单位，各位代表"
"""Whom a notice addresses that was not published yet."""


def comment_notice(session: Session, root: Case, window: CommentWindow) -> CommentNotice:
    """征求意见通知: the drafts as they were out on the days of comment, to whom the notice was published."""
    out = [
        (case.label, each)
        for draft, case in drafts_of(session, root)
        for each in stages(session, root, draft, case)
        if each.stage == "comment" and each.day <= window.ends_on
    ]
    published = journal.latest(session, root.federation_id, root.path, "comment.publish")
    given = json.loads(published.facts) if published else {}
    return CommentNotice(
        head=head(session, root, window.opens_on),
        to=given.get("to") or EVERYBODY,
        occasion=root.label,
        labels=tuple(label for label, _ in out),
        drafts=tuple(f"{without_stage(each.version.title)}（{each.label}）" for _, each in out),
        opens_on=window.opens_on,
        ends_on=window.ends_on,
        days=(window.ends_on - window.opens_on).days + 1,
        number=given.get("number", ""),
    )


def comment_table(session: Session, root: Case) -> CommentTable:
    """意见采纳情况汇总表. Each row names its draft in short, as the committee calls it."""
    found = comments.disposition(session, root)
    line = journal.latest(session, root.federation_id, root.path, "close_comments")
    day = day_of(line.stated) if line else found.ends_on
    table = found.table(head(session, root, day, check_code=line.hash if line else ""))
    labels = {
        each.version.title: case.label
        for draft, case in drafts_of(session, root)
        for each in stages(session, root, draft, case)
    }
    rows = (replace(row, draft=labels.get(row.draft, without_stage(row.draft))) for row in table.rows)
    return replace(table, rows=tuple(rows))


def redline_table(session: Session, case: Case, before: StageText, after: StageText) -> Redline:
    """修改对照表 of one draft from one stage to the next, 条 by 条."""
    new = parse_document(after.version.text)
    changes = redline(parse_document(before.version.text), new)
    rows = tuple(_redline_row(change) for change in changes if change.kind != "renumbered")
    return Redline(
        head=head(session, case, after.day, check_code=after.check_code),
        title=without_stage(after.version.title),
        old_stage=before.label,
        new_stage=after.label,
        rows=rows,
        renumbered=tuple(
            Renumbered(change.old.label, change.new.label)
            for change in changes
            if change.kind == "renumbered" and change.old and change.new
        ),
        changed=sum(row.kind == "修改" for row in rows),
        added=sum(row.kind == "新增" for row in rows),
        removed=sum(row.kind == "删去" for row in rows),
        unchanged=len(new.clauses) - sum(bool(change.new and change.new.number) for change in changes),
    )


_KINDS = {"changed": "修改", "added": "新增", "removed": "删去"}


def _redline_row(change: ClauseChange) -> RedlineRow:
    return RedlineRow(
        old_label=change.old.label if change.old else "",
        new_label=change.new.label if change.new else "",
        kind=_KINDS[change.kind],
        old=_runs(change.spans, "added"),
        new=_runs(change.spans, "removed"),
    )


def _runs(spans: tuple[Span, ...], without: str) -> tuple[RedlineRun, ...]:
    return tuple(RedlineRun(span.text, span.kind) for span in spans if span.kind != without)


def draft_text(session: Session, draft: Draft, case: Case, each: StageText) -> DraftText:
    """The text itself: once adopted, with the day and the meeting under its title and without a stage."""
    document, adopted = parse_document(each.version.text), each.stage == "adopted"
    return DraftText(
        head=head(session, case, each.day, check_code=each.check_code),
        title=without_stage(each.version.title),
        stage="" if adopted else each.label,
        adopted=f"{chinese_date(each.day)}{_adopting_meeting(session, draft, case)}通过" if adopted else "",
        preamble=tuple(line for line in document.preamble.split("\n") if line and not is_stage(line)),
        parts=tuple(_parts(document)),
    )


def _adopting_meeting(session: Session, draft: Draft, case: Case) -> str:
    query = select(Meeting, Case).join(Case, Case.id == Meeting.case_id).where(Case.root_id == case.root_id)
    meetings = session.execute(query.where(Case.short_id == draft.meeting)).all()
    return "".join(meeting.title or at.label for meeting, at in meetings)


def _parts(document: Document) -> Iterator[DraftPart]:
    """Every 条 with the headings before it; a 章 that begins with a 节 has two."""
    waiting = list(document.chapters)
    under = ""
    for clause in document.clauses:
        headings: list[str] = []
        while clause.chapter != under and waiting:
            under = waiting.pop(0)
            headings.append(under)
        yield _part(clause, tuple(headings))


def _part(clause: Clause, headings: tuple[str, ...]) -> DraftPart:
    first, *further = clause.text.split("\n")
    return DraftPart(headings, clause.label, first, tuple(further))
