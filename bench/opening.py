"""
How long opening a box takes, as a ratio to libsodium's bare unseal of the same ballots, in the same run and process.

    python bench/opening.py [BALLOTS] [NAMES]

The first ratio is of what a worker of the opening does: unseal, read, judge, find duplicates. The second is of all
that `election unseal` does on SQLite in one process: the same and the rows written. Memory is what the opening holds.
"""

import random
import sys
import tempfile
import tracemalloc
import uuid
from collections.abc import Iterable
from pathlib import Path
from time import perf_counter

from _timing import timed
from nacl import bindings
from sqlalchemy import event

from federation import db
from federation.ballotbox.envelope import Envelope
from federation.ballotbox.opening import CheckCodes, opened
from federation.ballotbox.passes import ALPHABET, CHECK_LENGTH
from federation.ballotbox.seal import BoxKey, new_secret, seal
from federation.facts.counting import Paper, WriteIn
from federation.models import Base
from federation.services.unsealing import Opening

SEATS = 15


def main(ballots: int = 100_000, names: int = 60) -> None:
    """Seal so many random ballots, open them bare and through the box, and print times, ratios and memory."""
    key, envelope = BoxKey.of(new_secret()), Envelope.of([names], [SEATS], written=True)
    boxes = sealed(ballots, names, key, envelope)
    bare = timed(lambda: unseal_bare(boxes, key))
    box = timed(lambda: drain(CheckCodes().judged(opened(boxes, key, envelope))))
    whole = stored(boxes, key, envelope)
    tracemalloc.start()
    drain((codes := CheckCodes()).judged(opened(iter(boxes), key, envelope)))
    held = tracemalloc.get_traced_memory()[0]
    del codes
    print(f"{ballots} ballots of {names} names, {len(boxes[0])} bytes each")
    print(f"bare unseal        {bare:6.2f} s  {ballots / bare:8.0f}/s")
    print(f"opening            {box:6.2f} s  rate {bare / box:.2f} of bare")
    print(f"opening and rows   {whole:6.2f} s  rate {bare / whole:.2f} of bare, one process")
    print(f"memory held        {held / ballots:6.1f} bytes a ballot")


def sealed(ballots: int, names: int, key: BoxKey, envelope: Envelope) -> list[bytes]:
    """Ballots that nearly all differ, one in ten with a name written in."""
    chance, made = random.Random(2020), []
    for _ in range(ballots):
        check = "".join(chance.choices(ALPHABET, k=CHECK_LENGTH))
        written = (WriteIn(f"另选人{chance.randrange(30)}", signed=True),) if chance.random() < 0.1 else ()
        paper = Paper("".join(chance.choices("+-0", (20, 10, 70), k=names)), written)
        made.append(seal(key.public, envelope.packed(check, [paper])))
    return made


def unseal_bare(boxes: Iterable[bytes], key: BoxKey) -> None:
    for box in boxes:
        bindings.crypto_box_seal_open(box, key.public, key.private)


def drain(ballots: Iterable[object]) -> None:
    for _ in ballots:
        pass


def stored(boxes: list[bytes], key: BoxKey, envelope: Envelope) -> float:
    """Seconds for opening and writing rows as `services.unsealing` writes them, in one transaction on SQLite."""
    with tempfile.TemporaryDirectory() as folder:
        engine = db.engine_for(f"sqlite:///{Path(folder) / 'box.db'}")
        event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA foreign_keys = OFF"))
        with engine.begin() as connection:
            Base.metadata.create_all(connection)
        with db.transaction(engine) as session:
            begun = perf_counter()
            opening = Opening(session, uuid.uuid4(), envelope, shows_papers=False)
            opening.run(boxes, key, None, lambda _: None)
            taken = perf_counter() - begun
        engine.dispose()
    return taken


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
