"""Terms: who holds which office, appointed from the announced results and from nothing else."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from federation.errors import Finding, Misused, Refused, refuse_if
from federation.facts.acts import Act
from federation.models import BallotRound, Case, Elected, Federation, Term
from federation.services import journal, paper_facts, papers, steps
from federation.services.steps import Outcome


@dataclass(frozen=True, slots=True)
class TermFacts:
    """One person in one office, days included at both ends."""

    office: str
    name: str
    term_no: int
    starts_on: date
    ends_on: date
    ended_on: date | None = None


def appoint(session: Session, root: Case, years: int, claimed: Sequence[tuple[str, str]], act: Act) -> Outcome:
    """
    Open the terms of everyone elected, from the day stated, for so many years.

    `claimed` may name (office, name) pairs that the officer expects; one that was not elected is refused: nobody takes
    office by being typed in.
    """
    if not 1 <= years <= 10:
        raise Misused("任期年数应在 1 到 10 之间，按章程填写（--years）")
    elected = _elected(session, root)
    standing = {(office, row.name) for row, office in elected}
    wrong = [
        Finding(f"{name}没有当选{office}", "任职以选举结果为准", "核对选举结果公告")
        for office, name in claimed
        if (office, name) not in standing
    ]
    refuse_if("不能任职", wrong)
    starts_on = act.stated.day
    ends_on = _years_on(starts_on, years)

    def change() -> None:
        for place, (row, office) in enumerate(elected):
            session.add(
                Term(
                    federation_id=root.federation_id,
                    case_id=root.id,
                    elected_id=row.id,
                    office=office,
                    name=row.name,
                    term_no=root.term_no,
                    position=place,
                    starts_on=starts_on,
                    ends_on=ends_on,
                )
            )

    facts = {"years": years, "appointed": [[office, row.name] for row, office in elected]}
    outcome = steps.advance(session, root, "appoint", act, facts, change)
    if outcome.taken:
        certificates = paper_facts.certificates(session, root, outcome.check_code)
        papers.freeze(session, root, "certificate", f"certificate-{root.short_id}", certificates)
    return outcome


def _elected(session: Session, root: Case) -> list[tuple[Elected, str]]:
    """Everyone elected in the case with the office, meeting by meeting, in announce order."""
    query = select(Elected, BallotRound.office).join(BallotRound, BallotRound.id == Elected.round_id)
    query = query.join(Case, Case.id == Elected.meeting_id).where(Case.root_id == root.id)
    rows = list(session.execute(query.order_by(Case.position, Elected.contest, Elected.position)))
    rank = {key: place for place, key in enumerate(_contests(session, root))}
    return sorted(rows, key=lambda found: rank[found[0].meeting_id, found[0].contest])


def _contests(session: Session, root: Case) -> list[tuple[uuid.UUID, str]]:
    """The contests of the case, meeting by meeting, in the order of their first ballots: that of the method."""
    meeting, poll = aliased(Case), aliased(Case)
    query = select(BallotRound.meeting_id, BallotRound.contest).join(poll, poll.id == BallotRound.election_id)
    query = query.join(meeting, meeting.id == BallotRound.meeting_id).where(meeting.root_id == root.id)
    rows = session.execute(query.order_by(meeting.position, poll.position, BallotRound.position))
    return list(dict.fromkeys((found, contest) for found, contest in rows))


def _years_on(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def listed(session: Session, of: Federation, on: date | None = None) -> list[TermFacts]:
    """The terms of a federation; with a day, those running on it."""
    query = select(Term).where(Term.federation_id == of.id).order_by(Term.term_no, Term.position)
    rows = [
        TermFacts(row.office, row.name, row.term_no, row.starts_on, row.ends_on, row.ended_on)
        for row in session.scalars(query)
    ]
    return [row for row in rows if on is None or row.starts_on <= on <= (row.ended_on or row.ends_on)]


def resign(session: Session, root: Case, office: str, name: str, note: str, act: Act) -> Outcome:
    """Record that a person left an office before its end: written, accepted by the committee, reported upward."""
    act.must_not_be_future()
    query = select(Term).where(Term.federation_id == root.federation_id, Term.name == name, Term.ended_on.is_(None))
    rows = [row for row in session.scalars(query) if office in ("", row.office)]
    if len(rows) != 1:
        problem = f"{name}现任 {len(rows)} 个职务" if rows else f"{name}现在没有任职"
        raise Refused(
            "不能登记离任", [Finding(problem, "任期", "用 --office 写明职务" if rows else "federation term list")]
        )
    if not note:
        raise Refused("不能登记离任", [Finding("没有写明依据", "辞职须书面提出、经执行委员会接受", "加上 --note 依据")])
    row = rows[0]
    if act.stated.day < row.starts_on:
        raise Refused(
            "不能登记离任", [Finding(f"{name}自 {row.starts_on} 起任{row.office}", "时间先后", "核对 --on 日期")]
        )
    row.ended_on, row.ended_because = act.stated.day, note[:80]
    role = sorted(steps.roles_of(session, root, act.by))
    if not role:
        raise Refused("无权办理", [Finding(f"{act.by}不是本妇联的工作人员", "", "federation officer add")])
    facts = {"office": row.office, "name": name, "note": note}
    return Outcome(True, journal.append(session, root.federation_id, root.path, "resign", facts, act, role[0]))
