"""Guards look at the facts and say what is missing; a step has all its findings at once."""

from dataclasses import replace
from datetime import date

import pytest

from federation.errors import NotFound
from federation.facts.acts import Stated
from federation.facts.snapshot import (
    DraftFacts,
    ElectionFacts,
    MeetingFacts,
    MotionFacts,
    RequestFacts,
    RollFacts,
    RoundFacts,
    RuleFacts,
    Snapshot,
    View,
    WindowFacts,
)
from federation.resources import resource
from federation.rules.motions import scrutiny_hash
from federation.workflows.definition import load_definition
from federation.workflows.guards import GUARDS, GuardUse, guard_parameters

METHOD = DraftFacts("method", "method", "congress", "submitted", 1, "abc")
CONGRESS = MeetingFacts("congress", "妇女代表大会", "called", "method", "", RollFacts())
MEMBERS = RoundFacts("members", "members", "委员", "first", 3, ("甲", "乙", "丙", "丁"))
POLL = ElectionFacts("members", "congress", "prepared", "ballot", "abc", (MEMBERS,), papers_printed=10)
SNAPSHOT = Snapshot(
    "founding-1",
    "founding",
    "preparing",
    1,
    Stated.parse("2020-11-14"),
    drafts=(METHOD,),
    meetings=(CONGRESS,),
    elections=(POLL,),
)


def said(guard: str, view: View, **params: object) -> list[str]:
    """What a guard finds, by its problems."""
    return [finding.problem for finding in GuardUse(guard, params).findings(view)]


def seen(own: str = "", meeting: MeetingFacts = CONGRESS, poll: ElectionFacts = POLL, **facts: object) -> View:
    """The facts above with some of them changed, seen from a case below the root."""
    return View(replace(SNAPSHOT, meetings=(meeting,), elections=(poll,), **facts), own)


@pytest.mark.parametrize(("day", "over"), [("2020-11-12", False), ("2020-11-13", True)])
def test_the_last_promised_day_is_still_the_delegates(day: str, over: bool):
    """The comment window may close on the day after its last day."""
    window = WindowFacts(date(2020, 11, 2), date(2020, 11, 12))
    assert (said("comment_window_over", seen(window=window, at=Stated.parse(day)), days=11) == []) is over


@pytest.mark.parametrize(("days", "enough"), [(10, True), (11, True), (12, False)])
def test_a_window_is_as_long_as_the_process_says(days: int, enough: bool):
    """2 to 12 November are eleven days, both ends included."""
    window = WindowFacts(date(2020, 11, 2), date(2020, 11, 12))
    assert (said("comment_window", seen(window=window), days=days) == []) is enough


def test_without_a_window_nothing_opens_and_nothing_closes():
    """The period must be announced first."""
    assert said("comment_window", seen(), days=11)
    assert said("comment_window_over", seen())


@pytest.mark.parametrize(("unanswered", "clear"), [(0, True), (1, False)])
def test_one_unanswered_comment_stands_in_the_way(unanswered: int, clear: bool):
    """The 采纳情况表 shows a disposition for every comment."""
    assert (said("comments_answered", seen(unanswered=unanswered)) == []) is clear


@pytest.mark.parametrize(
    ("replies", "approved"), [([], False), ([""], False), (["returned"], False), (["returned", "approved"], True)]
)
def test_the_latest_request_counts(replies: list[str], approved: bool):
    """请示 → 批复: returned, then filed again and approved, is approved."""
    requests = tuple(RequestFacts("congress", reply) for reply in replies)
    assert (said("request_approved", seen(requests=requests), subject="congress") == []) is approved


def test_an_approval_of_something_else_does_not_count():
    """A reply covers its own subject."""
    assert said("request_approved", seen(requests=(RequestFacts("result", "approved"),)), subject="congress")


@pytest.mark.parametrize(("covers", "holds"), [("list-a", True), ("list-b", False)])
def test_an_approval_covers_the_lists_it_was_given_for(covers: str, holds: bool):
    """A name changed after the 批复 needs another."""
    view = seen(
        "congress/members",
        replace(CONGRESS, lists_sha256="list-a"),
        requests=(RequestFacts("candidates:congress", "approved", covers),),
    )
    assert (said("lists_approved", view, subject="candidates") == []) is holds


@pytest.mark.parametrize(("present", "enough"), [(19, False), (20, True)])
def test_quorum_is_asked_of_those_present_now(present: int, enough: bool):
    """Two thirds of thirty, the number included."""
    roll = RollFacts(people=30, voters=30, frozen=True, due=30, present=present)
    meeting = replace(CONGRESS, roll=roll, quorum=RuleFacts(">= 2/3 of due", 20, "第五条"))
    assert (said("quorum_reached", seen("congress", meeting)) == []) is enough


def test_quorum_without_a_method_is_no_quorum():
    """Until a meeting has adopted its method, the text put to it governs; there must be one."""
    assert said("quorum_reached", seen("congress"))


@pytest.mark.parametrize(
    ("state", "sha256", "holds"), [("submitted", "abc", False), ("adopted", "abd", False), ("adopted", "abc", True)]
)
def test_no_ballot_before_the_method_is_adopted_and_just_that_text(state: str, sha256: str, holds: bool):
    """domain.md section 2, step 11."""
    drafts = (replace(METHOD, state=state, sha256=sha256),)
    assert (said("method_adopted", seen("congress/members", drafts=drafts)) == []) is holds


def test_what_is_adopted_is_the_version_that_was_carried():
    """The vote adopts the text that was put and nothing later."""
    carried = MotionFacts(1, "method", True, True, "abc")
    voted = replace(CONGRESS, motions=(carried,))
    assert said("put_and_carried", seen("method", voted)) == []
    assert said("put_and_carried", seen("method", voted, drafts=(replace(METHOD, sha256="later"),)))
    lost = replace(CONGRESS, motions=(carried, replace(carried, number=2, carried=False)))
    assert said("put_and_carried", seen("method", lost))
    assert said("put_and_carried", seen("method"))


def test_scrutineers_are_never_candidates():
    """domain.md section 1: 监票人 are never candidates."""
    duties = {"scrutineer": ("戊",)}
    carried = (MotionFacts(1, "scrutineers", True, True, scrutiny_hash(duties)),)
    meeting = replace(CONGRESS, motions=carried, duties=duties)
    assert said("scrutineers_adopted", seen("congress/members", meeting)) == []
    standing = said("scrutineers_adopted", seen("congress/members", replace(meeting, duties={"scrutineer": ("甲",)})))
    assert any("甲" in problem for problem in standing)
    assert any("表决之后又有变动" in problem for problem in standing)
    assert said("scrutineers_adopted", seen("congress/members", replace(meeting, duties={})))
    assert said("scrutineers_adopted", seen("congress/members", replace(meeting, motions=())))


@pytest.mark.parametrize(
    ("papers", "valid"), [(10, True), (11, False)], ids=["as many as issued", "one more than issued"]
)
def test_an_election_is_either_valid_or_void(papers: int, valid: bool):
    """Returned over issued voids the whole election; exactly one of the two steps is open."""
    poll = replace(POLL, state="returned", handed_out=10, phones=0, papers=papers, due=12, present=10)
    view = seen("congress/members", poll=poll)
    assert (said("returned_within_limit", view) == []) is valid
    assert (said("returned_over_limit", view) == []) is not valid


def test_a_later_contest_waits_for_an_earlier_one():
    """`after` in the method."""
    chair = replace(MEMBERS, id="chair", contest="chair", office="主席", after=("members",))
    poll = replace(POLL, id="chair", rounds=(chair,))
    for state, clear in (("counted", False), ("announced", True), ("continued", True)):
        view = View(replace(SNAPSHOT, elections=(replace(POLL, state=state), poll)), "congress/chair")
        assert (said("earlier_contests_announced", view) == []) is clear


@pytest.mark.parametrize(("next", "decided", "open"), [("announce", False, 0), ("tie_runoff", False, 1)])
def test_what_the_count_leaves_open_is_seen(next: str, decided: bool, open: int):
    """A poll is announced as settled only where nothing is left to do."""
    view = seen("congress/members", poll=replace(POLL, rounds=(replace(MEMBERS, next=next, decided=decided),)))
    assert len(said("nothing_left_open", view)) == open
    assert len(said("something_left_open", view)) == 1 - open


def test_a_follow_up_is_offered_only_for_what_the_count_asks():
    """重新选举, 另行选举 and 再次投票 are three different transitions."""
    view = seen("congress/members", poll=replace(POLL, rounds=(replace(MEMBERS, next="tie_runoff"),)))
    assert said("follow_up_due", view, next="tie_runoff") == []
    for other in ("supplementary_ballot", "presidium_decision", "formal_ballot", "next_session"):
        assert said("follow_up_due", view, next=other)


def test_a_roll_is_ready_when_everyone_was_reviewed_and_nobody_failed():
    """domain.md section 2, step 5. All that is wrong comes at once."""
    both = replace(CONGRESS, roll=RollFacts(people=30, voters=30, unreviewed=2, failed=1))
    assert len(said("roll_ready", seen("congress", both))) == 2
    assert said("roll_ready", seen("congress", replace(CONGRESS, roll=RollFacts(people=30, voters=30)))) == []
    assert said("roll_ready", seen("congress"))


def test_a_meeting_the_case_does_not_hold_is_not_found():
    """The loader refuses a process that speaks of one; a snapshot without it is no silent yes."""
    with pytest.raises(NotFound):
        said("meeting_in", seen(), meeting="nirgends", states=["called"])


def test_every_finding_says_how_to_cure_it_and_under_what():
    """Problem, clause, remedy: what `status` and a refusal print. Asked of all guards of the founding."""
    definition = load_definition(resource("processes", "founding.toml").read_text(encoding="utf-8"), "founding")
    plenary = replace(CONGRESS, id="plenary", label="全体会议", method="method:plenary")
    view = View(replace(SNAPSHOT, drafts=(), meetings=(CONGRESS, plenary), elections=()))
    found = [finding for step in definition.steps for use in step.guards for finding in use.findings(view)]
    assert len(found) >= 20
    for finding in found:
        assert finding.problem
        assert finding.clause
        assert finding.remedy


@pytest.mark.parametrize("name", sorted(GUARDS))
def test_a_guard_declares_what_it_takes_and_what_it_answers(name: str):
    """A process file is checked against the declaration, and a secretary reads the sentence."""
    assert GUARDS[name].__doc__
    assert all(each.annotation in (int, str, list[str]) for each in guard_parameters(name).values())


@pytest.mark.parametrize(
    ("roll", "first"),
    [
        (RollFacts(), "roll import 名册.xlsx"),
        (RollFacts(people=30, voters=30, unreviewed=2), "roll review --all --passed"),
        (RollFacts(people=30, voters=30), "roll freeze"),
    ],
    ids=["no roll", "not reviewed", "not frozen"],
)
def test_the_remedy_is_the_first_thing_missing(roll: RollFacts, first: str):
    """What an officer can type next, at the meeting it is about."""
    view = seen("congress", replace(CONGRESS, roll=roll))
    [finding] = GuardUse("roll_frozen").findings(view)
    assert finding.remedy.startswith(f"federation {first} --meeting congress")


@pytest.mark.parametrize(
    ("versions", "state", "states", "verb"),
    [
        (0, "", ["submitted", "adopted"], "add method 文件.md --data"),
        (1, "comment_draft", ["submitted", "adopted"], "submit"),
        (1, "comment_draft", ["adopted"], "submit"),
        (1, "submitted", ["adopted"], "adopt"),
    ],
)
def test_the_remedy_of_a_draft_is_its_next_step(versions: int, state: str, states: list[str], verb: str):
    """Written, submitted, adopted."""
    view = seen(drafts=(replace(METHOD, versions=versions, state=state),))
    [finding] = GuardUse("drafts_in", {"drafts": ["method"], "states": states}).findings(view)
    assert finding.remedy.startswith(f"federation draft {verb}")


def test_sentences_speak_of_offices_and_meetings_by_name():
    """No id of a contest, a subject or a role stands in a sentence."""
    assert said("elections_settled", seen(), meeting="congress") == ["选举「委员」还没有宣布结果"]
    assert said("request_approved", seen(), subject="candidates:congress") == [
        "还没有报送关于候选人名单（妇女代表大会）的请示"
    ]
    assert said("role_named", seen(), role="teller") == ["还没有人担任计票人"]
    chair = replace(MEMBERS, id="chair", contest="chair", ineligible=("戊",), clause="members")
    poll = replace(POLL, id="chair", rounds=(chair,))
    view = View(replace(SNAPSHOT, elections=(POLL, poll)), "congress/chair")
    assert said("lists_complete", view) == ["戊没有当选「委员」，不能作为候选人"]


def test_without_a_plan_there_is_nothing_to_elect():
    """Before the elections begin, not after."""
    [finding] = GuardUse("elections_planned", {"meeting": "congress"}).findings(View(replace(SNAPSHOT, elections=())))
    assert finding.remedy == "federation election plan --meeting congress"
    assert said("elections_planned", seen(), meeting="congress") == []
