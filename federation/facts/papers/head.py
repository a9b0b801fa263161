"""What papers share: their head, the one ledger, and who scrutinises and counts."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class PaperHead:
    """What every paper carries; `check_code` (校验码) is the journal head as of the act reported, or empty."""

    federation: str
    """Full name of the federation, 某某高新技术产业开发区妇女联合会."""
    meeting: str
    """Full title of the meeting, or empty for a paper of no meeting."""
    signed_by: str
    """The body that signs: 筹备组, 大会主席团, 执行委员会 …, in full."""
    day: date
    check_code: str = ""
    specimen: bool = False
    """True for the demonstration: the paper is marked 演示 and is worth nothing."""


@dataclass(frozen=True, slots=True)
class LedgerFacts:
    """应到 实到 发出 收回 有效 无效 of one ballot round, in papers. None: not known at this stage."""

    due: int
    present: int
    issued: int | None = None
    voted: int | None = None
    returned: int | None = None
    valid: int | None = None
    invalid: int | None = None
    invalid_because: dict[str, int] = field(default_factory=dict)
    """Chinese reason → papers, in the order of the method's reasons."""


@dataclass(frozen=True, slots=True)
class Serving:
    """Who scrutinises and counts, by duty, as the meeting adopted them: those who sign the slips."""

    chief_scrutineer: tuple[str, ...] = ()
    scrutineer: tuple[str, ...] = ()
    chief_teller: tuple[str, ...] = ()
    teller: tuple[str, ...] = ()
    vote_caller: tuple[str, ...] = ()
