"""
Whether an answer to a cast betrays itself by its time: each answer's median as a ratio to that of a ballot in the box.

    python bench/casting.py [CASTS]

A real poll on SQLite, a transaction a cast, answers mixed at random. Ratios near one say that neither a wrong code
nor a spent pass is told by the clock; compare them with the spread of the first row, which is noise.
"""

import random
import statistics
import sys
import tempfile
import uuid
from collections import defaultdict
from pathlib import Path
from time import perf_counter

from sqlalchemy import Engine, event, insert, update

from federation import db
from federation.ballotbox.answers import Answer
from federation.ballotbox.envelope import Envelope
from federation.ballotbox.passes import new_code, pass_hash
from federation.ballotbox.seal import BoxKey, new_secret
from federation.facts.counting import Paper
from federation.models import Case, VotingPass
from federation.services import casting

NAMES, SEATS = 60, 15


def main(casts: int = 600) -> None:
    """Cast so many ballots of every kind in mixed order, and print each kind's median time and ratio."""
    with tempfile.TemporaryDirectory() as folder:
        engine = db.engine_for(f"sqlite:///{Path(folder) / 'poll.db'}")
        event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA foreign_keys = OFF"))
        db.upgrade(engine)
        poll, times = _Poll(engine, casts), defaultdict(list)
        work = [(code, token) for codes in poll.codes.values() for code, token in codes]
        random.Random(2020).shuffle(work)
        for code, token in work:
            begun = perf_counter()
            answer = poll.cast(code, token)
            times[answer].append(perf_counter() - begun)
        engine.dispose()
    base = statistics.median(times[Answer.IN_BOX])
    for answer, taken in sorted(times.items(), key=lambda entry: entry[0] != Answer.IN_BOX):
        middle = statistics.median(taken)
        low, high = statistics.quantiles(taken, n=10)[::8]
        print(f"{answer:12} {len(taken):5} casts  median {middle * 1e3:6.2f} ms  ratio {middle / base:.2f}"
              f"  (10–90 %: {low / base:.2f}–{high / base:.2f})")  # fmt: skip


class _Poll:
    """An open poll without the meeting around it: the tables of the box and one case."""

    def __init__(self, engine: Engine, casts: int) -> None:
        self.engine, id = engine, uuid.uuid4()
        envelope = Envelope.of([NAMES], [SEATS], written=True)
        self.box = casting.Box(id, "a/b/c", ("a/b/d",), ("members",), envelope, BoxKey.of(new_secret()).public)
        states = {"fresh": "unspent", "used": "spent", "void": "void", "exchanged": "exchanged"}
        self.codes = {kind: [(new_code(), "") for _ in range(casts)] for kind in (*states, "other", "unknown", "slip")}
        self.codes["slip"] = [(code[:-1] + ("0" if code[-1] != "0" else "1"), "") for code, _ in self.codes["slip"]]
        with db.transaction(engine) as session:
            session.execute(insert(Case.__table__).values(_case(id)))  # type: ignore[arg-type]
            for kind, state in (*states.items(), ("other", "unspent")):
                name, election = ("a/b/d", uuid.uuid4()) if kind == "other" else ("a/b/c", id)
                rows = [
                    {"hash": pass_hash(name, code[:16]), "election_id": election, "state": "unspent"}
                    for code, _ in self.codes[kind]
                ]
                session.execute(insert(VotingPass), rows)
                hashes = [row["hash"] for row in rows]
                session.execute(update(VotingPass).where(VotingPass.hash.in_(hashes)).values(state=state))

    def cast(self, code: str, token: str) -> Answer:
        with db.transaction(self.engine) as session:
            return casting.cast(session, self.box, code, {"members": Paper("+" * SEATS + "-" * (NAMES - SEATS))}, token)


def _case(id: uuid.UUID) -> dict[str, object]:
    texts = {"short_id": "c", "path": "b/c", "process": "election", "label": "", "definition_sha256": "", "since": ""}
    return {**texts, "id": id, "federation_id": id, "root_id": id, "state": "open", "term_no": 1, "position": 0}


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
