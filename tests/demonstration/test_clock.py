"""Nothing in the installed program moves the clock but the demonstration, and that only its own."""

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import federation
from federation.clock import BEIJING
from tests.shell import NAME

PACKAGE = Path(federation.__file__).parent
COMMAND = [sys.executable, "-c", "from federation.commands import main; main()"]
TELL_THE_TIME = {"now", "utcnow", "today", "time", "time_ns", "localtime", "gmtime", "monotonic"}
OF = {"datetime", "date", "dt", "time"}


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Every module of the package, read."""
    for file in sorted(PACKAGE.rglob("*.py")):
        yield str(file.relative_to(PACKAGE)), ast.parse(file.read_text(encoding="utf-8"))


def asks_the_system(node: ast.AST) -> bool:
    """True for `datetime.now()`, `time.time()` and their like; `clock.now()` is what is wanted."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    whose = node.func.value
    name = whose.attr if isinstance(whose, ast.Attribute) else whose.id if isinstance(whose, ast.Name) else ""
    return node.func.attr in TELL_THE_TIME and name in OF


def test_time_enters_through_one_file():
    """design.md section 2; a lawful date is never the machine's by accident."""
    asking = {name for name, tree in modules() if any(map(asks_the_system, ast.walk(tree)))}
    assert asking == {"clock.py"}


def test_only_the_demonstration_sets_a_clock():
    """Nothing else so much as names `SetClock`."""
    naming = {
        name
        for name, tree in modules()
        for node in ast.walk(tree)
        if (isinstance(node, ast.Name) and node.id == "SetClock")
        or (isinstance(node, ast.alias) and node.name == "SetClock")
    }
    assert naming == {"commands/demo.py", "demonstration/player.py"}


def run(folder: Path, *args: str, code: int = 0, **surroundings: str) -> str:
    """One command as it is installed, on the machine's own clock."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("FEDERATION_")}
    done = subprocess.run(
        [*COMMAND, *args],
        cwd=folder,
        env=environment | {"FEDERATION_ACTOR": "王秘书"} | surroundings,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == code, done.stderr
    return done.stdout


def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def recorded(folder: Path) -> list[tuple[str, datetime]]:
    """Of each line of the journal the time that an officer stated, and the instant that it was written."""
    lines = json.loads(run(folder, "journal", "show", "--json"))
    return [(line["stated"], datetime.fromisoformat(line["recorded_at"])) for line in lines]


def test_no_variable_moves_the_clock(tmp_path: Path):
    """The journal's instant is the machine's, and its days are Beijing's, whatever the surroundings say."""
    suggested = ("FEDERATION_NOW", "FEDERATION_CLOCK", "FEDERATION_DATE", "FEDERATION_TIME", "NOW", "TODAY")
    surroundings = dict.fromkeys(suggested, "2020-11-02T09:00:00+08:00")
    before = now()
    run(tmp_path, "init", "gaoxin", NAME, **surroundings, SOURCE_DATE_EPOCH="1604278800", TZ="America/Lima")
    ((stated, instant),) = recorded(tmp_path)
    assert before <= instant <= now()
    assert stated == f"{instant.astimezone(BEIJING):%Y-%m-%d %H:%M}"


def test_an_officer_states_the_past_and_never_the_future(tmp_path: Path):
    """`--on` says when something happened; the instant of recording beside it stays the machine's."""
    run(tmp_path, "init", "gaoxin", NAME)
    before = now()
    run(tmp_path, "found", "--on", f"{before + timedelta(days=2):%Y-%m-%d}", code=5)
    run(tmp_path, "found", "--on", "2020-11-02")
    stated, instant = recorded(tmp_path)[-1]
    assert stated == "2020-11-02"
    assert before <= instant <= now()
