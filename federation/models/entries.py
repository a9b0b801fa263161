"""
Papers on their way from the opened box: what two tellers enter of one pile, apart from each other.

A pile is taken from a box that was opened and mixed, so a place in the pile ties nobody to a ballot; all the same the
drafts last only until the two are signed off, when the papers go under random keys like those of a file.
"""

import uuid

from sqlalchemy import CheckConstraint, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from federation.models.base import Base, Keyed


class EntryBatch(Keyed, Base):
    """A pile of papers of one contest, known by its number or name, or the tally sheet of the whole contest."""

    __tablename__ = "entry_batches"
    __table_args__ = (
        UniqueConstraint("round_id", "number"),
        CheckConstraint("kind IN ('papers', 'totals')", name="kind_known"),
        CheckConstraint("state IN ('open', 'signed_off')", name="state_known"),
        CheckConstraint("papers > 0", name="papers_positive"),
        CheckConstraint("(state = 'signed_off') = (paper_batch_id IS NOT NULL)", name="signed_off_is_in_the_box"),
    )

    round_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("ballot_rounds.id"))
    number: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(10))
    papers: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(10), default="open")
    paper_batch_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("paper_batches.id"))
    """What it became as it was signed off; only that counts."""
    totals: Mapped[str] = mapped_column(Text, default="")
    """The votes agreed of a tally sheet, as canonical JSON."""


class EntryTurn(Keyed, Base):
    """One teller's entry of one batch. She sees nothing of the other's before both have finished."""

    __tablename__ = "entry_turns"
    __table_args__ = (
        UniqueConstraint("batch_id", "teller"),
        UniqueConstraint("batch_id", "place"),
        CheckConstraint("place IN (1, 2)", name="two_tellers"),
        CheckConstraint("state IN ('entering', 'finished')", name="state_known"),
    )

    batch_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("entry_batches.id"))
    place: Mapped[int] = mapped_column(Integer)
    teller: Mapped[str] = mapped_column(String(80))
    state: Mapped[str] = mapped_column(String(10), default="entering")
    totals: Mapped[str] = mapped_column(Text, default="")
    """Her tally sheet, as canonical JSON; empty for a pile, and once signed off."""


class EntryDraft(Base):
    """One paper as one teller entered it, by its place in the pile; gone once the batch is signed off."""

    __tablename__ = "entry_drafts"
    __table_args__ = (CheckConstraint("position > 0", name="position_positive"), {"sqlite_with_rowid": False})

    turn_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("entry_turns.id"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    marks: Mapped[str] = mapped_column(Text)


class EntrySettlement(Base):
    """What a scrutineer settled a doubtful paper to be, and why; gone once the batch is signed off."""

    __tablename__ = "entry_settlements"
    __table_args__ = (CheckConstraint("position > 0", name="position_positive"), {"sqlite_with_rowid": False})

    batch_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("entry_batches.id"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    marks: Mapped[str] = mapped_column(Text)
    settled_by: Mapped[str] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(Text)
