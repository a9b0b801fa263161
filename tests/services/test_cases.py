"""Cases: opened from a process file, pinned to it, moved to a changed one."""

import pytest
from sqlalchemy import Engine

from federation import db
from federation.clock import SetClock
from federation.errors import Finding, Misused, Refused
from federation.models import Case, ProcessDefinition
from federation.services import cases, status, steps
from federation.workflows.definition import Definition, load_definition
from tests.officers import act, federation, found, founding


@pytest.fixture
def base(engine: Engine, clock: SetClock) -> Engine:
    """founding-1, being prepared."""
    found(engine, clock)
    return engine


def changed(before: str, after: str) -> Definition:
    """The founding with one thing written otherwise."""
    text = cases.read_definition("founding").text
    assert before in text
    return load_definition(text.replace(before, after), "changed.toml")


INSPECTION = """
[[state]]
id = "inspected"
label = "已看会场"

[[step]]
event = "inspect_hall"
label = "看会场"
from = ["preparing"]
to = "inspected"
guards = [{ name = "role_named", role = "teller" }]
by = ["secretary"]

[[step]]
event = "go_on"
label = "继续"
from = ["inspected"]
to = "drafting"
by = ["secretary"]
"""


def with_inspection() -> Definition:
    """The founding with a step of the federation's own, and no Python for it."""
    return load_definition(cases.read_definition("founding").text + INSPECTION, "changed.toml")


def test_a_case_opens_where_its_process_starts_with_its_meetings(base: Engine):
    """The meetings of the process are set up with the case."""
    with db.reading(base) as session:
        case = founding(session)
        assert (case.state, case.term_no, case.label) == ("preparing", 1, "示例区妇女联合会成立")
        below = session.query(Case).where(Case.parent_id == case.id).order_by(Case.position)
        assert [(child.path, child.state) for child in below] == [
            ("founding-1/congress", "planned"),
            ("founding-1/plenary", "planned"),
        ]


def test_a_founding_that_is_under_way_is_not_opened_again(base: Engine, clock: SetClock):
    """A repeat gives the case that is there; an abandoned one makes room for the next."""
    with db.transaction(base) as session:
        assert cases.open_case(session, federation(session), "founding", 1, act(clock)).id == founding(session).id
        steps.advance(session, founding(session), "abandon", act(clock, second="孙筹备"), {})
        assert cases.open_case(session, federation(session), "founding", 1, act(clock)).short_id == "founding-2"


def test_a_renewal_of_another_term_stands_beside_it(base: Engine, clock: SetClock):
    """One case a process and term."""
    with db.transaction(base) as session:
        ids = [
            cases.open_case(session, federation(session), "renewal", term, act(clock)).short_id for term in (2, 3, 2)
        ]
    assert ids == ["renewal-1", "renewal-2", "renewal-1"]


def test_several_seats_may_be_vacant_at_once(base: Engine, clock: SetClock):
    """A vacancy says of itself that others may run beside it (`parallel`)."""
    with db.transaction(base) as session:
        ids = [cases.open_case(session, federation(session), "vacancy", 1, act(clock)).short_id for _ in range(2)]
    assert ids == ["vacancy-1", "vacancy-2"]


def test_only_the_group_or_a_secretary_opens_a_case(base: Engine, clock: SetClock):
    """And a refusal leaves none behind."""
    with pytest.raises(Refused, match="无权"), db.transaction(base) as session:
        cases.open_case(session, federation(session), "vacancy", 1, act(clock, "吴计票"))
    with db.reading(base) as session:
        assert [case.short_id for case in cases.of_federation(session, federation(session))] == ["founding-1"]


def test_terms_are_counted_from_one(base: Engine, clock: SetClock):
    """第一届 is the first."""
    with pytest.raises(Misused), db.transaction(base) as session:
        cases.open_case(session, federation(session), "renewal", 0, act(clock))


def test_a_changed_file_changes_new_cases_only(base: Engine, clock: SetClock, tmp_path, monkeypatch):
    """A case pins its definition, text and hash."""
    (tmp_path / "processes").mkdir()
    (tmp_path / "processes" / "founding.toml").write_text(with_inspection().text, encoding="utf-8")
    monkeypatch.setenv("FEDERATION_TEMPLATES", str(tmp_path))
    with db.transaction(base) as session:
        new = cases.open_case(session, federation(session), "founding", 2, act(clock))
        assert steps.definition_of(session, new).knows("inspect_hall")
        assert not steps.definition_of(session, founding(session)).knows("inspect_hall")


def test_a_running_case_is_moved_to_another_text(base: Engine, clock: SetClock):
    """Its state exists there; the journal says from which to which; a repeat changes nothing."""
    definition = with_inspection()
    with db.transaction(base) as session:
        before = founding(session).definition_sha256
        outcome = cases.adopt(session, founding(session), definition, act(clock))
        assert outcome.line.facts == f'{{"from":"{before}","to":"{definition.sha256}"}}'
        assert session.get_one(ProcessDefinition, definition.sha256).text == definition.text
    with db.transaction(base) as session:
        assert not cases.adopt(session, founding(session), definition, act(clock)).taken
        own = next(
            step
            for step in status.of_federation(session, federation(session), act(clock).stated)[0].next
            if step.event == "inspect_hall"
        )
        assert (own.label, own.command, own.ready) == ("看会场", "federation step inspect_hall", True)
        steps.advance(session, founding(session), "inspect_hall", act(clock), {})
        assert founding(session).state == "inspected"


def test_a_text_without_the_present_state_is_not_adopted(base: Engine, clock: SetClock):
    """The case would stand nowhere. Everything that is wrong comes at once."""
    text = with_inspection().text.replace('"preparing"', '"beginning"').replace('id = "founding"', 'id = "other"')
    other = load_definition(text, "other.toml")
    with pytest.raises(Refused) as refused, db.transaction(base) as session:
        cases.adopt(session, founding(session), other, act(clock))
    assert [finding.problem for finding in refused.value.findings] == [
        "这是流程 other，案件的流程是 founding",
        "新流程里没有案件现在的状态 preparing",
    ]


def test_a_text_with_a_further_meeting_is_not_adopted(base: Engine, clock: SetClock):
    """Meetings are set up as a case opens."""
    more = '[[meeting]]\nid = "second"\nlabel = "第二次会议"\nmethod = "method"\n\n[[meeting]]\nid = "congress"'
    with pytest.raises(Refused) as refused, db.transaction(base) as session:
        cases.adopt(session, founding(session), changed('[[meeting]]\nid = "congress"', more), act(clock))
    assert refused.value.findings == (Finding("新流程多出会议 second", "流程文件", "会议只能在立案时设置"),)


def test_only_the_administrator_moves_a_case_to_another_text(base: Engine, clock: SetClock):
    """Who could, could take the gates out."""
    with pytest.raises(Refused, match="无权"), db.transaction(base) as session:
        cases.adopt(session, founding(session), with_inspection(), act(clock, "孙筹备"))
