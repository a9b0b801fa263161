"""What may be asked of the party committee, and when its answer can have come."""

import re
from collections.abc import Iterator, Sequence

from federation.errors import Finding
from federation.facts.acts import Stated
from federation.facts.snapshot import Snapshot

SUBJECTS = {"congress": "召开大会", "candidates": "候选人名单", "result": "选举结果"}
"""What the processes that come with the program ask for; a federation's own file may ask for more."""

_WORD = re.compile(r"[a-z][a-z0-9_]*\Z")
SUBJECT_LENGTH = 40


_LABELS = SUBJECTS | {"vacancy": "替补"}
"""A vacancy is asked for by its own process alone, so it is no subject of every case."""


def subject_label(subject: str) -> str:
    """What a subject is about, in Chinese; the word itself where it is a federation's own."""
    word, _, meeting = subject.partition(":")
    return _LABELS.get(word, word) + (f"（{meeting}）" if meeting else "")


_CLOSING = re.compile(r"[，。；\s]*((?:妥否|当否|可否|是否妥当)[，,]?\s*(?:请|恳请|敬请)予?(?:批示|批复|审批)。?)\s*$")
CLOSING = "妥否，请批示。"


def closed(paragraphs: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """A request's paragraphs without the phrase that closes it, and the phrase: its own, or else the usual one."""
    lines = [line for paragraph in paragraphs if (line := paragraph.strip())]
    found = _CLOSING.search(lines[-1]) if lines else None
    if not found:
        return tuple(lines), CLOSING
    before = lines[-1][: found.start()]
    return (*lines[:-1], *([before + "。"] if before else [])), found[1].rstrip("。") + "。"


def subject_faults(subject: str, meetings: tuple[str, ...], known: frozenset[str]) -> Iterator[str]:
    """Say why this is no subject: candidates are asked for meeting by meeting, everything else by one word."""
    word, colon, meeting = subject.partition(":")
    if not _WORD.match(word) or len(subject) > SUBJECT_LENGTH or (colon and word != "candidates"):
        yield f"事项“{subject}”写法不对，如 congress、candidates:congress、result"
    elif word not in known:
        yield f"没有“{subject}”这种请示事项；本流程有：{'、'.join(sorted(known))}"
    elif word == "candidates" and meeting not in meetings:
        yield f"候选人名单要写明是哪次会议的：{'、'.join(f'candidates:{id}' for id in meetings) or '本案没有会议'}"


def subject_findings(snapshot: Snapshot, subject: str) -> Iterator[Finding]:
    """
    Say why there is nothing to ask for yet.

    A list is approved as it stands, so there must be one; and a result that nobody has announced is none, or an
    approval got in advance would pass for that of the result.
    """
    word, _, meeting = subject.partition(":")
    if word == "candidates" and not snapshot.meeting(meeting).lists_sha256:
        remedy = f"federation election nominate 姓名… --contest 选举 --meeting {meeting}"
        yield Finding("还没有候选人名单", "批复的是哪份名单，选的就是哪份", remedy)
    ended = [poll.state in ("announced", "continued") for poll in snapshot.elections]
    if word == "result" and not (ended and all(ended)):
        yield Finding("选举还没有全部宣布结果", "先有结果，再报结果", "federation status，看选举到了哪一步")


def answer_findings(sent: str, at: Stated) -> Iterator[Finding]:
    """Say why an answer cannot have come at this time: it was before what it answers went out."""
    if at.precedes(Stated.parse(sent)):
        yield Finding(f"所填时间 {at} 早于报送的 {sent}", "时间先后", "改用不早于报送的 --on 日期 或 --at 时间")
