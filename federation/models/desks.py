"""
Desks of the hall: where people are checked in, and where papers are entered.

Neither a desk nor its session has anything to do with a ballot or a pass: no column here is taken from one, and the
cookie of a session is sent to the pages of desks alone.
"""

import uuid

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from federation.models.base import Base, Keyed


class HallDesk(Keyed, Base):
    """A desk of one meeting, in the name of one officer, until a time that she stated. Its row goes as it is closed."""

    __tablename__ = "hall_desks"
    __table_args__ = (
        UniqueConstraint("meeting_id", "name"),
        CheckConstraint("kind IN ('check_in', 'entry')", name="kind_known"),
    )

    meeting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("meetings.case_id"))
    name: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(10))
    officer: Mapped[str] = mapped_column(String(80))
    """In whose name it acts: every line that comes from it bears her name and role."""
    until: Mapped[str] = mapped_column(String(16))
    """The Beijing minute from which on its code and its sessions are good for nothing."""
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    """The code itself is on no disk: it was shown once to the officer who opened the desk."""


class HallDeskSession(Base):
    """A browser that signed in at a desk, by the hash of the secret in its cookie."""

    __tablename__ = "hall_desk_sessions"

    secret_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    desk_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("hall_desks.id", ondelete="CASCADE"), index=True)
