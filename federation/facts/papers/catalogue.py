"""Every kind of paper."""

from collections.abc import Mapping
from dataclasses import dataclass

from federation.facts.papers.candidates import CandidateList, CandidatePublicity
from federation.facts.papers.drafts import CommentNotice, CommentTable, DraftText, Redline
from federation.facts.papers.elections import BallotPaper, ResultNotice, TallyReport
from federation.facts.papers.federations import PreparatoryGroupList
from federation.facts.papers.meetings import MeetingNotice, Minutes
from federation.facts.papers.requests import CongressRequest
from federation.facts.papers.roll import CredentialsReport, DelegateRoll, DueRoll, SignInList

PaperFacts = (
    PreparatoryGroupList | CongressRequest
    | CommentNotice | CommentTable | Redline | DraftText
    | MeetingNotice
    | DelegateRoll | CredentialsReport | DueRoll | SignInList
    | CandidateList | CandidatePublicity
    | BallotPaper | TallyReport | ResultNotice | Minutes
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Paper:
    """One kind of paper. Its template is the kind's name with `.txt`."""

    label: str
    record: type[PaperFacts]
    coded: bool = True
    """False: no 校验码 is printed, whatever the facts carry; nothing may tell one ballot from another."""


PAPERS: Mapping[str, Paper] = {
    "preparatory_group_list": Paper("筹备组名单", PreparatoryGroupList),
    "congress_request": Paper("请示", CongressRequest),
    "comment_notice": Paper("征求意见通知", CommentNotice),
    "comment_table": Paper("意见采纳情况汇总表", CommentTable),
    "redline": Paper("修改对照表", Redline),
    "draft_text": Paper("章程、选举办法文本", DraftText),
    "candidate_list": Paper("候选人名单及简介", CandidateList),
    "candidate_publicity": Paper("候选人公示", CandidatePublicity),
    "meeting_notice": Paper("会议通知", MeetingNotice),
    "delegate_roll": Paper("代表名册", DelegateRoll),
    "credentials_report": Paper("代表资格审查报告", CredentialsReport),
    "due_roll": Paper("应到名册", DueRoll),
    "sign_in_list": Paper("签到册", SignInList),
    "ballot": Paper("选票", BallotPaper, coded=False),
    "tally_report": Paper("计票结果报告单", TallyReport),
    "result_notice": Paper("选举结果公告", ResultNotice),
    "minutes": Paper("会议纪要", Minutes),
}
"""Every kind of paper, in the order in which a founding comes to it."""
