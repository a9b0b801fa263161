"""A command that is stopped dead leaves a whole step or none; typed again, it ends as if nothing had happened."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from federation.clock import SetClock
from tests.faults.killing import Point, kills, run
from tests.shell import NAME, Run, answer, runner

INIT = ("init", "gaoxin", NAME, "--as", "王秘书")
FOUND = ("found", "--as", "王秘书")
FORM = ("step", "form_group", "--note", "五人", "--as", "王秘书")
OFFICER = ("officer", "add", "李监票", "--role", "scrutineer", "--as", "王秘书")
ADD = ("add", "cunyi", "示例村妇女联合会", "--superior", "gaoxin", "--as", "王秘书")

# What is typed, after what.
COMMANDS = {
    "init": (INIT, []),
    "found": (FOUND, [INIT]),
    "step": (FORM, [INIT, FOUND]),
    "officer": (OFFICER, [INIT]),
    "add": (ADD, [INIT]),
}


def outcome(folder: Path, clock: SetClock) -> tuple[object, ...]:
    """Everything an officer can see; the journal is verified on the way."""
    look = desk(folder, clock)
    look("db", "check", code=0)
    federations = answer(look("list", "--json", code=0))
    ids = [row["id"] for row in federations]
    return (
        federations,
        [answer(look("status", "--federation", id, "--json", code=0)) for id in ids],
        [answer(look("journal", "show", "--federation", id, "--json", code=0)) for id in ids],
        answer(look("journal", "show", "--database", "--json", code=0)),
    )


def desk(folder: Path, clock: SetClock, database: str = "federation.db") -> Run:
    """The command line on a database in this folder, without a fault."""
    return runner(f"sqlite:///{folder / database}", clock)


def prepared(folder: Path, clock: SetClock, earlier: list[tuple[str, ...]]) -> Callable[[], None]:
    """A function that puts the folder back to what these commands made of it."""
    pattern = folder.with_name("pattern")
    pattern.mkdir()
    for args in earlier:
        desk(pattern, clock)(*args, code=0)

    def prepare() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(pattern, folder)

    return prepare


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_that_was_stopped_is_typed_again(command: str, tmp_path: Path, clock: SetClock):
    """Before and after every commit: the same end as without the fault, to the last hash of the journal."""
    args, earlier = COMMANDS[command]
    folder = tmp_path / "desk"
    prepare = prepared(folder, clock, earlier)
    prepare()
    desk(folder, clock)(*args, code=0)
    undisturbed = outcome(folder, clock)
    for point in kills(folder, prepare, *args):
        desk(folder, clock)(*args, code=0)
        assert outcome(folder, clock) == undisturbed, str(point)


def test_a_backup_that_was_stopped_leaves_no_half_file(tmp_path: Path, clock: SetClock):
    """Under its name lies a whole backup or nothing; what was left beside it goes with the next."""
    folder = tmp_path / "desk"
    for point in kills(folder, prepared(folder, clock, [INIT]), "backup", "b.zip", "--as", "王秘书"):
        if not (folder / "b.zip").exists():
            desk(folder, clock)("backup", folder / "b.zip", "--as", "王秘书", code=0)
        assert not list(folder.glob(".b.zip*")), str(point)
        outcome(folder, clock)
        desk(folder, clock, "copy.db")("restore", folder / "b.zip", "--as", "王秘书", code=0)


def test_a_restoring_that_was_stopped_leaves_no_database(tmp_path: Path, clock: SetClock):
    """Under its name lies a whole database or none, and the command may be typed again."""
    folder = tmp_path / "desk"
    backup = ("backup", str(tmp_path / "b.zip"), "--as", "王秘书")
    prepare = prepared(folder, clock, [INIT, FOUND, backup])
    restore = ("restore", str(tmp_path / "b.zip"), "--as", "王秘书")
    for point in kills(folder, prepare, "--db", "sqlite:///copy.db", *restore):
        look = desk(folder, clock, "copy.db")
        if not (folder / "copy.db").exists():
            look(*restore, code=0)
        assert not list(folder.glob(".copy.db*")), str(point)
        look("db", "check", code=0)
        acts = [line["act"] for line in answer(look("journal", "show", "--database", "--json", code=0))]
        assert acts == ["init", "restore"], str(point)


def test_a_child_is_stopped_where_it_is_told(tmp_path: Path, clock: SetClock):
    """The harness itself: before the commit nothing is there, after it everything."""
    prepare = prepared(tmp_path / "desk", clock, [INIT])
    for when, there in (("before", []), ("after", ["founding-1"])):
        prepare()
        run(tmp_path / "desk", *FOUND, at=Point(when, "commit", 1))
        rows = answer(desk(tmp_path / "desk", clock)("case", "list", "--json", code=0))
        assert [row["case"] for row in rows] == there
