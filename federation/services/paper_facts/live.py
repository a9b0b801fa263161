"""
Papers made from the facts as they are: they prepare an act, so nothing has to be frozen yet.

Each noun beside this file lists its own with `live(session, root)`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from federation.facts.papers import PaperFacts
from federation.models import Case, Meeting


@dataclass(frozen=True, slots=True)
class LivePaper:
    """A paper that can be made now, and how its facts are put together."""

    short_id: str
    kind: str
    subject: str
    """What it is about, in Chinese."""
    build: Callable[[], PaperFacts]


def meetings_of(session: Session, root: Case) -> Iterator[tuple[Meeting, Case]]:
    """The meetings of a process, in its order."""
    meetings = select(Meeting, Case).join(Case, Case.id == Meeting.case_id).where(Case.root_id == root.id)
    yield from map(tuple, session.execute(meetings.order_by(Case.position)))
