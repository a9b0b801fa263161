"""Candidates: who may stand on a list."""

from collections.abc import Iterable, Iterator
from datetime import date

from federation.clock import chinese_date
from federation.errors import Finding


def scrutiny_findings(candidates: Iterable[str], scrutiny: Iterable[str]) -> Iterator[Finding]:
    """Say which candidates scrutinise or count: nobody judges the papers she stands on."""
    for name in sorted(set(candidates) & set(scrutiny)):
        yield Finding(
            f"{name}既是候选人，又是监票人或计票人",
            "监票人、计票人不得是候选人",
            "federation election scrutineers 另定人选",
        )


def eligibility_findings(ineligible: Iterable[str], contest: str, required: str) -> Iterator[Finding]:
    """Say which candidates do not hold the office that this contest requires first."""
    for name in ineligible:
        yield Finding(
            f"{name}没有当选「{required}」，不能作为候选人",
            "选举办法",
            f"federation election withdraw {name} --contest {contest}",
        )


def publicity_findings(opens_on: date, ends_on: date, *, listed: bool) -> Iterator[Finding]:
    """Say why candidates cannot be made public on these days: there are none, or the last lies before the first."""
    if not listed:
        remedy = "federation election nominate 姓名… --contest 选举"
        yield Finding("还没有候选人名单", "候选人公示", remedy)
    if ends_on < opens_on:
        problem = f"截止日期 {chinese_date(ends_on)} 早于开始的 {chinese_date(opens_on)}"
        yield Finding(problem, "候选人公示", "改用更晚的 --until 日期")
