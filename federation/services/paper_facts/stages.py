"""A draft's text at each stage that it has come to: 征求意见稿, 草案, 正式稿."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from federation.models import Case, CommentWindow, Draft, DraftVersion, JournalLine
from federation.services import journal
from federation.services.paper_facts.heads import day_of

STAGES = {"comment": "征求意见稿", "draft": "草案", "amended": "草案（修改稿）", "adopted": "正式稿"}


@dataclass(frozen=True, slots=True)
class StageText:
    """A version at a stage. `check_code` is that of the act by which it was adopted; empty before that."""

    stage: str
    """comment, draft, amended or adopted."""
    version: DraftVersion
    day: date
    check_code: str = ""

    @property
    def label(self) -> str:
        return STAGES[self.stage]


def drafts_of(session: Session, root: Case) -> Iterator[tuple[Draft, Case]]:
    """The drafts of a process, in its order."""
    query = select(Draft, Case).join(Case, Case.id == Draft.case_id).where(Case.root_id == root.id)
    yield from map(tuple, session.execute(query.order_by(Case.position, Case.path)))


def stages(session: Session, root: Case, draft: Draft, case: Case) -> tuple[StageText, ...]:
    """
    Every stage with its version, in order.

    The text out for comment is the last version of the days of comment: none can be added meanwhile. What a meeting
    amended before adopting it is a stage of its own until then.
    """
    versions = list(
        session.scalars(select(DraftVersion).where(DraftVersion.draft_id == case.id).order_by(DraftVersion.number))
    )
    submitted = journal.latest(session, case.federation_id, case.path, "submit_draft")
    adopted = journal.latest(session, case.federation_id, case.path, "adopt_draft")
    return tuple(_stages(versions, session.get(CommentWindow, root.id), submitted, adopted, draft.adopted_version))


def _stages(
    versions: list[DraftVersion],
    window: CommentWindow | None,
    submitted: JournalLine | None,
    adopted: JournalLine | None,
    adopted_version: int | None,
) -> Iterator[StageText]:
    out = [version for version in versions if window and day_of(version.added_on) <= window.ends_on]
    if versions and (out or not submitted):
        last = (out or versions)[-1]
        yield StageText("comment", last, day_of(last.added_on))
    if submitted:
        number = json.loads(submitted.facts)["number"]
        yield StageText("draft", versions[number - 1], day_of(submitted.stated))
        if not adopted_version and versions[-1].number > number:
            yield StageText("amended", versions[-1], day_of(versions[-1].added_on))
    if adopted_version:
        day = day_of(adopted.stated if adopted else versions[adopted_version - 1].added_on)
        yield StageText("adopted", versions[adopted_version - 1], day, adopted.hash if adopted else "")
