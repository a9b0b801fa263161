"""The life of a poll, from printed papers to a declared box."""

import json
from typing import Literal

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from federation.errors import Finding, Misused, Refused, refuse_if
from federation.facts.acts import Act
from federation.models import BallotKey, Case, Election, RollEntry, SealedBallot, VotingPass
from federation.rules.ledger import missing_findings, missing_passes
from federation.services import digests, journal, paper_facts, papers, scrubbing, steps
from federation.services.poll_rows import (
    Poll,
    ballot_order,
    candidates,
    known_strokes,
    method_by_hash,
    name_of,
    of_meeting,
    poll_of,
)
from federation.services.steps import Outcome

__all__ = [
    "Poll",
    "ballot_order",
    "candidates",
    "close_poll",
    "count_returned",
    "declare",
    "known_strokes",
    "method_by_hash",
    "missing_of",
    "name_of",
    "of_meeting",
    "open_poll",
    "passes_in",
    "poll_of",
    "print_papers",
    "refuse_without_phones",
    "void_passes",
]


def print_papers(session: Session, poll: Poll, number: int, act: Act) -> Outcome:
    """
    Fix the formal lists in ballot order and record how many papers are printed.

    The order is the method's: by strokes, or as listed. From here on a change of the list recalls the papers. A show of
    hands has no papers: there the lists are fixed and nothing is printed.
    """
    hands = poll.election.form == "hands"
    if number < 0:
        raise Misused("印制张数不能为负")
    if hands and number:
        raise Misused("举手表决不印选票，请不写 --number")
    if not hands and "paper" in poll.method.ballot.channels and number == 0:
        raise Misused("请用 --number 写明印制多少张选票")
    lists = {
        round.short_id: ballot_order(session, poll, [row.name for row in candidates(session, round)])
        for round in poll.rounds
    }

    def change() -> None:
        poll.election.papers_printed = number
        void_passes(session, poll)  # of an earlier printing: none can have been made for this one
        for round in poll.rounds:
            places = {name: place for place, name in enumerate(lists[round.short_id], 1)}
            for row in candidates(session, round):
                row.position = places[row.name]

    event = "fix_list" if hands else "print_papers"
    return steps.advance(session, poll.case, event, act, {"papers": number, "lists": lists}, change)


def void_passes(session: Session, poll: Poll) -> None:
    """Every pass of this poll is void. To be called before it opens."""
    session.execute(update(VotingPass).where(VotingPass.election_id == poll.case.id).values(state="void"))


def refuse_without_phones(poll: Poll, message: str) -> None:
    """Refuse whatever belongs to passes where the method knows only paper, or hands."""
    if "phone" not in poll.method.ballot.channels or poll.election.form == "hands":
        clause = poll.method.clause("ballot.channels") or "选举办法"
        remedy = "用纸质选票，或修改选举办法的 channels"
        raise Refused(message, [Finding("选举办法没有规定用手机投票", clause, remedy)])


def open_poll(session: Session, poll: Poll, handed_out: int, drawn: int, act: Act, kept_back: int = 0) -> Outcome:
    """
    Open the poll: 实到 is frozen for this round, issuing and voiding end.

    `handed_out` papers, `drawn` passes and those `kept_back` as a late lot are hand counts by the desk, never computed;
    passes are counted by two scrutineers. Whoever arrives later is on the presence list and votes in the next round,
    not in this one.
    """
    if min(handed_out, drawn, kept_back) < 0:
        raise Misused("张数不能为负")
    hands = poll.election.form == "hands"
    if hands and handed_out + drawn + kept_back:
        raise Misused("举手表决不发选票和凭证，请不写 --handed-out、--drawn")
    steps.lock(session, poll.case)
    opened = poll.election.present is not None
    if drawn + kept_back and not opened:
        steps.must_be_two(session, poll.case, "清点领出的凭证", ("scrutineer",), act)
        refuse_if("不能办理「开始投票」", scrubbing.surroundings_findings(session))
    due, present = (poll.election.due, poll.election.present) if opened else (poll.meeting.due, _present(session, poll))
    key = session.scalar(select(BallotKey.public).where(BallotKey.election_id == poll.case.id))
    facts = {
        "handed_out": handed_out, "drawn": drawn, "kept_back": kept_back, "due": due, "present": present,
        "key": key if drawn + kept_back and key else "", "method": poll.election.method_sha256,
        "definition": poll.case.definition_sha256,
    }  # fmt: skip

    def change() -> None:
        poll.election.handed_out, poll.election.drawn, poll.election.kept_back = handed_out, drawn, kept_back
        poll.election.due, poll.election.present = due, present

    outcome = steps.advance(session, poll.case, "open_hands" if hands else "open_poll", act, facts, change)
    if outcome.taken:
        _freeze_opening(session, poll, outcome.check_code)
    return outcome


def _freeze_opening(session: Session, poll: Poll, check_code: str) -> None:
    """Freeze who was there and what was issued: later comings and goings change neither."""
    attended = paper_facts.attendance_slip(session, poll.meeting_case, poll, check_code)
    papers.freeze(session, poll.case, "attendance_slip", paper_facts.slip_id(poll.meeting_case, poll), attended)
    if poll.election.form == "ballot":
        issued = paper_facts.issue_slip(session, poll, check_code)
        papers.freeze(session, poll.case, "issue_slip", paper_facts.paper_id("issue_slip", poll), issued)


def _present(session: Session, poll: Poll) -> int:
    query = select(func.count()).where(
        RollEntry.meeting_id == poll.meeting.case_id, RollEntry.may_vote, RollEntry.presence == "present"
    )
    return session.scalar(query) or 0


def close_poll(session: Session, poll: Poll, act: Act) -> Outcome:
    """
    End the poll. Its line carries the counts, because casting leaves none, and the hash of what lies in the box.

    Whoever is casting at this moment holds the poll's case: the count waits for her, so that no ballot is in the box
    and not in the count. Passes and ballots go into fresh tables in the same transaction; `scrubbing.scrub` follows.
    """
    steps.lock(session, poll.case)
    session.execute(select(Case.id).where(Case.id == poll.case.id).with_for_update()).one()
    sealed = select(func.count()).where(SealedBallot.election_id == poll.case.id)
    cast, spent = session.scalar(sealed) or 0, passes_in(session, poll, "spent")
    unspent = passes_in(session, poll, "unspent") + passes_in(session, poll, "handed_in")
    facts = {
        "cast": cast, "spent": spent, "unspent": unspent, "sealed_sha256": digests.of_sealed(session, poll.case.id),
    }  # fmt: skip

    def change() -> None:
        poll.election.phones, poll.election.spent = cast, spent
        if cast or spent:
            poll.election.box = "copied"
            scrubbing.into_fresh_tables(session, poll.case.id)

    return steps.advance(session, poll.case, "close_poll", act, facts, change)


def passes_in(session: Session, poll: Poll, state: Literal["unspent", "spent", "void", "handed_in"]) -> int:
    """How many of the poll's passes are in this state."""
    query = select(func.count()).where(VotingPass.election_id == poll.case.id, VotingPass.state == state)
    return session.scalar(query) or 0


def count_returned(
    session: Session, poll: Poll, papers: int, ticked: int | None, act: Act, missing: int | None = None
) -> Outcome:
    """
    Record how many papers were found in the box (收票), before anything is looked at.

    Counted anew where a figure was wrong, until the poll is declared: the last line holds, the others stay. `missing`
    is what the scrutineers state of passes that nobody brings back.
    """
    if papers < 0 or (ticked is not None and ticked < 0):
        raise Misused("张数不能为负")
    on_paper = poll.election.handed_out + poll.election.exchanged
    if poll.method.void.returned_over == "voted" and on_paper and ticked is None:
        finding = Finding(
            "选举办法以投票人数为准，须报纸质票箱处划到的人数",
            poll.method.clause("void.returned_over"),
            "加上 --ticked 人数",
        )
        raise Refused("不能清点", [finding])

    steps.lock(session, poll.case)
    session.refresh(poll.election)
    election = poll.election
    line = journal.latest(session, poll.case.federation_id, poll.case.path, "count_returned")
    out, handed_in = missing_of(election), election.handed_in
    told = [json.loads(line.facts)[name] for name in ("papers", "ticked", "handed_in")] if line else []
    if poll.case.state == "returned" and line and told == [papers, ticked, handed_in] and missing in (None, out):
        return Outcome(False, line)
    if poll.case.state in ("closed", "returned"):
        contest = poll.rounds[0].short_id
        found = missing_findings(missing=out, handed_in=handed_in, stated=missing, contest=contest)
        refuse_if("不能清点", found)
    facts = {
        "papers": papers, "ticked": ticked, "handed_in": handed_in, "missing": out,
        "disputes": election.disputes, "passes_sha256": digests.of_passes(session, poll.case.id),
    }  # fmt: skip

    def change() -> None:
        election.papers, election.ticked = papers, ticked

    outcome = steps.advance(session, poll.case, "count_returned", act, facts, change)
    if outcome.taken:
        _freeze_return(session, poll, outcome.check_code)
    return outcome


def _freeze_return(session: Session, poll: Poll, check_code: str) -> None:
    slip = paper_facts.return_slip(session, poll, check_code)
    papers.freeze(session, poll.case, "return_slip", paper_facts.paper_id("return_slip", poll), slip)


def missing_of(election: Election) -> int:
    """未交回: passes drawn that were neither spent, nor exchanged, nor handed in."""
    return missing_passes(
        drawn=election.drawn, exchanged=election.exchanged, spent=election.spent or 0, handed_in=election.handed_in
    )


def declare(session: Session, poll: Poll, valid: bool, act: Act) -> Outcome:
    """
    Declare the election valid or void, before any tallying. A void box is never opened.

    Once valid it may still be declared void where the box cannot be opened (too few holders, too few ballots), and
    after the count where it is in doubt, and only then: what follows is a rerun.
    """
    if valid:
        return steps.advance(session, poll.case, "declare_valid", act, {})
    late = {"valid": "declare_unopened", "counted": "annul"}
    of_poll = (session, poll.case.federation_id, poll.case.path)
    done = next((way for way in late.values() if journal.latest(*of_poll, way)), "declare_void")  # said again
    return steps.advance(session, poll.case, late.get(poll.case.state, done), act, {})
