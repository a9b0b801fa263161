"""
A small congress just before its ballot, for tests of elections: nine delegates, a list, papers printed, nothing cast.

It is built once a run through the services, on SQLite and on PostgreSQL, and copied for every test that asks for it.
"""

import csv
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from federation import db
from federation.clock import BEIJING, SetClock
from federation.errors import FederationError
from federation.facts.counting import Paper
from federation.models import BallotRound, Base
from federation.services import ballots, candidates, counts, papers, passes, polls
from federation.services.candidates import Nominee
from federation.services.polls import Poll
from tests.databases import BOTH, _database, _execute, _once, disposed
from tests.polling import Polling

Row = tuple[object, ...]

ONE = """
title = "示例大会选举办法"
quorum = ">= 2/3 of due"
elected = "> 1/2 of due"

[ballot]
channels = ["paper", "phone"]
order = "as_listed"

[shortage]
then = "supplementary"

[[contest]]
id = "members"
office = "委员"
seats = 2
surplus = { count = 1 }
"""
TWO = """
title = "示例大会选举办法"
elected = "> 1/2 of present"

[ballot]
channels = ["paper", "phone"]
order = "as_listed"

[write_in]
allowed = "free"

[[contest]]
id = "chair"
office = "主席"
seats = 1
surplus = { count = 1 }
sheet = "officers"

[[contest]]
id = "vice_chairs"
office = "副主席"
seats = 2
surplus = { count = 1 }
sheet = "officers"
"""
ORDERED = """
title = "示例大会选举办法"

[ballot]
channels = ["paper", "phone"]
order = "as_listed"

[[contest]]
id = "chair"
office = "主席"
seats = 1

[[contest]]
id = "vice_chairs"
office = "副主席"
seats = 2
after = ["chair"]
"""
THREE = ("马秋澜", "邓云舒", "田富")
LISTS = {"members": THREE}
OFFICERS = {"chair": ("丁一禾", "马秋澜"), "vice_chairs": ("邓云舒", "田富", "田大利")}
SINGLE = {"chair": ("丁一禾",), "vice_chairs": ("邓云舒", "田富")}


class Stage(Polling):
    """A congress in a database that is there already; every call is a transaction of its own."""

    def __init__(self, engine: Engine, clock: SetClock, folder: Path) -> None:
        self.engine, self.clock, self.folder = engine, clock, folder

    @classmethod
    def built(
        cls, engine: Engine, clock: SetClock, folder: Path, method: str, lists: Mapping[str, Sequence[str]]
    ) -> "Stage":
        """A congress in a database with nothing in it, brought as far as the printed papers."""
        Polling(engine, clock).sitting(folder, method).nominated(**lists)
        stage = cls(engine, clock, folder)
        for contest in stage.sheets():
            stage.at(contest, polls.print_papers, 9, stage.act())
        return stage

    def sheets(self) -> list[str]:
        """The first contest of every poll."""
        with db.reading(self.engine) as session:
            found = [poll.rounds[0].short_id for poll in polls.of_meeting(session, self.meeting(session, "congress"))]
        return found

    def passes(self, number: int, contest: str = "members") -> list[str]:
        """Passes made for a poll whose papers are printed: the codes of the pile."""
        file = self.folder / f"{contest}-{number}.csv"
        self.at(contest, passes.make, number, file, self.act())
        with file.open(encoding="utf-8-sig") as lines:
            return [row[0] for row in list(csv.reader(lines))[1:]]

    def open(self, handed_out: int, drawn: int = 0, contest: str = "members") -> "Stage":
        self.at(contest, polls.open_poll, handed_out, drawn, self.act())
        return self

    def cast(self, code: str, contest: str = "members", **marks: str) -> None:
        """A ballot cast with a pass: marks by contest, as on a `Paper`."""
        chosen = {short_id: Paper(text) for short_id, text in (marks or {"members": "++-"}).items()}
        self.at(contest, ballots.cast, code, chosen)

    def declared(self, papers: int, contest: str = "members") -> "Stage":
        """From closing to 选举有效: so many papers found in the box."""
        self.at(contest, polls.close_poll, self.act())
        self.at(contest, polls.count_returned, papers, None, self.two())
        self.at(contest, polls.declare, True, self.act())
        return self

    def announced(self, marks: Sequence[str], contest: str = "members") -> "Stage":
        """A poll by paper from its opening to its announcement, with these papers in the box."""
        self.open(len(marks), contest=contest).boxed({contest: [Paper(text) for text in marks]})
        self.at(contest, counts.announce, self.act())
        return self

    def nominate(self, contest: str, *names: str) -> Any:
        return self.at_round(contest, candidates.nominate, [Nominee(name) for name in names], self.act())

    def listed(self, contest: str) -> list[str]:
        """Who stands, in the order of the list."""
        return [row.name for row in self.at_round(contest, _standing)]

    def facts_of(self, short_id: str) -> Any:
        """The facts that a paper would be made from now."""
        with db.reading(self.engine) as session:
            return papers.order(session, self.root(session), short_id).facts

    def offered(self) -> dict[str, bool]:
        """Every paper that can be made now, and whether its facts are frozen."""
        with db.reading(self.engine) as session:
            return {slot.short_id: slot.frozen for slot in papers.available(session, self.root(session))}

    def rows(self, table: str) -> list[Row]:
        """Every row of a table."""
        return self.dump()[table]

    def dump(self) -> dict[str, list[Row]]:
        """Every row of every table, in an order that says nothing."""
        with self.engine.connect() as connection:
            return {
                table.name: sorted((tuple(row) for row in connection.execute(table.select())), key=repr)
                for table in Base.metadata.sorted_tables
            }

    @contextmanager
    def refused(self, kind: type[FederationError], *said: str) -> Iterator[None]:
        """Within, something is refused in just this way, in these words, and no row of any table is changed."""
        before = self.dump()
        with pytest.raises(FederationError) as caught:
            yield
        assert type(caught.value) is kind, caught.value
        for words in said:
            assert words in str(caught.value)
        assert self.dump() == before


def _standing(session: Session, _poll: Poll, round: BallotRound) -> Any:
    return polls.candidates(session, round)


@contextmanager
def _copied(request: pytest.FixtureRequest, name: str, build: Callable[[Engine], object]) -> Iterator[Engine]:
    """A copy of the database that `build` made once in this run."""
    run: Path = request.getfixturevalue("run_folder")
    if request.param == "sqlite":
        migrated, template = request.getfixturevalue("sqlite_template"), run / f"{name}.db"
        with _once(run, f"sqlite-{name}") as first:
            if first:
                shutil.copy(migrated, template)
                _build(f"sqlite:///{template}", build)
        copy = shutil.copy(template, request.getfixturevalue("tmp_path") / f"{name}.db")
        with disposed(f"sqlite:///{copy}") as engine:
            yield engine
        return
    server, migrated = (request.getfixturevalue(f"postgresql_{part}") for part in ("server", "template"))
    with _once(run, f"postgresql-{name}") as first:
        if first:
            _execute(server, f"DROP DATABASE IF EXISTS {name}")
            _execute(server, f"CREATE DATABASE {name} TEMPLATE {migrated}")
            _build(server.set(database=name).render_as_string(hide_password=False), build)
    with _database(server, template=name) as url, disposed(url) as engine:
        yield engine


def _build(url: str, build: Callable[[Engine], object]) -> None:
    with disposed(url) as engine:
        build(engine)


def _stage(
    request: pytest.FixtureRequest, name: str, method: str, lists: Mapping[str, Sequence[str]]
) -> Iterator[Stage]:
    clock, folder = SetClock(datetime(2020, 11, 2, 9, tzinfo=BEIJING)), request.getfixturevalue("tmp_path")
    with _copied(request, name, lambda engine: Stage.built(engine, clock, folder, method, lists)) as engine:
        yield Stage(engine, clock, folder)


@pytest.fixture(params=BOTH)
def ready(request: pytest.FixtureRequest) -> Iterator[Stage]:
    """One contest for two seats, three candidates, nine papers printed; by paper and by phone."""
    yield from _stage(request, "ready", ONE, LISTS)


@pytest.fixture(params=BOTH)
def officers(request: pytest.FixtureRequest) -> Iterator[Stage]:
    """Two contests on one sheet: chair (two for one seat) and vice chairs (three for two)."""
    yield from _stage(request, "officers", TWO, OFFICERS)


@pytest.fixture(params=BOTH)
def ordered(request: pytest.FixtureRequest) -> Iterator[Stage]:
    """Two contests on two sheets, each with as many candidates as seats: the vice chairs come after the chair."""
    yield from _stage(request, "ordered", ORDERED, SINGLE)
