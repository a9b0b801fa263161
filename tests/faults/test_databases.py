"""What the database says no with reaches the officer as Chinese text and exit 6, and nothing has changed."""

import resource
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy import Engine, event, make_url, text

from federation import db
from federation.clock import SetClock
from tests.databases import disposed
from tests.shell import NAME, Run, answer, runner

FORM = ("step", "form_group", "--as", "王秘书")


@pytest.fixture
def file(sqlite_url: str, clock: SetClock) -> Path:
    """An SQLite database with founding-1 in it."""
    run = runner(sqlite_url, clock)
    run("init", "gaoxin", NAME, "--as", "王秘书", code=0)
    run("found", "--as", "王秘书", code=0)
    return Path(make_url(sqlite_url).database or "")


def said(result: Result) -> str:
    """What the officer reads: Chinese, with what to do, and no traceback."""
    assert result.exit_code == 6, f"exit {result.exit_code}\n{result.stdout}{result.stderr}"
    assert "Traceback" not in result.stderr
    assert "·" in result.stderr
    return result.stderr


def state(run: Run) -> str:
    """Where the founding stands."""
    return answer(run("status", "--json", code=0))["cases"][0]["state"]


@contextmanager
def on_connect(pragma: str) -> Iterator[None]:
    """Every SQLite connection made meanwhile begins with this."""

    def prepare(connection, _record) -> None:
        connection.execute(pragma)

    event.listen(Engine, "connect", prepare)
    try:
        yield
    finally:
        event.remove(Engine, "connect", prepare)


def test_a_full_disk(file: Path, clock: SetClock):
    """Made with max_page_count, which holds for root too."""
    run = runner(str(file), clock)
    with sqlite3.connect(file) as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.close()
    with on_connect(f"PRAGMA max_page_count = {pages}"):
        assert "磁盘已满" in said(run("step", "form_group", "--note", "五" * 20000, "--as", "王秘书"))
    assert state(run) == "preparing"
    run("db", "check", code=0)
    run(*FORM, code=0)


@pytest.mark.parametrize("how", ["mode=ro in the URL", "query_only"])
def test_a_read_only_database(file: Path, clock: SetClock, how: str):
    """Made so that it holds for root too. Reading goes on."""
    if how == "query_only":
        run = runner(str(file), clock)
        with on_connect("PRAGMA query_only = ON"):
            assert "只读" in said(run(*FORM))
            assert state(run) == "preparing"
    else:
        run = runner(f"sqlite:///file:{file}?mode=ro&uri=true", clock)
        assert "只读" in said(run(*FORM))
        assert state(run) == "preparing"


def test_a_read_only_server(postgresql_url: str, clock: SetClock):
    """As a replica is."""
    run = runner(postgresql_url, clock)
    run("init", "gaoxin", NAME, "--as", "王秘书", code=0)
    name = make_url(postgresql_url).database
    with disposed(postgresql_url) as engine, engine.begin() as connection:
        connection.execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
    assert "只读" in said(run("found", "--as", "王秘书"))
    run("status", code=0)


def test_a_database_that_another_program_holds(file: Path, clock: SetClock, monkeypatch: pytest.MonkeyPatch):
    """She is asked to try again; reading does not wait for a writer."""
    monkeypatch.setattr(db, "BUSY_SECONDS", 0)
    run = runner(str(file), clock)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert "另一位工作人员正在写入" in said(run(*FORM))
    assert state(run) == "preparing"
    other.execute("ROLLBACK")
    other.close()
    run(*FORM, code=0)


def test_a_case_that_another_officer_holds_on_a_server(
    postgresql_url: str, clock: SetClock, monkeypatch: pytest.MonkeyPatch
):
    """The wait has an end there as well."""
    monkeypatch.setattr(db, "BUSY_SECONDS", 0.001)
    run = runner(postgresql_url, clock)
    run("init", "gaoxin", NAME, "--as", "王秘书", code=0)
    run("found", "--as", "王秘书", code=0)
    with disposed(postgresql_url) as engine, engine.begin() as connection:
        connection.execute(text("SELECT id FROM cases FOR UPDATE"))
        assert "另一位工作人员正在写入" in said(run(*FORM))
    run(*FORM, code=0)


def test_a_database_that_is_not_there(tmp_path: Path, clock: SetClock):
    """Only init, restore and demo create one."""
    run = runner(f"sqlite:///{tmp_path / 'nirgends.db'}", clock)
    for command in (("status",), FORM, ("db", "check"), ("db", "upgrade", "--as", "王秘书"), ("journal", "verify")):
        assert "federation init" in said(run(*command))
    assert list(tmp_path.glob("nirgends*")) == []


def test_a_folder_that_is_not_there(tmp_path: Path, clock: SetClock):
    """Not even init can begin there."""
    run = runner(f"sqlite:///{tmp_path / 'no' / 'where.db'}", clock)
    assert "连不上" in said(run("init", "gaoxin", NAME, "--as", "王秘书"))


@pytest.mark.parametrize("command", [("status",), FORM, ("init", "gaoxin", NAME, "--as", "王秘书")])
def test_a_file_that_is_no_database(tmp_path: Path, clock: SetClock, command: tuple[str, ...]):
    """A text somebody renamed. It is left as it is."""
    (tmp_path / "letter.db").write_text("亲爱的姐妹们：" * 1000)
    assert "不是数据库" in said(runner(str(tmp_path / "letter.db"), clock)(*command))
    assert (tmp_path / "letter.db").read_text().startswith("亲爱的姐妹们")


def test_a_torn_database(file: Path, clock: SetClock):
    """The middle of the file overwritten."""
    data = bytearray(file.read_bytes())
    data[4096:40960] = b"\xff" * (40960 - 4096)
    file.write_bytes(data)
    assert "损坏" in said(runner(str(file), clock)("status"))


@pytest.mark.parametrize(("found", "word"), [("0000", "较旧"), ("9999", "较新")])
def test_a_database_of_another_schema(founded: Run, database_url: str, found: str, word: str):
    """An older one is upgraded first, a newer one needs a newer program."""
    with disposed(database_url) as engine, engine.begin() as connection:
        connection.execute(text(f"UPDATE alembic_version SET version_num = '{found}'"))
    for command in (("status",), FORM, ("init", "gaoxin", NAME, "--as", "王秘书")):
        assert word in said(founded(*command))
    assert "较新" in founded("db", "upgrade", "--as", "王秘书").stderr or found == "0000"


def test_a_database_with_nothing_of_ours(empty_postgresql_url: str, clock: SetClock):
    """A server's database that was made and not begun."""
    assert "federation init" in said(runner(empty_postgresql_url, clock)("status"))


def test_a_server_that_does_not_answer(tmp_path: Path, clock: SetClock):
    """Nothing listens on this socket."""
    run = runner(f"postgresql://nobody@/nowhere?host={tmp_path}", clock)
    assert "连不上" in said(run("status"))


def test_a_database_the_server_does_not_have(postgresql_url: str, clock: SetClock):
    """A name mistyped."""
    url = make_url(postgresql_url).set(database="mistyped").render_as_string(hide_password=False)
    assert "连不上" in said(runner(url, clock)("status"))


@pytest.mark.parametrize("url", ["mysql://u@h/d", "://"])
def test_an_address_that_cannot_be_read(url: str, clock: SetClock):
    """Exit 6 with the two forms there are; a password in it is never repeated."""
    assert runner(url, clock)("status").exit_code == 6


def test_a_password_reaches_no_message(clock: SetClock):
    """Whatever is wrong with the address."""
    for url in ("mysql://u:secret@h/d", "postgresql://u:secret@localhost:1/d", "postgresql://u:secret@h:port/d"):
        result = runner(url, clock)("status")
        assert result.exit_code == 6
        assert "secret" not in result.output


def test_a_fault_speaks_json_where_it_is_asked_to(tmp_path: Path, clock: SetClock):
    """design.md, section 6."""
    result = runner(f"sqlite:///{tmp_path / 'nirgends.db'}", clock)("status", "--json", code=6)
    fault = answer(result)
    assert fault["error"]["code"] == 6
    assert list(fault["findings"][0]) == ["problem", "clause", "remedy"]


def test_a_backup_onto_a_full_disk(file: Path, tmp_path: Path):
    """Made with RLIMIT_FSIZE: no file, no line in the journal."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))

    with sqlite3.connect(file) as connection:
        before = connection.execute("SELECT count(*) FROM journal_lines").fetchone()
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from federation.commands import main; main()",
            "--db",
            str(file),
            "backup",
            "b.zip",
            "--as",
            "王秘书",
        ],
        cwd=tmp_path,
        preexec_fn=limit,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 6, done.stderr
    assert "文件写入失败" in done.stderr
    assert not list(tmp_path.glob("*b.zip*"))
    assert connection.execute("SELECT count(*) FROM journal_lines").fetchone() == before
    connection.close()
