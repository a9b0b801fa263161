"""Every kind of paper."""

from collections.abc import Mapping
from dataclasses import dataclass

from federation.facts.papers.archive import ArchiveIndex
from federation.facts.papers.attendance import AttendanceSlip
from federation.facts.papers.candidates import CandidateList, CandidatePublicity
from federation.facts.papers.drafts import CommentNotice, CommentTable, DraftText, Redline
from federation.facts.papers.elections import BallotPaper, ResultNotice, TallyReport
from federation.facts.papers.federations import PreparatoryGroupList
from federation.facts.papers.meetings import MeetingNotice, Minutes
from federation.facts.papers.polls import IssueSlip, ReturnSlip, SealingList
from federation.facts.papers.requests import CongressRequest
from federation.facts.papers.resolutions import Resolution, ScrutineerList
from federation.facts.papers.results import FilingForm, ResultReport
from federation.facts.papers.roll import CredentialsReport, DelegateRoll, DueRoll, SignInList
from federation.facts.papers.scripts import Script
from federation.facts.papers.tally_sheets import TallySheet
from federation.facts.papers.terms import Certificates

PaperFacts = (
    PreparatoryGroupList | CongressRequest
    | CommentNotice | CommentTable | Redline | DraftText
    | CandidateList | CandidatePublicity
    | MeetingNotice | Script
    | DelegateRoll | CredentialsReport | DueRoll | SignInList | AttendanceSlip
    | ScrutineerList | Resolution
    | BallotPaper | IssueSlip | ReturnSlip | TallySheet | TallyReport | SealingList | ResultNotice
    | Minutes | Certificates | ResultReport | FilingForm | ArchiveIndex
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Paper:
    """One kind of paper. Its template is the kind's name with `.txt`."""

    label: str
    record: type[PaperFacts]
    coded: bool = True
    """False: no 校验码 is printed, whatever the facts carry; nothing may tell one ballot from another."""
    signed_by: str = ""
    """Who signs or seals it, as a phrase for an officer: 筹备组盖章, 总监票人、监票人签名."""


_SCRUTINY = "总监票人、监票人、计票人签名"

PAPERS: Mapping[str, Paper] = {
    "preparatory_group_list": Paper("筹备组名单", PreparatoryGroupList, signed_by="筹备组盖章"),
    "congress_request": Paper("请示", CongressRequest, signed_by="筹备组（妇联）盖章"),
    "comment_notice": Paper("征求意见通知", CommentNotice, signed_by="筹备组盖章"),
    "comment_table": Paper("意见采纳情况汇总表", CommentTable, signed_by="筹备组署名"),
    "redline": Paper("修改对照表", Redline, signed_by="不签名，供会议审议"),
    "draft_text": Paper("章程、选举办法文本", DraftText, signed_by="不签名；通过后由会议署明"),
    "candidate_list": Paper("候选人名单及简介", CandidateList, signed_by="筹备组（主席团）署名"),
    "candidate_publicity": Paper("候选人公示", CandidatePublicity, signed_by="筹备组（主席团）盖章"),
    "meeting_notice": Paper("会议通知", MeetingNotice, signed_by="会议召集人盖章"),
    "script": Paper("主持词", Script, signed_by="不签名，供主持人使用"),
    "delegate_roll": Paper("代表名册", DelegateRoll, signed_by="筹备组署名"),
    "credentials_report": Paper("代表资格审查报告", CredentialsReport, signed_by="资格审查小组签名"),
    "due_roll": Paper("应到名册", DueRoll, signed_by="筹备组署名，会前冻结"),
    "sign_in_list": Paper("签到册", SignInList, signed_by="到会人员本人签名"),
    "attendance_slip": Paper("到会人数报告单", AttendanceSlip, signed_by="报告人、核对人签名"),
    "scrutineer_list": Paper("监票人计票人名单", ScrutineerList, signed_by="主席团（会议召集人）署名"),
    "resolution": Paper("决议", Resolution, signed_by="通过决议的会议署名，盖章"),
    "ballot": Paper("选票", BallotPaper, coded=False, signed_by="选举机构盖章，不签名"),
    "issue_slip": Paper("发票报告单", IssueSlip, signed_by=_SCRUTINY),
    "return_slip": Paper("收票报告单", ReturnSlip, signed_by=_SCRUTINY),
    "tally_sheet": Paper("计票表", TallySheet, signed_by="唱票人、计票人、监票人签名"),
    "tally_report": Paper("计票结果报告单", TallyReport, signed_by=_SCRUTINY),
    "sealing_list": Paper("封存清单", SealingList, signed_by="总监票人、监票人、保管人签名"),
    "result_notice": Paper("选举结果公告", ResultNotice, signed_by="主席团（选举机构）盖章"),
    "minutes": Paper("会议纪要", Minutes, signed_by="不盖章"),
    "certificate": Paper("当选证书", Certificates, signed_by="妇联盖章"),
    "result_report": Paper("选举结果报告", ResultReport, signed_by="妇联盖章"),
    "filing_form": Paper("备案表", FilingForm, signed_by="妇联盖章，上级妇联盖章"),
    "archive_index": Paper("归档目录", ArchiveIndex, signed_by="归档人、审核人签名"),
}
"""Every kind of paper, in the order in which a founding comes to it."""
