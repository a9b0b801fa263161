"""The facts of a root case and everything below it, read in a fixed number of queries."""

import hashlib
import json
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from federation.facts.acts import Stated
from federation.facts.counting import CountResult
from federation.facts.snapshot import (
    DraftFacts,
    ElectionFacts,
    MeetingFacts,
    MotionFacts,
    RequestFacts,
    RollFacts,
    RoundFacts,
    RuleFacts,
    Snapshot,
    WindowFacts,
)
from federation.models import (
    AgendaItem,
    BallotKey,
    BallotRound,
    Candidate,
    Case,
    Comment,
    CommentWindow,
    Draft,
    DraftVersion,
    Elected,
    Election,
    EntryBatch,
    Filing,
    Meeting,
    MeetingDuty,
    Motion,
    OfficerRole,
    PaperBatch,
    Request,
    RollEntry,
    Term,
    VotingPass,
)
from federation.rules.drafts import submission_findings
from federation.rules.methods import ElectionMethod, load_method


@lru_cache(maxsize=64)
def method_of(toml: str) -> ElectionMethod:
    """The election method of a stored text, which was checked when it was added."""
    return load_method(toml)


def of(session: Session, case: Case, at: Stated) -> Snapshot:
    """Everything that is true of the root of this case, at the time stated."""
    root = session.get_one(Case, case.root_id)
    children = session.scalars(
        select(Case).where(Case.root_id == root.id, Case.id != root.id).order_by(Case.position, Case.path)
    ).all()
    versions = _versions(session, root)
    meetings = _meetings(session, root, children, versions)
    window = session.get(CommentWindow, root.id)
    comments = select(Comment.disposition, func.count()).where(Comment.case_id == root.id)
    counted = dict(session.execute(comments.group_by(Comment.disposition)).all())
    requests = session.scalars(
        select(Request).where(Request.case_id == root.id).order_by(Request.subject, Request.number)
    )
    return Snapshot(
        case=root.short_id,
        process=root.process,
        state=root.state,
        term_no=root.term_no,
        at=at,
        roles=frozenset(
            session.scalars(select(OfficerRole.role).where(OfficerRole.federation_id == root.federation_id))
        ),
        drafts=_drafts(session, root, children, versions),
        window=WindowFacts(window.opens_on, window.ends_on) if window else None,
        comments=sum(counted.values()),
        unanswered=counted.get("", 0),
        requests=tuple(RequestFacts(request.subject, request.reply, request.covers) for request in requests),
        filings=_count(session, select(func.count()).select_from(Filing).where(Filing.case_id == root.id)),
        meetings=meetings,
        elections=_elections(session, root, children, versions),
        elected_sha256=_elected_hash(session, root),
        terms=_count(session, select(func.count()).select_from(Term).where(Term.case_id == root.id)),
    )


def quorum_of(session: Session, meeting: Case) -> RuleFacts | None:
    """The quorum of a meeting by the method in force, without all the rest; None where there is none yet."""
    held = session.get_one(Meeting, meeting.id)
    return _quorum(_versions(session, session.get_one(Case, meeting.root_id)).method(held.method), held.due)


def _count(session: Session, query: object) -> int:
    return session.scalar(query) or 0  # type: ignore[call-overload]


@dataclass(frozen=True, slots=True)
class _Versions:
    """For each draft: its latest version and the one in force (adopted, or else put forward)."""

    latest: Mapping[str, DraftVersion]
    counts: Mapping[str, int]
    in_force: Mapping[str, DraftVersion]

    def method(self, draft: str) -> ElectionMethod | None:
        """The method in force: until one is adopted, the text put to the meeting governs."""
        version = self.in_force.get(draft)
        return method_of(version.method_toml) if version and version.method_toml else None


def _versions(session: Session, root: Case) -> _Versions:
    query = (
        select(Case.short_id, Draft.adopted_version, DraftVersion)
        .join(Draft, Draft.case_id == Case.id)
        .join(DraftVersion, DraftVersion.draft_id == Draft.case_id)
        .where(Case.root_id == root.id)
        .order_by(DraftVersion.number)
    )
    latest: dict[str, DraftVersion] = {}
    in_force: dict[str, DraftVersion] = {}
    counts: dict[str, int] = defaultdict(int)
    for draft, adopted, version in session.execute(query):
        latest[draft] = version
        counts[draft] += 1
        if adopted is None or version.number == adopted:
            in_force[draft] = version
    return _Versions(latest, counts, in_force)


def _drafts(session: Session, root: Case, children: Iterable[Case], versions: _Versions) -> tuple[DraftFacts, ...]:
    rows = {draft.case_id: draft for draft in session.scalars(select(Draft).join(Case).where(Case.root_id == root.id))}
    meetings = {child.short_id: child for child in children if child.process == "meeting"}
    sessions = dict(
        session.execute(select(Meeting.case_id, Meeting.session_no).join(Case).where(Case.root_id == root.id)).all()
    )
    seats = {
        contest.office: contest.seats
        for draft in versions.in_force
        if (method := versions.method(draft))
        for contest in method.contests
    }
    found = []
    for child in children:
        if child.id not in rows:
            continue
        draft, version = rows[child.id], versions.latest.get(child.short_id)
        meeting = meetings.get(draft.meeting)
        found.append(
            DraftFacts(
                id=child.short_id,
                kind=draft.kind,
                meeting=draft.meeting,
                state=child.state,
                versions=versions.counts.get(child.short_id, 0),
                sha256=version.sha256 if version else "",
                findings=submission_findings(
                    draft.kind,
                    version.text,
                    version.method_toml,
                    term_no=root.term_no,
                    session_no=sessions.get(meeting.id, 1) if meeting else 1,
                    seats=tuple(sorted(seats.items())),
                    where=child.short_id,
                )
                if version and child.state != "adopted"
                else (),
            )
        )
    return tuple(found)


def _meetings(session: Session, root: Case, children: Sequence[Case], versions: _Versions) -> tuple[MeetingFacts, ...]:
    rows = {row.case_id: row for row in session.scalars(select(Meeting).join(Case).where(Case.root_id == root.id))}
    rolls = _rolls(session, rows)
    motions: dict[uuid.UUID, list[MotionFacts]] = defaultdict(list)
    for motion in session.scalars(select(Motion).where(Motion.meeting_id.in_(rows)).order_by(Motion.number)):
        facts = MotionFacts(motion.number, motion.subject, motion.recorded, motion.carried, motion.version_sha256)
        motions[motion.meeting_id].append(facts)
    agenda = dict(
        session.execute(
            select(AgendaItem.meeting_id, func.count())
            .where(AgendaItem.meeting_id.in_(rows))
            .group_by(AgendaItem.meeting_id)
        ).all()
    )
    duties: dict[uuid.UUID, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for duty in session.scalars(
        select(MeetingDuty).where(MeetingDuty.meeting_id.in_(rows)).order_by(MeetingDuty.position)
    ):
        duties[duty.meeting_id][duty.duty].append(duty.name)
    lists = _list_hashes(session, rows)
    return tuple(
        MeetingFacts(
            id=child.short_id,
            label=child.label,
            state=child.state,
            method=rows[child.id].method,
            roll_from=rows[child.id].roll_from,
            roll=rolls.get(child.id, RollFacts()),
            quorum=_quorum(versions.method(rows[child.id].method), rows[child.id].due),
            motions=tuple(motions[child.id]),
            agenda_items=agenda.get(child.id, 0),
            duties={duty: tuple(names) for duty, names in duties[child.id].items()},
            chair=rows[child.id].chair,
            held_on=rows[child.id].held_on,
            lists_sha256=lists.get(child.id, ""),
        )
        for child in children
        if child.id in rows
    )


def _rolls(session: Session, rows: Mapping[uuid.UUID, Meeting]) -> dict[uuid.UUID, RollFacts]:
    entry = RollEntry
    query = (
        select(
            entry.meeting_id,
            func.count(),
            func.count().filter(entry.may_vote),
            func.count().filter(entry.review == "", entry.kind != "observer"),  # 列席 stand for nothing to review
            func.count().filter(entry.review == "failed"),
            func.count().filter(entry.may_vote, entry.presence == "present"),
        )
        .where(entry.meeting_id.in_(rows))
        .group_by(entry.meeting_id)
    )
    return {
        meeting: RollFacts(people, voters, unreviewed, failed, rows[meeting].roll_frozen, rows[meeting].due, present)
        for meeting, people, voters, unreviewed, failed, present in session.execute(query)
    }


def _quorum(method: ElectionMethod | None, due: int | None) -> RuleFacts | None:
    if method is None or due is None:
        return None
    return RuleFacts(method.quorum.in_chinese(), method.quorum.needed(due=due), method.clause("quorum"))


def _list_hashes(session: Session, meetings: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    query = (
        select(BallotRound.meeting_id, BallotRound.short_id, Candidate.name)
        .join(Candidate, Candidate.round_id == BallotRound.id)
        .join(Election, Election.case_id == BallotRound.election_id)
        .where(BallotRound.meeting_id.in_(meetings), Election.previous_id.is_(None), ~Candidate.withdrawn)
    )
    lists: dict[uuid.UUID, list[list[str]]] = defaultdict(list)
    for meeting, round, name in session.execute(query):
        lists[meeting].append([round, name])
    return {
        key: hashlib.sha256(json.dumps(sorted(pairs), ensure_ascii=False).encode()).hexdigest()
        for key, pairs in lists.items()
    }


def _elections(
    session: Session, root: Case, children: Sequence[Case], versions: _Versions
) -> tuple[ElectionFacts, ...]:
    rows = {row.case_id: row for row in session.scalars(select(Election).join(Case).where(Case.root_id == root.id))}
    if not rows:
        return ()
    meetings = {child.id: child.short_id for child in children if child.process == "meeting"}
    methods = {
        meeting: versions.method(draft)
        for meeting, draft in session.execute(
            select(Meeting.case_id, Meeting.method).where(Meeting.case_id.in_(meetings))
        )
    }
    rounds = _rounds(session, rows, methods)
    passes: dict[uuid.UUID, dict[str, int]] = defaultdict(dict)
    query = select(VotingPass.election_id, VotingPass.state, func.count()).where(VotingPass.election_id.in_(rows))
    for election, state, number in session.execute(query.group_by(VotingPass.election_id, VotingPass.state)):
        passes[election][state] = number
    keyed = set(session.scalars(select(BallotKey.election_id).where(BallotKey.election_id.in_(rows))))
    found = []
    for child in children:
        if (row := rows.get(child.id)) is None:
            continue
        method, states = methods.get(row.meeting_id), passes[child.id]
        found.append(
            ElectionFacts(
                id=child.short_id,
                meeting=meetings[row.meeting_id],
                state=child.state,
                form=row.form,
                method_sha256=row.method_sha256,
                rounds=tuple(rounds.get(child.id, ())),
                channels=tuple(method.ballot.channels) if method else ("paper",),
                papers_printed=row.papers_printed,
                passes=sum(states.values()),
                passes_void=states.get("void", 0),
                passes_spent=states.get("spent", 0),
                due=row.due,
                present=row.present,
                handed_out=row.handed_out,
                drawn=row.drawn,
                kept_back=row.kept_back,
                exchanged=row.exchanged,
                keyed=child.id in keyed,
                phones=row.phones,
                spent=row.spent,
                handed_in=row.handed_in,
                disputes=row.disputes,
                box=row.box,
                faulty=row.faulty or 0,
                ruled=bool(row.ruling),
                papers=row.papers,
                ticked=row.ticked,
                proxies_per_voter=method.proxy.per_voter if method else 0,
                smallest=method.record.smallest if method else 0,
                returned_over=method.void.returned_over if method else "issued",
                returned_over_clause=method.clause("void.returned_over") if method else "",
                further=row.previous_id is not None,
            )
        )
    return tuple(found)


def _rounds(
    session: Session, rows: Mapping[uuid.UUID, Election], methods: Mapping[uuid.UUID, ElectionMethod | None]
) -> dict[uuid.UUID, list[RoundFacts]]:
    names: dict[uuid.UUID, list[str]] = defaultdict(list)
    query = (
        select(Candidate.round_id, Candidate.name)
        .join(BallotRound)
        .where(BallotRound.election_id.in_(rows), ~Candidate.withdrawn)
    )
    for round_id, name in session.execute(query.order_by(Candidate.position)):
        names[round_id].append(name)
    batches = select(PaperBatch.round_id, func.sum(PaperBatch.papers)).join(
        BallotRound, BallotRound.id == PaperBatch.round_id
    )
    entered = dict(
        session.execute(batches.where(BallotRound.election_id.in_(rows)).group_by(PaperBatch.round_id)).all()
    )
    piles: dict[uuid.UUID, list[str]] = defaultdict(list)
    waiting = select(EntryBatch.round_id, EntryBatch.number).join(BallotRound).where(EntryBatch.state == "open")
    for round_id, number in session.execute(waiting.where(BallotRound.election_id.in_(rows))):
        piles[round_id].append(number)
    winners = _winners(session, rows)
    found: dict[uuid.UUID, list[RoundFacts]] = defaultdict(list)
    query_rounds = (
        select(BallotRound)
        .where(BallotRound.election_id.in_(rows))
        .order_by(BallotRound.position, BallotRound.short_id)
    )
    for round in session.scalars(query_rounds):
        method = methods.get(round.meeting_id)
        contest = (
            method.contest(round.contest) if method and any(c.id == round.contest for c in method.contests) else None
        )
        required = contest.requires if contest else ""
        found[round.election_id].append(
            RoundFacts(
                id=round.short_id,
                contest=round.contest,
                office=round.office,
                kind=round.kind,
                seats=round.seats,
                candidates=tuple(names[round.id]),
                next=json.loads(round.result)["next"] if round.result else "",
                result=CountResult.from_json(json.loads(round.result)) if round.result else None,
                decided=bool(round.decision),
                entered=int(entered.get(round.id, 0)),
                piles_open=tuple(sorted(piles[round.id])),
                hands=round.hands is not None,
                after=contest.after if contest else (),
                ineligible=tuple(name for name in names[round.id] if name not in winners[required]) if required else (),
                clause=required,
            )
        )
    return found


def _elected_hash(session: Session, root: Case) -> str:
    query = select(Case.short_id, Elected.contest, Elected.name).join(Case, Case.id == Elected.meeting_id)
    rows = sorted(list(row) for row in session.execute(query.where(Case.root_id == root.id)))
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest() if rows else ""


def _winners(session: Session, rows: Mapping[uuid.UUID, Election]) -> dict[str, set[str]]:
    """Who was elected in which contest of this root case, by any of its meetings."""
    roots = select(Case.root_id).where(Case.id.in_(rows))
    query = (
        select(Elected.contest, Elected.name).join(Case, Case.id == Elected.meeting_id).where(Case.root_id.in_(roots))
    )
    winners: dict[str, set[str]] = defaultdict(set)
    for contest, name in session.execute(query):
        winners[contest].add(name)
    return winners
