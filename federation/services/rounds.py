"""
What a count may leave open: 重新选举, 再次投票, 另行选举, 正式选举, and what the presidium decides.

Each is a step of the election machine, and each further ballot is an election of its own, with its own list, papers and
ledger.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from federation.errors import Finding, Misused, Refused, refuse_if
from federation.facts.acts import Act
from federation.facts.counting import CountResult
from federation.models import BallotRound, Candidate, Case, Elected, Election, JournalLine
from federation.rules.supplements import supplementary_names
from federation.services import elections, journal, steps
from federation.services.counts import add_elected, freeze_notice
from federation.services.polls import Poll, candidates
from federation.services.results import result_of
from federation.services.steps import Outcome

LABELS = {
    "rerun": "重新选举",
    "runoff": "再次投票",
    "supplementary": "另行选举",
    "first": "正式选举",
    "primary": "预选",
}


def rerun(session: Session, poll: Poll, act: Act) -> Outcome:
    """Repeat a void ballot with the same lists: 重新选举."""

    def change() -> None:
        sheet = _next_id(session, poll, poll.rounds[0])
        election = _further(session, poll, sheet, "重新选举", act)
        for place, round in enumerate(poll.rounds):
            kind = "rerun" if round.kind == "first" else round.kind  # a runoff repeated keeps its own bar
            names = [row.name for row in candidates(session, round)]
            _round(session, poll, election, round, kind, round.seats, names, place, round.nth)

    return steps.advance(session, poll.case, "rerun", act, {}, change)


def runoff(session: Session, poll: Poll, round: BallotRound, act: Act) -> Outcome:
    """Put only the tied to a further ballot, for the seats that the tie is about: 再次投票."""
    result = result_of(poll, round)
    return _follow(session, poll, round, "tie_runoff", "runoff", result.seats_left, list(result.tied), act)


def supplement(
    session: Session,
    poll: Poll,
    round: BallotRound,
    added: Sequence[str],
    dropped: Sequence[str],
    approval: str,
    act: Act,
) -> Outcome:
    """
    Fill the seats that are left with a new list: 另行选举.

    The list is pre-filled from the unelected in order of votes, as many as the method's 差额 gives for these seats; the
    presidium may add or drop names, with the party committee's approval recorded. A winner never stands again.
    """
    result, contest = result_of(poll, round), poll.method.contest(round.contest)
    names = [name for name in supplementary_names(result, contest) if name not in dropped]
    winners = _winners(session, poll, round)
    refuse_if("不能列入", [Finding(f"{name}已经当选", "另行选举", "另提人选") for name in added if name in winners])
    if (added or dropped) and not approval:
        raise Refused("不能改动名单", [Finding("增减人选须经同级党组织同意", "另行选举", "加上 --approval 批复文号")])
    names += [name for name in added if name not in names]
    refuse_if(
        "不能另行选举",
        [] if names else [Finding("没有可列入名单的人选", "另行选举", "用 --add 姓名 --approval 批复文号 提出人选")],
    )
    nth = round.nth + 1 if round.kind == "supplementary" else 1
    return _follow(
        session, poll, round, "supplementary_ballot", "supplementary", result.seats_left, names, act, nth, approval
    )


def stage(session: Session, poll: Poll, round: BallotRound, act: Act) -> Outcome:
    """Go on from the primary to the formal ballot, whose list is those the primary chose."""
    result = result_of(poll, round)
    seats = poll.method.contest(round.contest).seats
    return _follow(session, poll, round, "formal_ballot", "first", seats, list(result.elected), act)


def decide(session: Session, poll: Poll, round: BallotRound, elected: Sequence[str], note: str, act: Act) -> Outcome:
    """Record what the presidium decided where the method leaves it to her, and who is elected by it, if anybody."""
    result = result_of(poll, round)
    if not note:
        raise Misused("请用 --note 写明主席团的决定")
    event = "next_session" if result.next == "next_session" else "presidium_decision"
    facts = {"contest": round.short_id, "note": note, "elected": list(elected)}
    if line := _done(session, poll, round, event, facts):
        return Outcome(False, line)

    def change() -> None:
        refuse_if("不能这样决定", _due_findings(round, result, event))
        refuse_if("不能这样决定", _decided_findings(result, elected, poll.method.clause("shortage")))
        round.decision = journal.canonical({"note": note, "elected": list(elected)})
        add_elected(session, poll, round, tuple(elected))

    outcome = steps.advance(session, poll.case, event, act, facts, change)
    if outcome.taken:
        freeze_notice(session, poll, act, outcome)
    return _concluded(session, poll, outcome, act)


def _done(session: Session, poll: Poll, round: BallotRound, event: str, facts: Mapping[str, Any]) -> JournalLine | None:
    """The line of this very step, where it was taken for this contest before; the election is locked from here on."""
    steps.lock(session, poll.case)
    session.refresh(round)
    of_this_poll = (JournalLine.chain == poll.case.federation_id, JournalLine.subject == poll.case.path)
    query = select(JournalLine).where(*of_this_poll, JournalLine.act == event)
    lines = session.scalars(query.where(JournalLine.facts == journal.canonical(facts)))
    return lines.first() if round.decision else None


def _due_findings(round: BallotRound, result: CountResult, event: str) -> Iterator[Finding]:
    """Say that it is not this contest that waits for this step, though another on the same sheet may."""
    if result.next != event or round.decision:
        remedy = "federation election explain，看各项的下一步"
        yield Finding(f"{round.office}不需要这一步，或已经办过", "选举办法", remedy)


def _decided_findings(result: CountResult, elected: Sequence[str], clause: str) -> Iterator[Finding]:
    """Say whom the presidium cannot decide to be elected."""
    outcomes = {row.name: row.outcome for row in result.results}
    for name, times in Counter(elected).items():
        if name not in outcomes:
            yield Finding(f"{name}没有得票，不在名单上", "主席团决定", "核对姓名")
        elif outcomes[name] == "elected":
            yield Finding(f"{name}已经当选", "主席团决定", "另定人选")
        if times > 1:
            yield Finding(f"{name}写了 {times} 次", "主席团决定", "每人写一次")
    if len(elected) > result.seats_left:
        yield Finding(f"只剩 {result.seats_left} 个名额，决定了 {len(elected)} 人", "名额", "减少人数")
    if result.next == "next_session" and elected:
        yield Finding("缺额留待下次会议，现在不能定人", clause, "不写 --elect")


def _follow(
    session: Session,
    poll: Poll,
    round: BallotRound,
    event: str,
    kind: str,
    seats: int,
    names: list[str],
    act: Act,
    nth: int = 1,
    approval: str = "",
) -> Outcome:
    """Take the step, open the further ballot with its list, and close this election if nothing else is open in it."""
    facts = {"contest": round.short_id, "seats": seats, "names": names, "approval": approval}
    if line := _done(session, poll, round, event, facts):
        return Outcome(False, line)

    def change() -> None:
        refuse_if(f"不能{LABELS[kind]}", _due_findings(round, result_of(poll, round), event))
        short_id = _next_id(session, poll, round)
        round.decision = journal.canonical({"followed_by": short_id})
        _round(session, poll, _further(session, poll, short_id, LABELS[kind], act), round, kind, seats, names, 0, nth)

    return _concluded(session, poll, steps.advance(session, poll.case, event, act, facts, change), act)


def _concluded(session: Session, poll: Poll, outcome: Outcome, act: Act) -> Outcome:
    """Close the election once each of its contests is followed up; the outcome stays that of the step before."""
    if outcome.taken:
        step = steps.definition_of(session, poll.case).step("conclude", poll.case.state)
        if step and not steps.findings(steps.view_of(session, poll.case, act.stated), step):
            steps.advance(session, poll.case, "conclude", act, {})
    return outcome


def _next_id(session: Session, poll: Poll, round: BallotRound) -> str:
    query = select(func.count()).where(
        BallotRound.meeting_id == poll.meeting.case_id, BallotRound.contest == round.contest
    )
    return f"{round.contest}.{(session.scalar(query) or 0) + 1}"


def _further(session: Session, poll: Poll, short_id: str, label: str, act: Act) -> Election:
    last = session.scalar(select(func.max(Case.position)).where(Case.parent_id == poll.meeting_case.id)) or 0
    sha256 = poll.election.method_sha256
    title = f"{poll.case.label.partition('（')[0]}（{label}）"
    return elections.add_election(
        session, poll.meeting_case, short_id, title, poll.method, sha256, act, last + 1, poll.case.id
    )


def _round(
    session: Session,
    poll: Poll,
    election: Election,
    round: BallotRound,
    kind: str,
    seats: int,
    names: list[str],
    place: int,
    nth: int,
) -> None:
    contest = poll.method.contest(round.contest)
    short_id = election.sheet if place == 0 else _next_id(session, poll, round)
    found = elections.add_round(session, election, short_id, contest, kind, seats, place, nth)
    biographies = {row.name: row.biography for row in candidates(session, round)}
    for position, name in enumerate(names, 1):
        session.add(Candidate(round_id=found.id, name=name, position=position, biography=biographies.get(name, "")))
    session.flush()


def _winners(session: Session, poll: Poll, round: BallotRound) -> set[str]:
    return set(
        session.scalars(
            select(Elected.name).where(Elected.meeting_id == poll.meeting.case_id, Elected.contest == round.contest)
        )
    )
