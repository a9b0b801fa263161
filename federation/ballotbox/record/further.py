"""
Further ballots: each called by the one before, for the seats and among the names that its result left.

A ballot that nobody called could be held under a bar of its own: that of a runoff is the plurality.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from federation.ballotbox.record.polls import Poll
from federation.facts.counting import CountResult
from federation.rules.methods import expected_candidates

CALLS = {"tie_runoff": "runoff", "supplementary_ballot": "supplementary", "formal_ballot": "first"}
"""The act that calls a further ballot, which is also what the result before it says comes next, and its kind."""
Round = Mapping[str, Any]
Results = Mapping[str, CountResult]
"""Of one poll, by round."""


def check_further(polls: Sequence[Poll], results: Mapping[str, Results]) -> None:
    """Note in each poll what it called and is not there, and what is there and nobody called. `results` by folder."""
    called: set[tuple[str, str]] = set()
    for poll in polls:
        for round in poll.rounds:
            called |= set(_check_decision(poll, round, polls, results[poll.folder].get(round["round"])))
        if poll.last("rerun"):
            called |= set(_check_rerun(poll, polls, called))
    for poll in polls:
        for round in poll.rounds:
            if _is_first(poll, round):
                _check_first(poll, round)
            elif (poll.data["meeting"], round["round"]) not in called:
                poll.wrong("poll.json", f"的 {round['round']}（{round['kind']}）没有哪次选举的结果要求它")


def _is_first(poll: Poll, round: Round) -> bool:
    """True for what a contest begins with: its primary where it has one, else its first ballot."""
    contest = poll.method.contest(round["contest"])
    return bool(round["kind"] == ("primary" if contest.primary else "first") and round["round"] == contest.id)


def _check_first(poll: Poll, round: Round) -> None:
    """A first ballot is on the sheet that the method says, beside all others of that sheet, for its seats."""
    contest = poll.method.contest(round["contest"])
    sheet = sorted(each.id for each in poll.method.contests if each.sheet == poll.data["sheet"])
    poll.differ(" 选举项目（依选举办法）", sorted(each["round"] for each in poll.rounds), sheet)
    if round["kind"] == "primary":
        poll.differ(f" {round['round']} 名额", round["seats"], expected_candidates(contest))


def _check_decision(
    poll: Poll, round: Round, polls: Sequence[Poll], result: CountResult | None
) -> Iterator[tuple[str, str]]:
    """What a round's own decision called, which is as its line and its result have it."""
    lines = [line for line in poll.lines if line.act in CALLS and line.facts["contest"] == round["round"]]
    decided = round["decision"] or {}
    if not lines:
        if "followed_by" in decided:
            poll.wrong("poll.json", f"的 {round['round']} 记有后续一轮，工作日志里没有")
        return
    name, act, facts = decided.get("followed_by"), lines[-1].act, lines[-1].facts
    if decided.keys() != {"followed_by"} or (found := _found(polls, poll.data["meeting"], name)) is None:
        poll.wrong("poll.json", f"的 {round['round']} 后续一轮 {name} 不在记录里")
        return
    holder, further = found
    nth = round["nth"] + 1 if (act, round["kind"]) == ("supplementary_ballot", "supplementary") else 1
    expected = {"contest": round["contest"], "kind": CALLS[act], "seats": facts["seats"], "nth": nth}
    holder.differ(f" {name} 的由来", {part: further[part] for part in expected}, expected)
    _check_names(holder, further, facts["names"])
    if result is not None:
        contest = poll.method.contest(round["contest"])
        seats = contest.seats if act == "formal_ballot" else result.seats_left
        poll.differ(f" {round['round']} 的下一步", [act, facts["seats"]], [result.next, seats])
        names = {"tie_runoff": result.tied, "formal_ballot": result.elected}.get(act)
        if names is not None:
            poll.differ(f" {round['round']} 后续一轮的名单", facts["names"], list(names))
    yield poll.data["meeting"], further["round"]


def _check_rerun(poll: Poll, polls: Sequence[Poll], called: set[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The rounds of the poll that repeats this one: the same contests, seats and names."""
    wanted, meeting = [_repeated(round) for round in poll.rounds], poll.data["meeting"]
    for other in polls:
        free = other.data["meeting"] == meeting and (meeting, other.rounds[0]["round"]) not in called
        if free and _is_after(other, poll) and [_kept(round) for round in other.rounds] == wanted:
            for round, before in zip(other.rounds, poll.rounds, strict=True):
                _check_names(other, round, before["candidates"])
                yield meeting, round["round"]
            return
    poll.wrong("poll.json", "：工作日志记有重新选举，记录里却没有")


def _is_after(other: Poll, poll: Poll) -> bool:
    """True where nothing was done on the other poll before this one was to be repeated."""
    called = poll.last("rerun")
    return other is not poll and not (other.lines and called and other.lines[0].sequence < called.sequence)


def _kept(round: Round) -> list[object]:
    return [round[part] for part in ("contest", "kind", "seats", "nth")]


def _repeated(round: Round) -> list[object]:
    return _kept({**round, "kind": "rerun" if round["kind"] == "first" else round["kind"]})


def _check_names(poll: Poll, round: Round, names: Sequence[str]) -> None:
    """Names may have been withdrawn since; nobody is added to the list of a further ballot."""
    if strangers := [name for name in round["candidates"] if name not in names]:
        poll.wrong("poll.json", f"的 {round['round']} 名单里有前一轮没有定的人：{'、'.join(strangers)}")


def _found(polls: Sequence[Poll], meeting: str, name: object) -> tuple[Poll, Round] | None:
    return next(
        (
            (poll, round)
            for poll in polls
            if poll.data["meeting"] == meeting
            for round in poll.rounds
            if round["round"] == name
        ),
        None,
    )
