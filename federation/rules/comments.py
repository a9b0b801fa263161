"""The comment period: how long it must be, and when it may close."""

from collections.abc import Iterator
from datetime import date

from federation.clock import chinese_date
from federation.errors import Finding


def window_findings(opens_on: date, ends_on: date, days: int) -> Iterator[Finding]:
    """Say why these days are no comment period: both ends count, and the process sets the least number of days."""
    length = (ends_on - opens_on).days + 1
    if length < days:
        problem = f"征求意见期 {chinese_date(opens_on)}至{chinese_date(ends_on)} 只有 {length} 天，至少要 {days} 天"
        yield Finding(problem, "流程规定", "federation comments open --until 更晚的日期")


def closing_findings(ends_on: date, on: date, unanswered: int) -> Iterator[Finding]:
    """
    Say why the comment period may not close.

    The window announced is a promise to the delegates: it may run longer, never shorter. An unanswered comment
    blocks the draft, because the 采纳情况表 must show a disposition and a reason for every one.
    """
    if on <= ends_on:  # the last promised day is still the delegates'
        yield Finding(f"征求意见期到 {chinese_date(ends_on)} 才届满", "征求意见通知", "次日起再结束征求意见")
    if unanswered:
        yield Finding(f"还有 {unanswered} 条意见未答复", "流程规定", "federation comments list --unanswered")
