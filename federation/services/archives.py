"""The whole file of a case's papers in order, as it goes into the archive."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from federation.facts.papers import PAPERS, ArchivedPaper, ArchiveIndex
from federation.models import Case, Federation
from federation.services import papers
from federation.services.paper_facts.heads import day_of, head
from federation.services.paper_facts.live import meetings_of
from federation.services.papers import PaperOrder, PaperSlot

LONGEST = 60
"""Characters of a file's name: in UTF-8 three bytes each, and a file system takes 255."""

_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')


@dataclass(frozen=True, slots=True)
class ArchiveEntry:
    """A paper with its place in the file, its title and the name of its PDF."""

    number: int
    title: str
    file: str
    order: PaperOrder


def entries(session: Session, root: Case) -> list[ArchiveEntry]:
    """Every paper that can be made, by its day and within a day as the process comes to it. No secret paper is one."""
    found = [(slot, papers.order(session, root, slot.short_id)) for slot in papers.available(session, root)]
    meetings = [meeting.title or case.label for meeting, case in meetings_of(session, root)]
    found.sort(key=lambda each: _place(each[1], meetings))  # stable: they come in the order of the process
    digits = max(2, len(str(len(found) + 1)))
    return [
        ArchiveEntry(number, title := _title(slot, order, root.label), _file(number, digits, title), order)
        for number, (slot, order) in enumerate(found, 1)
    ]


def index(session: Session, root: Case, rows: Sequence[ArchivedPaper]) -> tuple[str, ArchiveIndex]:
    """归档目录 of these papers, which is made after all of them, and the name of its file."""
    federation = session.get_one(Federation, root.federation_id)
    label = PAPERS["archive_index"].label
    return _file(0, max(2, len(str(len(rows) + 1))), label), ArchiveIndex(
        head=head(session, root, day_of(root.since), signed_by=federation.name),
        case=root.label,
        papers=tuple(rows),
        pages=sum(row.pages for row in rows),
    )


def _place(order: PaperOrder, meetings: Sequence[str]) -> tuple[date, int]:
    """The day of a paper; on one day what prepares the meetings, then meeting after meeting, then what reports them."""
    of = order.facts.head
    if of.meeting in meetings:
        return of.day, meetings.index(of.meeting)
    kinds = list(PAPERS)
    return of.day, -1 if kinds.index(order.kind) < kinds.index("minutes") else len(meetings)


def _title(slot: PaperSlot, order: PaperOrder, whole: str) -> str:
    """The paper's own title, else its kind and what it is about, unless that is the whole case."""
    label, own = PAPERS[slot.kind].label, getattr(order.facts, "title", "")
    round_label = getattr(order.facts, "round_label", "")
    title = own or (label if slot.subject == whole else f"{label}（{slot.subject}）")
    return title + (f"（{round_label}）" if round_label and round_label not in title else "")


def _file(number: int, digits: int, title: str) -> str:
    return f"{number:0{digits}}-{_UNSAFE.sub('-', title)[:LONGEST]}.pdf"
