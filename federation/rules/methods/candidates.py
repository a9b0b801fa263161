"""How many candidates a contest asks for: 等额, 差额 by a number or by a ratio."""

from federation.errors import Finding
from federation.rules.methods.records import Contest, ElectionMethod, Surplus


def expected_candidates(contest: Contest, *, primary: bool = False) -> int:
    """The number of candidates that the contest's surplus rule gives, for its formal list or for its primary's."""
    return contest.seats + extra_candidates(_rule(contest, primary), contest.seats)


def extra_candidates(surplus: Surplus, seats: int) -> int:
    """How many more candidates than seats; a ratio is of the seats and rounded as the rule says."""
    if surplus.ratio is None:
        return surplus.count
    extra = surplus.ratio * seats
    return extra.__ceil__() if surplus.rounding == "up" else extra.__floor__()


def surplus_findings(
    method: ElectionMethod, contest: Contest, candidates: int, *, primary: bool = False
) -> tuple[Finding, ...]:
    """
    Warn, with the arithmetic, when the list is longer or shorter than the surplus rule gives.

    A warning and never a block: a published method broke its own ten per cent, and its meeting was lawful.
    """
    expected = expected_candidates(contest, primary=primary)
    if candidates == expected:
        return ()
    rule = _rule(contest, primary)
    clause = method.contest_clause(contest, "primary" if primary else "surplus")
    arithmetic = surplus_sum(rule, contest.seats)
    problem = f"{contest.office}：候选人 {candidates} 名，按办法应为 {expected} 名（{arithmetic}）"
    return (Finding(problem, clause, "增减候选人，或由主席团说明理由并记录"),)


def surplus_sum(surplus: Surplus, seats: int) -> str:
    """The arithmetic in one line, 应选 15 名，差额 1/10 即 3/2，向上取整为 2 名."""
    if surplus.equal:
        return f"应选 {seats} 名，等额"
    if surplus.ratio is None:
        return f"应选 {seats} 名，差额 {surplus.count} 名"
    extra = surplus.ratio * seats
    exact = "" if extra.denominator == 1 else f"{extra}，向{'上' if surplus.rounding == 'up' else '下'}取整为 "
    return f"应选 {seats} 名，差额 {surplus.ratio} 即 {exact}{extra_candidates(surplus, seats)} 名"


def _rule(contest: Contest, primary: bool) -> Surplus:
    """The surplus rule of the formal list or of the primary's."""
    return contest.primary.surplus if primary and contest.primary else contest.surplus
