"""
Named guards: pure functions from a view of the facts to findings.

A process file names them; their parameters are declared by their signatures and checked when the file is loaded.
The law they apply stands in `rules`; here it is looked up and given the figures it asks for.
"""

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from federation.errors import Finding
from federation.facts.snapshot import MeetingFacts, View
from federation.rules import candidates, comments, ledger, motions, quorum
from federation.rules.roll import freeze_findings

Guard = Callable[..., Iterator[Finding]]

MOTIONS = motions.SUBJECTS

GUARDS: dict[str, Guard] = {}


@dataclass(frozen=True, slots=True)
class GuardUse:
    """A guard as a process file uses it: its name and the parameters it is given."""

    name: str
    params: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, item: str | Mapping[str, Any]) -> "GuardUse":
        """Read `"comments_answered"` or `{ name = "comment_window_over", days = 11 }`."""
        if isinstance(item, str):
            return cls(item)
        return cls(item["name"], {key: value for key, value in item.items() if key != "name"})

    def findings(self, view: View) -> tuple[Finding, ...]:
        """What stands in the way, by this guard."""
        return tuple(GUARDS[self.name](view, **self.params))


def guard(function: Guard) -> Guard:
    """Make a guard known under its own name."""
    GUARDS[function.__name__] = function
    return function


def guard_parameters(name: str) -> Mapping[str, inspect.Parameter]:
    """The parameters that a guard declares, by name."""
    return {
        key: value
        for key, value in inspect.signature(GUARDS[name]).parameters.items()
        if value.kind is value.KEYWORD_ONLY
    }


def guard_faults(item: object) -> Iterator[str]:
    """Say what is wrong with a guard as it stands in a process file."""
    if not (isinstance(item, str) or (isinstance(item, dict) and isinstance(item.get("name"), str))):
        yield f'guard 应写成 "名称" 或 {{ name = "名称", … }}，不能是 {item!r}'
        return
    use = GuardUse.read(item)
    if use.name not in GUARDS:
        yield f"guard {use.name} 不认识"
        return
    declared = guard_parameters(use.name)
    yield from (f"guard {use.name} 没有参数 {key}" for key in use.params.keys() - declared.keys())
    for key, parameter in declared.items():
        if key not in use.params:
            if parameter.default is parameter.empty:
                yield f"guard {use.name} 缺少参数 {key}"
        elif not _fits(use.params[key], parameter.annotation):
            yield f"guard {use.name} 的参数 {key} 应为{_KIND_NAMES[parameter.annotation]}"


_KIND_NAMES = {int: "不小于 0 的整数", str: "文字", list[str]: "文字的列表"}


def _fits(value: object, kind: object) -> bool:
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    if kind is str:
        return isinstance(value, str) and bool(value)
    return isinstance(value, list) and bool(value) and all(isinstance(item, str) for item in value)


# The root case: founding, renewal, vacancy


@guard
def role_named(view: View, *, role: str) -> Iterator[Finding]:
    """Somebody holds this role."""
    if role not in view.snapshot.roles:
        yield Finding(f"还没有人担任 {role}", "流程规定", f"federation officer add 姓名 --role {role}")


@guard
def drafts_present(view: View, *, drafts: list[str]) -> Iterator[Finding]:
    """Each of these drafts has at least one version."""
    for id in drafts:
        if not view.snapshot.draft(id).versions:
            data = " --data 办法.toml" if id.startswith("method") else ""
            yield Finding(f"文稿 {id} 还没有征求意见稿", "流程规定", f"federation draft add {id} 文件.md{data}")


@guard
def comment_window(view: View, *, days: int) -> Iterator[Finding]:
    """A comment period is set, and it is long enough."""
    if window := view.snapshot.window:
        yield from comments.window_findings(window.opens_on, window.ends_on, days)
    else:
        yield Finding("还没有定征求意见的截止日期", "流程规定", "federation comments open --until 日期")


@guard
def comment_window_over(view: View, *, days: int = 0) -> Iterator[Finding]:
    """The last promised day has passed, and the period was at least `days` long."""
    if window := view.snapshot.window:
        yield from comments.window_findings(window.opens_on, window.ends_on, days)
        yield from comments.closing_findings(window.ends_on, view.snapshot.at.day, 0)
    else:
        yield Finding("还没有开始征求意见", "流程规定", "federation comments open --until 日期")


@guard
def comments_answered(view: View) -> Iterator[Finding]:
    """Every comment has a disposition and a reason."""
    if view.snapshot.unanswered:
        yield Finding(
            f"还有 {view.snapshot.unanswered} 条意见未答复", "流程规定", "federation comments list --unanswered"
        )


@guard
def drafts_in(view: View, *, drafts: list[str], states: list[str]) -> Iterator[Finding]:
    """Each of these drafts is at one of these stages."""
    for id in drafts:
        draft = view.snapshot.draft(id)
        if draft.state not in states:
            verb = "adopt" if states == ["adopted"] else "submit"
            yield Finding(
                f"文稿 {id} 尚未{'通过' if verb == 'adopt' else '定稿提交'}",
                "流程规定",
                f"federation draft {verb} {id}",
            )


@guard
def request_approved(view: View, *, subject: str) -> Iterator[Finding]:
    """The latest request on this subject was approved (请示 → 批复)."""
    request = view.snapshot.request(subject)
    if request is None:
        yield Finding(f"还没有报送关于 {subject} 的请示", "须经同级党组织批复", f"federation request file {subject}")
    elif not request.reply:
        yield Finding(
            f"关于 {subject} 的请示还没有批复",
            "须经同级党组织批复",
            f"federation request reply {subject} --number 批复文号",
        )
    elif request.reply == "returned":
        yield Finding(
            f"关于 {subject} 的请示被退回", "须经同级党组织批复", f"修改后再次 federation request file {subject}"
        )


@guard
def meeting_in(view: View, *, meeting: str, states: list[str]) -> Iterator[Finding]:
    """This meeting is at one of these stages."""
    found = view.snapshot.meeting(meeting)
    if found.state not in states:
        yield Finding(f"{found.label}尚未到这一步", "流程规定", _meeting_command(found, states))


def _meeting_command(meeting: MeetingFacts, states: list[str]) -> str:
    if "called" in states:
        return f"federation meeting call --meeting {meeting.id} --held-on 日期 --place 地点 --chair 主持人"
    if "in_session" in states:
        return f"federation meeting quorum --meeting {meeting.id}"
    return f"federation meeting adjourn --meeting {meeting.id}"


@guard
def meeting_roll_frozen(view: View, *, meeting: str) -> Iterator[Finding]:
    """The roll of this meeting is frozen: 应到 is fixed."""
    yield from _roll_frozen(view.snapshot.meeting(meeting))


@guard
def motion_carried(view: View, *, meeting: str, subject: str) -> Iterator[Finding]:
    """This meeting has carried a motion on this subject."""
    yield from _motion_carried(view.snapshot.meeting(meeting), subject)


@guard
def elections_settled(view: View, *, meeting: str) -> Iterator[Finding]:
    """Every contest planned for this meeting has been announced, and nothing is left open."""
    polls = view.snapshot.polls(meeting)
    if not polls:
        yield Finding("这次会议还没有选举安排", "选举办法", f"federation election plan --meeting {meeting}")
    for poll in polls:
        if poll.state not in ("announced", "continued"):
            yield Finding(f"选举 {poll.id} 还没有宣布结果", "选举办法", f"federation status，看 {poll.id} 的下一步")


@guard
def filing_sent(view: View) -> Iterator[Finding]:
    """The result was filed with the superior federation (备案)."""
    if not view.snapshot.filings:
        yield Finding("还没有报上级妇联备案", "备案", "federation filing send --to 上级妇联")


# A draft


@guard
def version_present(view: View) -> Iterator[Finding]:
    """The draft has a version."""
    if not view.draft.versions:
        yield Finding(f"文稿 {view.own} 还没有内容", "", f"federation draft add {view.own} 文件.md")


@guard
def draft_sound(view: View) -> Iterator[Finding]:
    """The latest version carries no stale 届, 次 or 名额, and its data can be applied."""
    yield from view.draft.findings


@guard
def put_and_carried(view: View) -> Iterator[Finding]:
    """The meeting has carried this text, and this very version of it."""
    draft = view.draft
    meeting = view.snapshot.meeting(draft.meeting)
    subject = "method" if draft.kind == "method" else draft.kind
    votes = [motion for motion in meeting.motions if motion.subject == subject and motion.recorded]
    if not (votes and votes[-1].carried):
        yield from _motion_carried(meeting, subject)
    elif votes[-1].version_sha256 != draft.sha256:
        remedy = f"federation motion put {subject} --meeting {meeting.id}，对新文本再次表决"
        yield Finding(
            f"{meeting.label}表决通过的不是文稿 {draft.id} 的最新一版", "通过的是哪一版，生效的就是哪一版", remedy
        )


def _motion_carried(meeting: MeetingFacts, subject: str) -> Iterator[Finding]:
    if not meeting.carried(subject):
        label = MOTIONS.get(subject, subject)
        remedy = f"federation motion put {subject} --meeting {meeting.id}，再 federation motion record"
        yield Finding(f"{meeting.label}还没有表决通过{label}", "流程规定", remedy)


# A meeting


@guard
def roll_ready(view: View) -> Iterator[Finding]:
    """There is a roll, everyone on it was reviewed, nobody who failed is left on it."""
    roll, meeting = view.meeting.roll, view.meeting
    yield from freeze_findings(
        roll.people, roll.voters, roll.unreviewed, roll.failed, drawn=bool(meeting.roll_from), at=meeting.id
    )


@guard
def roll_frozen(view: View) -> Iterator[Finding]:
    """The roll of this meeting is frozen: 应到 is fixed."""
    yield from _roll_frozen(view.meeting)


def _roll_frozen(meeting: MeetingFacts) -> Iterator[Finding]:
    if not meeting.roll.frozen:
        yield Finding(
            f"{meeting.label}的名册尚未冻结，应到人数未定", "应到", f"federation roll freeze --meeting {meeting.id}"
        )


@guard
def agenda_set(view: View) -> Iterator[Finding]:
    """The meeting has an agenda."""
    if not view.meeting.agenda_items:
        yield Finding("还没有议程", "会议通知", f"federation meeting agenda 事项… --meeting {view.meeting.id}")


@guard
def quorum_reached(view: View) -> Iterator[Finding]:
    """Enough of those due are present at this moment, by the method in force."""
    meeting = view.meeting
    if meeting.quorum is None or meeting.roll.due is None:
        problem = f"{meeting.label}还没有可依据的到会人数规定（文稿 {meeting.method} 与应到名册都要先有）"
        yield Finding(problem, "选举办法", f"federation draft add {meeting.method} 文件.md --data 办法.toml")
        return
    rule = meeting.quorum
    yield from quorum.quorum_findings(rule.needed, meeting.roll.due, meeting.roll.present, rule.rule, rule.clause)


@guard
def polls_ended(view: View) -> Iterator[Finding]:
    """No poll of this meeting is under way."""
    for poll in view.snapshot.polls(view.meeting.id):
        if poll.state not in ("announced", "continued"):
            yield Finding(f"选举 {poll.id} 还没有结束", "选举办法", f"federation status，看 {poll.id} 的下一步")


@guard
def motions_recorded(view: View) -> Iterator[Finding]:
    """No motion of this meeting waits for its hands to be counted."""
    for motion in view.meeting.motions:
        if not motion.recorded:
            remedy = f"federation motion record {motion.number} --approve 人数 --against 人数 --abstain 人数"
            yield Finding(f"第 {motion.number} 项表决还没有记录结果", "举手表决", remedy)


# An election


@guard
def lists_complete(view: View) -> Iterator[Finding]:
    """Every contest of the sheet has candidates, and each of them may stand."""
    for round in view.election.rounds:
        if not round.candidates:
            yield Finding(
                f"{round.office}还没有候选人", "选举办法", f"federation election nominate 姓名… --contest {round.id}"
            )
        yield from candidates.eligibility_findings(round.ineligible, round.id, round.clause)


@guard
def lists_approved(view: View, *, subject: str) -> Iterator[Finding]:
    """The party committee approved the candidate lists of this meeting, and just these."""
    if not any(round.kind in ("first", "primary") for round in view.election.rounds):
        return  # a later round's list follows from the votes; what the presidium adds to it is approved as it is added
    own = f"{subject}:{view.meeting.id}"
    yield from request_approved(view, subject=own)
    request = view.snapshot.request(own)
    if request and request.reply == "approved" and request.covers != view.meeting.lists_sha256:
        remedy = f"federation request file {own}"
        yield Finding("候选人名单在批复之后又有变动", "批复的是哪份名单，选的就是哪份", remedy)


@guard
def method_adopted(view: View) -> Iterator[Finding]:
    """The meeting has adopted the method that this election was planned from. No ballot before that."""
    draft = view.snapshot.draft(view.meeting.method)
    if draft.state != "adopted":
        remedy = f"federation motion put method --meeting {view.meeting.id} … 再 federation draft adopt {draft.id}"
        yield Finding(f"{view.meeting.label}还没有通过选举办法", "选举办法通过之前不得投票", remedy)
    elif draft.sha256 != view.election.method_sha256:
        remedy = f"federation election plan --meeting {view.meeting.id}"
        yield Finding("选举安排依据的不是所通过的那一版选举办法", "选举办法", remedy)


@guard
def meeting_in_session(view: View) -> Iterator[Finding]:
    """The meeting this election belongs to is in session."""
    yield from meeting_in(view, meeting=view.meeting.id, states=["in_session"])


@guard
def scrutineers_adopted(view: View) -> Iterator[Finding]:
    """The meeting has adopted its scrutineers, there are some, and none of them is a candidate."""
    meeting = view.meeting
    if not meeting.duties.get("scrutineer") and not meeting.duties.get("chief_scrutineer"):
        remedy = f"federation election scrutineers --chief 姓名 --scrutineer 姓名 --teller 姓名 --meeting {meeting.id}"
        yield Finding("还没有监票人", "监票人由会议通过", remedy)
    yield from _motion_carried(meeting, "scrutineers")
    names = [name for round in view.election.rounds for name in round.candidates]
    yield from candidates.scrutiny_findings(names, meeting.scrutiny)


@guard
def earlier_contests_announced(view: View) -> Iterator[Finding]:
    """The contests that must come first (`after`) have been announced, with nothing left open."""
    wanted = {contest for round in view.election.rounds for contest in round.after}
    for poll in view.snapshot.polls(view.meeting.id):
        late = [
            round.office
            for round in poll.rounds
            if round.contest in wanted and poll.state not in ("announced", "continued")
        ]
        yield from (
            Finding(f"{office}的选举结果还没有宣布", "选举办法规定的先后", "federation status") for office in late
        )


@guard
def issue_balanced(view: View) -> Iterator[Finding]:
    """Papers and passes issued agree with those printed, void and present."""
    poll = view.election
    yield from ledger.issue_findings(
        handed_out=poll.handed_out,
        drawn=poll.drawn,
        present=view.meeting.roll.present,
        printed=poll.papers_printed,
        passes=poll.passes,
        passes_void=poll.passes_void,
    )


@guard
def returned_known(view: View) -> Iterator[Finding]:
    """The papers in the box have been counted."""
    if view.election.returned is None:
        yield Finding("还没有清点收回的选票", "收票报告单", "federation election returned --papers 张数")


@guard
def returned_within_limit(view: View) -> Iterator[Finding]:
    """Returned does not exceed what the method allows: the election is valid."""
    for finding in _excess(view):
        yield Finding(finding.problem, finding.clause, "federation election declare void")


@guard
def returned_over_limit(view: View) -> Iterator[Finding]:
    """Returned exceeds what the method allows: the whole election is void."""
    if not list(_excess(view)):
        yield Finding(
            "收回没有超过规定的数，选举有效", view.election.returned_over_clause, "federation election declare valid"
        )


def _excess(view: View) -> Iterator[Finding]:
    poll = view.election
    limit = {"issued": poll.issued, "voted": poll.voted, "due": poll.due}[poll.returned_over]
    clause = poll.returned_over_clause
    yield from ledger.returned_excess(returned=poll.returned or 0, limit=limit, over=poll.returned_over, clause=clause)
    if poll.papers is not None and poll.papers > poll.handed_out and poll.returned_over == "issued":
        problem = f"纸质选票收回 {poll.papers} 张，多于发出 {poll.handed_out} 张"
        yield Finding(problem, clause or "收回多于发出，选举无效", "")


@guard
def box_entered(view: View) -> Iterator[Finding]:
    """Every paper found in the box has been entered, for every contest of the sheet."""
    for round in view.election.rounds:
        yield from ledger.box_findings(entered=round.entered, papers=view.election.papers or 0, contest=round.id)


@guard
def nothing_left_open(view: View) -> Iterator[Finding]:
    """Every contest of the sheet is filled, or what the method asks for was called or decided."""
    for round in view.election.rounds:
        if round.next in FOLLOW_UPS and not round.decided:
            label, command = FOLLOW_UPS[round.next]
            yield Finding(f"{round.office}：{label}", "选举办法", f"federation election {command} --contest {round.id}")


@guard
def something_left_open(view: View) -> Iterator[Finding]:
    """Some contest of the sheet needs a further ballot or a decision."""
    if not any(round.next in FOLLOW_UPS and not round.decided for round in view.election.rounds):
        yield Finding("各项选举都已有结果", "选举办法", "federation election announce")


@guard
def follow_up_due(view: View, *, next: str) -> Iterator[Finding]:
    """Some contest of the sheet needs just this kind of follow-up, and it has not been called yet."""
    if not any(round.next == next and not round.decided for round in view.election.rounds):
        yield Finding(
            f"没有哪一项需要{FOLLOW_UPS[next][0]}" if next in FOLLOW_UPS else f"没有哪一项的下一步是 {next}", "选举办法"
        )


FOLLOW_UPS = {
    "tie_runoff": ("得票相同，须再次投票", "runoff"),
    "supplementary_ballot": ("名额不足，须另行选举", "supplement"),
    "formal_ballot": ("预选已毕，须正式选举", "stage"),
    "presidium_decision": ("须由主席团决定", "decide --note 决定内容"),
    "next_session": ("缺额留待下次会议", "decide --note 决定内容"),
}
"""What a count may leave open: how to say it, and the command that follows it up."""
