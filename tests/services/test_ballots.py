"""The papers entered from the opened box: once each, from a box declared valid, taken back with a reason."""

from pathlib import Path

import pytest

from federation import db
from federation.boxes import write_ballots
from federation.errors import Misused, NotFound, Refused, WrongStage
from federation.facts.counting import Paper
from federation.services import ballots, counts, polls
from tests.services.stage import Stage


def box_file(folder: Path, stage: Stage, marks: list[str], name: str = "box.csv") -> Path:
    with db.reading(stage.engine) as session:
        rules = stage.poll(session, "members").method.ballot.marks
    write_ballots(folder / name, rules, stage.listed("members"), [Paper(text) for text in marks])
    return folder / name


def test_the_same_file_is_not_entered_twice(ready: Stage) -> None:
    """Its papers would be counted twice; another file may follow as long as the box holds its papers."""
    ready.open(9).declared(8)
    ready.at_round("members", ballots.enter_box, "a" * 64, [Paper("++-")] * 4, ready.act())
    with ready.refused(Refused, "这个文件已经录入过"):
        ready.at_round("members", ballots.enter_box, "a" * 64, [Paper("++-")] * 4, ready.act())
    with ready.refused(Refused, "箱内清点纸质选票 8 张，录入后将有 9 张"):
        ready.at_round("members", ballots.enter_box, "b" * 64, [Paper("++-")] * 5, ready.act())
    with ready.refused(Refused, "已录入 4 张"):
        ready.at("members", counts.count, ready.act())
    ready.at_round("members", ballots.enter_box, "b" * 64, [Paper("++-")] * 4, ready.act())
    assert ready.at("members", counts.count, ready.act()).taken


@pytest.mark.parametrize("state", ["prepared", "open", "closed", "returned", "counted"])
def test_papers_are_entered_from_a_box_declared_valid_and_from_no_other(ready: Stage, state: str) -> None:
    """Before the declaration nobody looks into the box; after the count nothing is added."""
    ways = {
        "open": lambda: ready.open(9),
        "closed": lambda: ready.at("members", polls.close_poll, ready.act()),
        "returned": lambda: ready.at("members", polls.count_returned, 9, None, ready.two()),
        "valid": lambda: ready.at("members", polls.declare, True, ready.act()),
        "entered": lambda: ready.enter("members", [Paper("++-")] * 9),
        "counted": lambda: ready.at("members", counts.count, ready.act()),
    }
    for reached, way in ways.items():
        if state != "prepared":
            way()
        if state in ("prepared", reached):
            break
    assert ready.state("members") == state
    with ready.refused(WrongStage):
        ready.at_round("members", ballots.enter_box, "b" * 64, [Paper("++-")] * 9, ready.act())


def test_a_void_box_is_never_opened(ready: Stage) -> None:
    """Neither its papers nor what was cast by phone."""
    ready.open(8).at("members", polls.close_poll, ready.act())
    ready.at("members", polls.count_returned, 9, None, ready.two())
    ready.at("members", polls.declare, False, ready.act())
    with ready.refused(WrongStage):
        ready.enter("members", [Paper("++-")] * 9)
    with ready.refused(WrongStage):
        ready.at("members", counts.count, ready.act())


def test_a_file_entered_by_mistake_is_taken_back_with_a_reason(ready: Stage) -> None:
    """更正须留痕; a beginning that two files share names neither."""
    ready.open(9).declared(8)
    for sha256 in ("ab" * 32, "ac" * 32):
        ready.at_round("members", ballots.enter_box, sha256, [Paper("++-")] * 4, ready.act())
    with ready.refused(Refused, "没有写明原因"):
        ready.at_round("members", ballots.remove_batch, "ab", "", ready.act())
    with ready.refused(Misused, "请多写几位"):
        ready.at_round("members", ballots.remove_batch, "a", "录错", ready.act())
    for strange in ("%", "f"):
        with ready.refused(NotFound):
            ready.at_round("members", ballots.remove_batch, strange, "录错", ready.act())
    ready.at_round("members", ballots.remove_batch, "ab", "录错了选举", ready.act())
    assert len(ready.rows("paper_entries")) == 4
    assert "录错了选举" in ready.lines()[-1][1]
    ready.at_round("members", ballots.enter_box, "ab" * 32, [Paper("++-")] * 4, ready.act())
    ready.at("members", counts.count, ready.act())
    with ready.refused(WrongStage):
        ready.at_round("members", ballots.remove_batch, "ab", "录错", ready.act())
