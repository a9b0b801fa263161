"""Every kind of paper."""

from collections.abc import Mapping
from dataclasses import dataclass

from federation.facts.papers.archive import ArchiveIndex
from federation.facts.papers.attendance import AttendanceSlip
from federation.facts.papers.drafts import CommentTable
from federation.facts.papers.elections import BallotPaper, ResultNotice, TallyReport
from federation.facts.papers.meetings import Minutes
from federation.facts.papers.polls import IssueSlip, ReturnSlip, SealingList
from federation.facts.papers.resolutions import Resolution, ScrutineerList
from federation.facts.papers.results import FilingForm, ResultReport
from federation.facts.papers.roll import SignInList
from federation.facts.papers.scripts import Script
from federation.facts.papers.tally_sheets import TallySheet
from federation.facts.papers.terms import Certificates

PaperFacts = (
    ArchiveIndex
    | AttendanceSlip
    | BallotPaper
    | Certificates
    | CommentTable
    | FilingForm
    | IssueSlip
    | Minutes
    | Resolution
    | ResultNotice
    | ResultReport
    | ReturnSlip
    | Script
    | ScrutineerList
    | SealingList
    | SignInList
    | TallyReport
    | TallySheet
)


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
    "comment_table": Paper("意见采纳情况汇总表", CommentTable, signed_by="筹备组署名"),
    "script": Paper("主持词", Script, signed_by="不签名，供主持人使用"),
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
