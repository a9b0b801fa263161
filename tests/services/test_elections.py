"""Elections planned from the method of their meeting, and brought into line where the meeting amends it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from federation import db
from federation.clock import SetClock
from federation.errors import Refused
from federation.models import Case, Draft, DraftVersion
from federation.services import elections, steps
from tests.databases import BOTH
from tests.polling import Polling
from tests.services.stage import LISTS, ONE, Stage
from tests.staging import copied

Planned = tuple[str, str, int]


@pytest.fixture(params=BOTH)
def hall(request: pytest.FixtureRequest, clock: SetClock, tmp_path: Path) -> Iterator[Stage]:
    """The congress is called, a method of one contest is before it, nothing is planned."""
    with copied(request, "unplanned", lambda engine: Polling(engine, clock).called(tmp_path, ONE)) as engine:
        yield Stage(engine, clock, tmp_path)


def amend(stage: Stage, *changes: tuple[str, str], method: str = ONE) -> None:
    """Another version of the method is put before the meeting."""
    for old, new in changes:
        assert old in method
        method = method.replace(old, new)
    with db.transaction(stage.engine) as session:
        draft = session.query(Case).filter_by(short_id="method").one()
        session.get_one(Draft, draft.id).adopted_version = None
        number = session.query(DraftVersion).filter_by(draft_id=draft.id).count() + 1
        version = {"draft_id": draft.id, "number": number, "sha256": f"{number:064d}", "added_on": "2020-11-02"}
        session.add(DraftVersion(title="选举办法", text="第一条 示例。", method_toml=method, **version))


def planned(stage: Stage) -> list[Planned]:
    return [(row["contest"], row["office"], row["seats"]) for row in stage.see(elections.overview)]


def test_one_poll_a_sheet_and_one_round_a_contest(officers: Stage) -> None:
    """一张选票、分别计票: two contests, one poll."""
    assert planned(officers) == [("chair", "主席", 1), ("vice_chairs", "副主席", 2)]
    with db.reading(officers.engine) as session:
        assert officers.poll(session, "chair").case.id == officers.poll(session, "vice_chairs").case.id


def test_a_plan_is_made_once_however_often_it_is_asked_for(hall: Stage) -> None:
    """The same method, the same plan: no line, no row."""
    assert hall.do(elections.plan).taken
    before = hall.dump()
    assert not hall.do(elections.plan).taken
    assert hall.dump() == before


def test_nothing_is_planned_from_a_text_still_open_to_comments(hall: Stage) -> None:
    """征求意见稿 is no text to elect by."""
    with db.transaction(hall.engine) as session:
        session.query(Case).filter_by(short_id="method").one().state = "comment_draft"
    with hall.refused(Refused, "尚未定稿提交"):
        hall.do(elections.plan)


def test_nothing_is_planned_without_a_method(engine: Engine, clock: SetClock, tmp_path) -> None:
    """The remedy is the command that adds it."""
    Polling(engine, clock)
    with Stage(engine, clock, tmp_path).refused(Refused, "没有选举办法 method", "federation draft add method"):
        Stage(engine, clock, tmp_path).do(elections.plan)


def test_an_amended_method_changes_seats_and_offices_of_lists_not_yet_fixed(hall: Stage) -> None:
    """The congress amends what was put to it (domain.md section 2, step 11); names nominated stay."""
    hall.do(elections.plan)
    hall.nominate("members", "田富")
    amend(hall, ("seats = 2", "seats = 4"), ('office = "委员"', 'office = "执行委员"'))
    assert hall.do(elections.plan).taken
    assert planned(hall) == [("members", "执行委员", 4)]
    assert hall.listed("members") == ["田富"]
    assert not hall.do(elections.plan).taken


def test_a_primary_put_in_or_taken_out_by_an_amendment_is_followed(hall: Stage) -> None:
    """差额预选: seven for five; without it, the formal ballot comes first."""
    hall.do(elections.plan)
    primary = 'seats = 2\nprimary = { surplus = { count = 2 }, elected = "plurality" }'
    amend(hall, ("seats = 2", primary))
    hall.do(elections.plan)
    assert [(row["kind"], row["seats"]) for row in hall.see(elections.overview)] == [("预选", 3)]
    amend(hall, ('title = "', 'title = "新'))
    hall.do(elections.plan)
    assert [(row["kind"], row["seats"]) for row in hall.see(elections.overview)] == [("首轮", 2)]


@pytest.mark.parametrize(
    "change",
    [
        ("seats = 2", "seats = 1"),
        ('office = "委员"', 'office = "理事"'),
        ('order = "as_listed"', 'order = "as_listed"\nmarks = { approve = "√", against = "×", abstain = "" }'),
        ("[shortage]", '[write_in]\nallowed = "no"\n\n[shortage]'),
    ],
)
def test_what_is_printed_is_recalled_before_an_amendment_that_contradicts_it(
    ready: Stage, change: tuple[str, str]
) -> None:
    """A paper that says ○ is not counted by √."""
    amend(ready, change)
    with ready.refused(Refused, "已按修改前的办法确定", "recall_papers --on-case congress/members"):
        ready.do(elections.plan)
    with db.transaction(ready.engine) as session:
        steps.advance(session, ready.poll(session, "members").case, "recall_papers", ready.act(), {})
    assert ready.do(elections.plan).taken
    assert ready.state("members") == "nominating"


def test_an_amendment_that_no_paper_shows_leaves_the_papers_as_they_are(ready: Stage) -> None:
    """A bar that is raised is printed on no ballot."""
    amend(ready, ('elected = "> 1/2 of due"', 'elected = ">= 2/3 of due"'))
    assert ready.do(elections.plan).taken
    assert ready.state("members") == "prepared"


def test_a_poll_that_is_open_is_held_by_the_method_it_was_opened_under(ready: Stage) -> None:
    """To the end."""
    ready.open(9)
    amend(ready, ('elected = "> 1/2 of due"', 'elected = ">= 2/3 of due"'))
    with ready.refused(Refused, "已经开始投票"):
        ready.do(elections.plan)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('id = "members"', 'id = "others"'), "没有选举项目 members"),
        (('office = "委员"', 'office = "委员"\nsheet = "all"'), "改到了选票 all 上"),
    ],
)
def test_contests_dropped_added_or_moved_to_another_sheet_are_told(
    hall: Stage, change: tuple[str, str], said: str
) -> None:
    """The plan cannot follow these: said before anything is changed."""
    hall.do(elections.plan)
    amend(hall, change)
    with hall.refused(Refused, said):
        hall.do(elections.plan)


def test_scrutineers_are_named_before_they_are_voted_on_and_each_has_one_duty(hall: Stage) -> None:
    """At least one scrutineer; the same list again changes nothing."""
    with hall.refused(Refused, "至少要有一名监票人"):
        hall.do(elections.set_scrutineers, {"teller": ["田富"]})
    with hall.refused(Refused, "田富写了 2 次"):
        hall.do(elections.set_scrutineers, {"scrutineer": ["田富"], "teller": ["田富"]})
    duties = {"chief_scrutineer": ["向晚晴"], "teller": ["田富"]}
    assert hall.do(elections.set_scrutineers, duties).taken
    before = hall.dump()
    assert not hall.do(elections.set_scrutineers, duties).taken
    assert hall.dump() == before


def test_the_overview_shows_lists_and_figures_as_far_as_they_are_known(ready: Stage) -> None:
    """Nothing is nought before it is counted."""
    [row] = ready.see(elections.overview)
    figures = ("due", "present", "issued", "returned")
    assert (row["candidates"], row["expected"]) == (list(LISTS["members"]), 3)
    assert [row[name] for name in figures] == [None] * 4
    ready.open(9).declared(8)
    [row] = ready.see(elections.overview)
    assert [row[name] for name in figures] == [9, 9, 9, 8]
