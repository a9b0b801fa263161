"""Guards of drafts."""

from collections.abc import Iterator

from federation.errors import Finding
from federation.facts.snapshot import View
from federation.workflows.guards.meetings import vote_carried
from federation.workflows.guards.registry import guard


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
        yield from vote_carried(meeting, subject)
    elif votes[-1].version_sha256 != draft.sha256:
        remedy = f"federation motion put {subject} --meeting {meeting.id}，对新文本再次表决"
        yield Finding(
            f"{meeting.label}表决通过的不是文稿 {draft.id} 的最新一版", "通过的是哪一版，生效的就是哪一版", remedy
        )
