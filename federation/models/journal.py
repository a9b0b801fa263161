"""The journal: append-only, one chain a federation, and one for acts on the database itself."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, DateTime, Index, Integer, String, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from federation.models.base import Base

DATABASE_CHAIN = uuid.UUID(int=0)
"""The chain of acts on the database itself: creation, upgrade, backup, restore."""


class JournalLine(Base):
    """One act, as it was recorded. Triggers forbid update and delete. Casting has no line."""

    __tablename__ = "journal_lines"
    __table_args__ = (
        CheckConstraint("sequence > 0", name="sequence_positive"),
        Index("ix_journal_lines_subject", "chain", "subject", "act"),
    )

    chain: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    sequence: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    stated: Mapped[str] = mapped_column(String(16))
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    actor: Mapped[str] = mapped_column(String(80))
    second: Mapped[str] = mapped_column(String(80), default="")
    role: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(200))
    act: Mapped[str] = mapped_column(String(60))
    facts: Mapped[str] = mapped_column(Text)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class JournalHead(Base):
    """The end of a chain. Who writes a line locks this row first, so a chain never forks."""

    __tablename__ = "journal_heads"

    chain: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    sequence: Mapped[int] = mapped_column(Integer, default=0)
    hash: Mapped[str] = mapped_column(String(64), default="")
