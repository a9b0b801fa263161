"""
A command stopped dead at a chosen point: before or after its n-th commit or rename.

Counting makes it the same point every time. A test tries n = 1, 2, 3 … until the command comes to its end unharmed,
so that it knows nothing of how many commits there are:

    for killed in kills(folder, lambda: prepare(folder), "backup", "b.zip", "--as", "王秘书"):
        ...  # put right what a person would: type the command again, and look

This file is also the child: it counts by SQLAlchemy's events and by `os.replace`, then hands over to the command line.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

NOW = "2020-11-02T09:00:00+08:00"
MOST = 500
"""Commits or renames of one command; more means that the counting is at fault."""


@dataclass(frozen=True)
class Point:
    """Where a child is stopped: `number` counts from 1; 0 is nowhere."""

    when: Literal["before", "after"] = "before"
    what: Literal["commit", "rename"] = "commit"
    number: int = 0

    def __str__(self) -> str:
        return f"{self.when} {self.what} {self.number}"


def run(folder: str | os.PathLike[str], *args: str, at: Point = Point(), now: str = NOW) -> bool:
    """
    Run one command in this folder in a child, and say whether it was stopped.

    Where it was not, it must have ended with exit 0: an AssertionError says what it printed otherwise.
    """
    command = [sys.executable, __file__, at.when, at.what, str(at.number), now, *args]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("FEDERATION_")}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8")
    if done.returncode == -signal.SIGKILL:
        return True
    assert done.returncode == 0, f"{args} ({at}): exit {done.returncode}\n{done.stdout}{done.stderr}"
    return False


def kills(folder: str | os.PathLike[str], prepare: Callable[[], None], *args: str) -> Iterator[Point]:
    """
    The command, each time begun from what `prepare` makes, stopped at every point there is; one turn a point.

    At least one commit is among them, or the command was not stopped at all.
    """
    found = 0
    for what in ("commit", "rename"):
        for when in ("before", "after"):
            for number in range(1, MOST):
                prepare()
                point = Point(when, what, number)
                if not run(folder, *args, at=point):
                    break
                found += 1
                yield point
    assert found, f"{args} commits nothing"


def _count(when: str, what: str, number: int) -> None:
    """Have this process end by SIGKILL at that point."""
    seen = 0

    def reached() -> bool:
        nonlocal seen
        seen += 1
        return seen == number

    def die(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    if what == "rename":
        replace = os.replace

        def counted(*args: object, **named: object) -> None:
            last = reached()
            if last and when == "before":
                die()
            replace(*args, **named)  # type: ignore[arg-type]
            if last:
                die()

        os.replace = counted  # type: ignore[assignment]
        return
    from sqlalchemy import Engine, event
    from sqlalchemy.pool import Pool

    done = False

    def committing(connection: object) -> None:
        nonlocal done
        if reached():
            if when == "before":
                die()
            done = True

    def committed(*_: object) -> None:
        if done:
            die()  # the connection is begun anew, or given back: the commit lies behind it

    event.listen(Engine, "commit", committing)
    event.listen(Engine, "begin", committed)
    event.listen(Pool, "reset", committed)


def _child(when: str, what: str, number: str, now: str, *args: str) -> None:
    from federation.clock import SetClock
    from federation.commands import federation

    _count(when, what, int(number))
    federation.main(list(args), obj=SetClock(datetime.fromisoformat(now)))


if __name__ == "__main__":
    _child(*sys.argv[1:])
