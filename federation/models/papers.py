"""The frozen facts of papers that report a result, and the register of the papers that were made."""

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


class MadePaper(Keyed, Base):
    """
    A paper that was made, by the hash of its bytes, so that a file can be told to be one of them.

    No moment and no person: who prints a paper, and when, is nobody's business.
    """

    __tablename__ = "made_papers"
    __table_args__ = (UniqueConstraint("case_id", "sha256"),)

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cases.id"))
    short_id: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(40))
    format: Mapped[str] = mapped_column(String(10))
    sha256: Mapped[str] = mapped_column(String(64))
    facts_sha256: Mapped[str] = mapped_column(String(64))
    """Of the facts it was made from: tells a paper that is out of date from one in another template or face."""
