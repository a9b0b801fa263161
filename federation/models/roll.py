"""The roll of a meeting: who belongs to it, and who is there."""

import uuid
from datetime import date

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Integer, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from federation.models.base import Base, Keyed


class RollEntry(Keyed, Base):
    """
    One person on a meeting's roll.

    `displayed` is her name everywhere (王芳（三中） where two share a name) and is unique in the meeting. Presence is a
    state and nothing more: no time stands here, and nothing says whether she voted.
    """

    __tablename__ = "roll_entries"
    __table_args__ = (
        UniqueConstraint("meeting_id", "number"),
        UniqueConstraint("meeting_id", "displayed"),
        CheckConstraint("kind IN ('delegate', 'invited_delegate', 'observer')", name="kind_known"),
        CheckConstraint("review IN ('', 'passed', 'failed')", name="review_known"),
        CheckConstraint("presence IN ('', 'present', 'left', 'absent')", name="presence_known"),
        CheckConstraint("kind <> 'observer' OR NOT may_vote", name="observers_never_vote"),
    )

    meeting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("meetings.case_id"))
    number: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(String(80))
    displayed: Mapped[str] = mapped_column(String(120))
    sex: Mapped[str] = mapped_column(String(4), default="")
    born_on: Mapped[date | None] = mapped_column(Date)
    nationality: Mapped[str] = mapped_column(String(20), default="")
    party: Mapped[str] = mapped_column(String(40), default="")
    sector: Mapped[str] = mapped_column(String(40), default="", server_default=text("''"))
    """界别: 教育, 卫生健康 …; empty where the roll does not say, as on every roll from before this column."""
    unit: Mapped[str] = mapped_column(String(120), default="")
    unit_short: Mapped[str] = mapped_column(String(40), default="")
    kind: Mapped[str] = mapped_column(String(20))
    may_vote: Mapped[bool] = mapped_column(Boolean)
    review: Mapped[str] = mapped_column(String(10), default="")
    review_note: Mapped[str] = mapped_column(String(200), default="")
    presence: Mapped[str] = mapped_column(String(10), default="")
    late: Mapped[bool] = mapped_column(Boolean, default=False)
    absence: Mapped[str] = mapped_column(String(20), default="")
    """因事, 因病, 值班 …"""


class DelegateQuota(Base):
    """How many delegates were to be produced, and how: what the credentials report says of it."""

    __tablename__ = "delegate_quotas"
    __table_args__ = (CheckConstraint("number > 0", name="number_positive"),)

    meeting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("meetings.case_id"), primary_key=True)
    number: Mapped[int | None] = mapped_column(Integer)
    procedure: Mapped[str] = mapped_column(Text, default="")


class IdentityNumber(Base):
    """身份证号, apart from everything else: kept only on request, never printed, never journalled."""

    __tablename__ = "identity_numbers"

    entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("roll_entries.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[str] = mapped_column(String(18))
