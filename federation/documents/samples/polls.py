"""Slips of a poll: on paper alone, and with passes beside the papers."""

from dataclasses import replace

from federation.documents.samples.people import CODE, HEAD, SERVING
from federation.facts.papers import (
    IssuedPapers,
    IssuedPasses,
    IssueSlip,
    PaperFacts,
    ReturnedChannel,
    ReturnSlip,
    SealedItem,
    SealingList,
)

OFFICE = "执行委员会委员"


def issue_slip() -> IssueSlip:
    return IssueSlip(HEAD, OFFICE, "", 150, 148, IssuedPapers(170, 148, 22), None, 148, False, SERVING)


def issue_slip_both() -> IssueSlip:
    papers, passes = IssuedPapers(60, 40, 20), IssuedPasses(120, 11, 106, 3)
    return replace(
        issue_slip(), office="主席、副主席", round_label="再次投票", papers=papers, passes=passes, issued=146
    )


def return_slip() -> ReturnSlip:
    channels = (ReturnedChannel("纸质选票", 148, 147),)
    verdict = "收回的选票没有超过发出的选票（选举办法第九条）"
    return ReturnSlip(HEAD, OFFICE, "", 150, 148, channels, None, 0, 0, 0, 0, True, verdict, SERVING)


def return_slip_void() -> ReturnSlip:
    channels = (
        ReturnedChannel("纸质选票", 42, 43),
        ReturnedChannel("凭证选票", 104, 100),
        ReturnedChannel("合计", 146, 143),
    )
    verdict = "纸质选票收回 43 张，多于发出 42 张（选举办法第九条）"
    void = replace(return_slip(), channels=channels, voted=143, exchanged=2, handed_in=3, missing=1, disputes=1)
    return replace(void, round_label="另行选举", valid=False, verdict=verdict)


def sealing_list() -> SealingList:
    items = (
        SealedItem("箱内纸质选票", 42, "有效票、无效票分别包封"),
        SealedItem("有效票", 140, "纸质、凭证两种合计"),
        SealedItem("无效票", 2, "纸质、凭证两种合计"),
        SealedItem("未发出的纸质选票", 18, "当众剪角或者销毁的，注明并另附记录"),
        SealedItem("收回的未用凭证", 3, ""),
        SealedItem("监票人密钥函", None, "原封及拆封的，按份填写"),
    )
    return SealingList(HEAD, OFFICE, "", items, True, CODE[::-1], SERVING)


SAMPLES: dict[str, tuple[str, PaperFacts]] = {
    "issue_slip": ("issue_slip", issue_slip()),
    "issue_slip_both": ("issue_slip", issue_slip_both()),
    "return_slip": ("return_slip", return_slip()),
    "return_slip_void": ("return_slip", return_slip_void()),
    "sealing_list": ("sealing_list", sealing_list()),
}
