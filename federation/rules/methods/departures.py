"""Where a method departs from what nearly all published ones say: allowed, but with a reason that an officer states."""

from collections.abc import Iterator
from fractions import Fraction

from federation.errors import Finding
from federation.rules.methods.records import ElectionMethod
from federation.rules.thresholds import Bar, Base, Plurality, Threshold

_HALF, _TWO_THIRDS = Fraction(1, 2), Fraction(2, 3)
_PEOPLE = (Base.DUE, Base.PRESENT)


def departure_findings(method: ElectionMethod) -> Iterator[Finding]:
    """
    Say where this method departs from the common frame. The reasons are a federation's own; silence would be a slip.

    Each line of the frame is one of domain.md:
    section 1, 差额预选: it makes the formal list, and an office is won by votes, not by being among the best few;
    section 2 step 9 and section 3, quorum: a ratio of 应到, two thirds in most places;
    section 3, elected: normally more than half, of those entitled or present;
    section 3, too many: more approvals than seats void the paper (nearly all);
    section 3, a number or mark on the paper voids it;
    section 3, write-in: barred in few places;
    section 3, adoption: half or more of 应到 or 实到;
    section 3, show of hands: exists for 理事, while 执委 and officers are elected by secret ballot.
    """
    clause = method.clause
    if not _reaches(method.quorum, _TWO_THIRDS, strict=False, bases=(Base.DUE,)):
        yield _said(f"法定人数为{method.quorum.in_chinese()}", "通例不少于应到会人数的三分之二", clause("quorum"))
    if not _reaches(method.elected, _HALF, strict=True, bases=_PEOPLE):
        yield _said(f"当选线：{method.elected.in_chinese()}", "通例超过应到或实到人数的半数", clause("elected"))
    if not _reaches(method.adoption, _HALF, strict=False, bases=_PEOPLE):
        usual = "通例不少于应到或实到人数的半数"
        yield _said(f"办法本身的通过线：{method.adoption.in_chinese()}", usual, clause("adoption"))
    if method.ballot.choose == "any" and method.form == "ballot":
        yield _said("赞成人数多于应选名额的票有效", "通例整张无效", clause("ballot.choose"))
    if not method.ballot.stray_mark_voids and method.form == "ballot":
        yield _said("票面有无关记号的票有效", "通例整张无效", clause("ballot.stray_mark_voids"))
    if method.write_in.allowed == "no":
        yield _said("不设另选他人", "通例可以另选他人", clause("write_in.allowed"))
    if method.form == "hands":
        yield _said("选举采用举手表决", "通例无记名投票，举手只见于选举理事", clause("form"))
    for contest in method.contests:
        if contest.primary and isinstance(contest.primary.elected, Plurality):
            where = method.contest_clause(contest, "primary")
            yield _said(f"{contest.office}的差额预选不设票数线", "通例须达到一定的赞成票", where)


def _reaches(bar: Bar, fraction: Fraction, *, strict: bool, bases: tuple[Base, ...]) -> bool:
    """True where the bar is of one of these bases and asks for this fraction at the least (for more, if strict)."""
    if not isinstance(bar, Threshold) or bar.base not in bases:
        return False
    return bar.fraction > fraction or (bar.fraction == fraction and (bar.strict or not strict))


def _said(here: str, usual: str, clause: str) -> Finding:
    return Finding(f"{here}；{usual}", clause, "确系本地规定的，提交时用 --attest 说明理由，否则改正")
