"""Elections: a poll with its ledger, its ballot rounds and their candidates."""

import uuid
from datetime import date

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from federation.models.base import Base, Keyed


class Election(Base):
    """
    One poll: one sheet, one issue of papers and passes, one ledger. Its stage is the state of its case.

    A further ballot (重新选举, 再次投票, 另行选举) is an election of its own: nothing of the earlier poll is
    used twice.
    """

    __tablename__ = "elections"
    __table_args__ = (
        CheckConstraint("present IS NULL OR present <= due", name="present_at_most_due"),
        CheckConstraint("box IN ('none', 'copied', 'scrubbed', 'opened')", name="box_known"),
        CheckConstraint("exchanged <= drawn", name="no_more_exchanged_than_drawn"),
    )

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    meeting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("meetings.case_id"), index=True)
    sheet: Mapped[str] = mapped_column(String(60))
    form: Mapped[str] = mapped_column(String(10))
    """ballot or hands."""
    method_sha256: Mapped[str] = mapped_column(String(64))
    """The method version it was planned from; the poll opens only if that is the one adopted."""
    previous_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("elections.case_id"))
    papers_printed: Mapped[int] = mapped_column(Integer, default=0)
    due: Mapped[int | None] = mapped_column(Integer)
    present: Mapped[int | None] = mapped_column(Integer)
    """实到, frozen as the poll opens."""
    handed_out: Mapped[int] = mapped_column(Integer, default=0)
    """Papers handed out, less those replaced."""
    drawn: Mapped[int] = mapped_column(Integer, default=0)
    """Passes drawn: the desk's hand count, never computed."""
    kept_back: Mapped[int] = mapped_column(Integer, default=0)
    """A late lot: passes counted and kept at the desk as the poll opened; drawn or void before it closes."""
    exchanged: Mapped[int] = mapped_column(Integer, default=0)
    """Unspent passes shown at the desk and exchanged for a paper."""
    phones: Mapped[int | None] = mapped_column(Integer)
    """Ballots cast with a pass, counted as the poll closes."""
    spent: Mapped[int | None] = mapped_column(Integer)
    """Passes spent, counted as the poll closes; another number than `phones` is a fault of the box."""
    handed_in: Mapped[int] = mapped_column(Integer, default=0)
    """Unspent passes handed in after the close."""
    disputes: Mapped[int] = mapped_column(Integer, default=0)
    """争议: voters who found their pass spent. A number, never who."""
    box: Mapped[str] = mapped_column(String(10), default="none")
    """Nothing cast yet or by pass at all; copied into fresh tables; traces scrubbed; opened."""
    faulty: Mapped[int | None] = mapped_column(Integer)
    """Sealed ballots that did not open, or not as a ballot of this poll; NULL before the box is opened."""
    salt: Mapped[str] = mapped_column(String(64), default="")
    """What the journal's hashes of ballots and papers are taken over, in hex: without it few papers could be guessed
    from their hash. It stands in full records alone."""
    ruling: Mapped[str] = mapped_column(Text, default="")
    """What the presidium decided about a doubtful box; canonical JSON."""
    papers: Mapped[int | None] = mapped_column(Integer)
    """Papers found in the box."""
    ticked: Mapped[int | None] = mapped_column(Integer)
    """Voters ticked at the paper box; NULL where nobody ticked."""


class BallotRound(Keyed, Base):
    """One contest on one sheet: its seats, its list and, once counted, its result."""

    __tablename__ = "ballot_rounds"
    __table_args__ = (
        UniqueConstraint("meeting_id", "short_id"),
        CheckConstraint("kind IN ('first', 'rerun', 'runoff', 'supplementary', 'primary')", name="kind_known"),
        CheckConstraint("seats > 0", name="seats_positive"),
    )

    election_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("elections.case_id"), index=True)
    meeting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("meetings.case_id"))
    short_id: Mapped[str] = mapped_column(String(60))
    """`members`, then `members.2`."""
    contest: Mapped[str] = mapped_column(String(60))
    office: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(20))
    nth: Mapped[int] = mapped_column(Integer, default=1)
    """Which supplementary ballot this is."""
    seats: Mapped[int] = mapped_column(Integer)
    position: Mapped[int] = mapped_column(Integer, default=0)
    result: Mapped[str] = mapped_column(Text, default="")
    """The count, as canonical JSON, frozen when counted; empty before."""
    hands: Mapped[str | None] = mapped_column(Text)
    """Everyone's votes by show of hands, as canonical JSON; NULL before they are recorded, and on a ballot."""
    decision: Mapped[str] = mapped_column(Text, default="")
    """The presidium's decision where the method leaves it to her; canonical JSON."""


class Candidate(Keyed, Base):
    """A name on a round's list."""

    __tablename__ = "candidates"
    __table_args__ = (UniqueConstraint("round_id", "name"), CheckConstraint("position >= 0", name="position_known"))

    round_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("ballot_rounds.id"))
    name: Mapped[str] = mapped_column(String(120))
    position: Mapped[int] = mapped_column(Integer)
    """The order in which the list was given; ballot order follows the method."""
    biography: Mapped[str] = mapped_column(Text, default="")
    withdrawn: Mapped[bool] = mapped_column(Boolean, default=False)


class Publicity(Base):
    """The days on which a meeting's candidates are made public, both included, and who takes objections."""

    __tablename__ = "publicities"
    __table_args__ = (CheckConstraint("ends_on >= opens_on", name="ends_after_it_opens"),)

    meeting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("meetings.case_id"), primary_key=True)
    opens_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date] = mapped_column(Date)
    objections_to: Mapped[str] = mapped_column(String(200))


class Elected(Keyed, Base):
    """A seat won and announced."""

    __tablename__ = "elected"
    __table_args__ = (UniqueConstraint("meeting_id", "contest", "name"),)

    meeting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("meetings.case_id"))
    round_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("ballot_rounds.id"))
    contest: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(120))
    position: Mapped[int] = mapped_column(Integer)
    """Place in announce order within the contest."""
