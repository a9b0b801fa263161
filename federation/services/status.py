"""Where a federation stands, what is next, and what stands in the way."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from federation.errors import Finding
from federation.facts.acts import Stated
from federation.facts.snapshot import Snapshot, View
from federation.facts.status import CaseStatus, NextStep
from federation.models import BallotRound, Case, Federation, ProcessDefinition
from federation.rules.keys import holder_findings
from federation.services import papers, snapshots, steps
from federation.workflows.definition import Step, pinned_definition
from federation.workflows.vocabulary import COMMANDS


def of_federation(session: Session, federation: Federation, at: Stated, case: str = "") -> list[CaseStatus]:
    """The status of every root case of a federation, or of the one named."""
    rows = session.scalars(
        select(Case).where(Case.federation_id == federation.id).order_by(Case.position, Case.path)
    ).all()
    roots = [row for row in rows if row.parent_id is None and case in ("", row.short_id)]
    return [_status(session, root, rows, at) for root in roots]


def _status(session: Session, root: Case, rows: Sequence[Case], at: Stated) -> CaseStatus:
    snapshot = snapshots.of(session, root, at)
    contests: dict[object, str] = {}
    for election, round in session.execute(
        select(BallotRound.election_id, BallotRound.short_id).order_by(BallotRound.position.desc())
    ):
        contests[election] = round

    made = {slot.kind for slot in papers.available(session, root)} | {"archive_index"}
    root_allows = steps.definition_of(session, root).states[root.state].allows

    def one(case: Case) -> CaseStatus:
        definition = steps.definition_of(session, case)
        state = definition.states[case.state]
        view = steps.view_of(session, case, at, snapshot)
        words = {"DRAFT": case.short_id, "MEETING": case.short_id, "CONTEST": contests.get(case.id, "")}
        allows = tuple(act for act in state.allows if _is_left(act, view, root_allows))
        return CaseStatus(
            case=case.short_id,
            process=case.process,
            label=case.label,
            state=case.state,
            state_label=state.label,
            since=case.since,
            ended=state.end,
            allows=allows,
            next=tuple(_next(step, view, words) for step in definition.leaving(case.state)),
            papers_due=tuple(
                dict.fromkeys(
                    paper for step in definition.entering(case.state) for paper in step.papers if paper in made
                )
            ),
            children=tuple(one(child) for child in rows if child.parent_id == case.id),
            hints=tuple(
                _filled(COMMANDS.get(act, ""), words if case.parent_id else {"DRAFT": "文稿"}) for act in allows
            ),
        )

    return replace(one(root), warnings=tuple(_warnings(snapshot)))


def _warnings(snapshot: Snapshot) -> Iterator[Finding]:
    """Meetings that may vote with passes, and whose list of scrutineers is too short to hold a key."""
    for meeting in snapshot.meetings:
        waiting = [poll for poll in snapshot.polls(meeting.id) if poll.state in ("nominating", "prepared")]
        if any("phone" in poll.channels and poll.form == "ballot" and not poll.keyed for poll in waiting):
            yield from holder_findings(meeting.id, meeting.label, meeting.key_holders)


def _is_left(act: str, view: View, root_allows: Sequence[str]) -> bool:
    """Whether an act that the state allows is still to be done, as things stand; False for one that is done with."""
    match act:
        case "draft":
            return "draft" in root_allows
        case "roll" | "review":
            return not view.meeting.roll.frozen
        case "scrub":
            return view.election.box == "copied"
        case "cast":
            return view.election.drawn + view.election.kept_back > 0
        case "passes" | "ceremony":
            return view.election.form == "ballot" and "phone" in view.election.channels
        case _:
            return True


def _next(step: Step, view: View, words: dict[str, str]) -> NextStep:
    command = steps.command_of(step, view, words)
    offered = not any(use.findings(view) for use in step.when)
    return NextStep(step.event, step.label, command, steps.findings(view, step), step.aside, offered)


def _filled(command: str, words: dict[str, str]) -> str:
    for word, value in words.items():
        command = command.replace(word, value)
    return command


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """One root case of one federation, in a line. A federation without a case has one line too, with `case` empty."""

    federation: str
    name: str
    case: str
    label: str
    state_label: str
    since: str
    ended: bool


def overview(session: Session, superior: Federation | None) -> list[OverviewRow]:
    """Where every federation stands, or every one under this superior: two queries, however many there are."""
    query = select(Federation, Case).outerjoin(Case, (Case.federation_id == Federation.id) & Case.parent_id.is_(None))
    if superior is not None:
        query = query.where(Federation.superior_id == superior.id)
    texts = dict(session.execute(select(ProcessDefinition.sha256, ProcessDefinition.text)).all())
    rows = []
    for federation, case in session.execute(query.order_by(Federation.short_id, Case.short_id)):
        state = pinned_definition(texts[case.definition_sha256]).states[case.state] if case else None
        rows.append(
            OverviewRow(
                federation=federation.short_id,
                name=federation.name,
                case=case.short_id if case else "",
                label=case.label if case else "",
                state_label=state.label if state else "尚未立案",
                since=case.since if case else "",
                ended=bool(state and state.end),
            )
        )
    return rows
