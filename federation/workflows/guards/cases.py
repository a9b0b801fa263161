"""Guards of root cases: founding, renewal, vacancy."""

from collections.abc import Iterator

from federation.errors import Finding
from federation.facts.snapshot import MeetingFacts, View
from federation.rules import comments
from federation.workflows.guards.meetings import frozen_roll, vote_carried
from federation.workflows.guards.registry import guard


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
    yield from frozen_roll(view.snapshot.meeting(meeting))


@guard
def motion_carried(view: View, *, meeting: str, subject: str) -> Iterator[Finding]:
    """This meeting has carried a motion on this subject."""
    yield from vote_carried(view.snapshot.meeting(meeting), subject)


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
