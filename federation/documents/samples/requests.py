"""Papers that go up to the party committee."""

from dataclasses import replace

from federation.documents.samples.people import FEDERATION, HARD_NAMES, HEAD, MEETING, NAMES
from federation.facts.papers import CongressRequest, PaperFacts

COMMITTEE = "中共某某高新技术产业开发区工作委员会"


def congress_request() -> CongressRequest:
    return CongressRequest(
        head=replace(HEAD, meeting="", signed_by=f"{FEDERATION}筹备组", check_code=""),
        title=f"关于召开{MEETING}的请示",
        number="高新妇筹〔2020〕1号",
        to=COMMITTEE,
        paragraphs=(
            f"为做好{FEDERATION}成立工作，拟于2020年11月2日在某某会堂召开{MEETING}。",
            "拟选举执行委员会委员15名，主席1名，副主席2名。",
        ),
        closing="妥否，请批示。",
        attachments=("大会议程（草案）",),
    )


def result_request() -> CongressRequest:
    members = "、".join((*HARD_NAMES, *NAMES[:12]))
    return CongressRequest(
        head=replace(HEAD, meeting="", signed_by=FEDERATION),
        title=f"关于{FEDERATION}选举结果的请示",
        number="",
        to=COMMITTEE,
        paragraphs=(
            "会议已经按照选举办法完成选举，现将结果报告如下：",
            f"{MEETING}选举产生执行委员会委员15名：{members}。",
        ),
        closing="妥否，请批示。",
        attachments=("计票结果报告单", "选举结果公告"),
    )


def red(facts: CongressRequest) -> CongressRequest:
    """As a county's federation sends it out: under a red head."""
    return replace(facts, head=replace(facts.head, letterhead=f"{facts.head.signed_by}文件"))


SAMPLES: dict[str, tuple[str, PaperFacts]] = {
    "congress_request": ("congress_request", congress_request()),
    "congress_request_red": ("congress_request", red(congress_request())),
    "congress_request_result": ("congress_request", result_request()),
    "congress_request_unnumbered": ("congress_request", red(result_request())),
}
