"""Who gets the seats: the best of those who pass, the ladder for a tie across the cut, the clause on a shortage."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from federation.errors import Finding, Misused
from federation.facts.counting import Kind, Ledger, NameVotes, Next, Outcome, Round
from federation.rules.methods import Contest, ElectionMethod
from federation.rules.thresholds import Bar

FIRST = Round()


@dataclass(frozen=True, slots=True)
class Question:
    """What one round asks: which contest of which method, which ballot of it, how many seats are at stake."""

    method: ElectionMethod
    contest: Contest
    round: Round
    seats: int

    @property
    def bar(self) -> Bar:
        """The bar of this round: a runoff, a supplementary ballot and a primary have their own."""
        if self.round.kind == "primary" and self.contest.primary:
            return self.contest.primary.elected
        bars = {"runoff": self.method.tie.elected, "supplementary": self.method.shortage.elected}
        return bars.get(self.round.kind, self.method.elected)


def bar_key(contest_id: str, round: Round) -> str:
    """The dotted key that sets the bar of this round, for its clause."""
    keys: dict[Kind, str] = {
        "runoff": "tie.elected",
        "supplementary": "shortage.elected",
        "primary": f"contest.{contest_id}.primary.elected",
    }
    return keys.get(round.kind, "elected")


def question(method: ElectionMethod, contest_id: str, round: Round = FIRST, seats: int | None = None) -> Question:
    """
    The question this round puts. `seats` are those at stake, the contest's own where none are given.

    A runoff and a supplementary ballot fill what an earlier round left, which the method cannot know: there they must
    be given.
    """
    contest = method.contest(contest_id)
    if seats is None and round.kind in ("runoff", "supplementary"):
        raise Misused(f"{round} 这一轮的名额取决于上一轮结果，请用 --seats 给出")
    if seats is not None and seats < 1:
        raise Misused(f"名额不能是 {seats}，至少为 1")
    if round.kind == "primary" and contest.primary is None:
        raise Misused(f"{contest.office}没有差额预选：办法的该选举项目中没有 primary")
    return Question(method, contest, round, contest.seats if seats is None else seats)


@dataclass(frozen=True, slots=True)
class Settled:
    """Who has a seat, who is tied for the rest, who passed but found no seat, and what follows."""

    elected: tuple[NameVotes, ...]
    tied: tuple[NameVotes, ...]
    passed_over: tuple[NameVotes, ...]
    next: Next

    def outcome(self, row: NameVotes) -> Outcome:
        """What became of this name."""
        if row in self.elected:
            return "elected"
        if row in self.tied:
            return "tied"
        return "passed_over" if row in self.passed_over else "not_elected"


def settle(asked: Question, passing: Sequence[NameVotes]) -> Settled:
    """
    Fill the seats from those who reached the bar, in the order in which they stand on the ballot.

    A tie inside the cut changes nothing. One across it walks the method's ladder; a second tie, in a runoff, is for
    the presidium: no published method settles it. A tie still open is dealt with before any shortage.
    """
    elected, tied = best(passing, asked.seats, lambda row: -row.approve)
    follows = _without_tie(asked, asked.seats - len(elected))
    if tied and asked.round.kind == "runoff":
        follows = "presidium_decision"
    elif tied:
        more, tied, follows = _climb(asked, tied, asked.seats - len(elected))
        elected += more
    passed_over = tuple(row for row in passing if row not in elected and row not in tied)
    return Settled(tuple(row for row in passing if row in elected), tuple(tied), passed_over, follows)


def best(
    rows: Sequence[NameVotes], places: int, worth: Callable[[NameVotes], int]
) -> tuple[list[NameVotes], list[NameVotes]]:
    """Those who surely have a place, least `worth` first, and those equal across the edge of the places."""
    ordered = sorted(rows, key=worth)
    if len(ordered) <= places or worth(ordered[places - 1]) != worth(ordered[places]):
        return ordered[:places], []
    edge = worth(ordered[places])
    return [row for row in ordered if worth(row) < edge], [row for row in ordered if worth(row) == edge]


def _climb(asked: Question, tied: list[NameVotes], places: int) -> tuple[list[NameVotes], list[NameVotes], Next]:
    """Try the ladder's rungs in order; what they leave open ends with the presidium."""
    settled: list[NameVotes] = []
    for rung in asked.method.tie.ladder:
        if rung == "runoff":
            return settled, tied, "tie_runoff"
        if rung == "presidium":
            break
        if not any(row.write_in for row in tied):
            more, tied = best(tied, places, lambda row: row.against or 0)
            settled += more
        if not tied:
            return settled, [], _without_tie(asked, 0)
    return settled, tied, "presidium_decision"


def _without_tie(asked: Question, seats_left: int) -> Next:
    """What follows where no tie is open: the formal ballot after a primary, else the clause on a shortage, if any."""
    if asked.round.kind == "primary":
        return "formal_ballot"
    if not seats_left:
        return "announce"
    shortage = asked.method.shortage
    last = asked.round.kind == "supplementary" and asked.round.number >= shortage.rounds
    if last or (shortage.then == "supplementary" and shortage.rounds == 0):
        return "presidium_decision"
    follows: dict[str, Next] = {
        "vacant": "announce",
        "supplementary": "supplementary_ballot",
        "presidium": "presidium_decision",
        "next_session": "next_session",
    }
    return follows[shortage.then]


def outcome_findings(asked: Question, ledger: Ledger, settled: Settled) -> Iterator[Finding]:
    """Say what stands between this result and its announcement, and what a careful chair should know before it."""
    method, left = asked.method, asked.seats - len(settled.elected)
    if settled.tied:
        names, votes = "、".join(row.name for row in settled.tied), settled.tied[0].approve
        problem = f"{names}得票相同，均为 {votes} 票，尚余名额 {left} 个"
        yield Finding(problem, method.clause("tie.ladder"), REMEDIES[settled.next])
    elif left:
        problem = f"名额 {asked.seats} 个，当选 {len(settled.elected)} 人，缺 {left} 人"
        yield Finding(problem, method.clause("shortage.then"), REMEDIES[settled.next])
    key = bar_key(asked.contest.id, asked.round)
    for row in settled.elected:
        if row.approve == 0:
            problem = f"{row.name}没有得到赞成票而当选：本轮门槛为 0 票"
            yield Finding(problem, method.clause(key), "请主席团留意")
    if ledger.returned is not None and ledger.issued is not None and ledger.returned > ledger.issued:
        problem = f"收回 {ledger.returned} 张多于发出 {ledger.issued} 张，按办法选举并不因此无效"
        yield Finding(problem, method.clause("void.returned_over"), "查明原因并记录")


REMEDIES: dict[Next, str] = {
    "announce": "按办法保留空缺",
    "tie_runoff": "只就得票相同者再次投票",
    "supplementary_ballot": "对缺额另行选举",
    "formal_ballot": "由主席团确定正式候选人后进行正式选举",
    "presidium_decision": "由主席团作出决定并记录",
    "next_session": "缺额留待下次会议选举",
}
