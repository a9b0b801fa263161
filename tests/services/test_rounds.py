"""What a count leaves open: 重新选举, 再次投票, 另行选举, 正式选举, and what the presidium decides."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from federation import db
from federation.ballotbox.answers import Answer
from federation.clock import SetClock
from federation.errors import Misused, Refused, WrongStage
from federation.facts.counting import Paper
from federation.models import Elected
from federation.services import counts, elections, polls, rounds
from tests.polling import Polling
from tests.services.stage import ONE, Stage

TIE = ["++0"] * 4 + ["+0+"] * 4
"""马秋澜 8, 邓云舒 and 田富 4 each: under the bar of 5, so a shortage."""
PRIMARY = """
title = "示例大会选举办法"

[ballot]
order = "as_listed"

[[contest]]
id = "members"
office = "委员"
seats = 2
primary = { surplus = { count = 1 }, elected = "plurality" }
"""


def hold(stage: Stage, contest: str, marks: list[str]) -> Stage:
    """A further round from its papers to its announcement."""
    stage.at(contest, polls.print_papers, 9, stage.act())
    return stage.announced(marks, contest)


def elected(stage: Stage) -> set[str]:
    """Everyone elected so far."""
    with db.reading(stage.engine) as session:
        return {row.name for row in session.query(Elected)}


def voided(stage: Stage) -> Stage:
    stage.open(8).at("members", polls.close_poll, stage.act())
    stage.at("members", polls.count_returned, 9, None, stage.two())
    stage.at("members", polls.declare, False, stage.act())
    return stage


def test_a_void_ballot_is_repeated_with_the_same_list_and_papers_of_its_own(phones: Stage) -> None:
    """重新选举: nothing of the void poll is used twice; its pass is a pass of no poll that is open."""
    codes = phones.passes(12)
    phones.open(5, 12).at("members", polls.close_poll, phones.act())
    phones.returned(6)
    phones.at("members", polls.declare, False, phones.act())
    assert phones.at("members", rounds.rerun, phones.act()).taken
    assert phones.listed("members.2") == phones.listed("members")
    with phones.refused(WrongStage):
        phones.open(24, contest="members.2")
    phones.at("members.2", polls.print_papers, 24, phones.act())
    phones.open(24, contest="members.2")
    assert phones.answer(codes[0]) == Answer.OVER
    assert phones.answer(codes[0], "members.2", **{"members.2": "++-"}) == Answer.CLOSED  # by paper, it has no key
    phones.boxed({"members.2": [Paper("++-")] * 24}).at("members.2", counts.announce, phones.act())
    assert elected(phones) == {"马秋澜", "邓云舒"}
    assert phones.state("members") == "continued"


def test_a_rerun_is_called_once_and_only_after_a_void_ballot(ready: Stage) -> None:
    """A repeat changes nothing; a valid ballot is not repeated."""
    with ready.refused(WrongStage):
        ready.at("members", rounds.rerun, ready.act())
    voided(ready).at("members", rounds.rerun, ready.act())
    before = ready.dump()
    assert not ready.at("members", rounds.rerun, ready.act()).taken
    assert ready.dump() == before


def test_every_contest_of_a_void_sheet_is_repeated(officers: Stage) -> None:
    """One sheet, one poll, one rerun."""
    officers.open(8, contest="chair").at("chair", polls.close_poll, officers.act())
    officers.at("chair", polls.count_returned, 9, None, officers.two())
    officers.at("chair", polls.declare, False, officers.act())
    officers.at("chair", rounds.rerun, officers.act())
    officers.at("chair.2", polls.print_papers, 9, officers.act())
    officers.open(9, contest="chair.2")
    officers.boxed({"chair.2": [Paper("+-")] * 9, "vice_chairs.2": [Paper("++-")] * 9})
    assert officers.result("vice_chairs.2")["elected"] == ["邓云舒", "田富"]


def tied(stage: Stage) -> Stage:
    """Six approvals each for two seats: all pass, one is too many."""
    return stage.announced(["++0", "+0+", "0++"] * 3)


def test_only_the_tied_stand_in_a_runoff_for_the_seats_the_tie_is_about(ready: Stage) -> None:
    """Six each for two seats: nobody is ahead, all three stand again."""
    tied(ready)
    assert ready.result("members")["tied"] == ["马秋澜", "邓云舒", "田富"]
    assert ready.at_round("members", rounds.runoff, ready.act()).taken
    before = ready.dump()
    assert not ready.at_round("members", rounds.runoff, ready.act()).taken
    assert ready.dump() == before
    assert ready.listed("members.2") == ["马秋澜", "邓云舒", "田富"]
    hold(ready, "members.2", ["++0"] * 5 + ["0++"] * 4)
    assert elected(ready) == {"马秋澜", "邓云舒"}
    assert (ready.state("members"), ready.state("members.2")) == ("continued", "announced")


def test_a_second_tie_is_the_presidiums(ready: Stage) -> None:
    """No text specifies it: recorded, with its reason; those elected by it are elected."""
    tied(ready).at_round("members", rounds.runoff, ready.act())
    hold(ready, "members.2", ["++0", "+0+", "0++"] * 3)
    assert ready.result("members.2")["next"] == "presidium_decision"
    with ready.refused(Refused, "再次投票"):
        ready.at_round("members.2", rounds.runoff, ready.act())
    with ready.refused(Misused):
        ready.at_round("members.2", rounds.decide, ["马秋澜"], "", ready.act())
    names, note = ["马秋澜", "田富"], "主席团会议决定"
    assert ready.at_round("members.2", rounds.decide, names, note, ready.act()).taken
    before = ready.dump()
    assert not ready.at_round("members.2", rounds.decide, names, note, ready.act()).taken
    assert ready.dump() == before
    with ready.refused(WrongStage):
        ready.at_round("members.2", rounds.decide, ["邓云舒"], note, ready.act())
    assert elected(ready) == {"马秋澜", "田富"}
    assert ready.state("members.2") == "continued"


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["丁一禾"], "丁一禾没有得票"),
        (["马秋澜", "邓云舒", "田富"], "只剩 2 个名额，决定了 3 人"),
        (["马秋澜", "马秋澜"], "马秋澜写了 2 次"),
    ],
)
def test_the_presidium_decides_among_those_voted_on_and_for_the_seats_left(
    ready: Stage, names: list[str], said: str
) -> None:
    """Nobody takes office by being typed in."""
    tied(ready).at_round("members", rounds.runoff, ready.act())
    hold(ready, "members.2", ["++0", "+0+", "0++"] * 3)
    with ready.refused(Refused, said):
        ready.at_round("members.2", rounds.decide, names, "主席团会议决定", ready.act())


def test_a_shortage_is_filled_from_the_unelected_and_a_winner_never_stands_again(ready: Stage) -> None:
    """One seat left, one more candidate than seats: both who fell short stand, and she who won does not."""
    ready.announced(TIE)
    with ready.refused(Refused, "马秋澜已经当选"):
        ready.at_round("members", rounds.supplement, ["马秋澜"], (), "示例〔2020〕3号", ready.act())
    assert ready.at_round("members", rounds.supplement, (), (), "", ready.act()).taken
    assert ready.listed("members.2") == ["邓云舒", "田富"]
    hold(ready, "members.2", ["+-"] * 6 + ["-+"] * 3)
    assert elected(ready) == {"马秋澜", "邓云舒"}


def test_names_are_added_to_a_supplementary_list_with_an_approval_and_not_without(ready: Stage) -> None:
    """The presidium may add or drop; the party committee approves it; the approval is in the journal."""
    ready.announced(TIE)
    for added, dropped in ((["田大利"], []), ([], ["田富"])):
        with ready.refused(Refused, "须经同级党组织同意"):
            ready.at_round("members", rounds.supplement, added, dropped, "", ready.act())
    with ready.refused(Refused, "没有可列入名单的人选"):
        ready.at_round("members", rounds.supplement, [], ["邓云舒", "田富"], "示例〔2020〕3号", ready.act())
    ready.at_round("members", rounds.supplement, ["田大利"], ["田富"], "示例〔2020〕3号", ready.act())
    assert ready.listed("members.2") == ["邓云舒", "田大利"]
    assert "示例〔2020〕3号" in str(ready.lines()[-2:])


def test_a_shortage_after_the_last_supplementary_ballot_is_the_presidiums(ready: Stage) -> None:
    """`rounds = 1`: no endless voting; the presidium may leave the seat vacant."""
    ready.announced(TIE).at_round("members", rounds.supplement, (), (), "", ready.act())
    hold(ready, "members.2", ["+-"] * 4 + ["-+"] * 4)
    assert ready.result("members.2")["next"] == "presidium_decision"
    ready.at_round("members.2", rounds.decide, [], "缺额暂不补选", ready.act())
    assert elected(ready) == {"马秋澜"}


def test_one_who_is_elected_already_is_not_decided_on_again(officers: Stage) -> None:
    """邓云舒 is a vice chair; the seat that is left is for somebody else."""
    officers.open(9, contest="chair")
    officers.boxed({"chair": [Paper("+-")] * 9, "vice_chairs": [Paper("+--")] * 9})
    officers.at("chair", counts.announce, officers.act())
    assert officers.result("vice_chairs")["next"] == "presidium_decision"
    with officers.refused(Refused, "邓云舒已经当选"):
        officers.at_round("vice_chairs", rounds.decide, ["邓云舒"], "主席团决定", officers.act())
    officers.at_round("vice_chairs", rounds.decide, ["田富"], "主席团决定", officers.act())
    assert elected(officers) == {"丁一禾", "邓云舒", "田富"}


def test_what_one_contest_of_a_sheet_waits_for_is_not_done_for_another(officers: Stage) -> None:
    """The vice chairs tied; the chair, on the same sheet, did not: there is no runoff for her."""
    officers.open(9, contest="chair")
    officers.boxed({"chair": [Paper("+-")] * 9, "vice_chairs": [Paper("++0"), Paper("+0+"), Paper("0++")] * 3})
    officers.at("chair", counts.announce, officers.act())
    assert (officers.result("chair")["next"], officers.result("vice_chairs")["next"]) == ("announce", "tie_runoff")
    with officers.refused(Refused, "主席不需要这一步"):
        officers.at_round("chair", rounds.runoff, officers.act())
    officers.at_round("vice_chairs", rounds.runoff, officers.act())
    assert officers.state("chair") == "continued"


def test_two_contests_left_open_on_one_sheet_are_followed_up_one_after_the_other(officers: Stage) -> None:
    """The sheet is done with when both are; a repeat of the first, in between, changes nothing."""
    officers.open(8, contest="chair")
    vice = [Paper("++0"), Paper("+0+"), Paper("0++")] * 2 + [Paper("++0"), Paper("+0+")]
    officers.boxed({"chair": [Paper("+-"), Paper("-+")] * 4, "vice_chairs": vice})
    officers.at("chair", counts.announce, officers.act())
    nexts = {contest: officers.result(contest)["next"] for contest in ("chair", "vice_chairs")}
    assert nexts == {"chair": "presidium_decision", "vice_chairs": "tie_runoff"}
    officers.at_round("chair", rounds.decide, [], "空缺", officers.act())
    before = officers.dump()
    assert not officers.at_round("chair", rounds.decide, [], "空缺", officers.act()).taken
    assert officers.dump() == before
    assert officers.state("chair") == "unsettled"
    officers.at_round("vice_chairs", rounds.runoff, officers.act())
    assert officers.state("chair") == "continued"


def test_nothing_is_followed_up_before_the_result_is_announced(ready: Stage) -> None:
    """The meeting hears the figures first."""
    with ready.refused(WrongStage, "还没有计票"):
        ready.at_round("members", rounds.supplement, (), (), "", ready.act())
    ready.open(8).boxed({"members": [Paper(marks) for marks in TIE]})
    with ready.refused(WrongStage):
        ready.at_round("members", rounds.supplement, (), (), "", ready.act())


def test_a_primary_makes_the_list_of_the_formal_ballot(engine: Engine, clock: SetClock, tmp_path: Path) -> None:
    """差额预选: nobody holds a seat by it; two of three go on to the formal ballot."""
    Polling(engine, clock).sitting(tmp_path, PRIMARY).nominated(members=("马秋澜", "邓云舒", "田富"))
    stage = Stage(engine, clock, tmp_path)
    stage.at("members", polls.print_papers, 9, stage.act())
    stage.announced(["++0"] * 5 + ["+0+"] * 4)
    assert elected(stage) == set()
    assert stage.at_round("members", rounds.stage, stage.act()).taken
    assert stage.listed("members.2") == ["马秋澜", "邓云舒"]
    hold(stage, "members.2", ["++"] * 9)
    assert elected(stage) == {"马秋澜", "邓云舒"}
    kinds = [row["kind"] for row in stage.see(elections.overview)]
    assert kinds == ["预选", "首轮"]


@pytest.mark.parametrize(
    ("then", "next"), [("next_session", "next_session"), ("presidium", "presidium_decision"), ("vacant", "announce")]
)
def test_a_shortage_follows_the_method(engine: Engine, clock: SetClock, tmp_path: Path, then: str, next: str) -> None:
    """vacant, presidium, next session: what the meeting chose is what is done."""
    method = ONE.replace('then = "supplementary"', f'then = "{then}"')
    Polling(engine, clock).sitting(tmp_path, method).nominated(members=("马秋澜", "邓云舒", "田富"))
    stage = Stage(engine, clock, tmp_path)
    stage.at("members", polls.print_papers, 9, stage.act())
    stage.announced(TIE)
    assert stage.result("members")["next"] == next
    if next == "next_session":
        with stage.refused(Refused, "缺额留待下次会议，现在不能定人"):
            stage.at_round("members", rounds.decide, ["邓云舒"], "留待下次", stage.act())
    if next != "announce":
        stage.at_round("members", rounds.decide, [], "留待下次会议补选", stage.act())
    assert stage.state("members") == ("announced" if next == "announce" else "continued")
