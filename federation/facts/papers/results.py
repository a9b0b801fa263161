"""What is told upward about the elections of a case: to the party committee, and to the superior federation."""

from dataclasses import dataclass
from datetime import date

from federation.facts.papers.head import LedgerFacts, PaperHead


@dataclass(frozen=True, slots=True)
class ElectedVotes:
    name: str
    votes: int | None
    """Approvals; None where the presidium's decision seated her."""


@dataclass(frozen=True, slots=True)
class ContestReport:
    """One ballot with its ledger and what it came to."""

    office: str
    round_label: str
    seats: int
    candidates: int
    ledger: LedgerFacts
    seated: str
    """当选, or 入围 in a primary."""
    elected: tuple[ElectedVotes, ...]
    """In announce order."""
    conclusion: str
    decision: str
    """What the presidium decided, where the method left it to her; else empty."""


@dataclass(frozen=True, slots=True)
class MeetingResult:
    title: str
    held_on: date
    place: str
    chair: str
    due: int
    present: int
    """实到 as the meeting opened."""
    contests: tuple[ContestReport, ...]


@dataclass(frozen=True, slots=True)
class OfficeHolders:
    office: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResultReport:
    """选举结果报告: every ballot with its ledger, and who is elected to what."""

    head: PaperHead
    addressee: str
    """Empty before it is known: a line to write on."""
    number: str
    term: str
    """第一届."""
    meetings: tuple[MeetingResult, ...]
    elected: tuple[OfficeHolders, ...]


@dataclass(frozen=True, slots=True)
class FiledPerson:
    """Somebody elected, as the superior federation registers her."""

    office: str
    name: str
    sex: str
    born: str
    """Year and month, 1980.05."""
    nationality: str
    party: str
    unit: str
    votes: int | None


@dataclass(frozen=True, slots=True)
class FilingForm:
    """备案表: the federation, its meetings and everyone elected, with room for both sides to sign."""

    head: PaperHead
    addressee: str
    number: str
    term: str
    meetings: tuple[MeetingResult, ...]
    people: tuple[FiledPerson, ...]
