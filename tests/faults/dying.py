"""
`federation serve` in a process of its own, which ends itself or its database dead at a chosen commit of the box.

    with served(url, Kill("before", 3)) as server:
        ...  # vote at server.port until it is gone

The child counts by SQLAlchemy's events what the writer of the box commits. It is forked from a process that has
imported everything and opened nothing: a start costs no interpreter.
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection as Pipe
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Literal

from sqlalchemy import Engine, event
from sqlalchemy.pool import Pool

from federation.web import serving
from tests import postgres


@dataclass(frozen=True)
class Kill:
    """What is killed at which commit of the box, counted from 1; nothing at number 0."""

    when: Literal["before", "after"] = "before"
    number: int = 0
    database: Path | None = None
    """The folder of a PostgreSQL server of `tests/postgres.py`: it is killed in the place of our own."""

    def __str__(self) -> str:
        return f"{self.when} commit {self.number}"


@dataclass
class Server:
    """A child that serves."""

    process: BaseProcess
    port: int

    def killed(self) -> bool:
        """True once it is gone; waited for where its end is on its way."""
        self.process.join(60)
        return self.process.exitcode == -signal.SIGKILL


@contextmanager
def served(url: str, kill: Kill | None = None) -> Iterator[Server]:
    """A server over this database, for as long as it lives; it is dead afterwards in any case."""
    warm = multiprocessing.get_context("forkserver")
    warm.set_forkserver_preload(["tests.faults.dying", "federation.web.app", "psycopg", "uvloop", "httptools"])
    ours, its = warm.Pipe(duplex=False)
    process = warm.Process(target=_child, args=(url, kill or Kill(), its))
    process.start()
    its.close()
    try:
        yield Server(process, ours.recv())
    finally:
        process.kill()
        process.join()
        process.close()
        ours.close()


class _Counting:
    """Counts the commits of the writer of the box."""

    def __init__(self, kill: Kill) -> None:
        self.kill, self.seen, self.reached = kill, 0, False
        event.listen(Engine, "commit", self.commit)
        event.listen(Pool, "reset", self.after_commit)

    def commit(self, _connection: object) -> None:
        if threading.current_thread().name != "casts":
            return
        self.seen += 1
        self.reached = self.seen == self.kill.number
        if self.reached and self.kill.when == "before":
            self.die()

    def after_commit(self, *_: object) -> None:
        if self.reached and threading.current_thread().name == "casts":
            self.die()

    def die(self) -> None:
        self.reached = False
        if self.kill.database:
            postgres.kill(self.kill.database)
        else:
            os.kill(os.getpid(), signal.SIGKILL)


def _child(url: str, kill: Kill, pipe: Pipe) -> None:
    _Counting(kill)
    asked = serving.Serving(url, port=0)
    socket = serving.listening(asked)
    pipe.send(socket.getsockname()[1])
    serving.run(asked, socket)
