"""Papers made from the roll."""

from dataclasses import dataclass

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
