"""Papers about who stands."""

from dataclasses import dataclass
from datetime import date

from federation.facts.papers.head import PaperHead


@dataclass(frozen=True, slots=True)
class CandidateRow:
    number: int
    name: str
    sex: str
    nationality: str
    born: str
    """1980年1月. This and what stands around it is the roll's; empty where she is on none, or it is not known."""
    party: str
    unit: str
    profile: str
    """简介 without her name, as it was entered, or else what the roll says of her."""


@dataclass(frozen=True, slots=True)
class CandidateContest:
    """The list of one contest, in the order that the method gives the ballot."""

    office: str
    seats: int
    kind: str
    """等额 or 差额."""
    order: str
    """按姓氏笔画为序, or empty."""
    candidates: tuple[CandidateRow, ...]


@dataclass(frozen=True, slots=True)
class CandidateList:
    """候选人名单及简介 of a meeting's first lists."""

    head: PaperHead
    formal: bool
    """False: 建议名单, as long as some list is not fixed yet."""
    contests: tuple[CandidateContest, ...]


@dataclass(frozen=True, slots=True)
class CandidatePublicity:
    """候选人公示: the names, the days, both included, and who takes objections."""

    head: PaperHead
    contests: tuple[CandidateContest, ...]
    opens_on: date
    ends_on: date
    days: int
    objections_to: str
