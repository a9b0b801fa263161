"""The comment period and the comments made in it."""

import uuid
from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from federation.models.base import Base, Keyed


class CommentWindow(Base):
    """The days promised to the delegates, both ends included."""

    __tablename__ = "comment_windows"
    __table_args__ = (CheckConstraint("ends_on >= opens_on", name="ends_after_it_opens"),)

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    opens_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date] = mapped_column(Date)


class CommentPolicy(Base):
    """What the committee decided about comments on the web as it opened the period; no row: the web takes none."""

    __tablename__ = "comment_policies"
    __table_args__ = (
        CheckConstraint("names IN ('named', 'anonymous', 'either')", name="names_known"),
        CheckConstraint("shows IN ('nothing', 'texts', 'answers')", name="shows_known"),
    )

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("comment_windows.case_id"), primary_key=True)
    names: Mapped[str] = mapped_column(String(10))
    """Whether who comments must give a name, may not, or may."""
    shows: Mapped[str] = mapped_column(String(10))
    """What of earlier comments others see while the period runs. Never who made them."""
    officer: Mapped[str] = mapped_column(String(80))
    """Who opened the period: what comes in by the web is taken in in her name."""


class Comment(Keyed, Base):
    """One comment on one clause of one version, and how it was disposed of."""

    __tablename__ = "comments"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        CheckConstraint("disposition IN ('', 'adopted', 'partly', 'rejected')", name="disposition_known"),
        CheckConstraint("disposition = '' OR reason <> ''", name="answered_with_a_reason"),
    )

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cases.id"))
    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("draft_versions.id"), index=True)
    number: Mapped[int] = mapped_column(Integer)
    source: Mapped[str] = mapped_column(String(120))
    clause: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    disposition: Mapped[str] = mapped_column(String(10), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
