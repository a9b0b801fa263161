"""Drafts: versions added, compared, submitted, adopted."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from federation.errors import Finding, Misused, NotFound, Refused, refuse_if
from federation.facts.acts import Act, Stated
from federation.facts.drafts import DraftSummary, VersionFacts
from federation.models import Case, Draft, DraftVersion, Meeting
from federation.rules.clauses import ClauseChange, numbering_findings, parse_document, redline
from federation.rules.methods import departure_findings, load_method
from federation.services import cases, journal, selection, snapshots, steps
from federation.services.steps import Outcome

KINDS = {"charter": "章程", "method": "选举办法"}


@dataclass(frozen=True, slots=True)
class Added:
    """A version added. `data_from` is the version its data was carried over from, 0 if from none."""

    outcome: Outcome
    number: int
    title: str
    clauses: int
    has_data: bool
    data_from: int
    ahead: tuple[Finding, ...]
    """What this version would be refused for at submission."""
    departures: tuple[Finding, ...]
    """Where its method departs from the common frame: an officer states the reason as she submits it."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a draft belongs: what it is, and the meeting that adopts it."""

    kind: str
    label: str
    meeting: str


def add(session: Session, root: Case, id: str, text: str, act: Act, data: str = "", title: str = "") -> Added:
    """
    Add a version, and open the draft with its first.

    Without `data` a method keeps the data of its latest version. The latest version added again changes nothing.
    Errors: NotFound for an id no meeting of this case knows, WrongStage, Refused with every fault of prose and data.
    """
    steps.lock(session, root)
    place = _place(session, root, id)
    if data and place.kind != "method":
        raise Misused("只有选举办法才有数据文件（--data）")
    case, latest = _so_far(session, root, id)
    carried = latest.number if latest and latest.method_toml and not data else 0
    data = data or (latest.method_toml if latest else "")
    same = case and latest and latest.sha256 == content_hash(text, data) and title in ("", latest.title)
    if case and latest and same and (line := journal.latest(session, root.federation_id, case.path, "draft")):
        return _added(session, root, id, Outcome(False, line), latest, act, carried)
    steps.must_allow(session, root, "draft")
    steps.must_follow(root, act)
    case = case or cases.add_draft(session, root, id, place.kind, place.meeting, place.label, act)
    version = _next_version(case, latest, text, data, title or _title(text, latest, place), act)
    refuse_if(f"{place.label}文稿不合格", _content_findings(version, latest, act, place.label))
    facts = {"number": version.number, "sha256": version.sha256, "clauses": len(parse_document(text).clauses)}
    outcome = steps.perform(session, case, "draft", act, facts, lambda: session.add(version))
    return _added(session, root, id, outcome, version, act, carried)


def _title(text: str, latest: DraftVersion | None, place: _Place) -> str:
    """The title that the text gives itself, else that of the version before."""
    return parse_document(text).title or (latest.title if latest else place.label)


def _next_version(case: Case, latest: DraftVersion | None, text: str, data: str, title: str, act: Act) -> DraftVersion:
    return DraftVersion(
        draft_id=case.id,
        number=latest.number + 1 if latest else 1,
        title=title,
        text=text,
        method_toml=data,
        sha256=content_hash(text, data),
        added_on=str(act.stated),
    )


def content_hash(text: str, data: str) -> str:
    """SHA-256 over the prose, a NUL and the data: what a meeting adopts."""
    return hashlib.sha256(f"{text}\0{data}".encode()).hexdigest()


def _added(
    session: Session, root: Case, id: str, outcome: Outcome, version: DraftVersion, act: Act, carried: int
) -> Added:
    ahead = snapshots.of(session, root, act.stated).draft(id).findings
    clauses = len(parse_document(version.text).clauses)
    has_data, departures = bool(version.method_toml), _departures(version)
    return Added(outcome, version.number, version.title, clauses, has_data, carried, ahead, departures)


def _departures(version: DraftVersion) -> tuple[Finding, ...]:
    return tuple(departure_findings(snapshots.method_of(version.method_toml))) if version.method_toml else ()


def _content_findings(version: DraftVersion, latest: DraftVersion | None, act: Act, label: str) -> Iterator[Finding]:
    if latest and act.stated.precedes(Stated.parse(latest.added_on)):
        yield Finding(f"第 {latest.number} 版是 {latest.added_on} 登记的", "时间先后", "改用不早于它的 --on 日期")
    if len(version.title) > 200:
        yield Finding("标题超过 200 字", label, "第一行写标题，或用 --title 指明")
    yield from numbering_findings(parse_document(version.text), label)
    if version.method_toml:
        try:
            load_method(version.method_toml, "数据文件")
        except Refused as refused:
            yield from refused.findings


def _place(session: Session, root: Case, id: str) -> _Place:
    query = select(Case.short_id, Case.label, Meeting.method).join(Meeting, Meeting.case_id == Case.id)
    meetings = session.execute(query.where(Case.root_id == root.id).order_by(Case.position, Case.path)).all()
    places = {"charter": _Place("charter", "章程", meetings[0][0] if meetings else "")}
    for meeting, label, method in meetings:
        name = "选举办法" if method == "method" else f"{label}选举办法"
        places.setdefault(method, _Place("method", name, meeting))
    if id not in places:
        raise NotFound(f"本案没有文稿 {id}，可以是：{'、'.join(places)}")
    return places[id]


def _so_far(session: Session, root: Case, id: str) -> tuple[Case | None, DraftVersion | None]:
    """The draft's case and its latest version, as far as there are any."""
    query = select(Case).join(Draft, Draft.case_id == Case.id).where(Case.root_id == root.id, Case.short_id == id)
    case = session.scalar(query)
    versions = _versions(session, case) if case else []
    return case, versions[-1] if versions else None


def _versions(session: Session, case: Case) -> list[DraftVersion]:
    query = select(DraftVersion).where(DraftVersion.draft_id == case.id).order_by(DraftVersion.number)
    return list(session.scalars(query))


def submit(session: Session, root: Case, id: str, act: Act, attest: str = "") -> Outcome:
    """
    Put the latest version forward as the text for the meeting (征求意见稿 → 草案).

    Where a method departs from the common frame, `attest` is the officer's reason; it is journalled with what it is
    about. Errors: Refused without one, with the departures and whatever else stands in the way.
    """
    case = selection.draft(session, root, id)
    steps.lock(session, case)
    latest = _versions(session, case)[-1]
    departures, reason = _departures(latest), attest.strip()
    if departures and case.state == "comment_draft" and not reason:
        ahead = snapshots.of(session, root, act.stated).draft(id).findings
        remedy = f"federation draft submit {id} --attest 理由"
        refuse_if("不能定稿提交", [*ahead, *(replace(found, remedy=remedy) for found in departures)])
    if departures and not reason and (line := journal.latest(session, case.federation_id, case.path, "submit_draft")):
        reason = json.loads(line.facts).get("attest", "")  # a repeat need not say it again
    facts = {"departures": [found.problem for found in departures], "attest": reason} if departures else {}
    return _advance(session, root, id, "submit_draft", act, facts)


def adopt(session: Session, root: Case, id: str, act: Act) -> Outcome:
    """Record that the meeting carried the latest version: it is in force from now on (草案 → 正式稿)."""
    return _advance(session, root, id, "adopt_draft", act)


def _advance(
    session: Session, root: Case, id: str, event: str, act: Act, more: Mapping[str, Any] = MappingProxyType({})
) -> Outcome:
    """Take a step of a draft; it leaves its state only while the root case allows work on drafts."""
    case = selection.draft(session, root, id)
    steps.lock(session, case)
    latest = _versions(session, case)[-1]
    if steps.definition_of(session, case).step(event, case.state):
        steps.must_allow(session, root, "draft")
        steps.must_follow(root, act)

    def change() -> None:
        if event == "adopt_draft":
            session.get_one(Draft, case.id).adopted_version = latest.number

    facts = {"number": latest.number, "sha256": latest.sha256, **more}
    return steps.advance(session, case, event, act, facts, change)


def listed(session: Session, root: Case) -> list[DraftSummary]:
    """The drafts of a case, each at its stage."""
    query = select(Case, Draft).join(Draft, Draft.case_id == Case.id).where(Case.root_id == root.id)
    found = []
    for case, draft in session.execute(query.order_by(Case.position, Case.path)):
        versions = _versions(session, case)
        latest = versions[-1]
        found.append(
            DraftSummary(
                id=case.short_id,
                kind=draft.kind,
                meeting=draft.meeting,
                state=case.state,
                state_label=steps.definition_of(session, case).states[case.state].label,
                versions=len(versions),
                title=latest.title,
                sha256=latest.sha256,
                has_data=bool(latest.method_toml),
                adopted_version=draft.adopted_version,
            )
        )
    return found


def version(session: Session, root: Case, id: str, number: int | None = None) -> VersionFacts:
    """One version of a draft, the latest where no number is given."""
    case = selection.draft(session, root, id)
    versions = _versions(session, case)
    wanted = number or versions[-1].number
    found = next((row for row in versions if row.number == wanted), None)
    if found is None:
        raise NotFound(f"文稿 {id} 没有第 {wanted} 版；现有第 1 至 {versions[-1].number} 版")
    return VersionFacts(
        draft=id,
        number=found.number,
        title=found.title,
        state_label=steps.definition_of(session, case).states[case.state].label,
        text=found.text,
        data=found.method_toml,
        sha256=found.sha256,
        added_on=found.added_on,
        latest=found is versions[-1],
    )


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions and every 条 that differs."""

    old: VersionFacts
    new: VersionFacts
    changes: tuple[ClauseChange, ...]


def compare(session: Session, root: Case, id: str, old: int | None = None, new: int | None = None) -> Comparison:
    """What changed from one version to another: without numbers, from the last but one to the latest."""
    after = version(session, root, id, new)
    if old is None and after.number == 1:
        raise NotFound(f"文稿 {id} 的第 1 版之前没有更早的版本可比较")
    before = version(session, root, id, after.number - 1 if old is None else old)
    return Comparison(before, after, redline(parse_document(before.text), parse_document(after.text)))
