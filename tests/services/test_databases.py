"""The database as a whole: upgraded, checked, copied out and brought back."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text

from federation import db
from federation.clock import SetClock
from federation.errors import Misused, NotFound, NotReady, Refused
from federation.models import Base, Case, JournalLine
from federation.services import backups, cases, databases, steps
from federation.services.backups import BackupFacts
from tests.databases import disposed
from tests.officers import act, found, founding


@pytest.fixture
def base(engine: Engine, clock: SetClock) -> Engine:
    """founding-1, its group formed."""
    found(engine, clock)
    with db.transaction(engine) as session:
        steps.advance(session, founding(session), "form_group", act(clock), {"note": "五人"})
    return engine


@pytest.fixture
def empty_url(request: pytest.FixtureRequest, engine: Engine) -> str:
    """An empty database of the other kind: a backup moves between engines."""
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[engine.dialect.name]
    return request.getfixturevalue(f"empty_{other}_url")


def backup(engine: Engine, file: Path, clock: SetClock, by: str = "王秘书") -> BackupFacts:
    """A backup as the command makes it."""
    with db.transaction(db.consistent(engine)) as session:
        facts = backups.write(session, file, act(clock, by))
    backups.place(file)
    return facts


def restore(url: str, file: Path, clock: SetClock, by: str = "王秘书") -> None:
    """A restoring as the command does it."""
    manifest = backups.verify(file)
    with db.created(url) as engine:
        db.upgrade(engine, lambda session: backups.load(session, file, manifest, act(clock, by)))


def lines(engine: Engine) -> list[str]:
    """Every act in the journal."""
    with db.reading(engine) as session:
        return list(session.scalars(select(JournalLine.act).order_by(JournalLine.chain, JournalLine.sequence)))


def members(file: Path) -> dict[str, bytes]:
    """What is in a backup."""
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rewrite(file: Path, contents: dict[str, bytes]) -> None:
    """The same file with other contents, written as a backup is."""
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in contents.items():
            entry = zipfile.ZipInfo(name)
            entry.create_system, entry.external_attr = 3, 0o600 << 16
            archive.writestr(entry, data)


def test_a_sound_database_says_what_was_checked(base: Engine):
    """Counts, so that an officer sees that something was looked at."""
    with db.reading(base) as session:
        facts = databases.check(session)
    assert (facts.schema, facts.tables, facts.cases) == (db.SCHEMA, len(Base.metadata.tables), 3)
    assert [(chain.of, chain.lines) for chain in facts.chains] == [("database", 1), ("gaoxin", 7)]
    assert facts.rows > 20
    assert facts.references > 30


HARM = {
    "a state the process does not have": ("UPDATE cases SET state = 'nirgends' WHERE parent_id IS NULL", "nirgends"),
    "a pinned text changed": ("UPDATE process_definitions SET text = text || ' '", "文本被改动过"),
    "a missing table": ("DROP TABLE identity_numbers", "缺少表 identity_numbers"),
    "the head of a chain lost": ("DELETE FROM journal_heads", "database：第 2 行起缺失"),
}


@pytest.mark.parametrize("harm", HARM)
def test_what_is_wrong_with_a_database_is_said(base: Engine, harm: str):
    """Refused, exit 5, with everything that was found."""
    statement, named = HARM[harm]
    with base.begin() as connection:
        connection.execute(text(statement))
    with pytest.raises(Refused) as refused, db.reading(base) as session:
        databases.check(session)
    assert named in str(refused.value)


def test_a_reference_to_nothing_is_found(base: Engine):
    """With the constraint out of the way, as a broken tool leaves it."""
    with base.connect() as connection:
        if base.dialect.name == "sqlite":
            connection.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")
        else:
            connection.execute(text("ALTER TABLE officer_roles DROP CONSTRAINT fk_officer_roles_officer_id"))
        connection.execute(text("DELETE FROM officers WHERE name = '吴计票'"))
        connection.commit()
    with pytest.raises(Refused, match="officer_roles 有 1 行的 officer_id"), db.reading(base) as session:
        databases.check(session)


def test_a_missing_trigger_is_found(base: Engine):
    """Without it the journal is no longer append-only."""
    on = "" if base.dialect.name == "sqlite" else " ON journal_lines"
    name = "no_delete" if base.dialect.name == "sqlite" else "append_only"
    with base.begin() as connection:
        connection.execute(text(f"DROP TRIGGER journal_lines_{name}{on}"))
    with pytest.raises(Refused, match="触发器不在"), db.reading(base) as session:
        databases.check(session)


def test_an_upgrade_of_the_newest_schema_is_no_act(base: Engine, clock: SetClock):
    """A repeat changes nothing and writes no line."""
    before = lines(base)
    assert databases.upgrade(base, act(clock)) is False
    assert lines(base) == before


def test_an_upgrade_is_an_act_of_an_administrator(base: Engine, clock: SetClock, monkeypatch: pytest.MonkeyPatch):
    """Its line is in the transaction of the upgrade."""
    monkeypatch.setattr(db, "SCHEMA", "9998")
    with pytest.raises(Refused, match="无权"):
        databases.upgrade(base, act(clock, "吴计票"))
    assert "upgrade" not in lines(base)
    assert databases.upgrade(base, act(clock))
    assert lines(base)[:2] == ["init", "upgrade"]


def test_an_empty_or_newer_database_is_not_upgraded(base: Engine, empty_engine: Engine, clock: SetClock):
    """`init` begins one; a newer one needs a newer program."""
    with base.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NotReady, match="较新"):
        databases.upgrade(base, act(clock))
    with pytest.raises(NotReady):
        databases.upgrade(empty_engine, act(clock))


def test_a_backup_holds_every_table_in_the_order_of_keys(base: Engine, tmp_path: Path, clock: SetClock):
    """Nothing in it tells in what order rows came."""
    facts = backup(base, tmp_path / "b.zip", clock)
    contents = members(tmp_path / "b.zip")
    manifest = json.loads(contents.pop("manifest.json"))
    assert [entry["name"] for entry in manifest["tables"]] == [table.name for table in Base.metadata.sorted_tables]
    assert sum(entry["rows"] for entry in manifest["tables"]) == facts.rows
    rows = [json.loads(line)["id"] for line in contents["tables/cases.jsonl"].splitlines()]
    assert rows == sorted(rows)
    assert len(rows) == 3
    assert (tmp_path / "b.zip").stat().st_mode & 0o777 == 0o600


def test_a_backup_comes_back_on_the_other_engine(base: Engine, empty_url: str, tmp_path: Path, clock: SetClock):
    """One format for both. A second backup of the copy differs by the journal of the database alone."""
    facts = backup(base, tmp_path / "b.zip", clock)
    restore(empty_url, tmp_path / "b.zip", clock)
    with disposed(empty_url) as other:
        with db.reading(other) as session:
            databases.check(session)
            assert founding(session).state == "drafting"
        assert lines(other)[:2] == ["init", "restore"]
        backup(other, tmp_path / "c.zip", clock)
    one, two = members(tmp_path / "b.zip"), members(tmp_path / "c.zip")
    differing = {name for name in one if one[name] != two[name]}
    assert differing == {"tables/journal_heads.jsonl", "tables/journal_lines.jsonl", "manifest.json"}
    assert lines(base)[:2] == ["init", "backup"]
    assert facts.sha256


def test_the_same_rows_give_the_same_bytes(base: Engine):
    """Asked twice, a database answers the same."""
    with db.reading(base) as session:
        first = backups._dump(session, one := io.BytesIO())
        second = backups._dump(session, two := io.BytesIO())
    assert one.getvalue() == two.getvalue()
    assert first == second


def test_backup_and_restore_are_in_the_journal(base: Engine, empty_url: str, tmp_path: Path, clock: SetClock):
    """With the hash of the file: which copies there are is on record."""
    facts = backup(base, tmp_path / "b.zip", clock)
    restore(empty_url, tmp_path / "b.zip", clock)
    for url, name in ((base.url.render_as_string(hide_password=False), "backup"), (empty_url, "restore")):
        with disposed(url) as engine, db.reading(engine) as session:
            line = session.scalars(select(JournalLine).where(JournalLine.act == name)).one()
            assert json.loads(line.facts)["sha256"] == facts.sha256
            assert (line.actor, line.subject) == ("王秘书", "database")


def test_no_copy_is_made_during_the_poll(base: Engine, tmp_path: Path, clock: SetClock):
    """A copy from the poll, with the opened record, links order to ballot (design, section 4)."""
    with db.transaction(base) as session:
        poll = cases.add_child(session, founding(session), "election", "members", "选举", act(clock))
        poll.state = "open"
    with pytest.raises(Refused, match="投票期间不得复制数据库") as refused:
        backup(base, tmp_path / "b.zip", clock)
    assert "election close --contest members" in str(refused.value)
    assert list(tmp_path.glob("*b.zip*")) == []
    with db.transaction(base) as session:
        session.scalars(select(Case).where(Case.short_id == "members")).one().state = "closed"
    backup(base, tmp_path / "b.zip", clock)


def test_a_backup_overwrites_nothing(base: Engine, tmp_path: Path, clock: SetClock):
    """The old one may be the only good one."""
    (tmp_path / "b.zip").write_text("old")
    with pytest.raises(Refused, match="已经存在"):
        backup(base, tmp_path / "b.zip", clock)
    assert (tmp_path / "b.zip").read_text() == "old"
    assert "backup" not in lines(base)


def test_a_backup_into_no_folder_is_a_usage_error(base: Engine, tmp_path: Path, clock: SetClock):
    """And writes no line."""
    with pytest.raises(Misused, match="没有文件夹"):
        backup(base, tmp_path / "nirgends" / "b.zip", clock)
    assert "backup" not in lines(base)


def test_only_an_administrator_copies_the_database(base: Engine, tmp_path: Path, clock: SetClock, empty_url: str):
    """It holds everything, ID numbers too. For restoring, the officers in the backup count."""
    with pytest.raises(Refused, match="无权"):
        backup(base, tmp_path / "b.zip", clock, "吴计票")
    backup(base, tmp_path / "b.zip", clock)
    with pytest.raises(Refused, match="无权"):
        restore(empty_url, tmp_path / "b.zip", clock, "吴计票")
    with pytest.raises(NotFound):
        restore(empty_url, tmp_path / "b.zip", clock, "无名氏")
    restore(empty_url, tmp_path / "b.zip", clock)


def test_a_restoring_overwrites_nothing(base: Engine, tmp_path: Path, clock: SetClock):
    """A database that is there stays as it is."""
    backup(base, tmp_path / "b.zip", clock)
    before = lines(base)
    with pytest.raises(Refused, match="不覆盖"):
        restore(base.url.render_as_string(hide_password=False), tmp_path / "b.zip", clock)
    assert lines(base) == before


@pytest.fixture
def good(base: Engine, tmp_path: Path, clock: SetClock) -> Path:
    """A backup."""
    backup(base, tmp_path / "b.zip", clock)
    return tmp_path / "b.zip"


@pytest.fixture
def nothing(empty_url: str, tmp_path: Path) -> Iterator[str]:
    """An empty database; afterwards it is still empty, and no part of a file is left."""
    yield empty_url
    with disposed(empty_url) as engine:
        if engine.dialect.name == "postgresql":
            assert db.revision(engine) is None
    assert list(tmp_path.glob("*empty.db*")) == []
    assert list(tmp_path.glob(".*")) == []


def refused(url: str, file: Path, clock: SetClock) -> str:
    """What a restoring is refused with."""
    with pytest.raises(Refused) as caught:
        restore(url, file, clock)
    assert file.name in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("nth", range(12))
def test_a_changed_byte_anywhere_is_refused(good: Path, nothing: str, clock: SetClock, nth: int):
    """In a row, a name, a date, the manifest, the directory at the end: everything is compared."""
    data = bytearray(good.read_bytes())
    data[(2 * nth + 1) * len(data) // 24] ^= 1
    good.write_bytes(data)
    refused(nothing, good, clock)


@pytest.mark.parametrize("kept", [0, 10, 5000, -1])
def test_a_cut_file_is_refused(good: Path, nothing: str, clock: SetClock, kept: int):
    """A stick pulled out too early."""
    good.write_bytes(good.read_bytes()[:kept])
    refused(nothing, good, clock)


def test_something_appended_is_refused(good: Path, nothing: str, clock: SetClock):
    """Nothing extra."""
    good.write_bytes(good.read_bytes() + b"\0")
    refused(nothing, good, clock)


def test_a_table_whose_rows_differ_is_named(good: Path, nothing: str, clock: SetClock):
    """The hash in the manifest is another."""
    contents = members(good)
    contents["tables/officers.jsonl"] = contents["tables/officers.jsonl"].replace("吴".encode(), "武".encode())
    rewrite(good, contents)
    assert "表 officers 的内容与校验值不符" in refused(nothing, good, clock)


def test_a_missing_or_further_table_is_refused(good: Path, nothing: str, clock: SetClock):
    """A backup is whole or it is none."""
    contents = members(good)
    rewrite(good, {name: data for name, data in contents.items() if name != "tables/terms.jsonl"})
    assert "不齐" in refused(nothing, good, clock)
    rewrite(good, {"tables/more.jsonl": b"", **contents})
    assert "多余" in refused(nothing, good, clock)


def forged(good: Path, table: str, before: str, after: str) -> None:
    """Rows changed and the manifest made to fit."""
    contents = members(good)
    rows = contents[f"tables/{table}.jsonl"].replace(before.encode(), after.encode())
    assert rows != contents[f"tables/{table}.jsonl"]
    manifest = json.loads(contents["manifest.json"])
    entry = next(each for each in manifest["tables"] if each["name"] == table)
    entry["sha256"], entry["rows"] = hashlib.sha256(rows).hexdigest(), rows.count(b"\n")
    contents |= {f"tables/{table}.jsonl": rows, "manifest.json": backups.canonical(manifest).encode()}
    rewrite(good, contents)


def test_a_forged_journal_is_refused(good: Path, nothing: str, clock: SetClock):
    """The chains are verified after the hashes."""
    forged(good, "journal_lines", "五人", "七人")
    with pytest.raises(Refused, match="工作日志校验不通过"):
        restore(nothing, good, clock)


@pytest.mark.parametrize(
    ("table", "before", "after"),
    [("officers", "王秘书", "吴计票"), ("cases", '"root_id":"', '"root_id":"x'), ("cases", '"id":', '"di":')],
    ids=["a name twice", "a reference that is none", "a column that is none"],
)
def test_rows_the_database_would_not_have_taken_are_refused(
    good: Path, nothing: str, clock: SetClock, table: str, before: str, after: str
):
    """Its constraints hold for what comes back, too."""
    forged(good, table, before, after)
    assert f"表 {table} 里有数据库不接受的行" in refused(nothing, good, clock)


def test_a_backup_of_another_schema_is_refused(good: Path, nothing: str, clock: SetClock):
    """With the way to go."""
    contents = members(good)
    contents["manifest.json"] = contents["manifest.json"].replace(
        f'"schema":"{db.SCHEMA}"'.encode(), b'"schema":"0000"'
    )
    rewrite(good, contents)
    assert "0000" in refused(nothing, good, clock)


def test_a_file_that_is_not_there_is_a_usage_error(tmp_path: Path):
    """Exit 2."""
    with pytest.raises(Misused, match="没有找到文件"):
        backups.verify(tmp_path / "nirgends.zip")
    with pytest.raises(Misused):
        backups.verify(tmp_path)
