"""What was recorded of somebody's presence by mistake, and when it may be taken back."""

from collections.abc import Iterator
from typing import Literal

from federation.errors import Finding

Recorded = Literal["present", "left", "absent"]
WORDS: dict[Recorded, str] = {"present": "签到", "left": "早退", "absent": "缺席"}
BEFORE: dict[Recorded, str] = {"present": "", "left": "present", "absent": ""}
"""What holds of somebody of whom that was never recorded: who left had come; who came or did not had said nothing."""


def may_be_withdrawn(*, figures: int, late: bool) -> bool:
    """True where no 实到 that may count a person was fixed: of a late one that of the opening is known not to."""
    return figures <= late


def withdrawal_findings(who: str, presence: str, recorded: Recorded, counted: bool) -> Iterator[Finding]:
    """
    Say why what was recorded of a person may not be taken back.

    A 实到 that was announced, on which a motion was put or a poll opened, stands on paper and decided whether enough
    were there. Who is in it is not made never to have come behind the meeting's back: that is told to the meeting.
    """
    if presence not in (recorded, BEFORE[recorded]):
        yield Finding(f"{who}现在登记的不是{WORDS[recorded]}", "更正只撤回最后一笔", "看一下她现在登记的是什么")
    elif counted and presence == recorded == "present":
        remedy = "由大会秘书处报告主持人，向会议说明；人已不在场的登记早退"
        yield Finding(f"{who}可能已经计入报告过的实到人数", "实到一经核定不再改动", remedy)
