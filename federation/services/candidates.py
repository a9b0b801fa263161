"""Candidates: nominated, withdrawn, listed."""

import json
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from federation.errors import Finding, Misused, NotFound, Refused, refuse_if
from federation.facts.acts import Act
from federation.models import BallotRound, Candidate, Case, JournalLine, Publicity
from federation.rules.candidates import publicity_findings, scrutiny_findings
from federation.rules.methods import surplus_findings
from federation.services import journal, snapshots, steps
from federation.services.elections import outsiders
from federation.services.polls import Poll, candidates, of_meeting, void_passes
from federation.services.steps import Outcome


@dataclass(frozen=True, slots=True)
class Nominee:
    """A name put forward, with a short biography where there is one."""

    name: str
    biography: str = ""


def nominate(session: Session, poll: Poll, round: BallotRound, nominees: list[Nominee], act: Act) -> Outcome:
    """Put names on a round's list. Those already there are passed over; a repeat of them all changes nothing."""
    names = [nominee.name for nominee in nominees]
    if not names or not all(names):
        raise Misused("请写明候选人姓名")
    if len(set(names)) != len(names):
        raise Misused("同一姓名写了两次；同名的人请带单位，如 王芳（三中）")
    _must_be_open(poll)
    rows = {row.name: row for row in session.scalars(select(Candidate).where(Candidate.round_id == round.id))}
    fresh = [nominee for nominee in nominees if nominee.name not in rows or rows[nominee.name].withdrawn]
    line = journal.latest(session, poll.case.federation_id, poll.case.path, f"nominate.{round.short_id}")
    if not fresh and line is not None:
        return Outcome(False, line)
    meeting = snapshots.of(session, poll.case, act.stated).meeting(poll.meeting_case.short_id)
    if found := list(scrutiny_findings([nominee.name for nominee in fresh], meeting.scrutiny)):
        raise Refused("不能提名", found)

    def change() -> None:
        last = session.scalar(select(func.max(Candidate.position)).where(Candidate.round_id == round.id)) or 0
        for place, nominee in enumerate(fresh, last + 1):
            row = rows.get(nominee.name) or Candidate(round_id=round.id, name=nominee.name)
            row.position, row.withdrawn, row.biography = place, False, nominee.biography
            session.add(row)

    facts = {"contest": round.short_id, "names": [nominee.name for nominee in fresh]}
    return steps.perform(session, poll.case, "nominate", act, facts, change, detail=round.short_id)


def describe(session: Session, poll: Poll, round: BallotRound, nominees: list[Nominee], act: Act) -> Outcome:
    """Write the biographies (简介) of those on a list in place of those written before; NotFound for others."""
    rows = {row.name: row for row in candidates(session, round)}
    if strangers := [nominee.name for nominee in nominees if nominee.name not in rows]:
        raise NotFound(f"{round.office}的候选人名单上没有 {'、'.join(strangers)}")
    if not nominees or not all(nominee.biography.strip() for nominee in nominees):
        raise Misused("请写明简介")
    fresh = [nominee for nominee in nominees if rows[nominee.name].biography != nominee.biography]
    if not fresh:
        return steps.repeated(session, poll.case, f"nominate.{round.short_id}.profile")

    def change() -> None:
        for nominee in fresh:
            rows[nominee.name].biography = nominee.biography

    facts = {"contest": round.short_id, "names": [nominee.name for nominee in fresh]}
    return steps.perform(session, poll.case, "nominate", act, facts, change, detail=f"{round.short_id}.profile")


def publicise(session: Session, meeting_case: Case, until: date, objections_to: str, act: Act) -> Outcome:
    """Set the days of publicity (公示) of a meeting's candidates, from the stated one, and who takes objections."""
    to = objections_to.strip()
    if not to or len(to) > 200:
        raise Misused("用 --objections-to 写明受理异议的单位和联系办法，最多 200 字")
    steps.lock(session, meeting_case)
    kept = session.get(Publicity, meeting_case.id)
    if kept is not None and (kept.opens_on, kept.ends_on, kept.objections_to) == (act.stated.day, until, to):
        return steps.repeated(session, meeting_case, "plan.publicity")
    listed = select(Candidate.id).join(BallotRound, BallotRound.id == Candidate.round_id)
    there = session.scalar(listed.where(BallotRound.meeting_id == meeting_case.id, ~Candidate.withdrawn).limit(1))
    refuse_if("不能公示候选人", publicity_findings(act.stated.day, until, listed=there is not None))
    facts = {"until": until.isoformat(), "objections_to": to}

    def change() -> None:
        opens_on = act.stated.day
        session.merge(Publicity(meeting_id=meeting_case.id, opens_on=opens_on, ends_on=until, objections_to=to))

    return steps.perform(session, meeting_case, "plan", act, facts, change, detail="publicity")


def _must_be_open(poll: Poll) -> None:
    """Refuse names for a further ballot: its list follows from the votes, and nobody comes onto it by nomination."""
    if poll.election.previous_id is not None:
        remedy = "另行选举增提人选：federation election supplement --add 姓名 --approval 批复文号"
        raise Refused("不能提名", [Finding("后续一轮的名单由前一轮的结果产生", "选举办法", remedy)])


def surplus_warnings(session: Session, poll: Poll, round: BallotRound) -> tuple[Finding, ...]:
    """Warn, with the arithmetic, when a first list is longer or shorter than the method's 差额 gives. Never a block."""
    if round.kind not in ("first", "primary"):
        return ()
    contest = poll.method.contest(round.contest)
    return surplus_findings(poll.method, contest, len(candidates(session, round)), primary=round.kind == "primary")


def list_warnings(session: Session, meeting_case: Case) -> tuple[Finding, ...]:
    """The same for every list of a meeting: whoever sends the lists up, or enters the answer, is told once more."""
    return tuple(
        found
        for poll in of_meeting(session, meeting_case)
        for round in poll.rounds
        for found in surplus_warnings(session, poll, round)
    )


def nomination_warnings(
    session: Session, poll: Poll, round: BallotRound, names: list[str], act: Act
) -> tuple[Finding, ...]:
    """Remind of names that are on no roll, or do not hold yet what the contest requires. Never a block."""
    found = [
        Finding(f"{name}不在{poll.meeting_case.label}名册上", "", "如非笔误，不必理会")
        for name in outsiders(session, poll.meeting_case, names)
    ]
    snapshot = snapshots.of(session, poll.case, act.stated)
    facts = steps.view_of(session, poll.case, act.stated, snapshot).election
    mine = next(row for row in facts.rounds if row.id == round.short_id)
    found += [
        Finding(f"{name}还没有当选所要求的职务", "选举办法", "当选之后才能印上选票")
        for name in mine.ineligible
        if name in names
    ]
    return tuple(found)


def withdraw(session: Session, poll: Poll, round: BallotRound, name: str, note: str, act: Act) -> Outcome:
    """
    Take a name off a list. Before printing: recorded. After printing: the presidium's decision, which voids the papers.

    A name that stays on a paper while its bearer no longer stands would collect votes that count for nobody; so the
    printed papers and passes are recalled, and the list is printed anew.
    """
    row = session.scalar(select(Candidate).where(Candidate.round_id == round.id, Candidate.name == name))
    if row is None:
        raise NotFound(f"{round.office}的候选人名单上没有 {name}")
    facts = {"contest": round.short_id, "name": name, "note": note}
    if row.withdrawn:
        return Outcome(False, _withdrawal(session, poll, round, name))
    printed, further = poll.case.state == "prepared", poll.election.previous_id is not None
    if (printed or further) and not note:
        fixed = "选票已经印制" if printed and poll.election.form == "ballot" else "名单已经确定"
        finding = Finding(fixed, "名单定下之后撤换候选人须有主席团的明确决定", "加上 --note 主席团决定的内容")
        raise Refused("不能撤回提名", [finding])
    if not printed:
        return steps.perform(
            session, poll.case, "withdraw", act, facts, lambda: setattr(row, "withdrawn", True), round.short_id
        )

    def recall() -> None:
        row.withdrawn = True
        poll.election.papers_printed = 0
        void_passes(session, poll)

    return steps.advance(session, poll.case, "recall_papers", act, facts, recall)


def _withdrawal(session: Session, poll: Poll, round: BallotRound, name: str) -> JournalLine:
    """The line by which this name left the list, before printing or after."""
    query = select(JournalLine).where(
        JournalLine.chain == poll.case.federation_id,
        JournalLine.subject == poll.case.path,
        JournalLine.act.in_((f"withdraw.{round.short_id}", "recall_papers")),
    )
    lines = session.scalars(query.order_by(JournalLine.sequence.desc()))
    return next(line for line in lines if json.loads(line.facts).get("name") == name)
