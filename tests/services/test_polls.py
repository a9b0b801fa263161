"""A poll from printed papers to a declared box: each step refused before the one before it, and why."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from federation import db
from federation.errors import Misused, Refused, WrongStage
from federation.facts.counting import Paper
from federation.models import Case, Draft, Election, Meeting, MeetingDuty, RollEntry
from federation.rules.motions import Hands
from federation.services import attendance, counts, elections, motions, passes, polls
from tests.services.stage import Stage


def congress(session: Session, stage: Stage) -> Meeting:
    return session.get_one(Meeting, stage.meeting(session, "congress").id)


def not_adopted(session: Session, _stage: Stage) -> None:
    case = session.query(Case).filter_by(short_id="method").one()
    case.state = "submitted"
    session.get_one(Draft, case.id).adopted_version = None


def not_frozen(session: Session, stage: Stage) -> None:
    congress(session, stage).roll_frozen = False


def too_few(session: Session, stage: Stage) -> None:
    attendance.left(session, stage.meeting(session, "congress"), ["1", "2", "3", "4"], stage.act())


def candidate_counts(session: Session, stage: Stage) -> None:
    meeting = congress(session, stage)
    session.add(MeetingDuty(meeting_id=meeting.case_id, duty="teller", name="田富", position=9))


def not_in_session(session: Session, stage: Stage) -> None:
    stage.meeting(session, "congress").state = "called"


def others_scrutinise(session: Session, stage: Stage) -> None:
    duties = {"chief_scrutineer": ["丁一禾"], "scrutineer": ["向晚晴"]}
    elections.set_scrutineers(session, stage.meeting(session, "congress"), duties, stage.act())


@pytest.mark.parametrize(
    ("lacking", "handed_out", "said"),
    [
        (not_adopted, 9, "还没有通过选举办法"),
        (not_frozen, 9, "尚未冻结"),
        (too_few, 5, "实到 5 人，未达到法定人数 6 人"),
        (candidate_counts, 9, "田富既是候选人，又是监票人或计票人"),
        (not_in_session, 9, "妇女代表大会尚未到这一步"),
        (others_scrutinise, 9, "监票人"),
        (None, 10, "发出 10（纸质 10 + 凭证 0）多于实到 9"),
        (None, 0, "一张选票也没有发出"),
    ],
)
def test_a_poll_opens_with_everything_in_order_or_not_at_all(
    ready: Stage, lacking: Callable[[Session, Stage], None] | None, handed_out: int, said: str
) -> None:
    """No ballot before the method is adopted (domain.md section 2, step 11), and so on; asking changes nothing."""
    with ready.refused(Refused, said, "不能办理「开始投票」"), db.transaction(ready.engine) as session:
        if lacking:
            lacking(session, ready)
            session.flush()
        polls.open_poll(session, ready.poll(session, "members"), handed_out, 0, ready.act())
    assert ready.state("members") == "prepared"


def test_everything_in_the_way_is_said_at_once(ready: Stage) -> None:
    """An officer who has to ask five times stops reading."""
    said = ("还没有通过选举办法", "尚未冻结", "既是候选人", "多于实到 5")
    with ready.refused(Refused, *said), db.transaction(ready.engine) as session:
        for lacking in (too_few, not_adopted, not_frozen, candidate_counts):
            lacking(session, ready)
        session.flush()
        polls.open_poll(session, ready.poll(session, "members"), 9, 0, ready.act())


def test_more_papers_than_were_printed_are_not_handed_out(ready: Stage) -> None:
    """Printed nine, handed out nine: that is the last that opens."""
    with db.transaction(ready.engine) as session:
        session.execute(update(Election).values(papers_printed=8))
    with ready.refused(Refused, "发出纸质选票 9 张，多于印制的 8 张"):
        ready.open(9)
    ready.open(8)


@pytest.mark.parametrize(
    ("drawn", "kept_back", "said"),
    [(11, 0, "应领出 12 份，清点却是 11 份"), (13, 0, "清点却是 13 份"), (11, 2, "预留 2 份")],
)
def test_every_pass_is_drawn_void_or_kept_back_when_the_poll_opens(
    phones: Stage, drawn: int, kept_back: int, said: str
) -> None:
    """A pass left on a table is a vote nobody answers for (design, section 4)."""
    phones.passes(12)
    phones.keyed()
    with phones.refused(Refused, said):
        phones.open(5, drawn, kept_back=kept_back)
    phones.open(6, 11, kept_back=1)


def test_passes_drawn_are_counted_by_two_scrutineers(phones: Stage) -> None:
    """The desk's hand count, never computed: one alone, the same twice, or a secretary is refused."""
    phones.passes(12)
    phones.keyed()
    both = phones.two()
    for act in (replace(both, second=""), replace(both, second=both.by), replace(both, second="王秘书"), phones.act()):
        with phones.refused(Refused, "清点领出的凭证"):
            phones.at("members", polls.open_poll, 12, 12, act)
    phones.at("members", polls.open_poll, 12, 12, both)


def test_a_poll_by_phone_opens_with_its_key_and_not_without(phones: Stage) -> None:
    """A ballot is sealed as it arrives: to what, without a ceremony?"""
    phones.passes(12)
    with phones.refused(Refused, "票箱还没有密钥"):
        phones.at("members", polls.open_poll, 12, 12, phones.two())
    phones.open(12, 12)


def test_fewer_than_ten_passes_vote_on_paper(phones: Stage) -> None:
    """Nine phone ballots are no secret among people who know each other (design, section 4)."""
    codes = phones.passes(10)
    phones.keyed()
    phones.at("members", passes.void, codes[9:], phones.act())
    with phones.refused(Refused, "凭证只领出 9 份，少于 10 份"):
        phones.open(12, 9)
    with phones.refused(Refused, "纸质选票发出只有 2 张"):
        phones.open(2, 9)


def test_a_late_lot_is_void_or_drawn_before_the_poll_closes(phones: Stage) -> None:
    """Three kept back: one is scanned, two are drawn by voters who were there. More than was kept back is neither."""
    codes = phones.passes(15)
    phones.open(10, 12, kept_back=3)
    with phones.refused(Refused, "预留的凭证还有 3 份"):
        phones.at("members", polls.close_poll, phones.act())
    phones.at("members", passes.void, codes[14:], phones.act())
    with phones.refused(Refused, "领出的份数写了 0"):
        phones.at("members", passes.draw_late, 0, phones.two())
    with phones.refused(Refused, "领出 3 份，预留的只有 2 份"):
        phones.at("members", passes.draw_late, 3, phones.two())
    with phones.refused(Refused, "作废 3 份，预留的只有 2 份"):
        phones.at("members", passes.void, codes[11:14], phones.act())
    phones.at("members", passes.draw_late, 1, phones.two())
    assert not phones.at("members", passes.draw_late, 1, phones.two()).taken  # the number of all so far, said again
    phones.at("members", passes.draw_late, 2, phones.two())
    with phones.refused(Refused, "已登记领出 2 份，不能改少"):
        phones.at("members", passes.draw_late, 1, phones.two())
    phones.cast(codes[13])
    phones.closed()
    with db.reading(phones.engine) as session:
        election = phones.poll(session, "members").election
        assert (election.drawn, election.kept_back, election.spent) == (14, 0, 1)


def test_a_late_lot_is_drawn_by_nobody_who_was_not_present(phones: Stage) -> None:
    """Issued never passes those present as the poll opened."""
    phones.passes(14)
    phones.open(12, 12, kept_back=2)
    with phones.refused(Refused, "多于实到 24"):
        phones.at("members", passes.draw_late, 1, phones.two())


def test_scrutineers_changed_after_the_vote_are_put_to_the_meeting_again(ready: Stage) -> None:
    """监票人由会议通过: these very persons, not some."""
    ready.do(elections.set_scrutineers, {"chief_scrutineer": ["丁一禾"]})
    with ready.refused(Refused, "监票人"):
        ready.open(9)
    ready.do(motions.put, "scrutineers", "")
    ready.do(motions.record, None, Hands(9, 0, 0))
    ready.open(9)


def test_the_number_present_is_frozen_as_the_poll_opens(ready: Stage) -> None:
    """Later leavers change the presence list and the next round, not this one."""
    ready.open(9).do(attendance.left, ["1", "2", "3", "4"])
    with db.reading(ready.engine) as session:
        assert ready.poll(session, "members").election.present == 9
    ready.boxed({"members": [Paper("++-")] * 9})
    assert ready.result("members")["ledger"]["present"] == 9


def test_opening_again_with_the_same_figures_changes_nothing_with_others_it_is_a_wrong_stage(ready: Stage) -> None:
    """Also when somebody has left in between."""
    ready.open(9).do(attendance.left, ["1"])
    before = ready.dump()
    assert not ready.at("members", polls.open_poll, 9, 0, ready.act()).taken
    assert ready.dump() == before
    with ready.refused(WrongStage, "这一步已经办过"):
        ready.open(8)


HALF = [Paper("+00"), Paper("0+0")] * 4


def enter_half(stage: Stage) -> Any:
    return stage.enter("members", HALF)


STEPS: list[tuple[str, Callable[[Stage], Any]]] = [
    ("open", lambda stage: stage.at("members", polls.open_poll, 9, 0, stage.act())),
    ("closed", lambda stage: stage.at("members", polls.close_poll, stage.act())),
    ("returned", lambda stage: stage.at("members", polls.count_returned, 8, None, stage.two())),
    ("valid", lambda stage: stage.at("members", polls.declare, True, stage.act())),
    ("valid", enter_half),
    ("counted", lambda stage: stage.at("members", counts.count, stage.act())),
    ("unsettled", lambda stage: stage.at("members", counts.announce, stage.act())),
]


def test_each_step_is_refused_before_the_one_before_it_and_once_done_is_not_done_again(ready: Stage) -> None:
    """close → returned → declare → enter → count → announce (design, section 4). Nobody is elected by half."""
    for number, (state, step) in enumerate(STEPS):
        for wanted, later in STEPS[number + 1 :]:
            with ready.refused(Refused if step is enter_half and wanted == "counted" else WrongStage):
                later(ready)
        step(ready)
        assert ready.state("members") == state
        done = ready.dump()
        for _, earlier in STEPS[: number + 1]:
            if earlier is not enter_half:  # the same papers again are refused, not passed over
                assert not earlier(ready).taken
        assert ready.dump() == done


def test_papers_in_the_box_are_counted_by_two(ready: Stage) -> None:
    """收票: one scrutineer alone, the same one twice, or somebody without the office is refused."""
    ready.open(9).at("members", polls.close_poll, ready.act())
    both = ready.two()
    for act, said in (
        (replace(both, second=""), "须两人一同办理"),
        (replace(both, second=both.by), "两人须是不同的人"),
        (replace(both, second="王秘书"), "王秘书不是监票人"),
        (replace(both, by="王秘书"), "王秘书不是监票人"),
    ):
        with ready.refused(Refused, said):
            ready.at("members", polls.count_returned, 9, None, act)
    assert ready.at("members", polls.count_returned, 9, None, both).taken


def test_papers_miscounted_are_counted_anew_until_the_poll_is_declared(ready: Stage) -> None:
    """Ten for nine would void the poll: corrected by another line, the first stays. Said again, it changes nothing."""
    ready.open(9).closed()
    assert ready.returned(10).taken
    assert ready.returned(9).taken
    assert not ready.returned(9).taken
    assert [facts[-1] for facts in _returns(ready)] == [10, 9]
    ready.at("members", polls.declare, True, ready.act())
    assert not ready.returned(9).taken
    with ready.refused(WrongStage, "这一步已经办过"):
        ready.returned(8)


def test_unused_passes_are_handed_in_before_the_papers_are_counted(phones: Stage) -> None:
    """未交回 is announced: it is what two scrutineers state, never what nobody has scanned yet."""
    codes = phones.passes(12)
    phones.open(12, 12).cast(codes[0])
    phones.closed()
    with phones.refused(Refused, "有 11 份凭证领出而没有投，一份也没有收回", "--missing 11"):
        phones.at("members", polls.count_returned, 12, None, phones.two())
    with phones.refused(Refused, "写明未交回 3 份，按账目是 11 份"):
        phones.at("members", polls.count_returned, 12, None, phones.two(), 3)
    assert phones.at("members", polls.count_returned, 12, None, phones.two(), 11).taken


def test_a_pass_that_turns_up_after_the_count_is_handed_in_and_corrects_it(phones: Stage) -> None:
    """In the same moment, so that no stale 未交回 is announced; not once the poll is declared."""
    codes = phones.passes(12)
    phones.open(12, 12).cast(codes[0])
    phones.closed()
    phones.at("members", passes.hand_in, codes[1:4], phones.two())
    phones.at("members", polls.count_returned, 11, None, phones.two())
    assert phones.at("members", passes.hand_in, codes[4:12], phones.two()).taken
    assert not phones.at("members", passes.hand_in, codes[4:12], phones.two()).taken
    assert _returns(phones) == [(3, 8, 11), (11, 0, 11)]
    phones.at("members", polls.declare, True, phones.act())
    with phones.refused(WrongStage, "收回未用的凭证"):
        phones.at("members", passes.hand_in, codes[1:2], phones.two())


def _returns(stage: Stage) -> list[tuple[int, int, int]]:
    """What every count of what came back said: passes handed in, missing, papers."""
    told = [json.loads(facts) for act, facts in stage.lines() if act == "count_returned"]
    return [(facts["handed_in"], facts["missing"], facts["papers"]) for facts in told]


@pytest.mark.parametrize(("papers", "verdict"), [(9, True), (10, False)])
def test_a_poll_is_declared_as_its_papers_say_and_not_otherwise(ready: Stage, papers: int, verdict: bool) -> None:
    """Nine handed out: nine that came back are valid, ten are void. Void when not is refused as well."""
    ready.open(9).at("members", polls.close_poll, ready.act())
    ready.at("members", polls.count_returned, papers, None, ready.two())
    said = "收回没有超过规定的数，选举有效" if verdict else "收回 10 张，多于发出 9"
    with ready.refused(Refused, said):
        ready.at("members", polls.declare, not verdict, ready.act())
    ready.at("members", polls.declare, verdict, ready.act())
    assert ready.state("members") == ("valid" if verdict else "void")


def test_either_channel_over_its_own_number_voids_the_poll(phones: Stage) -> None:
    """Five papers handed out and six in the box is void, though with unused passes the sum is not exceeded."""
    codes = phones.passes(12)
    phones.open(5, 12).cast(codes[0])
    phones.at("members", polls.close_poll, phones.act())
    phones.returned(6)
    with phones.refused(Refused, "纸质选票收回 6 张，多于发出 5 张"):
        phones.at("members", polls.declare, True, phones.act())
    phones.at("members", polls.declare, False, phones.act())


def test_figures_below_nothing_are_a_wrong_call(ready: Stage) -> None:
    """Exit 2."""
    with ready.refused(Misused):
        ready.open(-1)
    ready.open(9).at("members", polls.close_poll, ready.act())
    with ready.refused(Misused):
        ready.at("members", polls.count_returned, -1, None, ready.two())


def test_papers_are_printed_in_a_number_and_once(ready: Stage) -> None:
    """The same again is no act; another number after printing is a wrong stage."""
    before = ready.dump()
    assert not ready.at("members", polls.print_papers, 9, ready.act()).taken
    assert ready.dump() == before
    with ready.refused(WrongStage):
        ready.at("members", polls.print_papers, 8, ready.act())


def test_who_came_late_is_counted_from_the_next_poll_on(ready: Stage) -> None:
    """Presence is asked as the poll opens: eight then, whoever comes afterwards."""
    ready.do(attendance.left, ["9"])
    ready.open(8).do(attendance.came_late, ["9"])
    with db.reading(ready.engine) as session:
        assert ready.poll(session, "members").election.present == 8
        assert session.query(RollEntry).filter_by(presence="present", may_vote=True).count() == 9
