"""Candidates: nominated, approved, withdrawn; the list that was approved is the list that is printed."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from federation import db
from federation.ballotbox.answers import Answer
from federation.clock import SetClock
from federation.errors import Misused, NotFound, Refused, WrongStage
from federation.models import Candidate, Federation, SettledStrokes
from federation.rules.strokes import UnknownCharacter
from federation.services import candidates, elections, polls, requests, rounds, steps, strokes
from federation.services.candidates import Nominee
from tests.databases import BOTH
from tests.polling import Polling
from tests.services.stage import ONE, THREE, Stage
from tests.staging import copied

STROKES = ONE.replace('order = "as_listed"\n', "")


@pytest.fixture(params=BOTH)
def hall(request: pytest.FixtureRequest, clock: SetClock, tmp_path: Path) -> Iterator[Stage]:
    """In session, elections planned, nobody nominated yet; the sheet in the order of strokes."""
    with copied(request, "unlisted", lambda engine: Polling(engine, clock).sitting(tmp_path, STROKES)) as engine:
        yield Stage(engine, clock, tmp_path)


def approved(stage: Stage, note: str = "请示") -> None:
    """The lists as they stand, approved by the party committee."""
    with db.transaction(stage.engine) as session:
        root = stage.root(session)
        requests.file(session, root, "candidates:congress", "示例党工委", note, stage.act())
        requests.reply(session, root, "candidates:congress", "示例〔2020〕2号", True, stage.act())


def printed(stage: Stage, number: int = 9) -> None:
    stage.at("members", polls.print_papers, number, stage.act())


def withdraw(stage: Stage, name: str, note: str = "", contest: str = "members"):
    return stage.at_round(contest, candidates.withdraw, name, note, stage.act())


def test_a_list_is_printed_as_it_was_approved_and_not_otherwise(hall: Stage) -> None:
    """Without approval, and with a list changed after it: 批复的是哪份名单，选的就是哪份."""
    hall.nominate("members", "田富", "马秋澜", "邓云舒")
    with hall.refused(Refused, "请示"):
        printed(hall)
    approved(hall)
    hall.nominate("members", "丁一禾")
    with hall.refused(Refused, "候选人名单在批复之后又有变动"):
        printed(hall)
    approved(hall, "再次请示")
    printed(hall)
    assert hall.state("members") == "prepared"


def test_a_sheet_lists_its_names_by_the_strokes_of_their_surnames(hall: Stage) -> None:
    """马 3, 邓 4, 田 5: in whatever order they were nominated."""
    hall.nominate("members", "田富", "邓云舒", "马秋澜")
    approved(hall)
    printed(hall)
    assert hall.listed("members") == ["马秋澜", "邓云舒", "田富"]


def test_a_character_without_known_strokes_is_settled_by_an_officer_before_printing(hall: Stage) -> None:
    """Never a silent guess; what is settled is remembered and journalled."""
    hall.nominate("members", "\U00031350秋", "邓云舒", "马秋澜")
    approved(hall)
    with hall.refused(UnknownCharacter, "\U00031350"):
        printed(hall)
    with db.transaction(hall.engine) as session:
        of = hall.root(session).federation_id
        assert strokes.settle(session, session.get_one(Federation, of), "\U00031350", "11111", hall.act())
        assert session.query(SettledStrokes).one().digits == "11111"
    printed(hall)
    assert hall.listed("members") == ["马秋澜", "邓云舒", "\U00031350秋"]


def test_nobody_is_nominated_twice_and_a_repeat_changes_nothing(hall: Stage) -> None:
    """Those already there are passed over."""
    hall.nominate("members", "田富", "马秋澜")
    before = hall.dump()
    assert not hall.nominate("members", "马秋澜", "田富").taken
    assert hall.dump() == before
    for names in ((), ("",), ("邓云舒", "邓云舒")):
        with hall.refused(Misused):
            hall.nominate("members", *names)
    hall.nominate("members", "马秋澜", "邓云舒")
    assert json.loads(hall.lines()[-1][1])["names"] == ["邓云舒"]


def test_who_scrutinises_is_not_nominated_and_who_stands_does_not_scrutinise(hall: Stage) -> None:
    """Nobody judges the papers she stands on (向晚晴 is the chief scrutineer)."""
    with hall.refused(Refused, "向晚晴"):
        hall.nominate("members", "田富", "向晚晴")
    hall.nominate("members", "田富")
    with hall.refused(Refused, "田富"):
        hall.do(elections.set_scrutineers, {"chief_scrutineer": ["向晚晴"], "teller": ["田富"]})


def test_too_many_or_too_few_are_told_with_the_arithmetic_and_not_blocked(hall: Stage) -> None:
    """Two seats and one more: three names are what the method says."""

    def warned() -> tuple[object, ...]:
        return hall.at_round("members", candidates.surplus_warnings)

    hall.nominate("members", "田富", "马秋澜")
    assert warned()
    hall.nominate("members", "邓云舒")
    assert not warned()
    hall.nominate("members", "田大利")
    assert warned()


def test_a_withdrawal_before_printing_is_recorded_and_may_be_taken_back(hall: Stage) -> None:
    """The place is free, and she may be nominated again, at the end."""
    hall.nominate("members", *THREE)
    assert withdraw(hall, "马秋澜").taken
    before = hall.dump()
    assert not withdraw(hall, "马秋澜").taken
    assert hall.dump() == before
    assert hall.listed("members") == ["邓云舒", "田富"]
    with hall.refused(NotFound, "王芳"):
        withdraw(hall, "王芳")
    hall.nominate("members", "马秋澜")
    assert hall.listed("members") == ["邓云舒", "田富", "马秋澜"]


def test_a_withdrawal_after_printing_is_the_presidiums_and_recalls_papers_and_passes(phones: Stage) -> None:
    """A name on a paper whose bearer no longer stands would collect votes for nobody."""
    codes = phones.passes(12)
    with phones.refused(Refused, "选票已经印制"):
        withdraw(phones, "田富")
    assert withdraw(phones, "田富", "主席团决定").taken
    assert phones.state("members") == "nominating"
    assert {row[2] for row in phones.rows("voting_passes")} == {"void"}
    before = phones.dump()
    assert not withdraw(phones, "田富", "主席团决定").taken
    assert phones.dump() == before
    with phones.refused(WrongStage):
        phones.open(24)
    with phones.refused(Refused, "候选人名单在批复之后又有变动"):
        printed(phones)
    approved(phones, "名单有变")
    printed(phones, 24)
    fresh = phones.passes(12)
    phones.open(12, 12).cast(fresh[0], members="++")
    assert phones.answer(codes[0], members="++") == Answer.VOID


def test_papers_recalled_by_a_step_take_their_passes_with_them_at_the_next_printing(ready: Stage) -> None:
    """退回提名: whatever was made for the earlier list is void, however it was recalled."""
    ready.passes(3)
    with db.transaction(ready.engine) as session:
        steps.advance(session, ready.poll(session, "members").case, "recall_papers", ready.act(), {})
    printed(ready)
    assert {row[2] for row in ready.rows("voting_passes")} == {"void"}
    ready.open(9)


def test_lists_are_closed_once_papers_are_printed(ready: Stage) -> None:
    """And once the poll is open nobody leaves them either."""
    with ready.refused(WrongStage):
        ready.nominate("members", "田大利")
    ready.open(9)
    with ready.refused(WrongStage):
        withdraw(ready, "田富", "主席团决定")


def test_nobody_is_nominated_into_a_further_round_and_leaving_it_takes_a_decision(ready: Stage) -> None:
    """Its list follows from the votes: a name added here would be a name nobody approved."""
    ready.announced(["++0"] * 4 + ["+0+"] * 4)
    ready.at_round("members", rounds.supplement, (), (), "", ready.act())
    with ready.refused(Refused, "后续一轮的名单"):
        ready.nominate("members.2", "田大利")
    with ready.refused(Refused, "名单已经确定"):
        withdraw(ready, "田富", contest="members.2")
    assert withdraw(ready, "田富", "本人不愿参选，主席团同意", "members.2").taken
    assert ready.listed("members.2") == ["邓云舒"]


def test_a_biography_stays_with_the_candidate_into_the_next_round(hall: Stage) -> None:
    """候选人简介 are written once."""
    hall.at_round("members", candidates.nominate, [Nominee(name, f"{name}，教师") for name in THREE], hall.act())
    approved(hall)
    printed(hall)
    hall.announced(["++0"] * 4 + ["+0+"] * 4)
    hall.at_round("members", rounds.supplement, (), (), "", hall.act())
    with db.reading(hall.engine) as session:
        found = {row.name: row.biography for row in session.query(Candidate) if row.biography}
        assert session.query(Candidate).count() == 5
    assert found == {name: f"{name}，教师" for name in THREE}
