"""Papers of a poll."""

from dataclasses import replace

from federation.documents.samples.people import FEDERATION, HARD_NAMES, HEAD, MEETING, NAMES
from federation.facts.papers import (
    BallotPaper,
    ElectedTo,
    LedgerFacts,
    PaperFacts,
    ResultNotice,
    ResultRow,
    SheetContest,
    TallyReport,
)

NOTES = (
    "赞成的，在姓名左边的符号格内画“○”；不赞成的，画“×”；弃权的，不画任何符号。",
    "另选他人的，在空白格内写明姓名，并在其左边的符号格内画“○”。有不赞成的，方可另选他人。",
    "所选人数等于或者少于应选名额的为有效票，多于应选名额的为无效票。书写模糊、无法辨认的部分无效。",
)


def contest(office: str, seats: int, names: tuple[str, ...], blank: int = 2) -> SheetContest:
    kind = "等额" if len(names) == seats else "差额"
    return SheetContest(office, seats, kind, "按姓氏笔画为序", names, "○", "×", "", blank, NOTES)


def ballot() -> BallotPaper:
    names = ("马甲一", "王乙二", "王芳（某某街道第三中学）", "冯丙三", *HARD_NAMES, "郑丁四")
    return BallotPaper(HEAD, f"{MEETING}选票", "", (contest("执行委员会委员", 7, names),))


def large_ballot() -> BallotPaper:
    return BallotPaper(HEAD, f"{MEETING}选票", "重新选举", (contest("执行委员会委员", 37, NAMES, 6),))


def two_contests() -> BallotPaper:
    chair = contest("主席", 1, ("赵甲一",), 1)
    vice = contest("副主席", 3, ("钱乙二", "孙丙三", "龚䶮", "阿依古丽·买买提"), 3)
    head = replace(HEAD, signed_by=f"{FEDERATION}第一届执行委员会")
    contests = (
        replace(chair, notes=("主席：等于或者少于1名的有效。",)),
        replace(vice, notes=("副主席：等于或者少于3名的有效。",)),
    )
    return BallotPaper(head, f"{FEDERATION}第一届执行委员会第一次全体会议选票", "", contests, NOTES)


def result(name: str, place: int) -> ResultRow:
    approve, bar = 140 - 13 * place, "应到人数 150 人过半数所需的 76 票（选举办法第十一条）"
    reached, outcome = ("达到", "当选") if approve >= 76 else ("未达到", "未当选")
    why = f"得赞成票 {approve} 票，{reached}{bar}。"
    return ResultRow(name, False, approve, 3 + 9 * place, 2 + 4 * place, outcome, why)


def tally_report() -> TallyReport:
    names = ("马甲一", "王乙二", "王芳（某某街道第三中学）", "冯丙三", *HARD_NAMES)
    rows = tuple(result(name, place) for place, name in enumerate(names))
    why = "得赞成票 2 票，未达到应到人数 150 人过半数所需的 76 票（选举办法第十一条）。"
    written = ResultRow("另选人甲", True, 2, None, None, "未当选", why)
    return TallyReport(
        head=HEAD,
        office="执行委员会委员",
        round_label="",
        seats=5,
        candidates=7,
        ledger=LedgerFacts(150, 148, 148, None, 147, 145, 2, {"所选人数多于应选名额": 1, "票面有无关标记": 1}),
        quorum="应到 150 人，实到 148 人，达到应到人数三分之二所需的 100 人，可以进行选举（选举办法第五条）。",
        threshold="赞成票超过应到人数 150 人的半数，即 76 票以上，始得当选（选举办法第十一条）。",
        results=(*rows, written),
        elected=names[:5],
        conclusion="应选名额已满，选举有效。",
        chief_scrutineer="监督甲",
        scrutineers=("监督乙", "监督丙", "阿依古丽·买买提"),
        chief_teller="点票甲",
        tellers=("点票乙", "点票丙"),
    )


def result_notice() -> ResultNotice:
    what = f"{FEDERATION}第一届执行委员会委员、主席、副主席"
    preamble = f"{MEETING}于2020年11月2日以无记名投票方式，选举产生了{what}，名单如下："
    elected = (
        ElectedTo("执行委员会委员", (*HARD_NAMES, *NAMES[:12])),
        ElectedTo("主席", ("龚䶮",)),
        ElectedTo("副主席", ("赵甲一", "阿依古丽·买买提")),
    )
    return ResultNotice(HEAD, "", preamble, elected)


def red_headed_notice() -> ResultNotice:
    """The same sent out by the federation of a county under its red head."""
    head = replace(HEAD, signed_by=FEDERATION, letterhead=f"{FEDERATION}文件")
    return replace(result_notice(), head=head, number="高新妇联〔2020〕1号")


SAMPLES: dict[str, tuple[str, PaperFacts]] = {
    "ballot": ("ballot", ballot()),
    "ballot_large": ("ballot", large_ballot()),
    "ballot_two": ("ballot", two_contests()),
    "tally_report": ("tally_report", tally_report()),
    "result_notice": ("result_notice", result_notice()),
    "result_notice_red": ("result_notice", red_headed_notice()),
}
