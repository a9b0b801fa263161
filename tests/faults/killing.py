"""
A command stopped dead at a chosen point: before or after its n-th commit or rename.

Counting makes it the same point every time; a first run, which is left alone, says how many there are:

    for point in kills(folder, prepare, "backup", "b.zip", "--as", "王秘书"):
        ...  # put right what a person would: type the command again, and look

This file is also the child: it counts by SQLAlchemy's events and by `os.replace`, then hands over to the command line.
"""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from sqlalchemy import Engine, event
from sqlalchemy.pool import Pool

from federation.clock import SetClock
from federation.commands import federation

What = Literal["commit", "rename"]
NOW = "2020-11-02T09:00:00+08:00"


@dataclass(frozen=True)
class Point:
    """Where a child is stopped; `number` counts from 1."""

    when: Literal["before", "after"]
    what: What
    number: int

    def __str__(self) -> str:
        return f"{self.when} {self.what} {self.number}"


def run(folder: Path, *args: str, at: Point | None = None, now: str = NOW) -> Counter[What]:
    """
    Run one command in this folder in a child, to its end or to the point at which it is stopped.

    Returns how many commits and renames it made, where it came to its end. AssertionError, with what it printed,
    where it ended otherwise than it was to.
    """
    with TemporaryDirectory() as aside:
        counts = Path(aside) / "counts"
        point = str(at).split() if at else ["before", "commit", "0"]
        command = [sys.executable, __file__, str(counts), now, *point, *args]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("FEDERATION_")}
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8")
        wanted = -signal.SIGKILL if at else 0
        assert done.returncode == wanted, f"{args} ({at}): exit {done.returncode}\n{done.stdout}{done.stderr}"
        return Counter(counts.read_text().split()) if at is None else Counter()  # type: ignore[arg-type]


def kills(folder: Path, prepare: Callable[[], None], *args: str, now: str = NOW) -> Iterator[Point]:
    """The command, each time begun from what `prepare` makes, stopped at every point there is; one turn a point."""
    prepare()
    counts = run(folder, *args, now=now)
    assert counts["commit"], f"{args} commits nothing"
    for what in ("commit", "rename"):
        for number in range(1, counts[what] + 1):
            for when in ("before", "after"):
                prepare()
                point = Point(when, what, number)
                run(folder, *args, at=point, now=now)
                yield point


class _Counting:
    """Counts what this process does, and ends it by SIGKILL at the point."""

    def __init__(self, at: Point) -> None:
        self.at, self.seen, self.committed = at, Counter[What](), False
        event.listen(Engine, "commit", self.commit)
        event.listen(Engine, "begin", self.after_commit)
        event.listen(Pool, "reset", self.after_commit)
        self.replace, os.replace = os.replace, self.rename  # type: ignore[assignment]

    def reached(self, what: What) -> bool:
        self.seen[what] += 1
        reached = (self.at.what, self.at.number) == (what, self.seen[what])
        if reached and self.at.when == "before":
            _die()
        return reached

    def commit(self, *_: object) -> None:
        self.committed = self.reached("commit")

    def after_commit(self, *_: object) -> None:
        """The connection is begun anew or given back: the commit lies behind it."""
        if self.committed:
            _die()

    def rename(self, *args: Any, **named: Any) -> None:
        reached = self.reached("rename")
        self.replace(*args, **named)
        if reached:
            _die()


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _child(counts: str, now: str, when: Any, what: Any, number: str, *args: str) -> None:
    counting = _Counting(Point(when, what, int(number)))
    try:
        federation.main(list(args), obj=SetClock(datetime.fromisoformat(now)))
    finally:
        Path(counts).write_text(" ".join(counting.seen.elements()))


if __name__ == "__main__":
    _child(*sys.argv[1:])
