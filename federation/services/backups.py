"""
A backup: every row of every table in one file, which either engine reads.

A ZIP without compression: one file a table, a row a line, then `manifest.json` with the schema, the counts, the hashes
and the heads of the journal. Rows stand in the order of their keys, which are random: the same rows give the same
bytes, and nothing tells in what order they came. It holds everything the database holds, ID numbers too.
"""

import base64
import datetime as dt
import hashlib
import json
import os
import tempfile
import uuid
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any

from sqlalchemy import ColumnElement, String, Table, insert, select
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import Session

from federation import db
from federation.errors import Finding, Misused, NotReady, Refused, refuse_if
from federation.facts.acts import Act
from federation.models import DATABASE_CHAIN, Base, Case, JournalHead, ProcessDefinition
from federation.services import databases, journal
from federation.services.journal import canonical
from federation.system_faults import cause, in_chinese
from federation.workflows.definition import pinned_definition

FORMAT = "federation-backup-1"
MANIFEST = "manifest.json"
_CHUNK = 500
_DAMAGED = "换一份完好的备份"


@dataclass(frozen=True, slots=True)
class BackupFacts:
    """A backup: the hash of the file, and how much is in it."""

    sha256: str
    tables: int
    rows: int
    journal: tuple[databases.ChainFacts, ...]


def part_of(file: Path) -> Path:
    """Where a file is written before it has its name; what an interrupted run left there is written over."""
    return file.with_name(f".{file.name}.partial")


def write(session: Session, file: Path, act: Act) -> BackupFacts:
    """
    Write the whole database to `part_of(file)`, fsynced, and record it; the caller commits and then `place`s it.

    Refused while a poll is open: a copy from the poll would, with the opened record, tie ballots to their order.
    """
    session.get(JournalHead, DATABASE_CHAIN, with_for_update=True)  # one backup at a time
    databases.must_administer(session, act)
    refuse_if("不能备份", [*_poll_findings(session), *_existing(file)])
    with _written(part_of(file)) as target:
        facts = _dump(session, target)
    recorded = {"file": file.name, "sha256": facts.sha256, "rows": facts.rows}
    journal.append_for_database(session, "backup", recorded, act)
    return facts


def place(file: Path) -> None:
    """Give a backup that was recorded its name."""
    part_of(file).replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def verify(file: Path) -> dict[str, Any]:
    """The manifest of a backup whose every table is as it was written; Refused names the first that is not."""
    try:
        with zipfile.ZipFile(file) as archive:
            return _verified(archive, file.name)
    except FileNotFoundError:
        raise Misused(f"没有找到文件 {file}") from None
    except OSError as error:
        raise Misused(f"读不了文件 {file}：{in_chinese(error)}") from None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, KeyError, TypeError):
        raise _damaged(file.name, "文件不完整，或者不是本程序写的备份") from None


def load(session: Session, file: Path, manifest: dict[str, Any], act: Act) -> BackupFacts:
    """
    Put the rows of a verified backup into an empty database of the same schema, and record it.

    What was put in is written out again: only where that gives the same bytes is the backup restored.
    """
    with zipfile.ZipFile(file) as archive:
        for table in Base.metadata.sorted_tables:
            _fill(session, table, archive, file.name)
    with tempfile.TemporaryFile() as again, file.open("rb") as given:
        facts = _dump(session, again)
        if facts.sha256 != _sha256(given):
            raise _damaged(file.name, "恢复出的内容与备份不一致：文件有多余或改动过的字节")
    databases.must_administer(session, act)
    recorded = {"file": file.name, "sha256": facts.sha256, "rows": facts.rows, "schema": manifest["schema"]}
    journal.append_for_database(session, "restore", recorded, act)
    return facts


def _existing(file: Path) -> Iterator[Finding]:
    if file.exists():
        yield Finding(f"文件 {file} 已经存在", "备份不覆盖已有的文件", "换一个文件名")


def _poll_findings(session: Session) -> Iterator[Finding]:
    """Every poll that is open: whatever the process file calls the state in which ballots are cast."""
    query = (
        select(Case.path, Case.state, ProcessDefinition.text).join(ProcessDefinition).where(Case.process == "election")
    )
    for path, state, text in session.execute(query.order_by(Case.path)):
        if "cast" in pinned_definition(text).states[state].allows:
            sheet = path.rpartition("/")[2]
            remedy = f"federation election close --contest {sheet}，投票结束后再备份"
            yield Finding(f"选举 {path} 正在投票", "投票期间不得复制数据库", remedy)


@contextmanager
def _written(path: Path) -> Iterator[IO[bytes]]:
    """A file for its owner's eyes, on disk at the end; nothing is left of it after a fault."""
    try:
        path.unlink(missing_ok=True)
        with open(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
    except FileNotFoundError:
        raise Misused(f"没有文件夹 {path.parent}") from None
    except OSError as error:
        path.unlink(missing_ok=True)
        finding = Finding(f"写不进 {path.parent}：{cause(error)}", "", "腾出空间或换一个文件夹；本次未作任何改动")
        raise NotReady("文件写入失败", [finding]) from None
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _dump(session: Session, target: IO[bytes]) -> BackupFacts:
    tables = Base.metadata.sorted_tables
    with zipfile.ZipFile(target, "w") as archive:
        listed = [_dump_table(session, table, archive) for table in tables]
        chains = tuple(databases.chains(session))
        manifest = {"format": FORMAT, "schema": db.SCHEMA, "tables": listed, "journal": [asdict(c) for c in chains]}
        archive.writestr(_entry(MANIFEST), canonical(manifest))
    return BackupFacts(_sha256(target), len(tables), sum(entry["rows"] for entry in listed), chains)


def _sha256(file: IO[bytes]) -> str:
    """Over the whole file."""
    digest = hashlib.sha256()
    file.seek(0)
    while block := file.read(1 << 20):
        digest.update(block)
    return digest.hexdigest()


def _dump_table(session: Session, table: Table, archive: zipfile.ZipFile) -> dict[str, Any]:
    digest, rows = hashlib.sha256(), 0
    with archive.open(_entry(_name(table)), "w") as file:
        for row in session.execute(select(table).order_by(*_key(session, table)).execution_options(yield_per=_CHUNK)):
            line = canonical({name: _plain(value) for name, value in row._mapping.items()}).encode() + b"\n"
            digest.update(line)
            file.write(line)
            rows += 1
    return {"name": table.name, "rows": rows, "sha256": digest.hexdigest()}


def _key(session: Session, table: Table) -> Iterator[ColumnElement[Any]]:
    """The primary key, compared byte by byte on either engine."""
    server = session.get_bind().dialect.name == "postgresql"
    for column in table.primary_key:
        yield column.collate("C") if server and isinstance(column.type, String) else column


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)  # dated 1980, as a ZIP without dates is
    entry.create_system, entry.external_attr = 3, 0o600 << 16
    return entry


def _name(table: Table) -> str:
    return f"tables/{table.name}.jsonl"


def _plain(value: Any) -> Any:
    match value:
        case uuid.UUID():
            return str(value)
        case bytes():
            return base64.b64encode(value).decode()
        case dt.datetime():
            return (value if value.tzinfo else value.replace(tzinfo=dt.UTC)).astimezone(dt.UTC).isoformat()
        case dt.date():
            return value.isoformat()
    return value


_READERS: dict[type, Any] = {
    uuid.UUID: uuid.UUID,
    bytes: base64.b64decode,
    dt.datetime: dt.datetime.fromisoformat,
    dt.date: dt.date.fromisoformat,
}


def _verified(archive: zipfile.ZipFile, name: str) -> dict[str, Any]:
    manifest = json.loads(archive.read(MANIFEST))
    if manifest["format"] != FORMAT:
        raise _damaged(name, f"格式 {manifest['format']} 不认识")
    if manifest["schema"] != db.SCHEMA:
        problem = f"备份的数据库结构是 {manifest['schema']}，本程序的是 {db.SCHEMA}"
        remedy = "用写出这份备份的那一版程序恢复，再用本程序 federation db upgrade"
        raise Refused(f"不能恢复 {name}", [Finding(problem, "", remedy)])
    listed = {_name(table): table.name for table in Base.metadata.sorted_tables}
    if archive.namelist() != [*listed, MANIFEST] or [each["name"] for each in manifest["tables"]] != [*listed.values()]:
        raise _damaged(name, "所含的表不齐，或有多余的内容")
    for entry in manifest["tables"]:
        _verify_table(archive, entry, name)
    return dict(manifest)


def _verify_table(archive: zipfile.ZipFile, entry: dict[str, Any], name: str) -> None:
    digest, rows = hashlib.sha256(), 0
    try:
        with archive.open(f"tables/{entry['name']}.jsonl") as lines:
            for line in lines:
                digest.update(line)
                rows += 1
    except (zipfile.BadZipFile, EOFError):
        raise _damaged(name, f"表 {entry['name']} 读不出来") from None
    if digest.hexdigest() != entry["sha256"]:
        raise _damaged(name, f"表 {entry['name']} 的内容与校验值不符")
    if rows != entry["rows"]:
        raise _damaged(name, f"表 {entry['name']} 应有 {entry['rows']} 行，实有 {rows} 行")


def _damaged(name: str, problem: str) -> Refused:
    return Refused(f"备份 {name} 不能用", [Finding(problem, "", _DAMAGED)])


def _fill(session: Session, table: Table, archive: zipfile.ZipFile, name: str) -> None:
    try:
        with archive.open(_name(table)) as lines:
            rows = _parents_first(table, (_row(table, line) for line in lines))
            while chunk := list(islice(rows, _CHUNK)):
                session.execute(insert(table), chunk)
    except (IntegrityError, DataError, ValueError, KeyError, TypeError, AttributeError):
        raise _damaged(name, f"表 {table.name} 里有数据库不接受的行") from None


def _row(table: Table, line: bytes) -> dict[str, Any]:
    values = json.loads(line)
    return {column.name: _value(column.type.python_type, values[column.name]) for column in table.columns}


def _value(kind: type, value: Any) -> Any:
    return value if value is None or kind not in _READERS else _READERS[kind](value)


def _parents_first(table: Table, rows: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The rows, each after those of the same table that it refers to."""
    own = [(key.parent.name, key.column.name) for key in table.foreign_keys if key.column.table is table]
    if not own:
        yield from rows
        return
    target = own[0][1]
    waiting, there = list(rows), {None}
    while waiting:
        ready = [row for row in waiting if all(row[name] in there or row[name] == row[target] for name, _ in own)]
        if not ready:
            raise ValueError("rows refer to each other in a circle, or to none")
        yield from ready
        there |= {row[target] for row in ready}
        waiting = [row for row in waiting if row[target] not in there]
