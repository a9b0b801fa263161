"""The register of papers that were made: what a file is told by."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from federation.errors import NotFound, Refused
from federation.facts import frozen
from federation.facts.papers import PAPERS, PaperFacts
from federation.models import Case, Federation, JournalLine, MadePaper
from federation.services import journal, papers, steps
from federation.services.journal import LineFacts
from federation.services.papers import PaperOrder


@dataclass(frozen=True, slots=True)
class Made:
    """A paper as it was written to a file."""

    short_id: str
    kind: str
    format: str
    sha256: str
    facts_sha256: str

    @property
    def label(self) -> str:
        return PAPERS[self.kind].label if self.kind in PAPERS else self.kind


def made(order: PaperOrder, format: str, content: bytes) -> Made:
    """What the register keeps of a paper that was made to this order."""
    return Made(order.short_id, order.kind, format, digest(content), _facts_digest(order.facts))


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _facts_digest(facts: PaperFacts) -> str:
    return digest(frozen.to_json(facts).encode())


def register(session: Session, root: Case, done: Iterable[Made]) -> None:
    """Keep the hashes of papers whose files have been written; a paper made again is kept once."""
    steps.lock(session, root)
    known = set(session.scalars(select(MadePaper.sha256).where(MadePaper.case_id == root.id)))
    for each in {each.sha256: each for each in done}.values():
        if each.sha256 not in known:
            session.add(
                MadePaper(
                    case_id=root.id,
                    short_id=each.short_id,
                    kind=each.kind,
                    format=each.format,
                    sha256=each.sha256,
                    facts_sha256=each.facts_sha256,
                )
            )
    session.flush()


def registered(session: Session, root: Case, hashes: Collection[str]) -> dict[str, Made]:
    """Those papers of the case, by their hash, that have one of these hashes."""
    query = select(MadePaper).where(MadePaper.case_id == root.id, MadePaper.sha256.in_(hashes))
    return {
        row.sha256: Made(row.short_id, row.kind, row.format, row.sha256, row.facts_sha256)
        for row in session.scalars(query)
    }


def elsewhere(session: Session, root: Case, hashes: Collection[str]) -> list[str]:
    """Other cases in this database, by federation and id, that made a paper with one of these hashes."""
    query = select(Federation.short_id, Case.path).join(Case, Case.federation_id == Federation.id)
    found = query.join(MadePaper, MadePaper.case_id == Case.id).where(
        MadePaper.sha256.in_(hashes), MadePaper.case_id != root.id
    )
    return [f"{federation} 的 {path}" for federation, path in session.execute(found.distinct())]


def order_of(session: Session, root: Case, short_id: str) -> PaperOrder | None:
    """The paper as it would be made now; None where it cannot be made any more, or its old facts cannot be read."""
    try:
        return papers.order(session, root, short_id)
    except (NotFound, Refused):
        return None


def says_the_same(order: PaperOrder, paper: Made) -> bool:
    """True where a paper was made from the facts as they are."""
    return _facts_digest(order.facts) == paper.facts_sha256


def line_of(session: Session, root: Case, code: str) -> LineFacts | None:
    """The line of this case's journal that a 校验码 stands for; None where there is no such line."""
    below = JournalLine.subject.startswith(f"{root.path}/", autoescape=True)
    query = select(JournalLine.sequence).where(
        JournalLine.chain == root.federation_id, JournalLine.hash == code, (JournalLine.subject == root.path) | below
    )
    return journal.line_of(session, code) if session.scalar(query) else None
