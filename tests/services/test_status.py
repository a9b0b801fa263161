"""`status`: where we are, what is next, what stands in the way."""

import pytest
from sqlalchemy import Engine, event

from federation import db
from federation.clock import SetClock
from federation.facts.status import CaseStatus
from federation.services import cases, status, steps
from tests.officers import act, federation, found, founding


@pytest.fixture
def base(engine: Engine, clock: SetClock) -> Engine:
    """founding-1, being prepared."""
    found(engine, clock)
    return engine


def of(engine: Engine, clock: SetClock, case: str = "") -> list[CaseStatus]:
    """The status now."""
    with db.reading(engine) as session:
        return status.of_federation(session, federation(session), act(clock).stated, case)


def test_the_steps_that_leave_the_state_are_next_in_file_order(base: Engine, clock: SetClock):
    """The guards of each are run."""
    [case] = of(base, clock)
    assert [step.event for step in case.next] == ["form_group", "abandon"]
    assert all(step.ready for step in case.next)
    assert "--with 另一人姓名" in case.next[1].command


def test_a_refusal_prints_the_findings_that_status_shows(base: Engine, clock: SetClock):
    """The same, all of them: nobody is sent from one obstacle to the next."""
    with db.transaction(base) as session:
        steps.advance(session, founding(session), "form_group", act(clock), {})
    [case] = of(base, clock)
    step = next(step for step in case.next if step.event == "open_comments")
    with db.reading(base) as session:
        root = founding(session)
        step_of = steps.definition_of(session, root).step("open_comments", root.state)
        assert step.findings == steps.findings(steps.view_of(session, root, act(clock).stated), step_of)
    assert not step.ready


def test_what_lies_below_is_shown_below(base: Engine, clock: SetClock):
    """Meetings are cases too, with a parent."""
    [case] = of(base, clock)
    assert [(child.case, child.state_label) for child in case.children] == [("congress", "筹备"), ("plenary", "筹备")]
    assert "--meeting congress" in case.children[0].next[0].command


def test_a_case_that_ended_has_nothing_next(base: Engine, clock: SetClock):
    """An end is left by no step."""
    with db.transaction(base) as session:
        steps.advance(session, founding(session), "abandon", act(clock, second="孙筹备"), {})
    [case] = of(base, clock)
    assert (case.ended, case.next) == (True, ())


def test_one_case_may_be_asked_for(base: Engine, clock: SetClock):
    """Among several."""
    with db.transaction(base) as session:
        cases.open_case(session, federation(session), "vacancy", 1, act(clock))
    assert [case.case for case in of(base, clock)] == ["founding-1", "vacancy-1"]
    assert [case.case for case in of(base, clock, "vacancy-1")] == ["vacancy-1"]


def test_the_shape_is_the_contract(base: Engine, clock: SetClock):
    """design.md, section 6."""
    [case] = [case.as_json() for case in of(base, clock)]
    keys = ["case", "process", "label", "state", "state_label", "since", "allows", "next", "papers_due", "children"]
    assert list(case) == keys
    assert list(case["next"][0]) == ["event", "label", "command", "ready", "findings"]
    assert list(case["children"][0]) == keys


def test_to_look_changes_nothing(base: Engine, clock: SetClock):
    """No statement of status writes."""
    said: list[str] = []
    event.listen(base, "before_cursor_execute", lambda _c, _cursor, statement, *_: said.append(statement))
    of(base, clock)
    assert said
    assert all(statement.lstrip().upper().startswith(("SELECT", "SHOW", "BEGIN")) for statement in said), said
