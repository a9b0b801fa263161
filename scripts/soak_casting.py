"""
A hall that votes while its server is killed at random moments, or the database under it: part of `make soak`.

    python -m scripts.soak_casting            fifty times on SQLite, fifty on PostgreSQL
    python -m scripts.soak_casting 20 4711    twenty times on each, from a seed of one's own

After every kill each ballot that was acknowledged is in the box, none is there twice, and each spent pass has its own.
"""

import asyncio
import random
import secrets
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from federation import db
from federation.clock import BEIJING, SetClock
from tests import postgres
from tests.databases import disposed
from tests.faults.boxes import Throng, must_be_whole, unanswered
from tests.faults.dying import served
from tests.services.stage import LISTS, ONE
from tests.web.crowd import Voter, vote


class Hall(Throng):
    """So many that several kills fall into one poll."""

    DELEGATES = 315


def polled(url: str, folder: Path, kills: int, chance: random.Random, database: Path | None) -> int:
    """One poll from its opening until everyone is answered; how often something was killed on the way."""
    clock = SetClock(datetime(2020, 11, 2, 9, tzinfo=BEIJING))
    killed = 0
    with disposed(url) as engine:
        db.upgrade(engine)
        hall = Hall.built(engine, clock, folder, ONE, LISTS)
        assert isinstance(hall, Hall)
        voters = hall.voting()
        while unanswered(voters):
            if killed < kills:
                killed += killed_once(url, unanswered(voters), chance, database)
            else:
                with served(url) as server:
                    asyncio.run(vote(unanswered(voters), server.port))
            engine.dispose()
            must_be_whole(hall, voters)
        assert must_be_whole(hall, voters) == len(voters)
    return killed


def killed_once(url: str, voters: Sequence[Voter], chance: random.Random, database: Path | None) -> bool:
    """Vote until the server is killed, or its database; False where everyone was answered first."""
    with served(url) as server:
        asyncio.run(vote(voters[:1], server.port))
        kill: Callable[[], object] = server.process.kill
        if database and chance.random() < 0.5:
            kill = partial(postgres.kill, database)
        timer = threading.Timer(chance.uniform(0, 0.5), kill)
        timer.start()
        asyncio.run(vote(voters, server.port, at_once=24))
        in_time = not timer.is_alive()
        timer.cancel()
        timer.join()
    if database:
        postgres.kill(database)
        postgres.started_durable(database)
    return in_time


def on_sqlite(kills: int, chance: random.Random) -> None:
    """A file of its own for each poll."""
    done = 0
    while done < kills:
        with tempfile.TemporaryDirectory() as folder:
            done += polled(f"sqlite:///{folder}/poll.db", Path(folder), kills - done, chance, None)
        print(f"SQLite: killed {done} times", flush=True)


def on_postgresql(kills: int, chance: random.Random) -> None:
    """A server for each poll: it is killed too."""
    done = 0
    while done < kills:
        folder = Path(tempfile.mkdtemp(prefix="federation-")).resolve()
        try:
            done += polled(postgres.started_durable(folder), folder, kills - done, chance, folder)
        finally:
            postgres.stop(folder)
            shutil.rmtree(folder)
        print(f"PostgreSQL: killed {done} times", flush=True)


def main(kills: int = 50, seed: int | None = None) -> None:
    """So many kills on each database."""
    seed = secrets.randbelow(10**6) if seed is None else seed
    print(f"random moments from seed {seed}", flush=True)
    chance = random.Random(seed)
    on_sqlite(kills, chance)
    on_postgresql(kills, chance)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
