"""
The comment page: what it shows of drafts and comments, and a comment taken in from it.

A comment from the web is taken in in the name of the officer who opened the period. Who made it is shown to nobody on
the page; the journal has its number and its clause, as for any other.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from federation.errors import Finding, NotFound, Refused, WrongStage, refuse_if
from federation.facts.acts import Act, Stated
from federation.facts.comment_pages import ClauseShown, CommentPage, CommentShown, DraftShown, PeriodListed, Policy
from federation.facts.comments import WrittenComment
from federation.models import Case, Comment, CommentPolicy, CommentWindow, DraftVersion, Federation
from federation.rules import comments as law
from federation.rules.clauses import parse_document
from federation.services import comments, selection, steps


def listed(session: Session) -> list[PeriodListed]:
    """The comment periods that have a page."""
    query = select(Case, Federation).join(CommentPolicy, CommentPolicy.case_id == Case.id)
    query = query.join(Federation, Federation.id == Case.federation_id)
    rows = session.execute(query.order_by(Federation.short_id, Case.path)).all()
    return [PeriodListed(f"{of.short_id}/{case.path}", of.name, case.label) for case, of in rows]


def find(session: Session, name: str) -> Case:
    """The case of this name, or of this end of a name, whose comment period has a page."""
    periods = select(Case).join(CommentPolicy, CommentPolicy.case_id == Case.id)
    found = selection.at_address(session, periods, name)
    if len(found) != 1:
        finding = Finding("网址有误，或这次征求意见不在网上收", remedy="从 /comments 选，或把意见书面交筹备组")
        raise NotFound("没有这个征求意见的网页", [finding])
    return found[0]


def page(session: Session, root: Case, on: date) -> CommentPage:
    """The whole page of a period on this day."""
    window, policy = session.get_one(CommentWindow, root.id), session.get_one(CommentPolicy, root.id)
    of = session.get_one(Federation, root.federation_id)
    under_way = "comment" in steps.definition_of(session, root).states[root.state].allows
    rows = session.scalars(select(Comment).where(Comment.case_id == root.id).order_by(Comment.number)).all()
    shows = policy.shows if under_way or policy.shows == "nothing" else "answers"
    versions = _versions(session, root, rows if not under_way else ())
    return CommentPage(
        address=f"{of.short_id}/{root.path}",
        federation=of.name,
        opens_on=window.opens_on,
        ends_on=window.ends_on,
        policy=Policy(policy.names, policy.shows),
        open=under_way and window.opens_on <= on <= window.ends_on,
        closed=not under_way,
        drafts=tuple(_draft(id, version, rows, shows) for id, version in versions.items()),
        counts=() if under_way else _counts(rows),
    )


def must_be_open(shown: CommentPage) -> None:
    """Refuse a comment out of the period before anything is locked for it: the lock is what ballots wait for."""
    if shown.closed:
        finding = Finding("征求意见已经结束", "征求意见通知", "采纳情况在征求意见的网页上看")
        raise WrongStage("意见没有提交", [finding])
    if not shown.open:
        raise Refused("意见没有提交", [Finding("现在不在征求意见期内", "征求意见通知", "把意见书面交筹备组")])


def receive(
    session: Session, root: Case, draft: str, clause: int, source: str, text: str, now: datetime
) -> tuple[bool, int]:
    """
    Take in a comment from the web: whether it is a new one, and its number.

    Errors: WrongStage and Refused as for a comment that an officer takes in; Refused where the committee's decision or
    the limits of the web stand against it.
    """
    steps.lock(session, root)
    policy = session.get_one(CommentPolicy, root.id)
    source, text = " ".join(source.replace("\0", "").split()), text.replace("\0", "").strip()
    known = session.scalar(select(func.count()).where(Comment.case_id == root.id)) or 0
    refuse_if("意见没有提交", law.web_findings(policy.names, source, text, known))
    written = WrittenComment(source or law.NAMELESS, draft, str(clause) if clause else law.PREAMBLE, text)
    act = Act(policy.officer, Stated.of(now), now)
    outcome, number = comments.add(session, root, written, act, way="web")
    return outcome.taken, number


def _versions(session: Session, root: Case, rows: Sequence[Comment]) -> Mapping[str, DraftVersion]:
    """The drafts as they are out for comment; once the period is closed, as they were commented on."""
    latest = comments.out_for_comment(session, root)
    if not rows:
        return latest
    query = select(Case.short_id, DraftVersion).join(DraftVersion, DraftVersion.draft_id == Case.id)
    query = query.where(DraftVersion.id.in_({row.version_id for row in rows})).order_by(DraftVersion.number)
    return latest | dict(session.execute(query).all())


def _draft(short_id: str, version: DraftVersion, rows: Sequence[Comment], shows: str) -> DraftShown:
    on_clause: dict[str, list[CommentShown]] = defaultdict(list)
    document = parse_document(version.text)
    labels = sorted((clause.label for clause in document.parts()), key=len, reverse=True)
    for row in rows:
        if row.version_id == version.id:
            label = next((label for label in labels if row.clause.startswith(label)), "")
            on_clause[label].append(_shown(row, shows))
    chapter, clauses = "", []
    for clause in document.parts():
        heading = clause.chapter if clause.chapter != chapter else ""
        chapter = clause.chapter
        if clause.text == version.title and not on_clause[clause.label]:
            continue  # nothing stands before the first clause but the title
        seen = () if shows == "nothing" else tuple(on_clause[clause.label])
        clauses.append(ClauseShown(clause.number, heading, clause.label, clause.text, seen))
    return DraftShown(short_id, version.title, tuple(clauses))


def _shown(row: Comment, shows: str) -> CommentShown:
    shown = CommentShown(row.number, row.clause, row.text, law.DISPOSITIONS.get(row.disposition, ""), row.reason)
    return shown if shows == "answers" else replace(shown, disposition="", reason="")


def _counts(rows: Sequence[Comment]) -> tuple[tuple[str, int], ...]:
    return tuple((word, sum(row.disposition == key for row in rows)) for key, word in law.DISPOSITIONS.items())
