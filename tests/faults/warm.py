"""
Many command lines, each in a process of its own that may be stopped dead: a child costs a fork, not an interpreter.

    with Warm() as warm:
        counts = warm.run(folder, "demo")
        warm.run(folder, "demo", at=Point("after", "commit", 3))

This file is also the process that forks: it has imported everything and opened nothing, and takes one order a line.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections import Counter
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any

from federation.commands import federation
from tests.faults.killing import Point, What, _Counting

TOP = Path(__file__).parents[2]
IMPORTED = (
    "alembic.command",
    "federation.commands.demo",
    "federation.demonstration.generated",
    "federation.demonstration.player",
    "federation.documents.compose",
    "federation.documents.furniture",
    "federation.documents.fonts",
    "federation.documents.pdf",
    "federation.documents.prose",
    "federation.services.papers",
    "federation.services.records",
    "federation.services.summaries",
)
ENDED, STOPPED = 0, -signal.SIGKILL


class Warm:
    """A process that runs command lines in forks of itself."""

    def __enter__(self) -> "Warm":
        environment = {name: value for name, value in os.environ.items() if not name.startswith("FEDERATION_")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.warm"],
            cwd=TOP,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.process.communicate()

    def run(self, folder: Path, *args: str, at: Point | None = None) -> Counter[What]:
        """
        Run one command in this folder to its end, or to the point at which it is stopped.

        Returns how many commits and renames it made, where it came to its end. AssertionError, with what it printed,
        where it ended otherwise than it was to.
        """
        status, counts, said = self._order(folder, args, at)
        assert status == (STOPPED if at else ENDED), f"{args} ({at}): exit {status}\n{said}"
        return counts

    def stopped(self, folder: Path, *args: str, at: Point) -> bool:
        """Run one command as far as the point; False where it came to its end before."""
        status, _, said = self._order(folder, args, at)
        assert status in (STOPPED, ENDED), f"{args} ({at}): exit {status}\n{said}"
        return status == STOPPED

    def _order(self, folder: Path, args: tuple[str, ...], at: Point | None) -> tuple[int, Counter[What], str]:
        point = [at.when, at.what, at.number] if at else None
        pipe_in, pipe_out = self.process.stdin, self.process.stdout
        assert pipe_in
        assert pipe_out
        pipe_in.write(json.dumps({"folder": str(folder), "args": args, "at": point}) + "\n")
        pipe_in.flush()
        done = json.loads(pipe_out.readline())
        return done["status"], Counter(done["counts"]), done["said"]


def _serve() -> None:
    for module in IMPORTED:
        import_module(module)
    for line in sys.stdin:
        print(json.dumps(_carried_out(json.loads(line))), flush=True)


def _carried_out(order: dict[str, Any]) -> dict[str, Any]:
    aside = Path(order["folder"]).with_name("aside")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    child = os.fork()
    if not child:
        _child(aside, order)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    counts = (aside / "counts").read_text().split() if status != STOPPED else []
    return {"status": status, "counts": counts, "said": (aside / "said").read_text(encoding="utf-8")}


def _child(aside: Path, order: dict[str, Any]) -> None:
    """Never returns: the fork ends here, whatever happens."""
    code = 1
    said = os.open(aside / "said", os.O_WRONLY | os.O_CREAT)
    os.dup2(said, 1)
    os.dup2(said, 2)
    os.chdir(order["folder"])
    counting = _Counting(Point(*order["at"] or ("before", "commit", 0)))
    try:
        federation.main(order["args"])
    except SystemExit as done:
        code = int(done.code or 0)
    finally:
        (aside / "counts").write_text(" ".join(counting.seen.elements()))
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    with TemporaryDirectory() as state:
        os.environ["XDG_STATE_HOME"] = state
        _serve()
