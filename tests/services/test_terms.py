"""Terms: who was elected takes office, and nobody else; who leaves it says why."""

import hashlib
import re
from datetime import date

import pytest

from federation import db
from federation.errors import Misused, Refused
from federation.facts.counting import Paper
from federation.models import ProcessDefinition
from federation.services import counts, rounds, selection, terms
from tests.services.stage import Stage

NOTE = "书面辞职，执行委员会接受"


@pytest.fixture
def chosen(officers: Stage) -> Stage:
    """丁一禾 is chair; 邓云舒 and 田富 are vice chairs, 田富 by decision; the case is ready for them to take office."""
    officers.open(9, contest="chair")
    officers.boxed({"chair": [Paper("+-")] * 9, "vice_chairs": [Paper("+--")] * 9})
    officers.at("chair", counts.announce, officers.act())
    officers.at_round("vice_chairs", rounds.decide, ["田富"], "主席团决定", officers.act())
    with db.transaction(officers.engine) as session:
        officers.root(session).state = "plenary"
        # the guards of taking office ask for the plenary; what a term is does not depend on them
        step = '{ name = "role_named", role = "secretary" }'
        pin_without_guards(session, officers, step)
    return officers


def pin_without_guards(session, stage: Stage, instead: str) -> None:
    """The founding's `appoint` asks for nothing but an officer: a federation may write its file so."""
    root = stage.root(session)
    text = session.get_one(ProcessDefinition, root.definition_sha256).text
    head, _, tail = text.partition('event = "appoint"')
    tail = re.sub(r"guards = \[.*?\n\]", f"guards = [{instead}]", tail, count=1, flags=re.S)
    text = f'{head}event = "appoint"{tail}'
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    session.add(ProcessDefinition(sha256=sha256, process="founding", text=text))
    session.flush()
    root.definition_sha256 = sha256


def appoint(stage: Stage, years: int = 5, *claimed: tuple[str, str]):
    with db.transaction(stage.engine) as session:
        return terms.appoint(session, stage.root(session), years, claimed, stage.act())


def resign(stage: Stage, name: str, note: str = NOTE, office: str = "", on: str = ""):
    with db.transaction(stage.engine) as session:
        return terms.resign(session, stage.root(session), office, name, note, stage.act(on))


def test_everyone_who_takes_office_has_a_certificate(chosen: Stage):
    """当选证书: of the terms as they were opened, and of nothing that follows."""
    assert "certificate-founding-1" not in chosen.offered()
    appoint(chosen)
    facts = chosen.facts_of("certificate-founding-1")
    posts = {each.name: each.post for each in facts.certificates}
    assert posts == {
        "丁一禾": "示例开发区妇女联合会主席",
        "邓云舒": "示例开发区妇女联合会副主席",
        "田富": "示例开发区妇女联合会副主席",
    }
    assert facts.head.check_code
    assert {each.ends_on for each in facts.certificates} == {date(2025, 11, 2)}
    resign(chosen, "田富")
    assert chosen.facts_of("certificate-founding-1") == facts


def listed(stage: Stage, on: date | None = None) -> list[tuple[str, str]]:
    with db.reading(stage.engine) as session:
        return [(row.office, row.name) for row in terms.listed(session, selection.federation(session, ""), on)]


def test_everyone_elected_takes_office_in_the_order_of_the_method(chosen: Stage) -> None:
    """Elected by votes or by decision; the same step again changes nothing."""
    assert appoint(chosen).taken
    assert listed(chosen) == [("主席", "丁一禾"), ("副主席", "邓云舒"), ("副主席", "田富")]
    before = chosen.dump()
    assert not appoint(chosen).taken
    assert chosen.dump() == before


def test_nobody_takes_office_by_being_typed_in(chosen: Stage) -> None:
    """田大利 lost; 丁一禾 was elected, but to something else."""
    with chosen.refused(Refused, "田大利没有当选副主席", "丁一禾没有当选副主席"):
        appoint(chosen, 5, ("主席", "丁一禾"), ("副主席", "田大利"), ("副主席", "丁一禾"))
    assert appoint(chosen, 5, ("主席", "丁一禾")).taken


@pytest.mark.parametrize("years", [0, 11])
def test_a_term_has_a_number_of_years_that_a_charter_could_give(chosen: Stage, years: int) -> None:
    """One to ten."""
    with chosen.refused(Misused):
        appoint(chosen, years)


def test_a_term_runs_from_the_day_of_appointment(chosen: Stage) -> None:
    """Not a day earlier."""
    appoint(chosen, 1)
    assert listed(chosen, date(2020, 11, 1)) == []
    assert len(listed(chosen, date(2020, 11, 2))) == 3
    assert listed(chosen, date(2021, 11, 3)) == []


def test_who_leaves_is_recorded_with_the_reason_and_no_longer_listed(chosen: Stage) -> None:
    """From the day after; not before she began, and once."""
    appoint(chosen)
    with chosen.refused(Refused, "没有写明依据"):
        resign(chosen, "田富", "")
    with chosen.refused(Refused, "现在没有任职"):
        resign(chosen, "田大利")
    with chosen.refused(Refused, "起任副主席"):
        resign(chosen, "田富", on="2020-11-01")
    with chosen.refused(Refused):
        resign(chosen, "田富", on="2020-11-03")
    assert resign(chosen, "田富").taken
    assert ("副主席", "田富") not in listed(chosen, date(2020, 11, 3))
    assert ("副主席", "田富") in listed(chosen)
    assert NOTE in chosen.lines()[-1][1]
