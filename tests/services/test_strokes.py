"""Strokes of a character that the table lacks: settled by an officer, remembered by her federation, journalled."""

import pytest
from sqlalchemy import Engine

from federation import db
from federation.clock import SetClock
from federation.errors import Misused, Refused
from federation.rules.strokes import UnknownCharacter
from federation.services import journal, strokes
from tests.officers import act, federation, found

RARE = "\U00031350"


@pytest.fixture
def base(engine: Engine, clock: SetClock) -> Engine:
    found(engine, clock)
    return engine


def settle(base: Engine, clock: SetClock, character: str, digits: str):
    with db.transaction(base) as session:
        return strokes.settle(session, federation(session), character, digits, act(clock))


def known(base: Engine, character: str) -> str:
    with db.reading(base) as session:
        return strokes.known(session, federation(session), character)


def test_the_table_is_asked_first_and_an_unknown_character_is_an_error(base: Engine) -> None:
    """Never a silent guess."""
    assert known(base, "王") == "1121"
    assert len(known(base, "䶮")) == 9
    with pytest.raises(UnknownCharacter, match="U\\+31350"):
        known(base, RARE)


def test_what_an_officer_settled_is_remembered_and_may_be_put_right(base: Engine, clock: SetClock) -> None:
    """Each change has a line; a repeat has none."""
    assert settle(base, clock, RARE, "1213")
    assert known(base, RARE) == "1213"
    assert settle(base, clock, RARE, "1213") is None
    assert settle(base, clock, RARE, "12134")
    assert known(base, RARE) == "12134"
    with db.reading(base) as session:
        lines = [line.facts for line in journal.lines(session, federation(session).id) if line.act == "settle_strokes"]
    assert lines == [f'{{"character":"{RARE}","digits":"{digits}"}}' for digits in ("1213", "12134")]


@pytest.mark.parametrize(("character", "digits", "kind"), [
    ("王芳", "1121", Misused), ("", "1", Misused), (RARE, "126", Refused), (RARE, "", Refused),
])  # fmt: skip
def test_one_character_written_with_strokes_from_one_to_five(
    base: Engine, clock: SetClock, character: str, digits: str, kind: type[Exception]
) -> None:
    """横1 竖2 撇3 点4 折5."""
    with pytest.raises(kind):
        settle(base, clock, character, digits)
