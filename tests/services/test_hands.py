"""An election by show of hands: the same machine without papers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from federation import db
from federation.clock import SetClock
from federation.documents import render
from federation.documents.fonts import pip_fonts
from federation.errors import Misused, Refused, WrongStage
from federation.services import attendance, counts, papers, passes, polls, rounds
from tests.databases import BOTH
from tests.documents.reading import text_of
from tests.polling import Polling
from tests.services.stage import codes_alone
from tests.staging import copied

METHOD = """
title = "示例大会选举办法"
form = "hands"
elected = "> 1/2 of present"

[ballot]
channels = ["paper", "phone"]
order = "as_listed"

[[contest]]
id = "members"
office = "理事"
seats = 2
"""
THREE = ("马秋澜", "邓云舒", "田富")


@pytest.fixture(params=BOTH)
def hall(request: pytest.FixtureRequest, clock: SetClock, tmp_path: Path) -> Iterator[Polling]:
    """In session, eight of nine present, three candidates for two seats."""

    def build(engine: Engine) -> object:
        return Polling(engine, clock).sitting(tmp_path, METHOD, ("9",)).nominated(members=THREE)

    with copied(request, "by_hands", build) as engine:
        yield Polling.resumed(engine, clock)


def closed(hall: Polling) -> Polling:
    hall.opened("members", 0).at("members", polls.close_poll, hall.act())
    return hall


def problems(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [finding.problem for finding in refused.value.findings]


def test_hands_are_counted_as_ballots_are_and_the_best_of_those_who_pass_are_elected(hall: Polling) -> None:
    """More than half of the eight present is five; four are half. Three pass for two seats: the best two have them."""
    closed(hall).raised("members", ("马秋澜", 5, 2, 1), ("邓云舒", 7, 0, 0), ("田富", 4, 4, 0))
    hall.at("members", counts.count, hall.act())
    result = hall.result("members")
    assert result["ledger"] == {
        "due": 9, "present": 8, "issued": None, "returned": None, "valid": None, "invalid": None, "invalid_because": {}
    }  # fmt: skip
    assert (result["threshold"], result["elected"]) == (
        {"rule": "> 1/2 of present", "base": 8, "needed": 5},
        ["邓云舒", "马秋澜"],
    )
    hall.at("members", counts.announce, hall.act())
    assert hall.state("members") == "announced"


def test_a_tie_in_a_show_of_hands_is_voted_on_again_by_hands(hall: Polling) -> None:
    """再次投票 keeps the form of the method; its bar is the runoff's own."""
    closed(hall).raised("members", ("马秋澜", 5, 3, 0), ("邓云舒", 6, 0, 0), ("田富", 5, 0, 0))
    hall.at("members", counts.count, hall.act())
    assert hall.result("members")["tied"] == ["马秋澜", "田富"]
    hall.at("members", counts.announce, hall.act())
    hall.at_round("members", rounds.runoff, hall.act())
    hall.opened("members.2", 0).at("members.2", polls.close_poll, hall.act())
    hall.raised("members.2", ("马秋澜", 3, 0, 0), ("田富", 4, 0, 0))
    hall.at("members.2", counts.count, hall.act())
    assert hall.result("members.2")["elected"] == ["田富"]


def test_no_paper_is_printed_issued_or_counted_and_no_pass_made(hall: Polling, tmp_path: Path) -> None:
    """A number of papers is a wrong call; 收票 and the declaration are no steps of a show of hands."""
    with pytest.raises(Misused):
        hall.at("members", polls.print_papers, 9, hall.act())
    hall.at("members", polls.print_papers, 0, hall.act())
    with pytest.raises(Refused):
        hall.at("members", passes.make, 9, tmp_path / "passes.csv", codes_alone, hall.act())
    with pytest.raises(Misused):
        hall.at("members", polls.open_poll, 8, 0, hall.act())
    hall.at("members", polls.open_poll, 0, 0, hall.act())
    hall.at("members", polls.close_poll, hall.act())
    with pytest.raises(Refused) as refused:
        hall.at("members", polls.count_returned, 8, None, hall.two())
    assert problems(refused) == ["本项选举采用举手表决"]
    with db.reading(hall.engine) as session:
        assert not [slot for slot in papers.available(session, hall.root(session)) if slot.kind == "ballot"]


def test_the_quorum_is_asked_at_the_opening_as_for_a_ballot(hall: Polling) -> None:
    """Two thirds of nine are six; five are too few."""
    hall.at("members", polls.print_papers, 0, hall.act())
    hall.do(attendance.left, ["1", "2", "3"])
    with pytest.raises(Refused) as refused:
        hall.at("members", polls.open_poll, 0, 0, hall.act())
    assert any("5 人" in problem for problem in problems(refused))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("马秋澜", 5, 2, 1), ("邓云舒", 5, 0, 0)], "没有登记田富的举手人数"),
        ([("马秋澜", 5, 2, 1), ("邓云舒", 5, 0, 0), ("田富", 1, 0, 0), ("田富", 1, 0, 0)], "田富登记了 2 次"),
        ([("马秋澜", 5, 2, 1), ("邓云舒", 5, 0, 0), ("田富", 1, 0, 0), ("丁一禾", 1, 0, 0)], "丁一禾不在名单上"),
        (
            [("马秋澜", 6, 2, 1), ("邓云舒", 5, 0, 0), ("田富", 1, 0, 0)],
            "马秋澜：赞成 6 + 反对 2 + 弃权 1 = 9，多于实到 8 人",
        ),
        (
            [("马秋澜", 8, 0, 0), ("邓云舒", 8, 0, 0), ("田富", 1, 0, 0)],
            "赞成（含另选）合计 17 票，实到 8 人 × 名额 2 = 16，多出 1",
        ),
    ],
)
def test_hands_that_cannot_have_been_counted_are_refused(
    hall: Polling, rows: list[tuple[str, int, int, int]], said: str
) -> None:
    """Each name once, no more hands than people; fewer are possible, nobody must raise one."""
    with pytest.raises(Refused) as refused:
        closed(hall).raised("members", *rows)
    assert problems(refused) == [said]


def test_hands_are_recorded_by_two_and_may_be_put_right_until_the_count(hall: Polling) -> None:
    """The same again is a repeat; other figures replace them with a line of their own; after the count, neither."""
    one, two = (5, 2, 1), (6, 1, 1)
    rest = (("邓云舒", 7, 0, 0), ("田富", 1, 0, 0))
    closed(hall)
    assert hall.raised("members", ("马秋澜", *one), *rest).taken
    assert not hall.raised("members", *reversed(rest), ("马秋澜", *one)).taken
    assert hall.raised("members", ("马秋澜", *two), *rest).taken
    assert [act for act, _ in hall.lines()].count("record_hands") == 2
    hall.at("members", counts.count, hall.act())
    assert hall.result("members")["results"][0]["approve"] == 6
    assert not hall.raised("members", ("马秋澜", *two), *rest).taken
    with pytest.raises(WrongStage):
        hall.raised("members", ("马秋澜", *one), *rest)


def test_nothing_is_counted_before_the_hands_are_recorded(hall: Polling) -> None:
    """The step does not leave the state before."""
    with pytest.raises(WrongStage):
        closed(hall).at("members", counts.count, hall.act())


def test_two_contests_on_one_list_are_both_recorded_before_the_count(
    engine: Engine, clock: SetClock, tmp_path: Path
) -> None:
    """One pass of hands a contest; the count waits for the last."""
    chair = '[[contest]]\nid = "chair"\noffice = "理事长"\nseats = 1\nsheet = "members"\n'
    hall = Polling(engine, clock).sitting(tmp_path, METHOD + chair).nominated(members=THREE, chair=["丁一禾"])
    closed(hall).raised("members", ("马秋澜", 9, 0, 0), ("邓云舒", 9, 0, 0), ("田富", 0, 0, 0))
    with pytest.raises(Refused) as refused:
        hall.at("members", counts.count, hall.act())
    assert problems(refused) == ["理事长还没有登记举手人数"]
    hall.raised("chair", ("丁一禾", 6, 3, 0))
    hall.at("members", counts.count, hall.act())
    assert hall.result("chair")["elected"] == ["丁一禾"]


def test_a_written_name_has_hands_too_where_the_method_allows_it(hall: Polling) -> None:
    """另选他人 by voice: approvals alone."""
    closed(hall).raised("members", *((name, 2, 0, 0) for name in THREE), written={"丁一禾": 5})
    hall.at("members", counts.count, hall.act())
    assert hall.result("members")["elected"] == ["丁一禾"]


def test_the_report_of_hands_shows_what_there_is(hall: Polling) -> None:
    """应到 and 实到, everyone's hands; no 发出, 收回, 有效 or 无效."""
    closed(hall).raised("members", ("马秋澜", 5, 2, 1), ("邓云舒", 7, 0, 0), ("田富", 4, 4, 0))
    hall.at("members", counts.count, hall.act())
    with db.reading(hall.engine) as session:
        order = papers.order(session, hall.root(session), "tally_report-congress-members")
    printed = text_of(render(order.kind, order.facts, fonts=pip_fonts()))
    assert "以举手方式逐名表决" in printed
    assert "None" not in printed
    assert not [word for word in ("发出选票", "收回选票", "有效票", "无效票") if word in printed]
