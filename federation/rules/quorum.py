"""Quorum: whether enough of those due are present, by the rule in force."""

from collections.abc import Iterator

from federation.errors import Finding


def quorum_findings(needed: int, due: int, present: int, rule: str, clause: str) -> Iterator[Finding]:
    """Say that too few are present. It is asked again before each ballot: a quorum once reached can be lost."""
    if present < needed:
        problem = f"应到 {due} 人，实到 {present} 人，未达到法定人数 {needed} 人（{rule}）"
        yield Finding(problem, clause, "继续签到（federation meeting checkin），仍不足则改期")
