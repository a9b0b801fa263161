"""The database as a whole: its schema brought up to date, and everything in it checked."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Engine, exists, func, inspect, select, text
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql.schema import ForeignKey, Table

from federation import db
from federation.errors import Finding, Refused, refuse_if
from federation.facts.acts import Act
from federation.models import DATABASE_CHAIN, Base, Case, Federation, Officer, OfficerRole, ProcessDefinition
from federation.services import journal, selection
from federation.workflows.definition import pinned_definition
from federation.workflows.vocabulary import ROLES

REMEDY = "从备份恢复，并报告上级"


@dataclass(frozen=True, slots=True)
class ChainFacts:
    """One chain of the journal: whose, how many lines, and its head (校验码)."""

    of: str
    lines: int
    head: str


@dataclass(frozen=True, slots=True)
class CheckFacts:
    """What was checked and found sound. `references` counts the kinds of reference from row to row."""

    schema: str
    tables: int
    rows: int
    references: int
    cases: int
    chains: tuple[ChainFacts, ...]


def upgrade(engine: Engine, act: Act) -> bool:
    """Bring the schema to this program's and record it, in one transaction; False where it was there already."""
    found = db.must_hold_ours(engine)
    if found == db.SCHEMA:
        return False

    def record(session: Session) -> None:
        must_administer(session, act)
        journal.append_for_database(session, "upgrade", {"from": found, "to": db.SCHEMA}, act)

    db.upgrade(engine, record)
    return True


def must_administer(session: Session, act: Act) -> None:
    """Refuse whoever is not an administrator of some federation in this database."""
    act.must_not_be_future()
    selection.officer(session, act.by)
    query = select(OfficerRole.role).join(Officer).where(Officer.name == act.by)
    if "administrator" not in set(session.scalars(query)):
        label = ROLES["administrator"]
        raise Refused("无权办理", [Finding(f"{act.by}不是{label}", "", f"请{label}办理")])


def check(session: Session) -> CheckFacts:
    """Look at every page, row, reference, case and journal line; Refused with everything that is wrong."""
    findings = [*_engine_findings(session), *_table_findings(session)]
    refuse_if("数据库检查不通过", findings)  # what follows reads tables that must be there
    chains: list[ChainFacts] = []
    findings = [*_reference_findings(session), *_case_findings(session), *_journal_findings(session, chains)]
    refuse_if("数据库检查不通过", findings)
    tables = Base.metadata.sorted_tables
    return CheckFacts(
        schema=db.SCHEMA,
        tables=len(tables),
        rows=sum(_count(session, table) for table in tables),
        references=sum(1 for table in tables for _ in table.foreign_keys),
        cases=session.scalar(select(func.count()).select_from(Case)) or 0,
        chains=tuple(chains),
    )


def chains(session: Session) -> list[ChainFacts]:
    """Every chain verified, that of the database first; Refused names the first bad line of each bad chain."""
    found: list[ChainFacts] = []
    refuse_if("工作日志校验不通过", list(_journal_findings(session, found)))
    return found


def _journal_findings(session: Session, into: list[ChainFacts]) -> Iterator[Finding]:
    named = [(row.id, row.short_id) for row in session.scalars(select(Federation).order_by(Federation.short_id))]
    for chain, name in [(DATABASE_CHAIN, "database"), *named]:
        try:
            count = journal.verify(session, chain)
        except Refused as refused:
            yield from (Finding(f"{name}：{bad.problem}", bad.clause, bad.remedy) for bad in refused.findings)
        else:
            into.append(ChainFacts(name, count, journal.head_hash(session, chain)))


def _engine_findings(session: Session) -> Iterator[Finding]:
    """The file's own structure on SQLite; a constraint that was never validated on PostgreSQL."""
    if session.get_bind().dialect.name == "sqlite":
        said = [row for (row,) in session.execute(text("PRAGMA integrity_check(20)")) if row != "ok"]
        yield from (Finding(f"数据库文件损坏：{line}", "", REMEDY) for line in said)
        triggers = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'journal_lines_no_%'"
        expected = 2
    else:
        query = "SELECT conname FROM pg_constraint WHERE NOT convalidated"
        yield from (Finding(f"约束 {name} 未经验证", "", REMEDY) for (name,) in session.execute(text(query)))
        triggers = "SELECT count(*) FROM pg_trigger WHERE tgname = 'journal_lines_append_only' AND tgenabled <> 'D'"
        expected = 1
    if session.scalar(text(triggers)) != expected:
        yield Finding("禁止改动工作日志的触发器不在或已停用", "工作日志只能追加", REMEDY)


def _table_findings(session: Session) -> Iterator[Finding]:
    there = set(inspect(session.connection()).get_table_names())
    yield from (Finding(f"缺少表 {table}", "", REMEDY) for table in Base.metadata.tables if table not in there)


def _reference_findings(session: Session) -> Iterator[Finding]:
    """Rows that refer to a row that is not there."""
    for table in Base.metadata.sorted_tables:
        for key in sorted(table.foreign_keys, key=lambda key: key.parent.name):
            if lost := _orphans(session, table, key):
                problem = f"表 {table.name} 有 {lost} 行的 {key.parent.name} 指向不存在的行"
                yield Finding(problem, "", REMEDY)


def _orphans(session: Session, table: Table, key: ForeignKey) -> int:
    parent = aliased(key.column.table)
    found = exists().where(parent.c[key.column.name] == key.parent)
    query = select(func.count()).select_from(table).where(key.parent.is_not(None), ~found)
    return session.scalar(query) or 0


def _case_findings(session: Session) -> Iterator[Finding]:
    """Every pinned definition is the text that its hash names, and every case is in a state of its own."""
    for definition in session.scalars(select(ProcessDefinition).order_by(ProcessDefinition.sha256)):
        if hashlib.sha256(definition.text.encode()).hexdigest() != definition.sha256:
            yield Finding(f"流程 {definition.process} 的文本被改动过", "立案时的流程不得改动", REMEDY)
            continue
        states = pinned_definition(definition.text).states
        query = select(Case.path, Case.state).where(Case.definition_sha256 == definition.sha256)
        for path, state in session.execute(query.order_by(Case.path)):
            if state not in states:
                yield Finding(f"案件 {path} 的状态 {state} 不在它的流程里", "流程规定", REMEDY)


def _count(session: Session, table: Table) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0
