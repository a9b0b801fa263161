"""The frozen facts of papers that report a result."""

import uuid

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from federation.models.base import Base, Keyed


class FrozenPaper(Keyed, Base):
    """What a paper says, as of the act it reports: re-making it gives the same bytes, whatever happens later."""

    __tablename__ = "frozen_papers"
    __table_args__ = (UniqueConstraint("case_id", "short_id"),)

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cases.id"))
    short_id: Mapped[str] = mapped_column(String(120))
    """`tally_report-members`: the file's name, without its ending."""
    kind: Mapped[str] = mapped_column(String(40))
    facts: Mapped[str] = mapped_column(Text)
