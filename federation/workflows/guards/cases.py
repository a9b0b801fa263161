"""Guards of root cases: founding, renewal, vacancy."""

from collections.abc import Iterator

from federation.errors import Finding
from federation.facts.snapshot import MeetingFacts, View
from federation.rules import comments
from federation.rules.requests import subject_label
from federation.workflows.guards.meetings import frozen_roll, unannounced, vote_carried
from federation.workflows.guards.registry import guard
from federation.workflows.vocabulary import ROLES


@guard
def role_named(view: View, *, role: str) -> Iterator[Finding]:
    """Somebody holds this role."""
    if role not in view.snapshot.roles:
        yield Finding(f"还没有人担任{ROLES.get(role, role)}", "流程规定", f"federation officer add 姓名 --role {role}")


@guard
def drafts_present(view: View, *, drafts: list[str]) -> Iterator[Finding]:
    """Each of these drafts has at least one version."""
    for id in drafts:
        if not view.snapshot.draft(id).versions:
            yield Finding(f"文稿 {id} 还没有征求意见稿", "流程规定", draft_command(id))


def draft_command(id: str) -> str:
    """What adds a version of a draft; a method comes with its data."""
    return f"federation draft add {id} 文件.md" + (" --data 办法.toml" if id.startswith("method") else "")


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
        remedy = "federation comments answer 序号 --adopted --reason 理由（先看 federation comments list --unanswered）"
        yield Finding(f"还有 {view.snapshot.unanswered} 条意见未答复", "流程规定", remedy)


@guard
def drafts_in(view: View, *, drafts: list[str], states: list[str]) -> Iterator[Finding]:
    """Each of these drafts is at one of these stages."""
    for id in drafts:
        draft = view.snapshot.draft(id)
        if draft.state not in states:
            wanted = "通过" if states == ["adopted"] else "定稿提交"
            if not draft.versions:
                remedy = f"{draft_command(id)}，再 federation draft submit {id}"
            elif draft.state == "comment_draft":
                remedy = f"federation draft submit {id}"
            else:
                remedy = f"federation draft adopt {id}"
            yield Finding(f"文稿 {id} 尚未{wanted}", "流程规定", remedy)


@guard
def request_approved(view: View, *, subject: str) -> Iterator[Finding]:
    """The latest request on this subject was approved (请示 → 批复)."""
    request, clause, about = view.snapshot.request(subject), "须经同级党组织批复", request_label(view, subject)
    if request is None:
        yield Finding(f"还没有报送关于{about}的请示", clause, request_command(subject))
    elif not request.reply:
        remedy = f"federation request reply {subject} --number 批复文号"
        yield Finding(f"关于{about}的请示还没有批复", clause, remedy)
    elif request.reply == "returned":
        yield Finding(f"关于{about}的请示被退回", clause, f"修改后再次 {request_command(subject)}")
    elif subject == "result" and request.covers != view.snapshot.elected_sha256:
        yield Finding("选举结果在批复之后又有变动", "批复的是哪个结果，报的就是哪个", request_command(subject))


def request_label(view: View, subject: str) -> str:
    """What a request is about, its meeting under the name it goes by."""
    word, _, id = subject.partition(":")
    labels = [meeting.label for meeting in view.snapshot.meetings if meeting.id == id]
    return subject_label(f"{word}:{labels[0]}" if labels else subject)


def request_command(subject: str) -> str:
    """What files a request: to whom it goes, and when it went if not today."""
    return f"federation request file {subject} --to 同级党组织 --on 报送日期"


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
    yield from elections_planned(view, meeting=meeting)
    yield from unannounced(view.snapshot.polls(meeting))


@guard
def elections_planned(view: View, *, meeting: str) -> Iterator[Finding]:
    """The elections of this meeting have been planned from its method."""
    if not view.snapshot.polls(meeting):
        problem = f"{view.snapshot.meeting(meeting).label}还没有选举安排"
        yield Finding(problem, "选举办法", f"federation election plan --meeting {meeting}")


@guard
def filing_sent(view: View) -> Iterator[Finding]:
    """The result was filed with the superior federation (备案)."""
    if not view.snapshot.filings:
        yield Finding("还没有报上级妇联备案", "备案", "federation filing send --to 上级妇联")
