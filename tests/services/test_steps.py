"""Every move of every state: who, when, whether, and what is written."""

import threading
from collections.abc import Callable
from datetime import datetime
from functools import partial

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from federation import db
from federation.clock import BEIJING, SetClock
from federation.errors import FederationError, NotFound, Refused, WrongStage
from federation.models import AgendaItem, Case, JournalLine, Meeting
from federation.services import selection, steps
from federation.services.steps import Outcome
from tests.officers import act, found, founding

Take = Callable[..., Outcome]


@pytest.fixture
def base(engine: Engine, clock: SetClock) -> Engine:
    """founding-1, being prepared."""
    found(engine, clock)
    return engine


@pytest.fixture
def take(base: Engine, clock: SetClock) -> Take:
    """Take a step of the founding in a transaction of its own."""

    def take(event: str, by: str = "王秘书", stated: str = "", second: str = "", **facts: object) -> Outcome:
        with db.transaction(base) as session:
            return steps.advance(session, founding(session), event, act(clock, by, stated, second), facts)

    return take


def standing(engine: Engine) -> tuple[str, str, int]:
    """The state of the founding, since when, and how many lines the journal holds."""
    with db.reading(engine) as session:
        case = founding(session)
        return case.state, case.since, session.scalar(select(func.count()).select_from(JournalLine)) or 0


def test_a_step_moves_the_state_and_writes_one_line(base: Engine, take: Take):
    """One transaction: state and line, or neither."""
    *_, lines = standing(base)
    outcome = take("form_group", note="五人")
    assert outcome.taken
    assert standing(base) == ("drafting", "2020-11-02 09:00", lines + 1)
    assert (outcome.line.subject, outcome.line.act, outcome.line.actor) == ("founding-1", "form_group", "王秘书")
    assert outcome.check_code == outcome.line.hash


def test_a_repeat_with_the_same_facts_changes_nothing(base: Engine, take: Take):
    """An officer who did not see the answer asks again, and gets the line that was written."""
    first = take("form_group", note="五人")
    before = standing(base)
    again = take("form_group", note="五人")
    assert (again.taken, again.line.hash) == (False, first.line.hash)
    assert standing(base) == before


def test_a_repeat_with_other_facts_is_a_wrong_stage(base: Engine, take: Take):
    """What is on record stands."""
    take("form_group", note="五人")
    before = standing(base)
    with pytest.raises(WrongStage, match="与上次不同"):
        take("form_group", note="七人")
    assert standing(base) == before


def test_an_event_the_process_does_not_have_is_not_found(take: Take):
    """A slip of the pen, not a question of time."""
    with pytest.raises(NotFound, match="没有步骤 fly"):
        take("fly")


def test_only_who_holds_one_of_the_roles_may_take_a_step(base: Engine, take: Take):
    """`by` in the process file."""
    before = standing(base)
    with pytest.raises(Refused, match="李监票不是筹备组、秘书"):
        take("form_group", by="李监票")
    assert standing(base) == before
    assert take("form_group", by="孙筹备").line.role == "preparatory_group"


@pytest.mark.parametrize(
    ("second", "refused"),
    [("", "须两人"), ("王秘书", "不同的人"), ("李监票", "不是筹备组"), ("孙筹备", "")],
    ids=["alone", "with herself", "with one of another role", "with another of the group"],
)
def test_a_two_person_act_takes_two_who_may(base: Engine, take: Take, second: str, refused: str):
    """`persons = 2`: two different people, each in a role that may take the step."""
    before = standing(base)
    if refused:
        with pytest.raises(Refused, match=refused):
            take("abandon", second=second)
        assert standing(base) == before
    else:
        assert take("abandon", second=second).line.second == second


@pytest.mark.parametrize(
    ("stated", "refused"),
    [
        ("2020-11-02 09:01", "晚于现在"),
        ("2020-11-03", "晚于现在"),
        ("2020-11-02 09:00", ""),
        ("2020-11-02", ""),
        ("2020-11-01", "早于上一步"),
        ("2020-11-02 08:59", "早于上一步"),
    ],
)
def test_what_is_stated_lies_between_the_last_step_and_now(take: Take, stated: str, refused: str):
    """Not later than now (09:00), not before the case's previous step (09:00); a day alone is the whole of it."""
    if refused:
        with pytest.raises(Refused, match=refused):
            take("form_group", stated=stated)
    else:
        assert take("form_group", stated=stated).line.stated == stated


def test_a_day_alone_does_not_undo_the_hour_stated_before_it(base: Engine, take: Take, clock: SetClock):
    """A step at 15:00, one on the same day without an hour, and then one at 10:00: the last is out of order."""
    clock.at = datetime(2020, 11, 2, 18, tzinfo=BEIJING)
    take("form_group", stated="2020-11-02 15:00")
    with db.transaction(base) as session:
        steps.advance(session, congress_ready(session), "call", act(clock, stated="2020-11-02 16:00"), {})
        steps.advance(session, congress(session), "postpone", act(clock, stated="2020-11-02"), {})
    with pytest.raises(Refused, match="早于上一步的 2020-11-02 16:00"), db.transaction(base) as session:
        steps.advance(session, congress(session), "call", act(clock, stated="2020-11-02 15:30"), {"again": True})


def congress(session: Session) -> Case:
    """The congress of the founding."""
    return selection.meeting(session, founding(session), "congress")


def congress_ready(session: Session) -> Case:
    """The same with an agenda, which `call` asks for."""
    case = congress(session)
    session.add(AgendaItem(meeting_id=case.id, number=1, text="选举"))
    session.flush()
    return case


def test_both_times_are_kept(take: Take, clock: SetClock):
    """What the officer states, and when it was recorded (UTC)."""
    clock.at = datetime(2020, 11, 5, 12, tzinfo=BEIJING)
    line = take("form_group", stated="2020-11-03").line
    assert line.stated == "2020-11-03"
    assert line.recorded_at.isoformat().startswith("2020-11-05T04:00:00")


def test_a_refusal_names_everything_that_is_missing(take: Take):
    """Two drafts without a text, and no comment window: three findings in one answer."""
    take("form_group")
    with pytest.raises(Refused) as refused:
        take("open_comments")
    problems = [finding.problem for finding in refused.value.findings]
    assert len(problems) == 3
    assert sum("还没有征求意见稿" in problem for problem in problems) == 2


def test_a_refusal_undoes_the_change_that_came_with_the_step(base: Engine, clock: SetClock):
    """The guards are asked of the facts as they would stand; a no takes them back."""

    def call() -> None:
        with db.transaction(base) as session:
            meeting = session.get_one(Meeting, congress(session).id)
            steps.advance(
                session, congress(session), "call", act(clock), {}, partial(setattr, meeting, "place", "礼堂")
            )

    with pytest.raises(Refused):
        call()
    with db.reading(base) as session:
        assert session.get_one(Meeting, congress(session).id).place == ""


def test_an_act_is_lawful_only_where_the_state_allows_it(base: Engine, clock: SetClock):
    """`allows` in the process file; the refusal says when it will be."""
    with db.transaction(base) as session:
        assert steps.perform(session, founding(session), "draft", act(clock), {}).line.act == "draft"
    with pytest.raises(WrongStage, match="征求意见"), db.transaction(base) as session:
        steps.perform(session, founding(session), "comment", act(clock), {})
    assert standing(base)[0] == "preparing"


def at_once(engine: Engine, clock: SetClock, facts: list[dict[str, object]]) -> list[Outcome | FederationError]:
    """The same step by as many officers, each on a connection of her own, begun together."""
    barrier = threading.Barrier(len(facts))
    answers: list[Outcome | FederationError] = []

    def officer(own: dict[str, object]) -> None:
        barrier.wait()
        try:
            with db.transaction(engine) as session:
                answers.append(steps.advance(session, founding(session), "form_group", act(clock), own))
        except FederationError as refused:
            answers.append(refused)

    threads = [threading.Thread(target=officer, args=(own,)) for own in facts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_two_officers_at_once_with_other_facts_one_wins(base: Engine, clock: SetClock):
    """The loser gets a clear error, whichever of them it is."""
    *_, lines = standing(base)
    answers = at_once(base, clock, [{"note": "五人"}, {"note": "七人"}])
    assert sorted(type(answer).__name__ for answer in answers) == ["Outcome", "WrongStage"]
    [loser] = [answer for answer in answers if isinstance(answer, WrongStage)]
    assert "已经办过" in str(loser)
    assert standing(base)[0::2] == ("drafting", lines + 1)


def test_two_officers_at_once_with_the_same_facts_are_one_act(base: Engine, clock: SetClock):
    """One takes the step, the other is told that it was taken."""
    *_, lines = standing(base)
    answers = at_once(base, clock, [{"note": "五人"}] * 2)
    assert sorted(answer.taken for answer in answers if isinstance(answer, Outcome)) == [False, True]
    assert standing(base)[0::2] == ("drafting", lines + 1)


def test_a_step_that_waits_sees_what_the_one_before_it_did(base: Engine, clock: SetClock):
    """The second officer began to read before the first had committed, and is still judged by the new state."""
    first, second, waiting = threading.Event(), threading.Event(), []

    def late() -> None:
        first.wait()
        try:
            with db.transaction(base) as session:
                second.set()
                steps.advance(session, founding(session), "form_group", act(clock), {"note": "七人"})
        except FederationError as refused:
            waiting.append(refused)

    thread = threading.Thread(target=late)
    thread.start()
    with db.transaction(base) as session:
        steps.advance(session, founding(session), "form_group", act(clock), {"note": "五人"})
        first.set()
        if base.dialect.name == "postgresql":
            second.wait()  # on SQLite she cannot even begin
    thread.join()
    assert [type(each) for each in waiting] == [WrongStage]
