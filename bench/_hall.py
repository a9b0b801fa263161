"""What the benches of the hall share: a congress whose poll is open, and servers in processes of their own."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, delete, insert, update

from federation import db
from federation.ballotbox.passes import new_code, pass_hash
from federation.clock import BEIJING, SetClock
from federation.facts.acts import Stated
from federation.models import Case, SealedBallot, VotingPass
from federation.services import desks
from tests.services.stage import Stage

NAMES, SEATS = 30, 25
METHOD = f"""
title = "示例大会选举办法"
elected = "> 1/2 of present"

[ballot]
channels = ["phone"]
order = "as_listed"

[write_in]
allowed = "free"

[[contest]]
id = "members"
office = "委员"
seats = {SEATS}
surplus = {{ count = {NAMES - SEATS} }}
"""
MARKS = tuple((f"members:{place}", "+" if place <= SEATS else "-") for place in range(1, NAMES + 1))
ANSWERS = 40
"""Before anything is measured: each worker has had its turn."""
HERE = Path(__file__).parents[1]


class Congress(Stage):
    """So many delegates, each with a pass; the poll is open."""

    @classmethod
    def of(cls, engine: Engine, delegates: int, folder: Path) -> "Congress":
        cls.DELEGATES = delegates
        clock = SetClock(datetime.now(BEIJING).replace(microsecond=0))
        stage = cls.built(engine, clock, folder, METHOD, {"members": [f"候选人{n}" for n in range(1, NAMES + 1)]})
        assert isinstance(stage, Congress)
        stage.codes = [code.replace("-", "") for code in stage.passes(delegates)]
        stage.open(0, delegates)
        return stage

    codes: list[str]

    def more_passes(self, number: int) -> list[str]:
        """Passes beside those of the pile, for whoever casts again and again: only the server is measured with them."""
        codes = [new_code() for _ in range(number)]
        with db.transaction(self.engine) as session:
            poll = self.poll(session, "members")
            rows = [{"hash": pass_hash(poll.name, code[:16]), "election_id": poll.case.id} for code in codes]
            session.execute(insert(VotingPass), rows)
        return codes

    def desk(self, name: str) -> str:
        """The code of a check-in desk that was just opened."""
        until = Stated.of(self.clock.now() + timedelta(hours=2))
        with db.transaction(self.engine) as session:
            meeting = session.get_one(Case, self.poll(session, "members").meeting.case_id)
            return desks.open_desk(session, meeting, name, "check_in", until, self.act())[1]

    def emptied(self) -> None:
        """Nobody has voted yet."""
        with db.transaction(self.engine) as session:
            session.execute(update(VotingPass).values(state="unspent", token_hash=None))
            session.execute(delete(SealedBallot))


@contextmanager
def running(command: Sequence[str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A server in a process of its own, once it answers; ended as a service manager ends it."""
    with subprocess.Popen([sys.executable, *command], cwd=HERE, stderr=subprocess.DEVNULL) as process:
        try:
            for _ in range(ANSWERS):
                _wait_for_answer(port)
            yield process
        finally:
            if process.poll() is None:
                os.kill(process.pid, signal.SIGTERM)


def _wait_for_answer(port: int) -> None:
    """The socket takes connections before any worker answers: what is measured is not how a server starts."""
    while True:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=60) as line:
            line.sendall(b"GET /v/members HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
            if line.recv(1):
                return
        time.sleep(0.05)


def served(url: str, port: int, workers: int) -> contextlib.AbstractContextManager[subprocess.Popen[bytes]]:
    """`federation serve`."""
    main = "from federation.commands import main; main()"
    return running(["-c", main, "--db", url, "serve", "--port", str(port), "--workers", str(workers)], port)


def bare(url: str, port: int, workers: int) -> contextlib.AbstractContextManager[subprocess.Popen[bytes]]:
    """The skeleton: bench/_bare.py."""
    return running([str(HERE / "bench" / "_bare.py"), url, str(port), str(workers)], port)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])
