"""Elections planned from a meeting's method: one poll a sheet, one round a contest."""

import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from federation.errors import Finding, Refused, refuse_if
from federation.facts.acts import Act
from federation.models import (
    BallotRound,
    Candidate,
    Case,
    Draft,
    DraftVersion,
    Election,
    Meeting,
    MeetingDuty,
    Motion,
    RollEntry,
)
from federation.rules.candidates import scrutiny_findings
from federation.rules.methods import Contest, ElectionMethod, expected_candidates
from federation.rules.motions import SCRUTINY
from federation.services import cases, journal, polls, selection, snapshots, steps
from federation.services.steps import Outcome

POSITION = 100
"""Elections are listed after everything else below a meeting."""


def plan(session: Session, meeting_case: Case, act: Act) -> Outcome:
    """
    Plan the elections of a meeting from its method, or bring the plan into line with an amended one.

    A plan may be made from a text that is not adopted yet, because candidates are found before the congress meets; the
    poll opens only under the text that was adopted.
    """
    meeting = session.get_one(Meeting, meeting_case.id)
    version = _method_version(session, meeting_case, meeting)
    method = snapshots.method_of(version.method_toml)
    facts = {"method": version.sha256, "contests": [contest.id for contest in method.contests]}
    steps.lock(session, meeting_case)
    planned = _planned(session, meeting_case)
    if planned and all(election.method_sha256 == version.sha256 for election, _ in planned):
        line = journal.latest(session, meeting_case.federation_id, meeting_case.path, "plan")
        if line is not None:
            return Outcome(False, line)

    def change() -> None:
        if planned:
            _realign(session, meeting_case, planned, method, version.sha256)
        else:
            _open_sheets(session, meeting_case, method, version.sha256, act)

    return steps.perform(session, meeting_case, "plan", act, facts, change)


def _method_version(session: Session, meeting_case: Case, meeting: Meeting) -> DraftVersion:
    root = session.get_one(Case, meeting_case.root_id)
    remedy = (
        f"federation draft add {meeting.method} 文件.md --data 办法.toml，再 federation draft submit {meeting.method}"
    )
    exists = session.scalar(select(Draft).join(Case).where(Case.root_id == root.id, Case.short_id == meeting.method))
    if exists is None:
        raise Refused("还不能安排选举", [Finding(f"没有选举办法 {meeting.method}", "选举办法", remedy)])
    draft = selection.draft(session, root, meeting.method)
    if draft.state == "comment_draft":
        raise Refused(
            "还不能安排选举", [Finding("选举办法尚未定稿提交", "选举办法", f"federation draft submit {meeting.method}")]
        )
    query = select(DraftVersion).where(DraftVersion.draft_id == draft.id).order_by(DraftVersion.number.desc())
    return session.scalars(query).first() or _missing(meeting.method)


def _missing(draft: str) -> DraftVersion:
    raise Refused(
        "还不能安排选举", [Finding(f"文稿 {draft} 没有内容", "选举办法", f"federation draft add {draft} 文件.md")]
    )


def _planned(session: Session, meeting_case: Case) -> Sequence[tuple[Election, Case]]:
    query = select(Election, Case).join(Case, Case.id == Election.case_id).where(Election.meeting_id == meeting_case.id)
    return session.execute(query.order_by(Case.position)).all()


def _open_sheets(session: Session, meeting_case: Case, method: ElectionMethod, sha256: str, act: Act) -> None:
    sheets: dict[str, list[Contest]] = {}
    for contest in method.contests:
        sheets.setdefault(contest.sheet, []).append(contest)
    for position, (sheet, contests) in enumerate(sheets.items()):
        label = "、".join(contest.office for contest in contests) + "选举"
        election = add_election(session, meeting_case, sheet, label, method, sha256, act, POSITION + position)
        for place, contest in enumerate(contests):
            kind, seats = _first_ballot(contest)
            add_round(session, election, contest.id, contest, kind, seats, place)


def add_election(
    session: Session,
    meeting_case: Case,
    short_id: str,
    label: str,
    method: ElectionMethod,
    sha256: str,
    act: Act,
    position: int,
    previous: uuid.UUID | None = None,
) -> Election:
    """Open the case of a poll and return its row."""
    case = cases.add_child(session, meeting_case, "election", short_id, label, act, position)
    election = Election(
        case_id=case.id,
        meeting_id=meeting_case.id,
        sheet=short_id,
        form=method.form,
        method_sha256=sha256,
        previous_id=previous,
    )
    session.add(election)
    session.flush()
    return election


def add_round(
    session: Session,
    election: Election,
    short_id: str,
    contest: Contest,
    kind: str,
    seats: int,
    position: int,
    nth: int = 1,
) -> BallotRound:
    """Add one contest to a poll and return it."""
    found = BallotRound(
        election_id=election.case_id,
        meeting_id=election.meeting_id,
        short_id=short_id,
        contest=contest.id,
        office=contest.office,
        kind=kind,
        nth=nth,
        seats=seats,
        position=position,
    )
    session.add(found)
    session.flush()
    return found


def _realign(
    session: Session,
    meeting_case: Case,
    planned: Sequence[tuple[Election, Case]],
    method: ElectionMethod,
    sha256: str,
) -> None:
    """Take over an amended method where nothing fixed or printed contradicts it."""
    known = {contest.id: contest for contest in method.contests}
    found = {case.id: (election, case) for election, case in planned}
    rounds = session.scalars(select(BallotRound).where(BallotRound.election_id.in_(found))).all()
    problems = list(_contest_findings(known, rounds))
    for round in rounds:
        election, case = found[round.election_id]
        old = polls.method_by_hash(session, meeting_case, election.method_sha256)
        if contest := known.get(round.contest):
            problems += _fixed_findings(round, contest, case, old, method)
    refuse_if("不能改用修改后的选举办法", problems)
    for election, _ in planned:
        election.method_sha256, election.form = sha256, method.form
    for round in rounds:
        contest = known[round.contest]
        round.office, (round.kind, round.seats) = contest.office, _first_ballot(contest)


def _first_ballot(contest: Contest) -> tuple[str, int]:
    """What a contest begins with, and how many are chosen in it: a primary chooses the formal list."""
    return ("primary", expected_candidates(contest)) if contest.primary else ("first", contest.seats)


def _contest_findings(known: Mapping[str, Contest], rounds: Sequence[BallotRound]) -> Iterator[Finding]:
    """Say which contests the amended method drops or adds."""
    planned = {round.contest: round for round in rounds}
    for contest in planned.keys() - known.keys():
        yield Finding(f"修改后的办法里没有选举项目 {contest}", "选举办法", "改回条文，或中止后重新立案")
    for contest in known.keys() - planned.keys():
        yield Finding(f"修改后的办法多出选举项目 {contest}", "选举办法", "改回条文，或中止后重新立案")


def _fixed_findings(
    round: BallotRound, contest: Contest, case: Case, old: ElectionMethod, new: ElectionMethod
) -> Iterator[Finding]:
    """Say why this contest cannot go over to the amended method: it is voted on, or its sheet is fixed otherwise."""
    if case.state not in ("nominating", "prepared"):
        yield Finding(f"{round.office}已经开始投票", "选举办法", "本轮按开始时的办法进行到底")
        return
    if contest.sheet != case.short_id:
        yield Finding(f"{contest.office}改到了选票 {contest.sheet} 上", "选举办法", "改回条文，或中止后重新立案")
    sheet = (round.office, round.kind, round.seats, old.form, old.ballot, old.write_in)
    if case.state == "prepared" and sheet != (
        contest.office,
        *_first_ballot(contest),
        new.form,
        new.ballot,
        new.write_in,
    ):
        remedy = f"federation step recall_papers --on-case {case.path.partition('/')[2]}"
        yield Finding(f"{round.office}的名单和选票已按修改前的办法确定", "选举办法", remedy)


def set_scrutineers(session: Session, meeting_case: Case, duties: dict[str, list[str]], act: Act) -> Outcome:
    """
    Name the scrutineers and tellers that will be put to the meeting. None of them may be a candidate.

    Once the meeting has voted on them the list stands; a replacement is put to the meeting again.
    """
    refuse_if("不能确定监票人", _scrutiny_findings(session, meeting_case, duties))
    facts = {duty: group for duty, group in duties.items() if group}
    line = journal.latest(session, meeting_case.federation_id, meeting_case.path, "duties.scrutineers")
    if line is not None and line.facts == journal.canonical(facts):
        return Outcome(False, line)

    def change() -> None:
        for duty in session.scalars(
            select(MeetingDuty).where(MeetingDuty.meeting_id == meeting_case.id, MeetingDuty.duty.in_(SCRUTINY))
        ):
            session.delete(duty)
        session.flush()
        for duty_name, group in facts.items():
            for place, name in enumerate(group):
                session.add(MeetingDuty(meeting_id=meeting_case.id, duty=duty_name, name=name, position=place))

    return steps.perform(session, meeting_case, "duties", act, facts, change, detail="scrutineers")


def _scrutiny_findings(session: Session, meeting_case: Case, duties: dict[str, list[str]]) -> Iterator[Finding]:
    names = Counter(name for group in duties.values() for name in group)
    if not duties.get("chief_scrutineer") and not duties.get("scrutineer"):
        yield Finding("至少要有一名监票人", "选举办法", "--chief 姓名 或 --scrutineer 姓名")
    for name, duties_held in names.items():
        if duties_held > 1:
            yield Finding(f"{name}写了 {duties_held} 次", "一人只担任一项", "每人只写一次")
    query = select(Candidate.name).join(BallotRound)
    standing = set(session.scalars(query.where(BallotRound.meeting_id == meeting_case.id, ~Candidate.withdrawn)))
    yield from scrutiny_findings(standing, names)
    put = select(Motion.number).where(
        Motion.meeting_id == meeting_case.id, Motion.subject == "scrutineers", ~Motion.recorded
    )
    if number := session.scalar(put):
        hands = "--approve 人数 --against 人数 --abstain 人数"
        remedy = f"federation motion record {number} {hands} --meeting {meeting_case.short_id}"
        yield Finding(f"第 {number} 项正在就名单表决", "付表决的名单不能中途改动", remedy)


def outsiders(session: Session, meeting_case: Case, names: Iterable[str]) -> list[str]:
    """Those of these names who do not stand on the meeting's roll: lawful, and often a slip of the pen."""
    roll = set(session.scalars(select(RollEntry.displayed).where(RollEntry.meeting_id == meeting_case.id)))
    return [name for name in dict.fromkeys(names) if roll and name not in roll]


def overview(session: Session, meeting_case: Case) -> list[dict[str, Any]]:
    """Every round of a meeting with its list and its ledger, as far as it is known."""
    query = select(BallotRound, Election, Case).join(Election, Election.case_id == BallotRound.election_id)
    query = query.join(Case, Case.id == Election.case_id).where(BallotRound.meeting_id == meeting_case.id)
    names: dict[uuid.UUID, list[str]] = {}
    listed = (
        select(Candidate.round_id, Candidate.name).join(BallotRound).where(BallotRound.meeting_id == meeting_case.id)
    )
    for round_id, name in session.execute(listed.where(~Candidate.withdrawn).order_by(Candidate.position)):
        names.setdefault(round_id, []).append(name)
    rows = []
    for round, election, case in session.execute(query.order_by(Case.position, BallotRound.position)):
        method = polls.method_by_hash(session, meeting_case, election.method_sha256)
        issued = election.handed_out + election.drawn
        issued_at_all = election.present is not None and election.form == "ballot"
        returned = None if election.papers is None else (election.phones or 0) + election.papers
        rows.append(
            {
                "contest": round.short_id,
                "office": round.office,
                "kind": KINDS[round.kind],
                "seats": round.seats,
                "expected": expected_candidates(method.contest(round.contest), primary=round.kind == "primary"),
                "state": steps.definition_of(session, case).states[case.state].label,
                "due": election.due,
                "present": election.present,
                "issued": issued if issued_at_all else None,
                "returned": returned,
                "candidates": names.get(round.id, []),
            }
        )
    return rows


KINDS = {"first": "首轮", "primary": "预选", "rerun": "重新选举", "runoff": "再次投票", "supplementary": "另行选举"}
