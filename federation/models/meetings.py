"""Meetings: the congress, the plenary; their agenda, their people and their motions."""

import uuid

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from federation.models.base import Base, Keyed


class Meeting(Base):
    """A meeting with its own roll, quorum and election method. Its stage is the state of its case."""

    __tablename__ = "meetings"

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    title: Mapped[str] = mapped_column(String(200), default="")
    session_no: Mapped[int] = mapped_column(Integer, default=1)
    method: Mapped[str] = mapped_column(String(60))
    """The draft that governs it: `method`, `method:plenary`."""
    roll_from: Mapped[str] = mapped_column(String(60), default="")
    """Empty: an imported roll. Else the contest whose elected persons are its roll."""
    held_on: Mapped[str] = mapped_column(String(16), default="")
    place: Mapped[str] = mapped_column(String(120), default="")
    chair: Mapped[str] = mapped_column(String(120), default="")
    roll_frozen: Mapped[bool] = mapped_column(Boolean, default=False)
    due: Mapped[int | None] = mapped_column(Integer)
    """应到, fixed when the roll is frozen."""
    present_announced: Mapped[int | None] = mapped_column(Integer)
    """实到 as announced at the opening."""


class AgendaItem(Keyed, Base):
    """One line of the agenda."""

    __tablename__ = "agenda_items"
    __table_args__ = (UniqueConstraint("meeting_id", "number"),)

    meeting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("meetings.case_id"))
    number: Mapped[int] = mapped_column(Integer)
    text: Mapped[str] = mapped_column(String(300))


class AgendaPoint(Base):
    """Which item of its agenda a meeting has come to, for the screen in the hall. A new agenda has none."""

    __tablename__ = "agenda_points"
    __table_args__ = (CheckConstraint("number > 0", name="number_positive"),)

    meeting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("meetings.case_id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer)


class MeetingDuty(Keyed, Base):
    """Who serves the meeting: presidium, scrutineers, tellers. By name: a scrutineer need not be a delegate."""

    __tablename__ = "meeting_duties"
    __table_args__ = (
        UniqueConstraint("meeting_id", "duty", "name"),
        CheckConstraint(
            "duty IN ('presidium', 'secretary_general', 'chief_scrutineer', 'scrutineer', 'chief_teller', 'teller',"
            " 'vote_caller')",
            name="duty_known",
        ),
    )

    meeting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("meetings.case_id"))
    duty: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(120))
    position: Mapped[int] = mapped_column(Integer)


class Motion(Keyed, Base):
    """One question put to a show of hands, with the bar it had to reach and the hands counted."""

    __tablename__ = "motions"
    __table_args__ = (
        UniqueConstraint("meeting_id", "number"),
        CheckConstraint("approve + against + abstain <= present", name="no_more_hands_than_present"),
    )

    meeting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("meetings.case_id"))
    number: Mapped[int] = mapped_column(Integer)
    subject: Mapped[str] = mapped_column(String(40))
    """method, charter, scrutineers, agenda, presidium, credentials, or other."""
    text: Mapped[str] = mapped_column(Text)
    version_sha256: Mapped[str] = mapped_column(String(64), default="")
    """What text was put, for a draft: the vote adopts that and nothing else."""
    rule: Mapped[str] = mapped_column(String(40))
    due: Mapped[int] = mapped_column(Integer)
    present: Mapped[int] = mapped_column(Integer)
    recorded: Mapped[bool] = mapped_column(Boolean, default=False)
    approve: Mapped[int] = mapped_column(Integer, default=0)
    against: Mapped[int] = mapped_column(Integer, default=0)
    abstain: Mapped[int] = mapped_column(Integer, default=0)
    carried: Mapped[bool] = mapped_column(Boolean, default=False)
