"""Slips of a poll and of a meeting: frozen with the act they report, their figures those of the ledger."""

from dataclasses import fields

import pytest

from federation import db
from federation.documents import facts_to_json
from federation.facts.papers import IssuedPasses, ReturnSlip
from federation.rules.motions import Hands
from federation.services import attendance, counts, elections, meetings, motions, polls, requests
from tests.services.stage import Stage

OPENING = "attendance_slip-congress"
BEFORE = "attendance_slip-congress-members"
ISSUE, RETURN = "issue_slip-congress-members", "return_slip-congress-members"
SEALING, SHEET = "sealing_list-congress-members", "tally_sheet-congress-members"
SCRIPT, SCRUTINY = "script-congress", "scrutineer_list-congress"
REPORT, FILING = "result_report-founding-1", "filing_form-founding-1"


def test_the_slip_before_a_ballot_counts_who_has_gone_and_is_frozen_as_it_opens(ready: Stage) -> None:
    """应到 = 实到 + 缺席, with everybody who is missing by name and reason."""
    ready.do(attendance.left, ["9"])
    slip = ready.facts_of(BEFORE)
    assert (slip.due, slip.present, slip.missing, slip.holds) == (9, 8, 1, True)
    assert [(group.reason, len(group.names)) for group in slip.absent] == [("中途离会", 1)]
    assert not slip.head.check_code
    ready.open(8)
    frozen = ready.facts_of(BEFORE)
    assert frozen.head.check_code
    ready.do(attendance.left, ["8"])
    assert ready.facts_of(BEFORE) == frozen
    assert ready.facts_of(OPENING).present == 9


def test_a_slip_says_when_too_few_are_left(ready: Stage) -> None:
    """Two thirds of nine are six."""
    ready.do(attendance.left, ["6", "7", "8", "9"])
    slip = ready.facts_of(BEFORE)
    assert (slip.present, slip.holds) == (5, False)
    assert "即 6 人" in slip.quorum
    assert "未达到法定人数" in slip.quorum


def test_the_slip_of_issue_gives_what_was_printed_issued_and_left(ready: Stage) -> None:
    """印制 = 实发 + 剩余."""
    assert ISSUE not in ready.offered()
    ready.open(8)
    slip = ready.facts_of(ISSUE)
    assert (slip.papers.printed, slip.papers.handed_out, slip.papers.surplus) == (9, 8, 1)
    assert slip.passes is None
    assert (slip.issued, slip.due, slip.present) == (8, 9, 9)
    assert slip.serving.chief_scrutineer == ("向晚晴",)
    assert ready.offered()[ISSUE]


def test_passes_stand_on_the_slip_of_issue_beside_the_papers(phones: Stage) -> None:
    """印制 = 作废 + 领出 + 预留."""
    phones.passes(13)
    phones.open(10, 12, kept_back=1)
    slip = phones.facts_of(ISSUE)
    assert slip.passes == IssuedPasses(printed=13, void=0, drawn=12, kept_back=1)
    assert slip.issued == 22


def test_the_slip_of_return_is_there_before_anybody_looks_at_a_paper(ready: Stage) -> None:
    """收票: numbers of papers, whether the election is valid, and no mark."""
    ready.open(9).closed()
    assert RETURN not in ready.offered()
    ready.at("members", polls.count_returned, 8, None, ready.two())
    slip = ready.facts_of(RETURN)
    assert [(row.channel, row.issued, row.returned) for row in slip.channels] == [("纸质选票", 9, 8)]
    assert slip.valid
    assert "没有超过" in slip.verdict
    known = {each.name for each in fields(ReturnSlip)}
    assert not known & {"valid_papers", "invalid", "votes", "results", "approve"}
    ready.at("members", polls.declare, True, ready.act())
    assert ready.facts_of(RETURN) == slip


def test_more_papers_than_were_issued_make_the_slip_say_void(ready: Stage) -> None:
    """收回多于发出: the figures and the verdict stand on one paper."""
    ready.open(8).closed()
    ready.at("members", polls.count_returned, 9, None, ready.two())
    slip = ready.facts_of(RETURN)
    assert not slip.valid
    assert "收回 9 张，多于发出 8" in slip.verdict


def test_both_channels_and_their_sum_stand_on_the_slip_of_return(full: Stage) -> None:
    """Twelve passes, twelve papers; a paper stayed away."""
    full.closed()
    full.at("members", polls.count_returned, 11, None, full.two())
    rows = [(row.channel, row.issued, row.returned) for row in full.facts_of(RETURN).channels]
    assert rows == [("纸质选票", 12, 11), ("凭证选票", 12, 12), ("合计", 24, 23)]


def test_what_is_sealed_is_what_was_counted(ready: Stage) -> None:
    """有效 + 无效 = 收回; there is no list before the result is announced."""
    assert SEALING not in ready.offered()
    ready.announced(["++0"] * 8 + ["+++"])
    items = {item.name: item.number for item in ready.facts_of(SEALING).items}
    assert (items["箱内纸质选票"], items["有效票"], items["无效票"]) == (9, 8, 1)
    assert items["未发出的纸质选票"] == 0
    assert not ready.facts_of(SEALING).phones


def test_a_sheet_to_count_on_is_blank_and_has_the_list_in_ballot_order(ready: Stage) -> None:
    """It is printed with the ballots; after the count it is the same sheet."""
    sheet = ready.facts_of(SHEET)
    assert sheet.candidates == ("马秋澜", "邓云舒", "田富")
    assert sheet.columns == ("赞成", "不赞成", "弃权")
    assert (sheet.boxes, sheet.papers) == (10, 50)
    ready.announced(["++0"] * 9)
    assert ready.facts_of(SHEET) == sheet


def test_a_motion_carried_becomes_a_resolution_with_its_votes(ready: Stage) -> None:
    """同意 + 不同意 + 弃权 + 未表决 = 实到. One that was lost is none."""
    ready.do(motions.put, "other", "通过关于工作报告的决议")
    ready.do(motions.record, None, Hands(6, 1, 1))
    facts = ready.facts_of("resolution-congress-2")
    assert facts.title == "关于工作报告的决议"
    votes = (facts.present, facts.approve, facts.against, facts.abstain, facts.silent)
    assert votes == (9, 6, 1, 1, 1)
    assert facts.head.check_code
    ready.do(motions.put, "other", "通过另一项决议")
    ready.do(motions.record, None, Hands(4, 5, 0))
    assert "resolution-congress-3" not in ready.offered()


def test_the_list_of_scrutineers_says_which_vote_adopted_it_and_a_new_list_does_not(ready: Stage) -> None:
    """The vote adopted that list and no other."""
    facts = ready.facts_of(SCRUTINY)
    assert [(each.duty, each.name) for each in facts.people] == [
        ("总监票人", "向晚晴"),
        ("监票人", "赵监票"),
        ("监票人", "孙监票"),
    ]
    assert facts.people[0].unit == "税务所"
    assert "同意 6 人" in facts.adopted
    assert ready.facts_of("resolution-congress-1").people == facts.people
    ready.do(elections.set_scrutineers, {"scrutineer": ["赵监票"]})
    assert ready.facts_of(SCRUTINY).adopted == ""


def test_the_script_has_lines_for_what_is_not_known_and_then_the_figures(ready: Stage) -> None:
    """From the same facts as every other paper."""
    before = ready.facts_of(SCRIPT)
    (poll,) = before.polls
    assert (poll.present, poll.issued, poll.returned, poll.valid) == (None, None, None, None)
    assert (before.due, before.present) == (9, 9)
    assert [question.result for question in before.questions if question.reads_names] == ["通过"]
    ready.announced(["++0"] * 8)
    (poll,) = ready.facts_of(SCRIPT).polls
    assert (poll.present, poll.issued, poll.returned, poll.valid) == (9, 8, 8, True)
    assert poll.contests[0].elected == ("马秋澜", "邓云舒")


def test_the_result_is_reported_once_every_poll_has_ended_and_frozen_as_it_is_sent(ready: Stage) -> None:
    """选举结果报告: the ledger of every ballot, and who is elected, with the votes for each."""
    assert REPORT not in ready.offered()
    ready.announced(["++0"] * 8 + ["++-"])
    ready.do(meetings.adjourn)
    report = ready.facts_of(REPORT)
    ((contest,),) = [meeting.contests for meeting in report.meetings]
    assert [(each.name, each.votes) for each in contest.elected] == [("马秋澜", 9), ("邓云舒", 9)]
    assert (contest.ledger.issued, contest.ledger.returned, contest.ledger.valid) == (9, 9, 9)
    assert report.addressee == ""
    with db.transaction(ready.engine) as session:
        requests.file(session, ready.root(session), "result", "示例党工委", "", ready.act())
    sent = ready.facts_of(REPORT)
    assert (sent.addressee, sent.meetings, sent.elected) == ("示例党工委", report.meetings, report.elected)
    assert sent.head.check_code
    assert ready.offered() | {FILING: False, REPORT: True} == ready.offered()


def test_the_filing_form_knows_of_those_elected_what_the_roll_knows(ready: Stage) -> None:
    """Year and month of birth, never the day or an ID number."""
    ready.announced(["++0"] * 9)
    person, _ = ready.facts_of(FILING).people
    assert (person.name, person.sex, person.born, person.votes) == ("马秋澜", "女", "1980.01", 9)


@pytest.mark.parametrize("counted", [False, True])
def test_no_paper_knows_a_pass(phones: Stage, counted: bool) -> None:
    """投票凭证 and 监票人密钥函 are secret: none of their words is in any paper, and none of them is offered."""
    pile = phones.pile(12)
    phones.open(12, 12)
    if counted:
        for code, _ in pile:
            phones.cast(code)
        phones.closed().counted_back().unsealed()
        phones.at("members", counts.count, phones.act())
    offered = phones.offered()
    assert not [short_id for short_id in offered if "pass" in short_id or "key" in short_id]
    written = "".join(facts_to_json(phones.facts_of(short_id)) for short_id in offered)
    assert not [code for code, check in pile if code in written or check in written]
