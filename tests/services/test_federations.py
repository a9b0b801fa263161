"""Federations and their officers."""

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from federation import db
from federation.clock import SetClock
from federation.errors import Misused, Refused
from federation.models import Federation
from federation.services import federations, selection
from tests.officers import act, federation, found


@pytest.fixture
def base(engine: Engine, clock: SetClock) -> Engine:
    """gaoxin with its officers."""
    found(engine, clock)
    return engine


def test_the_first_officer_may_do_everything_until_others_are_named(base: Engine):
    """Administrator, preparatory group and secretary."""
    with db.reading(base) as session:
        officers = dict(federations.shown(session, federation(session)).officers)
    assert officers["王秘书"] == ("administrator", "preparatory_group", "secretary")


def test_a_database_is_initialised_once(base: Engine, clock: SetClock):
    """The chain of the database begins with it."""
    with pytest.raises(Refused, match="已经初始化"), db.transaction(base) as session:
        federations.initialise(session, "other", "别的妇联", "unit", act(clock))


@pytest.mark.parametrize(
    ("short_id", "name", "level"),
    [
        ("", "名称", "unit"),
        ("Gaoxin", "名称", "unit"),
        ("gao xin", "名称", "unit"),
        ("-gaoxin", "名称", "unit"),
        ("x" * 40, "名称", "unit"),
        ("ok", " ", "unit"),
        ("ok", "名称", "galaxy"),
    ],
)
def test_what_cannot_be_typed_or_printed_is_refused(
    base: Engine, clock: SetClock, short_id: str, name: str, level: str
):
    """Short ids are typed on every command; names are printed on every paper."""
    with pytest.raises(Misused), db.transaction(base) as session:
        federations.add(session, short_id, name, level, None, act(clock))


def test_the_longest_id_is_taken(base: Engine, clock: SetClock):
    """39 characters."""
    with db.transaction(base) as session:
        assert federations.add(session, "x" * 39, "名称", "unit", None, act(clock)).short_id == "x" * 39


def test_what_has_not_happened_yet_is_not_registered(base: Engine, clock: SetClock):
    """A stated time lies not in the future."""
    with pytest.raises(Refused, match="晚于现在"), db.transaction(base) as session:
        federations.add(session, "later", "名称", "unit", None, act(clock, stated="2020-11-03"))


def test_a_name_of_spaces_is_no_officer(base: Engine, clock: SetClock):
    """Names are trimmed first."""
    with pytest.raises(Misused), db.transaction(base) as session:
        federations.add_officer(session, federation(session), "  ", ("teller",), act(clock))


def test_roles_are_held_for_one_federation_only(base: Engine, clock: SetClock):
    """An administrator here has no say there."""
    with db.transaction(base) as session:
        federations.add(session, "cunyi", "示例村妇女联合会", "village", federation_of(session), act(clock))
        village = next(f for f in federations.listed(session) if f.id == "cunyi")
        assert village.superior == "gaoxin"
    with pytest.raises(Refused, match="无权"), db.transaction(base) as session:
        federations.add_officer(session, federation_of(session), "某人", ("teller",), act(clock, "吴计票"))


def federation_of(session: Session) -> Federation:
    """gaoxin, where there are several."""

    return selection.federation(session, "gaoxin")
