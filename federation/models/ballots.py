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
        CheckConstraint("state IN ('unspent', 'spent', 'void', 'exchanged', 'handed_in')", name="state_known"),
        CheckConstraint("token_hash IS NULL OR state = 'spent'", name="token_of_a_spent_pass"),
        {"sqlite_with_rowid": False},
    )

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    election_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("elections.case_id"), index=True)
    state: Mapped[str] = mapped_column(String(10), default="unspent")
    token_hash: Mapped[str | None] = mapped_column(String(64))
    """Of the form that spent it, so that the same form asking again is told that its ballot is in the box. It names no
    ballot and no person, and the closing of the poll forgets it."""


class SealedBallot(Base):
    """A ballot sealed to the poll's key: opaque bytes of constant length under a random key."""

    __tablename__ = "sealed_ballots"
    __table_args__ = ({"sqlite_with_rowid": False},)

    key: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    election_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("elections.case_id"), index=True)
    box: Mapped[bytes] = mapped_column(LargeBinary)


class OpenedBallot(Base):
    """
    What one ballot cast with a pass said, as `ballotbox.envelope` writes it without its check code.

    Under a random key of its own: nothing here says which sealed ballot it was.
    """

    __tablename__ = "opened_ballots"
    __table_args__ = ({"sqlite_with_rowid": False},)

    key: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    election_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("elections.case_id"), index=True)
    marks: Mapped[str] = mapped_column(Text)


class CheckCode(Base):
    """
    核对码 of a ballot that was opened and counted, in an order of their own.

    The ballot stands beside it only where the meeting chose to show a voter her paper (`record.check = "paper"`).
    """

    __tablename__ = "check_codes"
    __table_args__ = ({"sqlite_with_rowid": False},)

    election_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("elections.case_id"), primary_key=True)
    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    ballot_key: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("opened_ballots.key"))


class BallotKey(Keyed, Base):
    """
    The public key of a ballot box, and among whom its private half was split. The private half is in no table.

    A reserve has no poll yet; once rebuilt a key is never used again.
    """

    __tablename__ = "ballot_keys"
    __table_args__ = (
        CheckConstraint("state IN ('reserve', 'ready', 'rebuilt', 'void')", name="state_known"),
        CheckConstraint("state <> 'reserve' OR election_id IS NULL", name="a_reserve_has_no_poll"),
        CheckConstraint("state NOT IN ('ready', 'rebuilt') OR election_id IS NOT NULL", name="a_key_has_its_poll"),
        UniqueConstraint("meeting_id", "number"),
    )

    meeting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("meetings.case_id"))
    number: Mapped[int] = mapped_column(Integer)
    """Which of the meeting's keys, as its letters say."""
    election_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("elections.case_id"), unique=True)
    public: Mapped[str] = mapped_column(String(64), unique=True)
    threshold: Mapped[int] = mapped_column(Integer)
    holders: Mapped[str] = mapped_column(Text)
    """Names in the order of their shares, as canonical JSON."""
    state: Mapped[str] = mapped_column(String(10), default="reserve")


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
