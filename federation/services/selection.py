"""Finding what an officer means: by its id, or, where exactly one is open, without being told."""

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from federation.errors import Misused, NotFound
from federation.models import BallotRound, Case, Draft, Election, Federation, Meeting, Officer, ProcessDefinition
from federation.workflows.definition import pinned_definition

T = TypeVar("T")


def officer(session: Session, name: str) -> Officer:
    """The officer of this name."""
    found = session.scalar(select(Officer).where(Officer.name == name))
    if found is None:
        known = "、".join(session.scalars(select(Officer.name).order_by(Officer.name).limit(30))) or "无"
        remedy = f"要登记，请管理员先：federation officer add {name} --role secretary"
        raise NotFound(f"没有登记名叫「{name}」的工作人员；现有：{known}。{remedy}")
    return found


def federation(session: Session, short_id: str) -> Federation:
    """The federation of this id, or the only one."""
    if short_id:
        found = session.scalar(select(Federation).where(Federation.short_id == short_id))
        if found is None:
            raise NotFound(f"没有编号为 {short_id} 的妇联。federation list 可列出全部")
        return found
    rows = session.scalars(select(Federation).order_by(Federation.short_id).limit(30)).all()
    return _only(
        rows,
        "--federation",
        [row.short_id for row in rows],
        "本库中还没有妇联，请先 federation init 编号 全称 --as 姓名",
    )


def at_address(session: Session, cases: Select[Case], name: str) -> list[Case]:
    """Those of these cases whose whole name, `gaoxin/founding-1/congress/members`, ends as a page's address does."""
    asked = name.strip("/") if name.isprintable() else ""  # PostgreSQL takes no NUL in a text
    query = cases.where(Case.short_id == asked.rpartition("/")[2]).add_columns(Federation.short_id)
    rows = session.execute(query.join(Federation, Federation.id == Case.federation_id)).all()
    return [case for case, of in rows if f"/{of}/{case.path}".endswith(f"/{asked}")]


def case(session: Session, of: Federation, short_id: str) -> Case:
    """The root case of this id, or the only one still open."""
    rows = session.scalars(
        select(Case).where(Case.federation_id == of.id, Case.parent_id.is_(None)).order_by(Case.short_id)
    ).all()
    if short_id:
        return _named(rows, short_id, f"{of.name}没有编号为 {short_id} 的案件")
    chosen = _open(session, rows) or rows[-1:]
    return _only(
        chosen, "--case", [row.short_id for row in chosen], "还没有办理中的案件，请先 federation found --as 姓名"
    )


def meeting(session: Session, root: Case, short_id: str) -> Case:
    """The meeting of this id; else the one in session, or the only one not yet adjourned."""
    rows = _children(session, root, Meeting)
    if short_id:
        return _named(rows, short_id, f"{root.path} 没有编号为 {short_id} 的会议")
    running = [row for row in rows if row.state == "in_session"]
    chosen = running or _open(session, rows) or rows[-1:]
    return _only(chosen, "--meeting", [row.short_id for row in chosen], "本案没有会议")


def draft(session: Session, root: Case, short_id: str) -> Case:
    """The draft of this id."""
    return _named(_children(session, root, Draft), short_id, f"{root.path} 没有文稿 {short_id}")


def below(session: Session, root: Case, path: str) -> Case:
    """The case at this path below a root (`congress/members`); the root itself for an empty path."""
    if not path:
        return root
    found = session.scalar(select(Case).where(Case.root_id == root.id, Case.path == f"{root.path}/{path}"))
    if found is None:
        raise NotFound(f"{root.path} 下没有 {path}")
    return found


def round(session: Session, root: Case, of: Case | None, short_id: str) -> BallotRound:
    """The ballot round of this id, or the only one whose election is open."""
    query = select(BallotRound, Case).join(Case, Case.id == BallotRound.election_id).where(Case.root_id == root.id)
    if of is not None:
        query = query.where(BallotRound.meeting_id == of.id)
    rows = [(found, poll) for found, poll in session.execute(query.order_by(BallotRound.short_id))]
    if short_id:
        rows = [(found, election) for found, election in rows if found.short_id == short_id]
        if not rows:
            raise NotFound(f"没有编号为 {short_id} 的选举。federation election list 可列出全部")
    else:
        live = {election.id for election in _open(session, [election for _, election in rows])}
        rows = [(found, election) for found, election in rows if election.id in live] or rows[-1:]
    ids = [found.short_id for found, _ in rows]
    return _only(
        [found for found, _ in rows], "--contest", ids, "还没有选举安排，请先 federation election plan --meeting 会议"
    )


def election(session: Session, of: BallotRound) -> Case:
    """The case of the poll in which this round is voted."""
    return session.get_one(Case, of.election_id)


def _children(session: Session, root: Case, table: type[Meeting] | type[Draft] | type[Election]) -> Sequence[Case]:
    query = select(Case).join(table, table.case_id == Case.id).where(Case.root_id == root.id)
    return session.scalars(query.order_by(Case.position, Case.path)).all()


def _open(session: Session, rows: Sequence[Case]) -> list[Case]:
    texts = dict(
        session.execute(
            select(ProcessDefinition.sha256, ProcessDefinition.text).where(
                ProcessDefinition.sha256.in_({row.definition_sha256 for row in rows})
            )
        ).all()
    )
    return [row for row in rows if not pinned_definition(texts[row.definition_sha256]).states[row.state].end]


def _named(rows: Sequence[Case], short_id: str, message: str) -> Case:
    for row in rows:
        if row.short_id == short_id:
            return row
    there = "、".join(row.short_id for row in rows) or "无"
    raise NotFound(f"{message}；现有：{there}")


def _only(rows: Sequence[T], option: str, ids: Sequence[str], none: str) -> T:
    if not rows:
        raise NotFound(none)
    if len(rows) > 1:
        raise Misused(f"有多个可选，请用 {option} 指明：{'、'.join(ids)}")
    return rows[0]
