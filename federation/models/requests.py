"""Requests that need an answer (请示 → 批复), and filings made after the fact (备案)."""

import uuid

from sqlalchemy import CheckConstraint, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from federation.models.base import Base, Keyed


class Request(Keyed, Base):
    """A request to the party committee. A request returned may be filed again under the next number."""

    __tablename__ = "requests"
    __table_args__ = (
        UniqueConstraint("case_id", "subject", "number"),
        CheckConstraint("reply IN ('', 'approved', 'returned')", name="reply_known"),
    )

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cases.id"))
    subject: Mapped[str] = mapped_column(String(40))
    """congress, candidates, result: what is asked for."""
    number: Mapped[int] = mapped_column(Integer)
    addressee: Mapped[str] = mapped_column(String(120))
    note: Mapped[str] = mapped_column(Text, default="")
    sent_on: Mapped[str] = mapped_column(String(16))
    reply: Mapped[str] = mapped_column(String(10), default="")
    reply_number: Mapped[str] = mapped_column(String(80), default="")
    replied_on: Mapped[str] = mapped_column(String(16), default="")
    covers: Mapped[str] = mapped_column(String(64), default="")
    """SHA-256 of what was put before the committee (the candidate list); an approval covers that and nothing else."""


class Filing(Keyed, Base):
    """A filing with the superior federation (备案)."""

    __tablename__ = "filings"
    __table_args__ = (UniqueConstraint("case_id", "number"),)

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cases.id"))
    number: Mapped[int] = mapped_column(Integer)
    addressee: Mapped[str] = mapped_column(String(120))
    sent_on: Mapped[str] = mapped_column(String(16))
    receipt: Mapped[str] = mapped_column(String(120), default="")
    received_on: Mapped[str] = mapped_column(String(16), default="")
