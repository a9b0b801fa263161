"""
A box in doubt: ballots that nobody can answer for, and whether they could have changed an outcome.

争议 are voters who found their pass spent: somebody else's ballot is in the box in the place of theirs. Missing passes
were drawn and neither spent nor handed in. Unexplained are sealed ballots without a spent pass, or the reverse.
"""

from collections.abc import Iterator, Sequence

from federation.errors import Finding
from federation.facts.counting import CountResult
from federation.rules.thresholds import Base, Threshold, parse_bar


def doubtful(*, disputes: int, missing: int, unexplained: int) -> int:
    """How many ballots may not be what their voters wanted, at most."""
    return disputes + missing + unexplained


def could_change(result: CountResult, ballots: int) -> bool:
    """
    True where so many ballots, cast otherwise or not at all, could have made another outcome.

    A ballot bears one mark a name: so many of them move each name's approvals by that number at most, up or down, all
    names at once, and so the base where it is a count of papers. It may call a safe result unsafe, never the reverse.
    """
    if not ballots or not result.counted:
        return False
    rows = result.results
    seated = [row.votes.approve for row in rows if row.outcome == "elected"]
    contending = [row.votes.approve for row in rows if row.passes and row.outcome != "elected"]
    at_cut = bool(seated and contending) and min(seated) - max(contending) <= 2 * ballots
    return bool(result.tied) or at_cut or _across_the_bar(result, ballots, seated)


def _across_the_bar(result: CountResult, ballots: int, seated: Sequence[int]) -> bool:
    """True where a name, or one not written yet, could come over the bar or fall below it."""
    bar, needed = parse_bar(result.threshold.rule), result.threshold.needed
    if not isinstance(bar, Threshold) or needed is None:  # plurality: a name written by all of them against the last
        return len(seated) < result.seats or min(seated, default=0) <= 2 * ballots
    reach = ballots * (2 if bar.base in _COUNTED_PAPERS else 1)
    approvals = [0, *(row.votes.approve for row in result.results)]
    return any(needed - reach <= approve < needed + reach for approve in approvals)


_COUNTED_PAPERS = (Base.VOTED, Base.RETURNED, Base.VALID)


def doubt_findings(
    *, disputes: int, missing: int, unexplained: int, faulty: int, offices: Sequence[str], contest: str
) -> Iterator[Finding]:
    """
    Say why a result may not be announced before the presidium has decided: `offices` are those that could change.

    A ballot that did not open blocks in any case: it was returned, and nobody can say what was on it.
    """
    remedy = (
        f"federation election decide --box --note 决定内容 --contest {contest}；"
        f"或宣布无效、重新选举：federation election declare void --contest {contest}"
    )
    law = "票箱存疑，须主席团决定或重新选举"
    if faulty:
        yield Finding(f"有 {faulty} 张密封选票打不开或不合格式，已按无效票计", law, remedy)
    if unexplained:
        yield Finding(f"箱内选票与已用凭证相差 {unexplained}", law, remedy)
    if offices and disputes + missing:
        problem = f"争议 {disputes} 起、未交回凭证 {missing} 份，足以影响{'、'.join(offices)}的结果"
        yield Finding(problem, law, remedy)
