"""An election by show of hands (举手): what its method may ask, and what was counted of it."""

from collections.abc import Iterable, Iterator, Sequence

from federation.errors import Finding
from federation.facts.counting import Ledger, NameVotes, Votes
from federation.rules.balances import vote_findings
from federation.rules.methods import ElectionMethod
from federation.rules.thresholds import Bar, Base, Threshold


def base_findings(method: ElectionMethod) -> Iterator[Finding]:
    """Say which bars of a method for hands are taken of papers: there are none, only 应到 and 实到."""
    if method.form == "hands":
        for key, bar in _bars(method):
            if isinstance(bar, Threshold) and bar.base not in (Base.DUE, Base.PRESENT):
                problem = f"举手表决不能以{bar.base.in_chinese()}为基数（{key} = {bar}）"
                yield Finding(problem, method.clause(key), "以应到（due）或实到（present）为基数")


def _bars(method: ElectionMethod) -> Iterator[tuple[str, Bar]]:
    yield "elected", method.elected
    if "runoff" in method.tie.ladder:
        yield "tie.elected", method.tie.elected
    if method.shortage.then == "supplementary":
        yield "shortage.elected", method.shortage.elected
    for contest in method.contests:
        if contest.primary:
            yield f"contest.{contest.id}.primary.elected", contest.primary.elected


def hands_findings(
    method: ElectionMethod, seats: int, listed: Sequence[str], ledger: Ledger, votes: Iterable[NameVotes]
) -> Iterator[Finding]:
    """Say why these hands cannot have been counted: a name left out, unknown or twice, or more hands than people."""
    rows = tuple(votes)
    own = [row.name for row in rows if not row.write_in]
    for name in listed:
        if own.count(name) != 1:
            problem = f"{name}登记了 {own.count(name)} 次" if name in own else f"没有登记{name}的举手人数"
            yield Finding(problem, "逐名表决", "每位候选人登记一次，没有人举手的写 0")
    for row in rows:
        if row.write_in is (row.name in listed):
            problem = f"{row.name}就在名单上，不是另选" if row.write_in else f"{row.name}不在名单上"
            yield Finding(problem, "逐名表决", "名单上的人写 姓名=人数，另选他人用 --write-in 姓名=人数")
    yield from vote_findings(method, seats, ledger, Votes(rows))
