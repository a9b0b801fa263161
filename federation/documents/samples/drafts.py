"""Papers about drafts."""

from dataclasses import replace
from datetime import date

from federation.documents.samples.people import FEDERATION, HEAD
from federation.facts.papers import (
    CommentNotice,
    CommentRow,
    CommentTable,
    DraftPart,
    DraftText,
    PaperFacts,
    Redline,
    RedlineRow,
    RedlineRun,
    Renumbered,
)

GROUP = replace(HEAD, meeting="", signed_by=f"{FEDERATION}筹备组", check_code="")
CHARTER, METHOD = f"{FEDERATION}章程", f"{FEDERATION}成立大会选举办法"


def comment_notice() -> CommentNotice:
    return CommentNotice(
        head=replace(GROUP, day=date(2020, 9, 20)),
        to="各街道妇联、各单位妇委会，各代表团",
        occasion=f"{FEDERATION}成立",
        labels=("章程", "选举办法"),
        drafts=(f"{CHARTER}（征求意见稿）", f"{METHOD}（征求意见稿）"),
        opens_on=date(2020, 9, 20),
        ends_on=date(2020, 10, 1),
        days=12,
    )


def comment_notice_red() -> CommentNotice:
    """As the preparatory group of a county sends it out: under a red head."""
    head = replace(comment_notice().head, letterhead=f"{GROUP.signed_by}文件")
    return replace(comment_notice(), head=head, number="高新妇筹〔2020〕2号")


def comment(number: int, source: str, clause: str, text: str, disposition: str, reason: str) -> CommentRow:
    return CommentRow(number, source, "章程", clause, text, disposition, reason)


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
    return CommentTable(
        replace(GROUP, check_code=HEAD.check_code), date(2020, 9, 20), date(2020, 10, 1), rows, 8, 6, 1, 1
    )


def runs(*parts: str) -> tuple[RedlineRun, ...]:
    """Text with a sign before what changed: -删去, +增加."""
    kinds = {"-": "removed", "+": "added"}
    return tuple(RedlineRun(part.lstrip("+-"), kinds.get(part[0], "same")) for part in parts)


def redline() -> Redline:
    long = "本会定期听取妇女意见，" * 16
    rows = (
        RedlineRow(
            "第四条",
            "第四条",
            "修改",
            runs("重大事项公开征求妇女意见", "-，由主席", "。"),
            runs("重大事项公开征求妇女意见", "+，采纳情况予以公布", "。"),
        ),
        RedlineRow("第七条", "", "删去", runs("-本会的其他任务由章程以外的文件规定。"), ()),
        RedlineRow(
            "第十二条",
            "第十一条",
            "修改",
            runs(long, "延期", "-一般", "不", "-超过一年。\n可以提前", "。"),
            runs(long, "延期", "不", "+得超过 12 个月", "。"),
        ),
        RedlineRow("", "第二十九条", "新增", (), runs("+㛃、𠅤、䶮等生僻字的姓名，以身份证所载的为准。")),
    )
    moved = (Renumbered("第八条", "第七条"), Renumbered("第九条", "第八条"))
    return Redline(GROUP, CHARTER, "征求意见稿", "草案", rows, moved, 2, 1, 1, 23)


PARTS = (
    DraftPart(("第一章 总则",), "第一条", f"{FEDERATION}（以下简称本会）是各界妇女的群团组织。", ()),
    DraftPart((), "第二条", "本会的任务是：", ("（一）团结引领妇女；", "（二）维护妇女权益；", "（三）促进男女平等。")),
    DraftPart(("第二章 组织", "第一节 代表大会"), "第三条", "代表大会每五年举行一次，延期不得超过一年。" * 6, ()),
)


def draft_text() -> DraftText:
    return DraftText(GROUP, CHARTER, "征求意见稿", "", ("本会在党的领导下，依照法律和本章程开展工作。",), PARTS)


def adopted_text() -> DraftText:
    adopted = f"2020年11月2日{FEDERATION}第一次代表大会通过"
    return DraftText(replace(HEAD, signed_by=GROUP.signed_by), CHARTER, "", adopted, (), PARTS * 4)


SAMPLES: dict[str, tuple[str, PaperFacts]] = {
    "comment_notice": ("comment_notice", comment_notice()),
    "comment_notice_red": ("comment_notice", comment_notice_red()),
    "comment_table": ("comment_table", comment_table()),
    "redline": ("redline", redline()),
    "draft_text": ("draft_text", draft_text()),
    "draft_text_adopted": ("draft_text", adopted_text()),
}
