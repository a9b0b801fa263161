"""
The ballot box.

Ask of every column whether it could tie a person to a ballot. Here is no person, no time, no address, no sequence and
no weight; a pass and a ballot share nothing but the poll. On SQLite the tables have no rowid, which would be an order
of arrival: rows lie in the order of their random keys.
"""

import uuid

from sqlalchemy import CheckConstraint, ForeignKey, Integer, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from federation.models.base import Base, Keyed


class VotingPass(Base):
    """投票凭证: the hash of a secret that somebody drew from a pile; nobody knows who."""

    __tablename__ = "voting_passes"
    __table_args__ = (
        CheckConstraint("state IN ('unspent', 'spent', 'void')", name="state_known"),
        {"sqlite_with_rowid": False},
    )

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    election_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("elections.case_id"), index=True)
    state: Mapped[str] = mapped_column(String(10), default="unspent")


class SealedBallot(Base):
    """A ballot sealed to the poll's key: opaque bytes of constant length under a random key."""

    __tablename__ = "sealed_ballots"
    __table_args__ = ({"sqlite_with_rowid": False},)

    key: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    election_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("elections.case_id"), index=True)
    box: Mapped[bytes] = mapped_column(LargeBinary)


class OpenedBallot(Base):
    """The marks of one ballot cast with a pass, as canonical JSON by contest, under a random key."""

    __tablename__ = "opened_ballots"
    __table_args__ = ({"sqlite_with_rowid": False},)

    key: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    election_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("elections.case_id"), index=True)
    marks: Mapped[str] = mapped_column(Text)


class PaperBatch(Keyed, Base):
    """Papers of one contest entered together from one file, known by its SHA-256."""

    __tablename__ = "paper_batches"
    __table_args__ = (
        UniqueConstraint("round_id", "sha256"),
        CheckConstraint("papers >= 0", name="papers_not_negative"),
    )

    round_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("ballot_rounds.id"))
    sha256: Mapped[str] = mapped_column(String(64))
    papers: Mapped[int] = mapped_column(Integer)
    entered_by: Mapped[str] = mapped_column(String(80))
    second: Mapped[str] = mapped_column(String(80), default="")


class PaperEntry(Base):
    """The marks of one paper from the opened box, as canonical JSON, under a random key."""

    __tablename__ = "paper_entries"
    __table_args__ = ({"sqlite_with_rowid": False},)

    key: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    batch_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("paper_batches.id"), index=True)
    marks: Mapped[str] = mapped_column(Text)
