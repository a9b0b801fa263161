"""Papers about drafts."""

from dataclasses import replace
from datetime import date

from federation.documents.samples.people import FEDERATION, HEAD
from federation.facts.papers import CommentRow, CommentTable, PaperFacts


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


SAMPLES: dict[str, tuple[str, PaperFacts]] = {"comment_table": ("comment_table", comment_table())}
