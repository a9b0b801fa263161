"""What the chair reads out, from the opening to the close."""

from dataclasses import dataclass
from datetime import date

from federation.facts.papers.head import PaperHead, Serving


@dataclass(frozen=True, slots=True)
class Question:
    """A question put to a show of hands. The figures are None, and `result` empty, until they are recorded."""

    what: str
    """《…选举办法（草案）》, or 监票人、计票人名单."""
    reads_names: bool
    """True where the names of those who scrutinise and count are read out before the vote."""
    needed: int | None
    present: int | None
    approve: int | None
    against: int | None
    abstain: int | None
    result: str
    """通过 or 未通过."""


@dataclass(frozen=True, slots=True)
class ScriptContest:
    """One contest as it is explained, and, once announced, who is elected in it."""

    office: str
    seats: int
    kind: str
    candidates: tuple[str, ...]
    notes: tuple[str, ...]
    """How to mark, whole sentences from the method."""
    result: str
    """The count in one sentence; empty before it."""
    elected: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScriptPoll:
    """One poll, from the count of those present to the result. What is not known yet is None."""

    office: str
    round_label: str
    hands: bool
    phones: bool
    contests: tuple[ScriptContest, ...]
    present: int | None
    issued: int | None
    returned: int | None
    valid: bool | None
    """Whether the election was declared valid; None before the chair has declared it."""
    limit: str
    """What the papers returned may not exceed: 发出的选票 …"""


@dataclass(frozen=True, slots=True)
class Script:
    """主持词: from the same facts as every other paper; what is not known yet is a line to write on."""

    head: PaperHead
    chair: str
    place: str
    day: date
    due: int | None
    present: int | None
    """实到 as announced; None before the opening."""
    observers: int
    quorum: str
    """How many must be there, one sentence with its clause; empty where no text says."""
    agenda: tuple[str, ...]
    questions: tuple[Question, ...]
    serving: Serving
    polls: tuple[ScriptPoll, ...]
