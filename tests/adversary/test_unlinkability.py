"""
Unlinkability in storage, tested by looking (design, section 4): the adversary knows who checked in and cast when, holds
every table and file and the rebuilt key, and does no better than chance once the poll is closed and scrubbed. Against a
naive schema, and with a copy made during the poll, it names nearly everybody.

By chance an order of 300 hits one owner in the mean; twenty hits, or a rank correlation seven times its own spread,
come by chance less than once in 10⁹ orders.
"""

import shutil
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine, text

from federation import db
from federation.ballotbox.answers import Answer
from federation.ballotbox.opening import opened
from federation.ballotbox.passes import check_code, read_code
from federation.ballotbox.seal import BoxKey
from federation.ballotbox.shares import rebuild
from federation.clock import BEIJING, SetClock
from federation.errors import Refused
from federation.facts.counting import Paper
from federation.models import SealedBallot
from federation.services import casting, counts, digests, polls, scrubbing, unsealing
from tests.adversary.adversary import Knowledge, Order, Success, copies, in_files, in_tables, tried
from tests.services.stage import Stage

VOTERS = 300
HITS, SPREAD = 20, 7
NAMES = tuple(f"候选人{sign}" for sign in "甲乙丙丁戊己庚辛")
METHOD = """
title = "示例大会选举办法"
quorum = ">= 2/3 of due"
elected = "plurality"

[ballot]
channels = ["phone"]
order = "as_listed"
choose = "any"

[[contest]]
id = "members"
office = "委员"
seats = 4
surplus = { count = 4 }
"""


class Congress(Stage):
    """Three hundred delegates who check in in the order of their numbers and cast in another, known order."""

    DELEGATES = VOTERS

    def held(self) -> "Congress":
        """The poll open, everyone's marks her own."""
        self.codes = dict(enumerate(self.passes(VOTERS), 1))
        self.open(0, VOTERS)
        self.casting = list(self.codes)
        Random(2020).shuffle(self.casting)
        with db.reading(self.engine) as session:
            self.box = casting.box_of(session, self.poll(session, "members"))
        return self

    def voted(self, voters: Sequence[int]) -> None:
        for voter in voters:
            with db.transaction(self.engine) as session:
                answer = casting.cast(session, self.box, self.codes[voter], {"members": Paper(marks_of(voter))})
            assert answer == Answer.IN_BOX

    def knowledge(self) -> Knowledge:
        """What tells a ballot: the key opens every seal, and the pass of each voter gives her check code."""
        key = BoxKey.of(rebuild(self.shares[:2]))
        with db.reading(self.engine) as session:
            boxes = list(digests.sealed_boxes(session, self.box.election_id))
        owners = {marks_of(voter): voter for voter in self.codes}
        needles = {}
        for sealed, ballot in zip(boxes, opened(boxes, key, self.box.envelope), strict=True):
            needles[sealed] = needles[ballot.line.encode()] = owners[ballot.line[3:11]]
        needles |= {check_code(self.box.name, read_code(code)).encode(): voter for voter, code in self.codes.items()}
        return Knowledge(needles)

    def truths(self) -> dict[str, list[int]]:
        return {"checked in": list(self.codes), "cast": self.casting}

    def files(self) -> list[Path]:
        """Every file that the engine keeps of this database, its log among them."""
        if self.engine.dialect.name == "sqlite":
            file = db.database_file(self.engine)
            return sorted(path for path in file.parent.iterdir() if path.name.startswith(file.name))
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("CHECKPOINT"))
            folder = Path(str(connection.scalar(text("SHOW data_directory"))))
            own = connection.scalar(text("SELECT oid FROM pg_database WHERE datname = current_database()"))
        found = [*(folder / "base" / str(own)).iterdir(), *(folder / "pg_wal").iterdir(), *folder.glob("*log*")]
        return sorted(path for path in found if path.is_file())


def marks_of(voter: int) -> str:
    """Marks that nobody else has: the voter's number in base three."""
    return "".join("+-0"[voter // 3**place % 3] for place in range(len(NAMES)))


@pytest.fixture
def congress(engine: Engine, tmp_path: Path) -> Congress:
    clock = SetClock(datetime(2020, 11, 2, 9, tzinfo=BEIJING))
    return Congress.built(engine, clock, tmp_path, METHOD, {"members": NAMES}).held()  # type: ignore[return-value]


def winning(found: Sequence[Success]) -> list[Success]:
    """What is better than chance."""
    return [one for one in found if one.hits >= HITS or abs(one.z) >= SPREAD]


def watched(congress: Congress, folder: Path) -> Iterator[Order]:
    """The order of arrival as copies made during the poll tell it: what is new in each copy, as its log has it."""
    order: list[int] = []
    step = 10
    for start in range(0, VOTERS, step):
        congress.voted(congress.casting[start : start + step])
        if congress.engine.dialect.name == "sqlite":
            copied = [Path(shutil.copy(file, folder / f"{start}-{file.name}")) for file in congress.files()]
            known = congress.knowledge()
            seen = next(in_files([file for file in copied if file.name.endswith("-wal")], known), Order("", ()))
            order += [who for who in seen.ballots if who not in order]
    if congress.engine.dialect.name == "sqlite":
        yield Order("copies of the log", tuple(order))


def test_the_adversary_wins_during_the_poll_and_is_blind_after_close_and_scrub(
    congress: Congress, tmp_path: Path
) -> None:
    """The whole promise, on one congress of three hundred."""
    (tmp_path / "copies").mkdir()
    orders = [*watched(congress, tmp_path / "copies")]
    known, truths = congress.knowledge(), congress.truths()
    orders += in_tables(congress.engine, known)
    best = max(tried(orders, truths), key=lambda one: one.hits)
    assert best.hits > VOTERS * 9 // 10  # a copy made during the poll links order to ballot: so none is made

    congress.closed()
    seals = Knowledge({needle: who for needle, who in known.needles.items() if len(needle) > 100})
    assert set(copies(congress.files(), seals).values()) == {1}  # nowhere a second trace of any sealed ballot
    congress.returned(0)
    congress.at("members", polls.declare, True, congress.act())
    congress.unsealed()
    congress.at("members", counts.count, congress.act())
    congress.at("members", counts.announce, congress.act())

    orders = [*in_tables(congress.engine, known), *in_files(congress.files(), known)]
    places = {order.where.split()[0] for order in orders}
    assert {"sealed_ballots", "opened_ballots", "check_codes"} <= places  # it does find the ballots, in no useful order
    assert winning(tried(orders, truths)) == []
    sealed, codes = _order(orders, "sealed_ballots "), _order(orders, "check_codes ")
    said = {"what ballots say": _order(orders, "opened_ballots ").ballots}
    assert winning(tried([sealed, codes], said)) == []  # nor does a check code lie where its ballot lies


def _order(orders: Sequence[Order], where: str) -> Order:
    return next(order for order in orders if order.where.startswith(where))


def test_between_close_and_scrub_the_engine_still_keeps_traces_and_the_box_stays_shut(congress: Congress) -> None:
    """Honestly: more than one trace of the ballots is in the files, and that is why a box is opened after the scrub."""
    congress.voted(congress.casting[:60])
    congress.at("members", polls.close_poll, congress.act())
    seals = Knowledge({needle: who for needle, who in congress.knowledge().needles.items() if len(needle) > 100})
    assert max(copies(congress.files(), seals).values()) > 1
    congress.returned(0)
    congress.at("members", polls.declare, True, congress.act())
    with congress.refused(Refused, "还没有清除投票先后的痕迹"):
        congress.unsealed()
    scrubbing.scrub(congress.engine)
    congress.at("members", unsealing.record_scrubbed, congress.act())
    assert set(copies(congress.files(), seals).values()) == {1}
    congress.unsealed()


NAIVE = {
    "a number counted up": "id INTEGER PRIMARY KEY, box {blob}",
    "a plain table": "box {blob}, padding CHAR(20)",
    "a time": "at INTEGER, box {blob}",
}


@pytest.mark.parametrize("schema", NAIVE)
def test_the_adversary_names_everybody_in_a_naive_schema(engine: Engine, schema: str) -> None:
    """Counted up, a heap, a time beside the ballot: what others do, and what it takes to see through it."""
    columns = NAIVE[schema].format(blob="BYTEA" if engine.dialect.name == "postgresql" else "BLOB")
    order = list(range(1, VOTERS + 1))
    Random(7).shuffle(order)
    needles = {f"ballot of {voter:04}".encode(): voter for voter in order}
    with engine.begin() as connection:
        connection.execute(text(f"CREATE TABLE naive ({columns})"))
    named = [part.split()[0] for part in columns.split(",")]
    for moment, voter in enumerate(order):
        values = {"id": moment, "at": moment, "box": f"ballot of {voter:04}".encode(), "padding": ""}
        with engine.begin() as connection:
            places = ", ".join(f":{name}" for name in named)
            connection.execute(text(f"INSERT INTO naive VALUES ({places})"), {name: values[name] for name in named})
    orders = list(in_tables(engine, Knowledge(needles)))
    assert max(one.hits for one in tried(orders, {"cast": order})) == VOTERS


def test_no_table_of_the_box_names_an_order(congress: Congress) -> None:
    """After the close every row of the box has the one transaction of the closing, and no token is left."""
    congress.voted(congress.casting[:50])
    congress.closed()
    with congress.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM voting_passes WHERE token_hash IS NOT NULL")) == 0
        if congress.engine.dialect.name == "postgresql":
            for table in (SealedBallot.__tablename__, "voting_passes"):
                assert connection.scalar(text(f"SELECT count(DISTINCT xmin::text) FROM {table}")) == 1
