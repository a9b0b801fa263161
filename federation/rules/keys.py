"""The key of a ballot box: whether a meeting will have the scrutineers among whom it is split."""

from collections.abc import Collection, Iterator

from federation.errors import Finding

FEWEST = 3
"""Holders of a key, at least: two of three open the box, and one may be absent."""


def holder_findings(meeting: str, label: str, holders: Collection[str]) -> Iterator[Finding]:
    """
    Say, in good time before the meeting, that its list of scrutineers is too short for a vote with passes.

    The list is adopted by the meeting, so it cannot be lengthened while the hall waits. It is not the officers' role of
    the same name, which says who may enter what at the computer.
    """
    if len(holders) < FEWEST:
        named = f"名单上现有 {len(holders)} 名" if holders else "还没有名单"
        remedy = (
            f"federation election scrutineers --chief 姓名 --scrutineer 姓名 --scrutineer 姓名 --meeting {meeting}，"
            f"再由会议表决（motion put scrutineers、motion record）；"
            "在电脑上办手续的监票人另须登记：officer add 姓名 --role 监票人"
        )
        yield Finding(
            f"{label}可用投票凭证：票箱密钥由会议通过的监票人分管，至少 {FEWEST} 名，{named}；全用纸质选票的不必理会",
            "密钥由监票人分管",
            remedy,
        )
