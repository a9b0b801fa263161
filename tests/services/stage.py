"""
A small congress just before its ballot, for tests of elections: nine delegates, a list, papers printed, nothing cast.

It is built once a run through the services, on SQLite and on PostgreSQL, and copied for every test that asks for it.
"""

import csv
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from federation import db
from federation.ballotbox.answers import Answer
from federation.ballotbox.ceremony import KeySet, new_key_set
from federation.ballotbox.passes import Pass, shown, shown_check
from federation.clock import BEIJING, SetClock
from federation.errors import FederationError
from federation.facts.counting import Paper
from federation.models import BallotRound, Base
from federation.services import candidates, casting, counts, keys, papers, passes, polls, scrubbing, unsealing
from federation.services.candidates import Nominee
from federation.services.polls import Poll
from tests.databases import BOTH
from tests.polling import Polling
from tests.staging import copied

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


HOLDERS = ("向晚晴", "赵监票", "孙监票")
"""Who hold the shares of a box's key, any two of whom open it."""


def codes_alone(pile: Sequence[Pass]) -> bytes:
    """A pile as a table of codes and check codes, as `--out 凭证.csv` writes it."""
    return "".join(f"{shown(each.code)},{shown_check(each.check_code)}\r\n" for each in pile).encode()


class Stage(Polling):
    """A congress in a database that is there already; every call is a transaction of its own."""

    def __init__(self, engine: Engine, clock: SetClock, folder: Path) -> None:
        self.engine, self.clock, self.folder = engine, clock, folder

    @classmethod
    def built(
        cls, engine: Engine, clock: SetClock, folder: Path, method: str, lists: Mapping[str, Sequence[str]]
    ) -> "Stage":
        """A congress in a database with nothing in it, brought as far as the printed papers."""
        polling = Polling(engine, clock)
        polling.DELEGATES = cls.DELEGATES
        polling.sitting(folder, method).nominated(**lists)
        stage = cls(engine, clock, folder)
        for contest in stage.sheets():
            stage.at(contest, polls.print_papers, cls.DELEGATES, stage.act())
        return stage

    def sheets(self) -> list[str]:
        """The first contest of every poll."""
        with db.reading(self.engine) as session:
            found = [poll.rounds[0].short_id for poll in polls.of_meeting(session, self.meeting(session, "congress"))]
        return found

    def passes(self, number: int, contest: str = "members") -> list[str]:
        """Passes made for a poll whose papers are printed: the codes of the pile."""
        return [code for code, _ in self.pile(number, contest)]

    def pile(self, number: int, contest: str = "members") -> list[tuple[str, str]]:
        """Passes made for a poll whose papers are printed: code and check code of each, as printed."""
        file = self.folder / f"{contest}-{uuid.uuid4().hex}.csv"
        self.at(contest, passes.make, number, file, codes_alone, self.act())
        with file.open(encoding="utf-8-sig") as lines:
            return [(row[0], row[1]) for row in csv.reader(lines)]

    def keyed(self, contest: str = "members", reserves: int = 0) -> list[KeySet]:
        """A key ceremony held for a poll's box, two of three: the sets, whose shares its holders keep."""
        sets = [new_key_set(2, len(HOLDERS)) for _ in range(1 + reserves)]
        self.at(contest, keys.record_ceremony, sets, HOLDERS, (), {}, self.two())
        self.shares = list(sets[0].shares)
        return sets

    def open(self, handed_out: int, drawn: int = 0, contest: str = "members", kept_back: int = 0) -> "Stage":
        """The poll opened; where passes were drawn two scrutineers counted them, and the box has its key."""
        by_phone = drawn + kept_back > 0
        if by_phone and not self.at(contest, keys.of_poll):
            self.keyed(contest)
        self.at(contest, polls.open_poll, handed_out, drawn, self.two() if by_phone else self.act(), kept_back)
        return self

    def answer(self, code: str, contest: str = "members", token: str = "", **marks: str) -> Answer:
        """What a voter is told who casts with this code: marks by contest, as on a `Paper`."""
        chosen = {short_id: Paper(text) for short_id, text in (marks or {"members": "++-"}).items()}
        with db.transaction(self.engine) as session:
            box = casting.box_of(session, self.poll(session, contest))
            return casting.cast(session, box, code, chosen, token)

    def cast(self, code: str, contest: str = "members", **marks: str) -> None:
        """A ballot cast with a pass that is good for one."""
        assert self.answer(code, contest, **marks) == Answer.IN_BOX

    def closed(self, contest: str = "members") -> "Stage":
        """The poll closed and its traces scrubbed, as `election close` does both."""
        self.at(contest, polls.close_poll, self.act())
        if self.at(contest, lambda _, poll: poll.election.box) == "copied":
            scrubbing.scrub(self.engine)
            self.at(contest, unsealing.record_scrubbed, self.act())
        return self

    def declared(self, papers: int, contest: str = "members") -> "Stage":
        """From closing to 选举有效: so many papers found in the box."""
        self.closed(contest)
        self.returned(papers, contest)
        self.at(contest, polls.declare, True, self.act())
        return self

    def returned(self, papers: int, contest: str = "members") -> Any:
        """So many papers found in the box; whatever passes are out are stated to be missing."""
        missing = self.at(contest, lambda _, poll: polls.missing_of(poll.election))
        return self.at(contest, polls.count_returned, papers, None, self.two(), missing)

    def counted_back(self, papers: int = 0) -> "Stage":
        """From a closed poll to 选举有效, with so many papers in the box."""
        self.returned(papers)
        self.at("members", polls.declare, True, self.act())
        return self

    def boxed(self, boxes: Mapping[str, Sequence[Paper]]) -> "Stage":
        """As in `Polling`; what was cast with passes is opened with the papers."""
        first, papers = next(iter(boxes.items()))
        if self.state(first) == "open":
            self.closed(first)
        self.returned(len(papers), first)
        self.at(first, polls.declare, True, self.act())
        if self.at(first, lambda _, poll: poll.election.phones):
            self.unsealed(first)
        for contest, box in boxes.items():
            self.enter(contest, box)
        self.at(first, counts.count, self.act())
        return self

    def unsealed(self, contest: str = "members", **more: Any) -> Any:
        """The box opened with the shares of the first two holders of the last ceremony."""
        return self.at(contest, unsealing.unseal, self.shares[:2], self.two(), **more)

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
def statements(engine: Engine) -> Iterator[list[str]]:
    """Every statement that the engine runs meanwhile, as it is written, without what it is given."""
    said: list[str] = []

    def note(_connection, _cursor, statement, *_) -> None:
        said.append(" ".join(statement.split()))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(engine, "before_cursor_execute", note)


class Crowd(Stage):
    """The same with two dozen delegates: enough that votes cast with passes are a secret."""

    DELEGATES = 24


def _stage(
    request: pytest.FixtureRequest,
    name: str,
    method: str,
    lists: Mapping[str, Sequence[str]],
    kind: type[Stage] = Stage,
) -> Iterator[Stage]:
    clock, folder = SetClock(datetime(2020, 11, 2, 9, tzinfo=BEIJING)), request.getfixturevalue("tmp_path")
    with copied(request, name, lambda engine: kind.built(engine, clock, folder, method, lists)) as engine:
        yield kind(engine, clock, folder)


@pytest.fixture(params=BOTH)
def ready(request: pytest.FixtureRequest) -> Iterator[Stage]:
    """One contest for two seats, three candidates, nine papers printed; by paper and by phone."""
    yield from _stage(request, "ready", ONE, LISTS)


@pytest.fixture(params=BOTH)
def phones(request: pytest.FixtureRequest) -> Iterator[Stage]:
    """As `ready`, with twenty-four delegates and papers."""
    yield from _stage(request, "phones", ONE, LISTS, Crowd)


@pytest.fixture
def full(phones: Stage) -> Stage:
    """`phones` with twelve passes drawn and all cast, and twelve papers handed out."""
    codes = phones.passes(12)
    phones.open(12, 12)
    for code in codes:
        phones.cast(code)
    return phones


@pytest.fixture(params=BOTH)
def officers_by_phone(request: pytest.FixtureRequest) -> Iterator[Stage]:
    """As `officers`, with twenty-four delegates and papers."""
    yield from _stage(request, "officers_by_phone", TWO, OFFICERS, Crowd)


@pytest.fixture(params=BOTH)
def ordered_by_phone(request: pytest.FixtureRequest) -> Iterator[Stage]:
    """As `ordered`, with twenty-four delegates and papers."""
    yield from _stage(request, "ordered_by_phone", ORDERED, SINGLE, Crowd)


@pytest.fixture(params=BOTH)
def officers(request: pytest.FixtureRequest) -> Iterator[Stage]:
    """Two contests on one sheet: chair (two for one seat) and vice chairs (three for two)."""
    yield from _stage(request, "officers", TWO, OFFICERS)


@pytest.fixture(params=BOTH)
def ordered(request: pytest.FixtureRequest) -> Iterator[Stage]:
    """Two contests on two sheets, each with as many candidates as seats: the vice chairs come after the chair."""
    yield from _stage(request, "ordered", ORDERED, SINGLE)
