"""Which papers a case has, and the facts that each is made from."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from federation.errors import NotFound
from federation.facts import frozen
from federation.facts.papers import PAPERS, PaperFacts
from federation.models import Case, FrozenPaper
from federation.services import paper_facts


@dataclass(frozen=True, slots=True)
class PaperSlot:
    """A paper that can be made now. `short_id` names its file; `frozen` tells that its facts no longer change."""

    short_id: str
    kind: str
    subject: str
    """What it is about, in Chinese."""
    frozen: bool = False


@dataclass(frozen=True, slots=True)
class PaperOrder:
    """A paper with its facts: all that is needed to lay it out."""

    short_id: str
    kind: str
    facts: PaperFacts


def freeze(session: Session, case: Case, kind: str, short_id: str, facts: PaperFacts) -> None:
    """Keep the facts of a paper as of the act that it reports; a later act on the same paper replaces them."""
    row = session.scalar(select(FrozenPaper).where(FrozenPaper.case_id == case.id, FrozenPaper.short_id == short_id))
    if row is None:
        row = FrozenPaper(case_id=case.id, short_id=short_id, kind=kind, facts="")
        session.add(row)
    row.facts = frozen.to_json(facts)
    session.flush()


def kept(session: Session, root: Case, kind: str) -> dict[str, PaperFacts]:
    """The frozen facts of every paper of a kind, by its short id."""
    query = select(FrozenPaper).join(Case, Case.id == FrozenPaper.case_id).where(Case.root_id == root.id)
    rows = session.scalars(query.where(FrozenPaper.kind == kind).order_by(FrozenPaper.short_id))
    return {row.short_id: frozen.from_json(PAPERS[kind].record, row.facts) for row in rows}


def available(session: Session, root: Case) -> list[PaperSlot]:
    """The papers that can be made at this moment, in the order of the process."""
    slots = [PaperSlot(each.short_id, each.kind, each.subject) for each in paper_facts.live(session, root)]
    query = select(FrozenPaper, Case).join(Case, Case.id == FrozenPaper.case_id).where(Case.root_id == root.id)
    rows = session.execute(query.order_by(Case.position, Case.path, FrozenPaper.short_id))
    slots += [PaperSlot(row.short_id, row.kind, case.label, frozen=True) for row, case in rows]
    order = list(PAPERS)
    return sorted(slots, key=lambda slot: order.index(slot.kind))


def order(session: Session, root: Case, short_id: str) -> PaperOrder:
    """The facts of one paper; NotFound with those there are."""
    query = select(FrozenPaper).join(Case, Case.id == FrozenPaper.case_id).where(Case.root_id == root.id)
    row = session.scalar(query.where(FrozenPaper.short_id == short_id))
    if row is not None:
        return PaperOrder(row.short_id, row.kind, frozen.from_json(PAPERS[row.kind].record, row.facts))
    found = next((each for each in paper_facts.live(session, root) if each.short_id == short_id), None)
    if found is None:
        there = "、".join(slot.short_id for slot in available(session, root)) or "无"
        raise NotFound(f"现在没有文书 {short_id}；可做：{there}")
    return PaperOrder(short_id, found.kind, found.build())
