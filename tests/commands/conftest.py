"""One command line a test, on SQLite and on PostgreSQL; no officer is named by the surroundings."""

from pathlib import Path

import pytest

from federation.clock import SetClock
from tests import shell
from tests.shell import Run


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing of the machine's settings reaches a command, and its log lies in the test's own folder."""
    for name in ("FEDERATION_ACTOR", "FEDERATION_DATABASE_URL", "FEDERATION_TEMPLATES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def run(database_url: str, clock: SetClock) -> Run:
    """`run(*args)`: one command on a database with nothing in it; `code=0` also checks the exit."""
    return shell.runner(database_url, clock)


@pytest.fixture
def founded(run: Run) -> Run:
    """The same, after `init` and `found`: 王秘书 may do everything in gaoxin, and founding-1 is being prepared."""
    shell.founded(run)
    return run
