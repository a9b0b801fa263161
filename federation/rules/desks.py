"""Desks of the hall: how long one may be open, and what it may be called."""

from collections.abc import Iterator
from datetime import timedelta

from federation.errors import Finding
from federation.facts.acts import Stated

LONGEST_NAME = 40


def desk_findings(name: str, until: Stated, now: Stated) -> Iterator[Finding]:
    """
    Say why a desk may not be opened under this name until this time.

    A code lies about on a table: it is good for the sitting it was made for, for a day at the longest.
    """
    if not name or len(name) > LONGEST_NAME or any(not sign.isprintable() for sign in name):
        yield Finding(f"工作台的名称写 1 到 {LONGEST_NAME} 个字", "", "如 签到台一")
    if until.time is None:
        yield Finding("没有写到几点为止", "代码是短期的", "--until 18:00")
    elif not now.precedes(until):
        yield Finding(f"到期时间 {until} 已经过了", "代码是短期的", "--until 写今天稍后的时间，如 18:00")
    elif until.day > now.day + timedelta(days=1) or (until.day > now.day and now.time and until.time > now.time):
        yield Finding(f"到期时间 {until} 在一天之后", "代码是短期的，最长一天", "每天、每场会另开工作台")
