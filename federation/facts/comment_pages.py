"""What the comment page shows: the drafts clause by clause, and of the comments what the committee lets be seen."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Policy:
    """What the committee decided as it opened the period: who must give a name, what others see."""

    names: str
    """named, anonymous or either."""
    shows: str
    """nothing, texts or answers."""


NAMES = {"named": "须写姓名或单位", "anonymous": "不写姓名", "either": "姓名可写可不写"}
SHOWS = {"nothing": "不公开", "texts": "公开意见内容", "answers": "公开意见内容和答复"}
"""Who commented is never shown, whatever else is."""


@dataclass(frozen=True, slots=True)
class CommentShown:
    """A comment as everybody may see it: without who made it."""

    number: int
    clause: str
    text: str
    disposition: str
    reason: str


@dataclass(frozen=True, slots=True)
class ClauseShown:
    """A clause with the comments on it that may be seen."""

    number: int
    chapter: str
    """Its heading, where it is the first under it."""
    label: str
    text: str
    comments: tuple[CommentShown, ...]


@dataclass(frozen=True, slots=True)
class DraftShown:
    """A draft out for comment."""

    short_id: str
    title: str
    clauses: tuple[ClauseShown, ...]

    def clause(self, number: int) -> ClauseShown | None:
        """The clause of this number; None where there is none."""
        return next((clause for clause in self.clauses if clause.number == number), None)

    def following(self, number: int) -> ClauseShown | None:
        """The clause after this one."""
        return next((clause for clause in self.clauses if clause.number > number), None)


@dataclass(frozen=True, slots=True)
class CommentPage:
    """The comment period as the page shows it."""

    address: str
    federation: str
    opens_on: dt.date
    ends_on: dt.date
    policy: Policy
    open: bool
    closed: bool
    """True once the period was closed: then what became of every comment is shown."""
    drafts: tuple[DraftShown, ...]
    counts: tuple[tuple[str, int], ...]
    """After the closing: how many were disposed of in which way."""


@dataclass(frozen=True, slots=True)
class PeriodListed:
    """A comment period with a page."""

    address: str
    federation: str
    label: str
