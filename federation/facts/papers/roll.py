"""Papers made from the roll."""

from dataclasses import dataclass
from datetime import date

from federation.facts.papers.head import PaperHead


@dataclass(frozen=True, slots=True)
class SignInRow:
    number: int
    name: str
    sex: str
    unit: str
    kind: str
    """代表, 特邀代表 or 列席."""
    may_vote: bool


@dataclass(frozen=True, slots=True)
class SignInList:
    """签到册: everyone on the frozen roll, then those who attend without a vote, in roll order."""

    head: PaperHead
    due: int
    rows: tuple[SignInRow, ...]


@dataclass(frozen=True, slots=True)
class DelegateRow:
    number: int
    name: str
    sex: str
    nationality: str
    born: str
    """1980年1月; empty where it is not known."""
    party: str
    unit: str
    kind: str
    """代表, 特邀代表 or 列席."""
    may_vote: bool
    sector: str = ""
    """界别; empty where it is not known."""


@dataclass(frozen=True, slots=True)
class DelegateRoll:
    """代表名册, as it stands: everyone in roll order."""

    head: PaperHead
    rows: tuple[DelegateRow, ...]
    delegates: int
    invited: int
    observers: int
    voters: int
    """Those who may vote, whatever they are called."""


@dataclass(frozen=True, slots=True)
class DueRoll:
    """应到名册, frozen: those who may vote, in roll order; nobody is added to it or taken off it."""

    head: PaperHead
    due: int
    rows: tuple[DelegateRow, ...]


@dataclass(frozen=True, slots=True)
class CompositionRow:
    """A part of the delegates: 中共党员, 58, 38.2%."""

    label: str
    number: int
    percent: str


@dataclass(frozen=True, slots=True)
class CompositionTable:
    """The delegates in one respect: 性别, 年龄, 民族, 政治面貌, 界别 or 单位. 界别 is left out where none is known."""

    respect: str
    rows: tuple[CompositionRow, ...]


@dataclass(frozen=True, slots=True)
class CredentialsReport:
    """代表资格审查报告: how many were to be produced and were, how, of what composition, and what the review found."""

    head: PaperHead
    quota: int | None
    """名额; None where none was recorded."""
    produced: int
    """Delegates on the roll; those invited are not among them."""
    invited: int
    procedure: str
    """How they were produced; empty where nothing was recorded."""
    ages_on: date
    """The day as of which the ages are."""
    composition: tuple[CompositionTable, ...]
    """Of the delegates."""
    reviewed: int
    """Delegates and invited delegates of whom the review has decided; 列席 are not reviewed."""
    passed: int
    failed: int
    unreviewed: int
