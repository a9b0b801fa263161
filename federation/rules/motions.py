"""A show of hands: whether the figures can be right, and whether the motion is carried."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from federation.errors import Finding
from federation.rules.thresholds import Base, Threshold

SUBJECTS = {
    "agenda": "会议议程",
    "presidium": "主席团名单",
    "credentials": "代表资格审查报告",
    "method": "选举办法",
    "charter": "章程",
    "scrutineers": "监票人、计票人名单",
    "other": "其他事项",
}

DUTIES = {
    "chief_scrutineer": "总监票人",
    "scrutineer": "监票人",
    "chief_teller": "总计票人",
    "teller": "计票人",
    "vote_caller": "唱票人",
}
SCRUTINY = tuple(DUTIES)
"""The duties that a meeting adopts as one list before it votes."""


@dataclass(frozen=True, slots=True)
class Hands:
    """Hands counted, asked in turn: who is for it, who is against, who abstains."""

    approve: int
    against: int
    abstain: int

    @property
    def total(self) -> int:
        return self.approve + self.against + self.abstain


def base_findings(rule: Threshold, clause: str) -> Iterator[Finding]:
    """Say that a show of hands has no such figure: there are no papers to take a fraction of, only people."""
    if rule.base not in (Base.DUE, Base.PRESENT):
        problem = f"举手表决不能以{rule.base.in_chinese()}为基数（{rule}）"
        yield Finding(problem, clause, "在选举办法中改用 of due（应到）或 of present（实到）")


def hands_findings(hands: Hands, present: int) -> Iterator[Finding]:
    """Say that more hands were counted than people are there."""
    if hands.total > present:
        sum = f"赞成 {hands.approve} + 反对 {hands.against} + 弃权 {hands.abstain} = {hands.total} 人"
        yield Finding(f"{sum}，多于付表决时的实到 {present} 人", "举手表决", "重新清点举手人数")


def hands_needed(rule: Threshold, due: int, present: int) -> int:
    """How many must be for it. An abstention is no vote against, and makes no bar lower."""
    return rule.needed(due=due, present=present)


def scrutiny_hash(duties: Mapping[str, Sequence[str]]) -> str:
    """SHA-256 of who scrutinises and counts: a vote adopts this list and no other. Empty where nobody is named."""
    named = {duty: list(names) for duty, names in sorted(duties.items()) if duty in SCRUTINY and names}
    return hashlib.sha256(json.dumps(named, ensure_ascii=False).encode()).hexdigest() if named else ""


def scrutiny_words(duties: Mapping[str, Sequence[str]]) -> str:
    """Who scrutinises and who counts, duty by duty: 总监票人：秦素芬；监票人：贺兰芝、夏雨桐；…"""
    return "；".join(f"{label}：{'、'.join(duties[duty])}" for duty, label in DUTIES.items() if duties.get(duty))
