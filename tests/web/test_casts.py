"""The writer of the box: ballots that wait together are one commit, and what happens to one happens to no other."""

import contextlib
import dataclasses
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, event, select

from federation import db
from federation.ballotbox.answers import Answer
from federation.errors import NotReady
from federation.facts.counting import Paper
from federation.models import Case, SealedBallot
from federation.services import casting
from federation.services.casting import Ballot, Box
from federation.web.casts import CastQueue
from tests.services.stage import Stage

PATIENCE = 60


class Waiting:
    """An open poll with twelve passes, and a writer."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.codes = stage, stage.passes(12)
        stage.open(12, 12)
        self.box: Box = stage.at("members", casting.box_of)
        self.queue = CastQueue(stage.engine)

    def ballot(self, number: int, token: str = "") -> Ballot:
        return casting.prepared(self.box, self.codes[number], {"members": Paper("++-")}, token)

    def votes(self) -> int:
        return len(self.stage.rows("sealed_ballots"))


@pytest.fixture
def waiting(phones: Stage) -> Iterator[Waiting]:
    found = Waiting(phones)
    yield found
    found.queue.close()


@contextmanager
def held(engine: Engine) -> Iterator[None]:
    """Within, somebody else holds what the writer needs first: SQLite's lock, or the row of the case."""
    with engine.execution_options(writes=True).connect() as connection, connection.begin():
        connection.execute(select(Case.id).where(Case.state == "open").with_for_update()).all()
        yield


@contextmanager
def spendings(engine: Engine) -> Iterator[list[int]]:
    """How many passes each statement meanwhile spends: one statement a transaction."""
    found: list[int] = []

    def note(_connection, _cursor, statement, parameters, _context, _many) -> None:
        if statement.startswith("UPDATE voting_passes"):
            values = parameters.values() if isinstance(parameters, dict) else parameters
            found.extend(len(json.loads(value)) for value in values if value.startswith("{"))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_ballots_that_wait_together_go_into_the_box_in_one_transaction(waiting: Waiting) -> None:
    """The first goes alone; those that come while it waits are the second."""
    with spendings(waiting.stage.engine) as spent:
        with held(waiting.stage.engine):
            first = waiting.queue.put(waiting.ballot(0))
            while waiting.queue.waits():
                threading.Event().wait(0.01)
            others = [waiting.queue.put(waiting.ballot(number)) for number in range(1, 12)]
        answers = [answer.result(PATIENCE) for answer in (first, *others)]
    assert answers == [Answer.IN_BOX] * 12
    assert spent == [1, 11]
    assert waiting.votes() == 12


def test_one_pass_twice_in_one_transaction_is_one_vote(waiting: Waiting) -> None:
    """A double tap arrives together: the same form is told that its ballot is in the box, another that it is not."""
    ballots = [waiting.ballot(0, "mine"), waiting.ballot(0, "mine"), waiting.ballot(0, "other"), waiting.ballot(1)]
    with db.transaction(waiting.stage.engine) as session:
        answers = casting.put(session, ballots)
    assert answers == [Answer.IN_BOX, Answer.ALREADY, Answer.USED, Answer.IN_BOX]
    assert waiting.votes() == 2


def test_a_ballot_at_fault_harms_no_other(waiting: Waiting) -> None:
    """Each of its transaction is put alone; the faulty one is not in the box, and its voter is told so."""
    broken = dataclasses.replace(waiting.ballot(1), sealed=b"torn")
    with held(waiting.stage.engine):
        answers = [waiting.queue.put(ballot) for ballot in (waiting.ballot(0), broken, waiting.ballot(2))]
    assert [answers[number].result(PATIENCE) for number in (0, 2)] == [Answer.IN_BOX] * 2
    with pytest.raises(AssertionError):
        answers[1].result(PATIENCE)
    assert waiting.votes() == 2
    assert waiting.queue.put(waiting.ballot(1)).result(PATIENCE) == Answer.IN_BOX


def test_two_workers_never_make_two_votes_of_one_pass(waiting: Waiting) -> None:
    """Both have every pass, in opposite order, at the same moment."""
    other = CastQueue(waiting.stage.engine)
    with held(waiting.stage.engine):
        answers = []
        for number in range(12):
            answers.append(waiting.queue.put(waiting.ballot(number, f"one{number}")))
            answers.append(other.put(waiting.ballot(11 - number, f"two{number}")))
    said = [answer.result(PATIENCE) for answer in answers]
    other.close()
    assert sorted(said) == [Answer.IN_BOX] * 12 + [Answer.USED] * 12
    assert waiting.votes() == 12


def test_a_poll_that_closes_between_two_ballots_says_so_to_the_second(waiting: Waiting) -> None:
    """The box was read while the poll was open; that it still is, is asked with each ballot."""
    assert waiting.queue.put(waiting.ballot(0)).result(PATIENCE) == Answer.IN_BOX
    waiting.stage.closed()
    assert waiting.queue.put(waiting.ballot(1)).result(PATIENCE) == Answer.CLOSED
    assert waiting.votes() == 1


def test_the_end_answers_whoever_waits_and_takes_nothing_more(waiting: Waiting) -> None:
    """The server is stopped in the middle of the poll."""
    with held(waiting.stage.engine):
        answers = [waiting.queue.put(waiting.ballot(number)) for number in range(12)]
        ending = threading.Thread(target=waiting.queue.close)
        ending.start()
    ending.join()
    assert [answer.result(0) for answer in answers] == [Answer.IN_BOX] * 12
    with pytest.raises(NotReady, match="没有投票"):
        waiting.queue.put(waiting.ballot(0))


@pytest.mark.parametrize("phones", ["sqlite"], indirect=True)
def test_on_a_full_disk_nothing_is_torn_and_the_pass_still_votes(phones: Stage) -> None:
    """Refused politely; once there is room the same button casts."""
    stage, small = phones, [True]

    def limit(connection, _record) -> None:
        if small:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {pages}")

    waiting = Waiting(stage)
    stage.engine.dispose()
    event.listen(stage.engine, "connect", limit)
    filled = _fill(stage.engine, waiting.box)
    before = stage.dump()
    with pytest.raises(NotReady, match="磁盘已满"):
        waiting.queue.put(waiting.ballot(0, "mine")).result(PATIENCE)
    assert stage.dump() == before
    small.clear()
    stage.engine.dispose()
    assert waiting.queue.put(waiting.ballot(0, "mine")).result(PATIENCE) == Answer.IN_BOX
    assert waiting.votes() == filled + 1
    waiting.queue.close()


def _fill(engine: Engine, box: Box) -> int:
    """Every page that there is is full of boxes; how many they are."""
    filled = 0
    for size in (3000, 40):  # large ones while they fit, then small ones
        with contextlib.suppress(NotReady):
            for _ in range(500):
                with db.transaction(engine) as session:
                    session.add(SealedBallot(election_id=box.election_id, box=b"x" * size))
                filled += 1
            raise AssertionError("the disk is not full")
    return filled
