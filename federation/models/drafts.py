"""Drafts as versions: the charter, and an election method for each meeting."""

import uuid

from sqlalchemy import CheckConstraint, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from federation.models.base import Base, Keyed


class Draft(Base):
    """A document on its way from 征求意见稿 through 草案 to 正式稿. Its stage is the state of its case."""

    __tablename__ = "drafts"

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    """charter or method."""
    meeting: Mapped[str] = mapped_column(String(60), default="")
    """The short id of the meeting that adopts it."""
    adopted_version: Mapped[int | None] = mapped_column(Integer)


class DraftVersion(Keyed, Base):
    """One version, never changed once added: a correction is the next version."""

    __tablename__ = "draft_versions"
    __table_args__ = (UniqueConstraint("draft_id", "number"), CheckConstraint("number > 0", name="number_positive"))

    draft_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("drafts.case_id"))
    number: Mapped[int] = mapped_column(Integer)
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    method_toml: Mapped[str] = mapped_column(Text, default="")
    """The election method as data, beside its prose; empty for a charter."""
    sha256: Mapped[str] = mapped_column(String(64))
    """Over the prose, a NUL, and the data: what the meeting adopts."""
    added_on: Mapped[str] = mapped_column(String(16))
