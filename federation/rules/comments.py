"""The comment period: how long it must be, what may be said in it, how it is answered, and when it may close."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from federation.clock import chinese_date
from federation.errors import Finding
from federation.facts.comments import WrittenComment
from federation.rules.clauses import Document
from federation.rules.numerals import NUMERAL, number_or_zero

DISPOSITIONS = {"adopted": "采纳", "partly": "部分采纳", "rejected": "未采纳"}
"""How a comment is disposed of, and what the table calls it."""

DISPOSITION_WORDS = {
    "adopted": ("采纳", "全部采纳", "已采纳", "予以采纳", "是"),
    "partly": ("部分采纳", "部分"),
    "rejected": ("未采纳", "不采纳", "不予采纳", "未予采纳", "否"),
}
"""What committees write in the column 是否采纳."""

EMPTY_REASONS = {"同意", "不同意", "无", "略", "已阅", "见附件", *sum(DISPOSITION_WORDS.values(), ())}
"""Words that say the disposition again, or nothing; the commonest fault of such tables (domain.md section 7)."""

LABELS = {"章程": "charter", "选举办法": "method"}
"""What people call a draft where they do not write its id or its title."""

PREAMBLE = "序言"

_CLAUSE = re.compile(rf"第?(?P<number>[{NUMERAL}]+)条?(?P<part>(?:第?[（(]?[{NUMERAL}]+[）)]?[款项目])*)")
_STAGE = re.compile(r"[（(](?:征求意见稿|草案|正式稿)[）)]$")


@dataclass(frozen=True, slots=True)
class Commented:
    """A draft that is out for comment, as its latest version stands."""

    id: str
    title: str
    document: Document


def window_findings(opens_on: date, ends_on: date, days: int) -> Iterator[Finding]:
    """Say why these days are no comment period: both ends count, and the process sets the least number of days."""
    length = (ends_on - opens_on).days + 1
    if length < days:
        problem = f"征求意见期 {chinese_date(opens_on)}至{chinese_date(ends_on)} 只有 {length} 天，至少要 {days} 天"
        yield Finding(problem, "流程规定", "federation comments open --until 更晚的日期")


def order_findings(opens_on: date, ends_on: date) -> Iterator[Finding]:
    """Say why a period cannot end on this day: it lies before the first."""
    if ends_on < opens_on:
        problem = f"截止日期 {chinese_date(ends_on)} 早于开始的 {chinese_date(opens_on)}"
        yield Finding(problem, "流程规定", "federation comments open --until 更晚的日期")


def acceptance_findings(opens_on: date, ends_on: date, on: date) -> Iterator[Finding]:
    """Say why nothing is taken in on this day: the first and the last promised day both belong to the period."""
    if not opens_on <= on <= ends_on:
        problem = f"{chinese_date(on)}不在征求意见期（{chinese_date(opens_on)}至{chinese_date(ends_on)}）内"
        yield Finding(problem, "征求意见通知", "期内收到的意见补记时，用 --on 写收到的日期")


LONGEST_ON_THE_WEB = 2000
"""Characters of one comment on the web: more is a paper of its own, to be handed in as one."""
MOST_ON_THE_WEB = 5000
"""Comments of one period, from wherever, after which the web takes no more: what nobody can answer is no help."""
NAMELESS = "（未署名）"
"""What stands for who commented where she gave no name."""


def web_findings(names: str, source: str, text: str, known: int) -> Iterator[Finding]:
    """Say why a comment is not taken in from the web: a name missing or not wanted, its length, how many there are."""
    if names == "named" and not source:
        yield Finding("没有写姓名或单位", "征求意见须署名", "写上姓名或单位再提交")
    if names == "anonymous" and source:
        yield Finding("这次征求意见不署名", "征求意见不署名", "去掉姓名或单位再提交")
    if len(text) > LONGEST_ON_THE_WEB:
        problem = f"意见有 {len(text)} 字，网上一条最多 {LONGEST_ON_THE_WEB} 字"
        yield Finding(problem, "", "分成几条提交，或写成书面意见交筹备组")
    if known >= MOST_ON_THE_WEB:
        yield Finding("网上收到的意见已经太多，暂不再收", "", "请把意见书面交筹备组")


def closing_findings(ends_on: date, on: date, unanswered: int) -> Iterator[Finding]:
    """
    Say why the comment period may not close.

    The window announced is a promise to the delegates: it may run longer, never shorter. An unanswered comment
    blocks the draft, because the 采纳情况表 must show a disposition and a reason for every one.
    """
    if on <= ends_on:  # the last promised day is still the delegates'
        yield Finding(f"征求意见期到 {chinese_date(ends_on)} 才届满", "征求意见通知", "次日起再结束征求意见")
    if unanswered:
        yield Finding(f"还有 {unanswered} 条意见未答复", "流程规定", "federation comments list --unanswered")


def draft_named(written: str, drafts: Mapping[str, Commented]) -> str:
    """The id of the draft meant, by id, by title, or as 章程 or 选举办法; empty where it is none of these."""
    name = _STAGE.sub("", written.strip().strip("《》")).strip("《》")
    ids = [name, LABELS.get(name, ""), *(draft.id for draft in drafts.values() if draft.title == name)]
    return next((id for id in ids if id in drafts), "")


def clause_named(written: str, document: Document) -> str:
    """
    The clause meant, as the document calls it (第5条第二款 → 第五条第二款); empty where there is none.

    What stands before the first clause, the title included, is commented on as 序言.
    """
    words = "".join(written.split())
    labels = {clause.number: clause.label for clause in document.parts()}
    if words == PREAMBLE:
        return labels.get(0, "")
    found = _CLAUSE.fullmatch(words)
    label = labels.get(number_or_zero(found["number"])) if found else None
    return label + found["part"] if found and label and label != PREAMBLE else ""


def disposition_named(written: str) -> str:
    """adopted, partly or rejected; empty where the words say none of them."""
    return next((key for key, words in DISPOSITION_WORDS.items() if written.strip() in (key, *words)), "")


def comment_read(
    written: WrittenComment, drafts: Mapping[str, Commented]
) -> tuple[WrittenComment, tuple[Finding, ...]]:
    """A comment with its draft, clause and disposition as the program calls them, and what is wrong with it."""
    draft = draft_named(written.draft, drafts)
    clause = clause_named(written.clause, drafts[draft].document) if draft else ""
    disposition = disposition_named(written.disposition)
    read = replace(
        written,
        source=written.source.strip(),
        draft=draft,
        clause=clause,
        text=written.text.strip(),
        disposition=disposition,
        reason=written.reason.strip(),
    )
    return read, tuple(_comment_findings(written, read, drafts))


def _comment_findings(
    written: WrittenComment, read: WrittenComment, drafts: Mapping[str, Commented]
) -> Iterator[Finding]:
    at = f"{written.place}：" if written.place else ""
    if not read.source:
        yield Finding(f"{at}没有写反馈人或单位", "", "补写反馈人/单位")
    elif len(read.source) > 120:
        yield Finding(f"{at}反馈人/单位超过 120 字", "", "只写姓名或单位名称")
    if not read.draft:
        named = f"没有文稿“{written.draft.strip()}”" if written.draft.strip() else "没有写是对哪份文稿的意见"
        yield Finding(f"{at}{named}", "", f"可写：{'、'.join(drafts) or '（还没有文稿）'}")
    elif not read.clause or len(read.clause) > 40:
        title, clause = drafts[read.draft].title, written.clause.strip() or "（空）"
        yield Finding(f"{at}《{title}》没有条款“{clause}”", "", f"federation draft clauses {read.draft}")
    if not read.text:
        yield Finding(f"{at}没有写意见内容", "", "补写意见内容")
    if written.disposition.strip() or read.reason:
        yield from answer_findings(written.disposition, read.reason, written.place)


def answer_findings(disposition: str, reason: str, place: str = "") -> Iterator[Finding]:
    """
    Say why this is no answer: no known disposition, or no reason.

    Every comment gets a reason, adopted or not; 同意 and the like are none.
    """
    at = f"{place}：" if place else ""
    if not disposition_named(disposition):
        said = f"“{disposition.strip()}”不是处理结果" if disposition.strip() else "没有写是否采纳"
        yield Finding(f"{at}{said}", "", f"写 {'、'.join(DISPOSITIONS.values())}")
    if not reason.strip():
        yield Finding(f"{at}没有写理由", "意见采纳情况汇总表", "采纳与否都要写明理由")
    elif reason.strip(" 。.") in EMPTY_REASONS:
        yield Finding(f"{at}“{reason.strip()}”不是理由", "意见采纳情况汇总表", "写明为什么采纳或不采纳，改在哪里")
