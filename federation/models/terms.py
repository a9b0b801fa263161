"""Who holds which office, from when to when."""

import uuid
from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from federation.models.base import Base, Keyed


class Term(Keyed, Base):
    """One person in one office. `ends_on` is the last day as appointed; `ended_on` the day she left, if earlier."""

    __tablename__ = "terms"
    __table_args__ = (CheckConstraint("ends_on > starts_on", name="ends_after_it_starts"),)

    federation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("federations.id"), index=True)
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cases.id"))
    elected_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("elected.id"), unique=True)
    office: Mapped[str] = mapped_column(String(120))
    name: Mapped[str] = mapped_column(String(120))
    term_no: Mapped[int] = mapped_column(Integer)
    position: Mapped[int] = mapped_column(Integer, default=0)
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date] = mapped_column(Date)
    ended_on: Mapped[date | None] = mapped_column(Date)
    ended_because: Mapped[str] = mapped_column(String(80), default="")
