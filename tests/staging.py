"""What many tests begin from is built once a run, through the services, and copied for each of them."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.databases import _database, _execute, _once, disposed


@contextmanager
def copied(request: pytest.FixtureRequest, name: str, build: Callable[[Engine], object]) -> Iterator[Engine]:
    """A copy of the database that `build` made once in this run."""
    run: Path = request.getfixturevalue("run_folder")
    if request.param == "sqlite":
        migrated, template = request.getfixturevalue("sqlite_template"), run / f"{name}.db"
        with _once(run, f"sqlite-{name}") as first:
            if first:
                shutil.copy(migrated, template)
                _build(f"sqlite:///{template}", build)
        copy = shutil.copy(template, request.getfixturevalue("tmp_path") / f"{name}.db")
        with disposed(f"sqlite:///{copy}") as engine:
            yield engine
        return
    server, migrated = (request.getfixturevalue(f"postgresql_{part}") for part in ("server", "template"))
    with _once(run, f"postgresql-{name}") as first:
        if first:
            _execute(server, f"DROP DATABASE IF EXISTS {name}")
            _execute(server, f"CREATE DATABASE {name} TEMPLATE {migrated}")
            _build(server.set(database=name).render_as_string(hide_password=False), build)
    with _database(server, template=name) as url, disposed(url) as engine:
        yield engine


def _build(url: str, build: Callable[[Engine], object]) -> None:
    with disposed(url) as engine:
        build(engine)
