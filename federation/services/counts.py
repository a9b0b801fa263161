"""Counting a poll, explaining the count, announcing it. One implementation decides: `rules.counting`."""

import json
import secrets
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from federation.ballotbox.passes import RandomBytes
from federation.errors import Finding, Refused
from federation.facts.acts import Act
from federation.facts.counting import Votes
from federation.models import BallotRound, Elected
from federation.rules.counting import decide
from federation.rules.entries import merged
from federation.rules.tallies import Tally
from federation.services import digests, hands, paper_facts, papers, steps
from federation.services.ballots import judge_of, papers_of
from federation.services.polls import Poll, known_strokes
from federation.services.results import asked, ledger_of, results
from federation.services.steps import Outcome
from federation.services.tally_sheets import agreed_sheet


def tally_of(session: Session, poll: Poll, round: BallotRound) -> Tally:
    """Every paper of a round, judged and added up; streamed."""
    tally = Tally(judge_of(session, poll, round))
    for paper in papers_of(session, poll, round):
        tally.add(paper)
    return tally


def votes_of(session: Session, poll: Poll, round: BallotRound) -> Votes:
    """Everyone's votes in a round: from its papers or the tally sheet of them, or as the hands were counted."""
    if poll.election.form == "hands":
        return hands.votes_of(round)
    votes = tally_of(session, poll, round).votes()
    sheet = agreed_sheet(session, round)
    return merged(votes, sheet) if sheet else votes


def count(session: Session, poll: Poll, act: Act, random: RandomBytes = secrets.token_bytes) -> Outcome:
    """
    Count every contest of the sheet and freeze the results.

    The meeting's quorum was checked as the poll opened; the figures of that moment stand in the ledger. Contests on one
    sheet are judged and counted separately: a paper void for one office may be good for another.
    """
    steps.lock(session, poll.case)
    if poll.case.state not in ("valid", "hands_recorded"):
        return steps.advance(session, poll.case, "count_ballots", act, _counted_facts(session, poll))
    if poll.election.form == "ballot":
        digests.salt_of(poll.election, random)
    known = known_strokes(session, poll.case.federation_id)
    _must_be_whole(session, poll, act)
    for round in poll.rounds:
        result = decide(asked(poll, round), ledger_of(poll), votes_of(session, poll, round), known)
        round.result = json.dumps(result.as_json(), ensure_ascii=False)
    session.flush()
    outcome = steps.advance(session, poll.case, "count_ballots", act, _counted_facts(session, poll))
    for round, result in results(poll):
        facts = paper_facts.tally_report(session, poll, round, result, outcome.check_code)
        papers.freeze(
            session, poll.case, "tally_report", f"tally_report-{poll.meeting_case.short_id}-{round.short_id}", facts
        )
    return outcome


def _must_be_whole(session: Session, poll: Poll, act: Act) -> None:
    """Ask the step's guards before counting: a box half entered does not balance, and that is not the thing to say."""
    step = steps.definition_of(session, poll.case).step("count_ballots", poll.case.state)
    if step and (found := steps.findings(steps.view_of(session, poll.case, act.stated), step)):
        raise Refused(f"不能{step.label}", found)


def _counted_facts(session: Session, poll: Poll) -> dict[str, Any]:
    """The results, and the hash of the papers from the box that they were counted from."""
    return {
        "results": {round.short_id: json.loads(round.result) if round.result else None for round in poll.rounds},
        "papers_sha256": {
            round.short_id: digests.of_papers(session, round.id, poll.election.salt) for round in poll.rounds
        },
    }


def before_announcing(session: Session, poll: Poll, act: Act) -> tuple[Finding, ...]:
    """What stands in the way of announcing a counted result, such as 争议 that the presidium has not decided."""
    step = steps.definition_of(session, poll.case).step("announce", poll.case.state)
    return steps.asked(step.guards, steps.view_of(session, poll.case, act.stated)) if step else ()


def announce(session: Session, poll: Poll, act: Act) -> Outcome:
    """
    Announce the result: who is elected is elected from this moment.

    Where a contest needs a further ballot or a decision, those already elected are announced all the same, and the
    election goes on from there.
    """
    steps.lock(session, poll.case)
    facts = (
        {"elected": {round.short_id: list(result.elected) for round, result in results(poll)}}
        if poll.rounds[0].result
        else {}
    )
    partly = any(result.next != "announce" for _, result in results(poll)) if facts else False
    event = "announce_partly" if partly else "announce"

    def change() -> None:
        for round, result in results(poll):
            if round.kind != "primary":  # a primary fills no seat: it makes the formal list
                add_elected(session, poll, round, result.elected)

    outcome = steps.advance(session, poll.case, event, act, facts, change)
    if outcome.taken:
        freeze_notice(session, poll, act, outcome)
    return outcome


def freeze_notice(session: Session, poll: Poll, act: Act, outcome: Outcome) -> None:
    """Freeze the notice of the meeting's results, as of this act; there is none while nobody is elected."""
    facts = paper_facts.result_notice(session, poll, act.stated.day, outcome.check_code)
    if facts.elected:
        papers.freeze(session, poll.meeting_case, "result_notice", f"result_notice-{poll.meeting_case.short_id}", facts)


def add_elected(session: Session, poll: Poll, round: BallotRound, names: tuple[str, ...]) -> None:
    """Record seats won, after those won in earlier rounds of the contest."""
    query = select(Elected.name).where(Elected.meeting_id == poll.meeting.case_id, Elected.contest == round.contest)
    already = set(session.scalars(query))
    for place, name in enumerate((name for name in names if name not in already), len(already) + 1):
        session.add(
            Elected(
                meeting_id=poll.meeting.case_id, round_id=round.id, contest=round.contest, name=name, position=place
            )
        )
    session.flush()
