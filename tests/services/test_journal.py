"""The journal only grows, and whatever was done to it shows."""

import re

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from federation import db
from federation.clock import SetClock
from federation.errors import Refused
from federation.facts.acts import Act, Stated
from federation.models import DATABASE_CHAIN
from federation.services import databases, journal

ACTS = ("one", "two", "three", "four")


@pytest.fixture
def chain(engine: Engine, clock: SetClock) -> Engine:
    """A database chain of four lines."""
    act = Act("王秘书", Stated.of(clock.now()), clock.now())
    with db.transaction(engine) as session:
        for name in ACTS:
            journal.append_for_database(session, name, {"names": ["甲", "乙"], "count": 3}, act)
    return engine


def tamper(engine: Engine, *statements: str) -> None:
    """What somebody with the database file in hands can do: take the triggers away first."""
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            for change in ("update", "delete"):
                connection.execute(text(f"DROP TRIGGER journal_lines_no_{change}"))
        else:
            connection.execute(text("DROP TRIGGER journal_lines_append_only ON journal_lines"))
        for statement in statements:
            connection.execute(text(statement))


def verified(engine: Engine) -> int:
    """How many lines the chain holds."""
    with db.reading(engine) as session:
        return journal.verify(session, DATABASE_CHAIN)


COPY = (
    "INSERT INTO journal_lines SELECT chain, {to}, stated, recorded_at, actor, second, role, subject, act, facts, "
    "previous_hash, hash FROM journal_lines WHERE sequence = {line}"
)
# What was done, and the first line that verify must name.
DEEDS = {
    "another actor": (["UPDATE journal_lines SET actor = '别人' WHERE sequence = 2"], 2),
    "another second person": (["UPDATE journal_lines SET second = '别人' WHERE sequence = 2"], 2),
    "another role": (["UPDATE journal_lines SET role = 'teller' WHERE sequence = 2"], 2),
    "another subject": (["UPDATE journal_lines SET subject = 'x' WHERE sequence = 3"], 3),
    "another act": (["UPDATE journal_lines SET act = 'x' WHERE sequence = 1"], 1),
    "another stated time": (["UPDATE journal_lines SET stated = '2020-11-01' WHERE sequence = 4"], 4),
    "another instant": (["UPDATE journal_lines SET recorded_at = '2020-11-01 00:00:00.000000' WHERE sequence = 2"], 2),
    "a fraction of a second": (
        ["UPDATE journal_lines SET recorded_at = '2020-11-02 01:00:00.500000' WHERE sequence = 2"],
        2,
    ),
    "other facts": (["UPDATE journal_lines SET facts = replace(facts, '3', '4') WHERE sequence = 2"], 2),
    "the same facts spelt otherwise": (["UPDATE journal_lines SET facts = facts || ' ' WHERE sequence = 2"], 2),
    "facts that are no JSON": (["UPDATE journal_lines SET facts = '{' WHERE sequence = 2"], 2),
    "another hash": (["UPDATE journal_lines SET hash = previous_hash WHERE sequence = 3"], 3),
    "the first line removed": (["DELETE FROM journal_lines WHERE sequence = 1"], 1),
    "a line removed": (["DELETE FROM journal_lines WHERE sequence = 2"], 2),
    "a line removed and the gap closed": (
        [
            "DELETE FROM journal_lines WHERE sequence = 2",
            "UPDATE journal_lines SET sequence = 2 WHERE sequence = 3",
            "UPDATE journal_lines SET sequence = 3 WHERE sequence = 4",
            "UPDATE journal_heads SET sequence = 3",
        ],
        2,
    ),
    "the tail cut": (["DELETE FROM journal_lines WHERE sequence > 2"], 3),
    "everything removed": (["DELETE FROM journal_lines"], 1),
    "the head removed": (["DELETE FROM journal_heads"], 5),
    "a line added behind the head": ([COPY.format(to=5, line=4)], 5),
    "a line put in between": (
        [
            "UPDATE journal_lines SET sequence = 5 WHERE sequence = 4",
            "UPDATE journal_lines SET sequence = 4 WHERE sequence = 3",
            COPY.format(to=3, line=2),
            "UPDATE journal_heads SET sequence = 5",
        ],
        3,
    ),
    "two lines exchanged": (
        [
            "UPDATE journal_lines SET sequence = 9 WHERE sequence = 2",
            "UPDATE journal_lines SET sequence = 2 WHERE sequence = 3",
            "UPDATE journal_lines SET sequence = 3 WHERE sequence = 9",
        ],
        2,
    ),
}


def test_a_chain_that_nobody_touched_is_whole(chain: Engine):
    """How many lines, and the head is the last line's hash."""
    tamper(chain)
    assert verified(chain) == 4
    with db.reading(chain) as session:
        *_, last = journal.lines(session, DATABASE_CHAIN)
        assert journal.head_hash(session, DATABASE_CHAIN) == last.hash


@pytest.mark.parametrize("deed", DEEDS)
def test_what_was_done_to_a_chain_is_found_and_its_first_line_named(chain: Engine, deed: str):
    """Each line carries the hash of the one before it, and the head that of the last."""
    statements, line = DEEDS[deed]
    tamper(chain, *statements)
    with pytest.raises(Refused) as refused:
        verified(chain)
    assert re.search(rf"第 {line} 行", str(refused.value)), str(refused.value)


def test_every_bad_chain_is_named(chain: Engine):
    """`journal verify` says whose journal it is."""
    tamper(chain, "DELETE FROM journal_lines WHERE sequence = 2")
    with pytest.raises(Refused, match="校验不通过") as refused, db.reading(chain) as session:
        databases.chains(session)
    assert refused.value.findings[0].problem.startswith("database：第 2 行")


@pytest.mark.parametrize("change", ["UPDATE journal_lines SET actor = '别人'", "DELETE FROM journal_lines"])
def test_the_database_itself_refuses_to_change_the_journal(chain: Engine, change: str):
    """Triggers on both engines, whoever asks."""
    with pytest.raises(DBAPIError, match="只能追加"), chain.begin() as connection:
        connection.execute(text(change))
    assert verified(chain) == 4


def test_a_line_goes_with_its_act(engine: Engine, clock: SetClock):
    """Written in the act's own transaction: what is undone leaves no line."""
    act = Act("王秘书", Stated.of(clock.now()), clock.now())

    def broken_off() -> None:
        with db.transaction(engine) as session:
            journal.append_for_database(session, "one", {}, act)
            raise Refused("不行")

    with pytest.raises(Refused):
        broken_off()
    assert verified(engine) == 0


def test_the_same_acts_make_the_same_chain(engine: Engine, empty_sqlite_url: str, clock: SetClock):
    """Neither a random key nor the engine beneath reaches a hash: the demo's 校验码 are the same everywhere."""
    other = db.engine_for(empty_sqlite_url)
    db.upgrade(other)
    heads = []
    for each in (engine, other):
        with db.transaction(each) as session:
            act = Act("王秘书", Stated.of(clock.now()), clock.now())
            journal.append_for_database(session, "one", {"b": 1, "a": "甲"}, act)
            heads.append(journal.head_hash(session, DATABASE_CHAIN))
    other.dispose()
    assert heads[0] == heads[1]
    assert re.fullmatch("[0-9a-f]{64}", heads[0])
