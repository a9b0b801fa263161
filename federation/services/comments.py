"""The comment period: opened, comments taken in and answered, closed."""

import json
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from federation.errors import Finding, NotFound, refuse_if
from federation.facts.acts import Act
from federation.facts.comment_pages import Policy
from federation.facts.comments import Disposition, WrittenAnswer, WrittenComment
from federation.facts.papers import CommentRow
from federation.models import Case, Comment, CommentPolicy, CommentWindow, DraftVersion, JournalLine
from federation.rules import comments as law
from federation.rules.clauses import parse_document
from federation.services import journal, steps
from federation.services.steps import Outcome


def open_period(session: Session, root: Case, until: date, act: Act, web: Policy | None = None) -> Outcome:
    """
    Open the comment period: from the stated day to the end of `until`.

    `web` is the committee's decision about comments on the web; without one the web takes none and shows nothing.
    """
    decided = {"names": web.names, "shows": web.shows} if web else {}

    def change() -> None:
        refuse_if("不能开始征求意见", law.order_findings(act.stated.day, until))
        session.merge(CommentWindow(case_id=root.id, opens_on=act.stated.day, ends_on=until))
        session.flush()
        if decided:
            session.merge(CommentPolicy(case_id=root.id, officer=act.by, **decided))

    facts = {"until": until.isoformat(), **({"web": decided} if decided else {})}
    return steps.advance(session, root, "open_comments", act, facts, change)


def publish(session: Session, root: Case, to: str, file_sha256: str, act: Act, number: str = "") -> Outcome:
    """Record that the notice was given out: to whom, under which 发文字号 and which file, if any."""
    steps.lock(session, root)
    facts = {"to": to, "file": file_sha256} | ({"number": number} if number else {})
    if done := _lines(session, root, "comment.publish", facts):
        return Outcome(False, done[-1])
    steps.must_allow(session, root, "comment")
    refuse_if("不能登记通知的发布", _outside(session, root, act))
    return steps.perform(session, root, "comment", act, facts, detail="publish")


def add(session: Session, root: Case, written: WrittenComment, act: Act, way: str = "add") -> tuple[Outcome, int]:
    """
    Take in one comment, and return it with its number; `way` says how it came in, for the journal.

    The same words from the same source on the same clause are the same comment. Errors: WrongStage, Refused.
    """
    steps.lock(session, root)
    out = out_for_comment(session, root)
    read, found = law.comment_read(written, _texts(out))
    known = _comments(session, root)
    number = 0 if found else next((row.number for row in known if _key(row) == _key(_row(root, read, out))), 0)
    if number:
        return Outcome(False, _taken_in(session, root, number)), number
    steps.must_allow(session, root, "comment")
    refuse_if("意见没有登记", [*found, *_outside(session, root, act)])
    number = len(known) + 1
    facts = {"number": number, "draft": read.draft, "clause": read.clause}
    row = _row(root, read, out, number)
    return steps.perform(session, root, "comment", act, facts, lambda: session.add(row), detail=way), number


def take_in(session: Session, root: Case, rows: Sequence[WrittenComment], sha256: str, act: Act) -> Outcome:
    """
    Take in the comments of a whole file, or none of them.

    A file is known by its hash and taken in once. Errors: WrongStage; Refused with every bad row.
    """
    steps.lock(session, root)
    steps.must_allow(session, root, "comment")
    if any(row.disposition or row.reason for row in rows):
        steps.must_allow(session, root, "answer")
    out = out_for_comment(session, root)
    texts = _texts(out)
    read = [law.comment_read(row, texts) for row in rows]
    found = [finding for _, findings in read for finding in findings]
    known = _comments(session, root)
    made = [] if found else [_row(root, row, out, number) for number, (row, _) in enumerate(read, len(known) + 1)]
    found += _repeated(made, [row.place for row in rows], known)
    if not rows:
        found.append(Finding("文件里一条意见也没有", "", "表头之下每行写一条意见"))
    if done := [line for line in _lines(session, root, "comment.import") if json.loads(line.facts)["file"] == sha256]:
        found = [Finding(f"这份文件 {done[0].stated} 已经导入过", "", "federation comments list；只导入新的一份")]
    refuse_if("一条也没有导入", [*_outside(session, root, act), *found])
    answered = sum(bool(row.disposition) for row in made)
    facts = {"file": sha256, "first": made[0].number, "last": made[-1].number, "answered": answered}
    return steps.perform(session, root, "comment", act, facts, lambda: session.add_all(made), detail="import")


def answer(session: Session, root: Case, written: Sequence[WrittenAnswer], act: Act) -> Outcome:
    """
    Answer comments, all of those given or none; an earlier answer gives way to a later one until the period is closed.

    Errors: NotFound for a single number that is none, WrongStage, Refused with every bad answer.
    """
    steps.lock(session, root)
    rows = {str(row.number): row for row in _comments(session, root)}
    if len(written) == 1 and not written[0].place and written[0].number not in rows:
        raise NotFound(f"没有第 {written[0].number} 条意见；现有 {len(rows)} 条，federation comments list 可列出")
    found = [finding for one in written for finding in _answer_findings(one, rows)]
    twice = [number for number, times in Counter(one.number for one in written).items() if times > 1]
    found += [Finding(f"第 {number} 条意见有几行答复", "", "每条意见只留一行") for number in twice if number in rows]
    if not written:
        found.append(Finding("文件里一条答复也没有", "", "表头之下每行写一条答复"))
    said = {one.number: (law.disposition_named(one.disposition), one.reason.strip()) for one in written}
    facts = {"answers": {number: disposition for number, (disposition, _) in sorted(said.items())}}
    same = not found and all((rows[key].disposition, rows[key].reason) == value for key, value in said.items())
    if same and (done := _lines(session, root, "answer", facts)):
        return Outcome(False, done[-1])
    steps.must_allow(session, root, "answer")
    refuse_if("答复没有登记", found)

    def change() -> None:
        for number, (disposition, reason) in said.items():
            rows[number].disposition, rows[number].reason = disposition, reason

    return steps.perform(session, root, "answer", act, facts, change)


def close(session: Session, root: Case, act: Act) -> Outcome:
    """Close the comment period; the totals go into the journal."""
    steps.lock(session, root)
    rows = _comments(session, root)
    facts = {key: sum(row.disposition == key for row in rows) for key in law.DISPOSITIONS}
    return steps.advance(session, root, "close_comments", act, {"total": len(rows), **facts})


def disposition(session: Session, root: Case) -> Disposition:
    """Every comment with what became of it, and the days of the period; NotFound where there was none."""
    window = session.get(CommentWindow, root.id)
    if window is None:
        raise NotFound("还没有征求过意见，请先 federation comments open --until 日期")
    query = select(DraftVersion.id, DraftVersion.title).join(Comment, Comment.version_id == DraftVersion.id)
    titles = dict(session.execute(query.where(Comment.case_id == root.id).distinct()).all())
    rows = tuple(
        CommentRow(
            number=row.number,
            source=row.source,
            draft=titles[row.version_id],
            clause=row.clause,
            text=row.text,
            disposition=law.DISPOSITIONS.get(row.disposition, ""),
            reason=row.reason,
        )
        for row in _comments(session, root)
    )
    return Disposition(window.opens_on, window.ends_on, rows)


def _outside(session: Session, root: Case, act: Act) -> list[Finding]:
    window = session.get(CommentWindow, root.id)
    if window is None:
        return [Finding("还没有定征求意见的起止日期", "流程规定", "federation comments open --until 日期")]
    return [*law.acceptance_findings(window.opens_on, window.ends_on, act.stated.day)]


def out_for_comment(session: Session, root: Case) -> dict[str, DraftVersion]:
    """The latest version of each draft, by the draft's id."""
    query = (
        select(Case.short_id, DraftVersion)
        .join(DraftVersion, DraftVersion.draft_id == Case.id)
        .where(Case.root_id == root.id)
        .order_by(Case.position, Case.path, DraftVersion.number)
    )
    return dict(session.execute(query).all())


def _texts(out: Mapping[str, DraftVersion]) -> dict[str, law.Commented]:
    return {id: law.Commented(id, version.title, parse_document(version.text)) for id, version in out.items()}


def _row(root: Case, read: WrittenComment, out: Mapping[str, DraftVersion], number: int = 0) -> Comment:
    return Comment(
        case_id=root.id,
        version_id=out[read.draft].id,
        number=number,
        source=read.source,
        clause=read.clause,
        text=read.text,
        disposition=read.disposition,
        reason=read.reason,
    )


def _key(row: Comment) -> tuple[uuid.UUID, str, str, str]:
    """What makes a comment the same comment."""
    return row.version_id, row.source, row.clause, row.text


def _repeated(made: Sequence[Comment], places: Sequence[str], known: Sequence[Comment]) -> Iterator[Finding]:
    """Name the rows of a file that say again what an earlier row or an earlier comment said."""
    seen = {_key(row): f"已登记的第 {row.number} 条" for row in known}
    for row, place in zip(made, places, strict=False):  # nothing is made where some row is at fault already
        if _key(row) in seen:
            yield Finding(f"{place}：与{seen[_key(row)]}相同", "", "删去重复的一行")
        seen.setdefault(_key(row), place)


def _answer_findings(written: WrittenAnswer, rows: Mapping[str, Comment]) -> Iterator[Finding]:
    if written.number not in rows:
        number = written.number or "（空）"
        yield Finding(f"{written.place}：没有序号为 {number} 的意见", "", "federation comments list")
    yield from law.answer_findings(written.disposition, written.reason, written.place)


def _comments(session: Session, root: Case) -> list[Comment]:
    """The comments of a case, numbered from 1 without a gap: none is ever taken away."""
    return list(session.scalars(select(Comment).where(Comment.case_id == root.id).order_by(Comment.number)))


def _lines(session: Session, root: Case, act: str, facts: Mapping[str, Any] | None = None) -> list[JournalLine]:
    """The journal's lines of this act on the case, oldest first; of these facts alone, where they are given."""
    query = select(JournalLine).where(
        JournalLine.chain == root.federation_id, JournalLine.subject == root.path, JournalLine.act == act
    )
    if facts is not None:
        query = query.where(JournalLine.facts == journal.canonical(facts))
    return list(session.scalars(query.order_by(JournalLine.sequence)))


def _taken_in(session: Session, root: Case, number: int) -> JournalLine:
    """The line under which the comment of this number was taken in, alone or with a file."""
    for line in (line for way in ("add", "web", "import") for line in _lines(session, root, f"comment.{way}")):
        facts = json.loads(line.facts)
        if facts.get("number") == number or facts.get("first", number + 1) <= number <= facts.get("last", 0):
            return line
    raise NotFound(f"工作日志里没有第 {number} 条意见的登记")
