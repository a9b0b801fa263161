"""Who has come, as the tellers report it to the chair."""

from dataclasses import dataclass

from federation.facts.papers.head import PaperHead


@dataclass(frozen=True, slots=True)
class AbsenceGroup:
    """Those entitled to vote who are not in the hall for one reason: 因病, 因事, 值班, 中途离会 or 未签到."""

    reason: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AttendanceSlip:
    """到会人数报告单: 应到, 实到 and 缺席 at one moment, and whether that is enough. 应到 = 实到 + 缺席."""

    head: PaperHead
    occasion: str
    """开会, or before which ballot: 选举执行委员会委员（再次投票）."""
    due: int
    present: int
    missing: int
    """缺席: all those of `absent`."""
    absent: tuple[AbsenceGroup, ...]
    late: tuple[str, ...]
    """Those of the present who came after the opening."""
    observers: int
    """Present without a vote."""
    quorum: str
    """How many must be there and whether they are, as one sentence with its clause."""
    holds: bool
