"""
A database of its own for every test, on SQLite and on PostgreSQL.

The schema is made once a run for each of the two; a test gets a copy, which takes milliseconds and can leave nothing
behind in another test. A test that asks for `engine` or `database_url` runs twice.
"""

import fcntl
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import URL, Engine, create_engine, make_url, text
from sqlalchemy.pool import NullPool

from federation.db import engine_for, upgrade
from tests import postgres

RUN = pytest.StashKey[Path]()
BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


def pytest_configure(config: pytest.Config) -> None:
    """The run has a folder that all its workers know; its path is short, because a socket's must be."""
    if worker := getattr(config, "workerinput", None):
        config.stash[RUN] = Path(worker["run"])
    else:
        config.stash[RUN] = Path(tempfile.mkdtemp(prefix="federation-")).resolve()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node) -> None:
    """A worker of pytest-xdist knows which folder is the run's."""
    node.workerinput["run"] = str(node.config.stash[RUN])


def pytest_unconfigure(config: pytest.Config) -> None:
    """The server is stopped and the folder gone, once the workers are done."""
    if not hasattr(config, "workerinput"):
        postgres.stop(config.stash[RUN])
        shutil.rmtree(config.stash[RUN])


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a database of the newest schema, with nothing in it."""
    return request.getfixturevalue(f"{request.param}_url")


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on a database of the newest schema, with nothing in it."""
    with disposed(database_url) as engine:
        yield engine


@pytest.fixture(params=BOTH)
def empty_engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An engine on a database without any schema."""
    with disposed(request.getfixturevalue(f"empty_{request.param}_url")) as engine:
        yield engine


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A copy of the migrated file."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'federation.db')}"


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    """A file that is not there yet."""
    return f"sqlite:///{tmp_path / 'empty.db'}"


@pytest.fixture
def postgresql_url(postgresql_server: URL, postgresql_template: str) -> Iterator[str]:
    """A clone of the migrated database."""
    with _database(postgresql_server, template=postgresql_template) as url:
        yield url


@pytest.fixture
def empty_postgresql_url(postgresql_server: URL) -> Iterator[str]:
    """A new database."""
    with _database(postgresql_server, template="template1") as url:
        yield url


@pytest.fixture(scope="session")
def sqlite_template(run_folder: Path) -> Path:
    """The migrated file that tests copy."""
    template = run_folder / "template.db"
    with _once(run_folder, "sqlite") as first:
        if first:
            _migrate(f"sqlite:///{template}")
    return template


@pytest.fixture(scope="session")
def postgresql_template(run_folder: Path, postgresql_server: URL) -> str:
    """The migrated database that tests clone; nobody stays connected to it, or it could not be cloned."""
    with _once(run_folder, "postgresql") as first:
        if first:
            _execute(postgresql_server, "DROP DATABASE IF EXISTS migrated")
            _execute(postgresql_server, "CREATE DATABASE migrated")
            _migrate(_url(postgresql_server, "migrated"))
    return "migrated"


@pytest.fixture(scope="session")
def postgresql_server(run_folder: Path) -> URL:
    """The server that all workers share."""
    with _once(run_folder, "server"):
        return make_url(postgres.started(run_folder))


@pytest.fixture(scope="session")
def run_folder(pytestconfig: pytest.Config) -> Path:
    """The folder of this run of the tests."""
    return pytestconfig.stash[RUN]


@contextmanager
def disposed(url: str) -> Iterator[Engine]:
    """An engine whose connections are closed at the end."""
    engine = engine_for(url)
    try:
        yield engine
    finally:
        engine.dispose()


def _migrate(url: str) -> None:
    with disposed(url) as engine:
        upgrade(engine)


@contextmanager
def _database(server: URL, template: str) -> Iterator[str]:
    """A database of its own; dropped afterwards, whoever is still connected."""
    name = f"test_{uuid.uuid4().hex}"
    _execute(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield _url(server, name)
    finally:
        _execute(server, f"DROP DATABASE {name} WITH (FORCE)")


def _execute(server: URL, statement: str) -> None:
    """Carry out one statement that PostgreSQL allows in no transaction."""
    engine = create_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text(statement))


def _url(server: URL, database: str) -> str:
    return server.set(database=database).render_as_string(hide_password=False)


@contextmanager
def _once(run: Path, what: str) -> Iterator[bool]:
    """Hold the run's lock, and say whether this is the first time that `what` is done."""
    done = run / f"{what}.done"
    with (run / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield not done.exists()
        done.touch()
