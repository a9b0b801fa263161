"""Guards of meetings, and what other guards ask of a meeting."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from federation.errors import Finding
from federation.facts.snapshot import ElectionFacts, MeetingFacts, View
from federation.rules import quorum
from federation.rules.motions import SUBJECTS
from federation.rules.roll import freeze_findings
from federation.workflows.guards.registry import guard


@guard
def roll_ready(view: View) -> Iterator[Finding]:
    """There is a roll, everyone on it was reviewed, nobody who failed is left on it."""
    yield from _unready_roll(view.meeting)


def _unready_roll(meeting: MeetingFacts) -> Iterator[Finding]:
    roll = meeting.roll
    yield from freeze_findings(
        roll.people, roll.voters, roll.unreviewed, roll.failed, drawn=bool(meeting.roll_from), at=meeting.id
    )


@guard
def roll_frozen(view: View) -> Iterator[Finding]:
    """The roll of this meeting is frozen: 应到 is fixed."""
    yield from frozen_roll(view.meeting)


def frozen_roll(meeting: MeetingFacts) -> Iterator[Finding]:
    """Say that a roll is not frozen, why not where something is missing, and what to do about that first."""
    if not meeting.roll.frozen:
        first = next(_unready_roll(meeting), None)
        problem = f"{meeting.label}的名册尚未冻结，应到人数未定"
        remedy = first.remedy if first else f"federation roll freeze --meeting {meeting.id}"
        yield Finding(problem + (f"：{first.problem}" if first else ""), "应到", remedy)


@guard
def agenda_set(view: View) -> Iterator[Finding]:
    """The meeting has an agenda."""
    if not view.meeting.agenda_items:
        yield Finding("还没有议程", "会议通知", f"federation meeting agenda 事项… --meeting {view.meeting.id}")


@guard
def quorum_reached(view: View) -> Iterator[Finding]:
    """Enough of those due are present at this moment, by the method in force."""
    meeting = view.meeting
    if not view.snapshot.draft(meeting.method).versions:
        remedy = f"federation draft add {meeting.method} 文件.md --data 办法.toml"
        yield Finding(f"{meeting.label}还没有可依据的到会人数规定：没有文稿 {meeting.method}", "选举办法", remedy)
    elif meeting.quorum is None or meeting.roll.due is None:
        remedy = f"federation roll freeze --meeting {meeting.id}"
        yield Finding(f"{meeting.label}的应到人数未定，算不出法定人数", "选举办法", remedy)
    else:
        rule, roll = meeting.quorum, meeting.roll
        remedy = f"federation meeting checkin --all --meeting {meeting.id}，仍不足则改期"
        for finding in quorum.quorum_findings(rule.needed, meeting.roll.due, roll.present, rule.rule, rule.clause):
            yield replace(finding, remedy=remedy)


@guard
def polls_ended(view: View) -> Iterator[Finding]:
    """No poll of this meeting is under way."""
    yield from unannounced(view.snapshot.polls(view.meeting.id))


def unannounced(polls: Iterable[ElectionFacts]) -> Iterator[Finding]:
    """Say which of these polls have no announced result yet, by the offices that they fill."""
    for poll in polls:
        if poll.state not in ("announced", "continued"):
            offices = "、".join(round.office for round in poll.rounds)
            remedy = f"先办完「{offices}」的下一步（federation status 列在后面）"
            yield Finding(f"选举「{offices}」还没有宣布结果", "选举办法", remedy)


@guard
def motions_recorded(view: View) -> Iterator[Finding]:
    """No motion of this meeting waits for its hands to be counted."""
    for motion in view.meeting.motions:
        if not motion.recorded:
            remedy = f"federation motion record {motion.number} --approve 人数 --against 人数 --abstain 人数"
            yield Finding(f"第 {motion.number} 项表决还没有记录结果", "举手表决", remedy)


def vote_carried(meeting: MeetingFacts, subject: str) -> Iterator[Finding]:
    """Say that a meeting has not carried a motion on this subject."""
    if not meeting.carried(subject):
        label = SUBJECTS.get(subject, subject)
        remedy = f"federation motion put {subject} --meeting {meeting.id}，再 federation motion record"
        yield Finding(f"{meeting.label}还没有表决通过{label}", "流程规定", remedy)
