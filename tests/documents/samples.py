"""Made-up facts for every kind of paper: names out of the primer, and the hard ones among them."""

from dataclasses import replace
from datetime import date

from federation.facts.papers import (
    BallotPaper,
    CommentRow,
    CommentTable,
    ElectedTo,
    LedgerFacts,
    MinuteItem,
    Minutes,
    PaperFacts,
    PaperHead,
    ResultNotice,
    ResultRow,
    SheetContest,
    SignInList,
    SignInRow,
    TallyReport,
)

FEDERATION = "某某高新技术产业开发区妇女联合会"
MEETING = f"{FEDERATION}第一次代表大会"
CODE = "".join(f"{number * 37 % 256:02x}" for number in range(32))
HARD_NAMES = ("龚䶮", "𠅤阿宝", "阿依古丽·买买提")

NAMES = tuple(f"{surname}{given}" for surname in "赵钱孙李周吴郑王冯陈" for given in ("甲一", "乙二", "丙三", "丁四"))

HEAD = PaperHead(FEDERATION, MEETING, f"{MEETING}主席团", date(2020, 11, 2), CODE)

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


def sign_in_list() -> SignInList:
    names = (*HARD_NAMES, *NAMES[:17])
    rows = [
        SignInRow(number, name, "女", f"某某街道第{number}社区妇女联合会", "代表", True)
        for number, name in enumerate(names, 1)
    ]
    guest = SignInRow(len(names) + 1, "特邀甲", "女", "某某市妇女联合会", "特邀代表", False)
    return SignInList(HEAD, len(names), (*rows, guest))


def comment(number: int, source: str, clause: str, text: str, disposition: str, reason: str) -> CommentRow:
    return CommentRow(number, source, "章程（征求意见稿）", clause, text, disposition, reason)


def comment_table() -> CommentTable:
    long = "建议写明任期届满而未换届的，由上级妇联责成其限期换届；" * 18
    doubt = "出席人数以应到会代表的三分之二为准，请写明是否包括三分之二本数。"
    rows = (
        comment(1, "某某街道妇联", "第八条", "“每五年”改为“五年”。", "采纳", "文字更简。"),
        comment(2, "龚䶮", "第五条第二款", doubt, "部分采纳", "“以上”按通例包括本数，不另写；在会上口头说明。"),
        comment(3, "第三代表团", "第十二条", long, "未采纳", "上位规定已有明文，章程不重复。"),
        *(
            comment(each, f"第{each}社区", f"第{each}条", "删去重复的“的”字。", "采纳", "已删。")
            for each in range(4, 9)
        ),
    )
    head = replace(HEAD, meeting="", signed_by=f"{FEDERATION}筹备组")
    return CommentTable(head, date(2020, 9, 20), date(2020, 10, 1), rows, 8, 6, 1, 1)


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


def minutes(paragraphs: int = 2) -> Minutes:
    body = (
        "会议审议了《某某高新技术产业开发区妇女联合会选举办法（征求意见稿）》。筹备组就2020年9月20日至10月1日征求意见的情况作了说明："
        "共收到意见18条，其中采纳16条、部分采纳1条、未采纳1条，逐条答复并说明了理由。"
        "经举手表决，应到150人，实到148人，同意147人，不同意0人，弃权1人，超过实到人数的半数，予以通过。"
    )
    items = tuple(
        MinuteItem(heading, (body,) * paragraphs)
        for heading in ("审议通过选举办法", "审议通过章程", "选举产生第一届执行委员会")
    )
    return Minutes(
        head=replace(HEAD, signed_by=FEDERATION),
        mark=f"{MEETING}纪要",
        number="高新妇联〔2020〕1号",
        opening="2020年11月2日，龚䶮同志在某某会堂主持召开妇女代表大会暨妇女联合会成立大会。会议应到代表150人，实到148人，符合规定人数。现将议定事项纪要如下：",
        items=items,
        present=(*HARD_NAMES, *NAMES[:20]),
        absent=("请假甲", "请假乙"),
        observers=("列席甲", "列席乙", "列席丙"),
        late=(NAMES[0], "龚䶮"),
        left=("龚䶮",),
    )


SAMPLES: dict[str, tuple[str, PaperFacts]] = {
    "ballot": ("ballot", ballot()),
    "ballot_large": ("ballot", large_ballot()),
    "ballot_two": ("ballot", two_contests()),
    "sign_in_list": ("sign_in_list", sign_in_list()),
    "comment_table": ("comment_table", comment_table()),
    "tally_report": ("tally_report", tally_report()),
    "result_notice": ("result_notice", result_notice()),
    "minutes": ("minutes", minutes()),
}
"""Name of the golden → kind and facts."""
