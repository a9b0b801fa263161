"""`comments`: the comment period, from its notice to the table of what became of every comment."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from federation.commands.desk import Desk, acts, reads
from federation.commands.files import read_bytes
from federation.commands.output import table
from federation.commands.shell import group
from federation.errors import Misused
from federation.facts.comment_pages import NAMES, SHOWS, Policy
from federation.facts.comments import WrittenAnswer, WrittenComment
from federation.rules.comments import DISPOSITIONS
from federation.services import comments as services
from federation.spreadsheets import read_table

COLUMNS = {
    "source": ("反馈人/单位", "反馈人", "单位", "反馈单位", "提出人", "来源"),
    "draft": ("文稿", "文件", "文稿名称"),
    "clause": ("条款", "条", "条款号", "所涉条款"),
    "text": ("意见内容", "意见", "意见建议", "修改意见"),
    "disposition": ("是否采纳", "采纳情况", "处理结果"),
    "reason": ("理由", "采纳理由", "说明", "不采纳理由"),
}
"""The columns of a file of comments, and the headings each may stand under."""

ANSWER_COLUMNS = {
    "number": ("序号", "编号"),
    "disposition": COLUMNS["disposition"],
    "reason": COLUMNS["reason"],
}
"""The columns of a file of answers."""


@group("comments")
def comments() -> None:
    """征求意见：开始、登记、答复、结束。"""


_OPEN = """\
federation comments open --until 2020-11-15 --as 王秘书
federation comments open --until 2020-11-15 --web either --shows answers --as 王秘书"""


@comments.command("open", example=_OPEN)
@click.option("--until", required=True, metavar="日期", help="最后一天（当天仍可提意见），如 2020-11-15")
@click.option(
    "--web",
    "names",
    default=None,
    type=click.Choice(list(NAMES)),
    help="网上也收意见：named 须署名，anonymous 不署名，either 署名自便；不写则网上不收",
)
@click.option(
    "--shows",
    default=None,
    type=click.Choice(list(SHOWS)),
    help="网上让别人看到什么：nothing 不公开，texts 意见内容，answers 意见和答复；与 --web 同写",
)
@acts()
def open_(desk: Desk, until: str, names: str | None, shows: str | None) -> None:
    """开始征求意见。网上收不收、署不署名、公开什么，由筹备组定，写在这里，记入日志，征求期间不变。"""
    last, web = _day(until), _policy(names, shows)
    with desk.acting() as (session, act):
        outcome = services.open_period(session, desk.case(session), last, act, web)
    on_the_web = f"；网上意见：{NAMES[web.names]}，{SHOWS[web.shows]}（网页 /comments）" if web else ""
    desk.done(outcome, f"征求意见已开始，到 {last} 为止（含当天）{on_the_web}", until=last)


def _policy(names: str | None, shows: str | None) -> Policy | None:
    if (names is None) != (shows is None):
        raise Misused("--web 和 --shows 一起写：网上怎样署名、让别人看到什么，都要由筹备组定")
    return Policy(names, shows) if names and shows else None


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Misused(f"日期“{written}”看不懂，写成 2020-11-15") from None


@comments.command("publish", example="federation comments publish 通知.pdf --to 各单位、代表团 --as 王秘书")
@click.argument("file", required=False, metavar="[通知文件]", type=click.Path(path_type=Path))
@click.option("--to", required=True, metavar="对象", help="发给谁、贴在哪里，如 各单位、代表团")
@click.option("--number", default="", metavar="文号", help="发文字号，印在征求意见通知上")
@acts()
def publish(desk: Desk, file: Path | None, to: str, number: str) -> None:
    """登记征求意见通知已经发出；附了文件的，其校验值记入日志。"""
    digest = hashlib.sha256(read_bytes(file)).hexdigest() if file else ""
    with desk.acting() as (session, act):
        outcome = services.publish(session, desk.case(session), to, digest, act, number.strip())
    desk.done(outcome, f"已登记：征求意见通知发给{to}", to=to)


@comments.command(
    "add", example="federation comments add --draft charter --clause 第五条 --from 某街道 建议写明任期 --as 王秘书"
)
@click.argument("text", metavar="意见")
@click.option("--draft", required=True, metavar="文稿", help="对哪份文稿，如 charter、method")
@click.option("--clause", required=True, metavar="条款", help="对哪一条，如 第五条；对标题或条款之前的文字写 序言")
@click.option("--from", "source", required=True, metavar="单位", help="反馈人或单位")
@acts()
def add(desk: Desk, text: str, draft: str, clause: str, source: str) -> None:
    """登记一条意见。"""
    with desk.acting() as (session, act):
        written = WrittenComment(source, draft, clause, text)
        outcome, number = services.add(session, desk.case(session), written, act)
    desk.done(outcome, f"已登记第 {number} 条意见", number=number)


@comments.command("import", example="federation comments import 意见.xlsx --as 王秘书")
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@click.option("--draft", default="", metavar="文稿", help="文件里没有“文稿”一列时，全部意见对哪份文稿")
@acts()
def import_(desk: Desk, file: Path, draft: str) -> None:
    """从 Excel 或 CSV 导入意见：反馈人/单位、文稿、条款、意见内容，可有 是否采纳、理由。有一行不对，就一条也不导入。"""
    digest = hashlib.sha256(read_bytes(file)).hexdigest()
    optional = ("disposition", "reason", *(("draft",) if draft else ()))
    rows = [
        WrittenComment(
            source=row.text("source"),
            draft=row.text("draft") or draft,
            clause=row.text("clause"),
            text=row.text("text"),
            disposition=row.text("disposition"),
            reason=row.text("reason"),
            place=f"第 {row.number} 行",
        )
        for row in read_table(file).rows(COLUMNS, optional)
    ]
    with desk.acting() as (session, act):
        outcome = services.take_in(session, desk.case(session), rows, digest, act)
    answered = sum(bool(row.disposition) for row in rows)
    desk.done(outcome, f"已导入 {len(rows)} 条意见，其中已答复 {answered} 条", count=len(rows), answered=answered)


@comments.command("list", example="federation comments list --unanswered")
@click.option("--unanswered", is_flag=True, help="只列还没有答复的")
@reads()
def list_(desk: Desk, unanswered: bool) -> None:
    """列出意见和采纳情况。"""
    with desk.reading() as session:
        found = services.disposition(session, desk.case(session))
    rows = [row for row in found.rows if not (unanswered and row.disposition)]
    text = table(
        ("序号", "反馈人/单位", "文稿", "条款", "意见内容", "是否采纳", "理由"),
        [(row.number, row.source, row.draft, row.clause, row.text, row.disposition or "—", row.reason) for row in rows],
    )
    counts = {words: found.number_of(words) for words in DISPOSITIONS.values()}
    totals = f"共 {len(found.rows)} 条：" + "，".join(f"{words} {number}" for words, number in counts.items())
    totals += f"，未答复 {found.number_of('')}；征求意见期 {found.opens_on} 至 {found.ends_on}"
    facts = {
        "opens_on": found.opens_on,
        "ends_on": found.ends_on,
        "total": len(found.rows),
        **{key: counts[words] for key, words in DISPOSITIONS.items()},
        "unanswered": found.number_of(""),
        "comments": [asdict(row) for row in rows],
    }
    desk.report(facts, f"{text}\n{totals}" if rows else totals)


@comments.command(
    "answer", example="federation comments answer 3 --partly --reason 任期已写入第六条，人数另定 --as 王秘书"
)
@click.argument("number", required=False, metavar="[序号]", type=click.IntRange(min=1))
@click.option("--adopted", is_flag=True, help="采纳")
@click.option("--partly", is_flag=True, help="部分采纳")
@click.option("--rejected", is_flag=True, help="未采纳")
@click.option("--disposition", default="", metavar="结果", help="采纳、部分采纳 或 未采纳（与上面三个选其一）")
@click.option("--reason", default="", metavar="理由", help="理由，每条都要")
@click.option("--file", type=click.Path(path_type=Path), metavar="文件", help="从文件答复：序号、是否采纳、理由三列")
@acts()
def answer(desk: Desk, number: int | None, disposition: str, reason: str, file: Path | None, **flags: bool) -> None:
    """答复意见。结束之前可以再次答复，以后一次为准。"""
    given = [key for key, on in flags.items() if on] + ([disposition] if disposition else [])
    if file is None:
        written = [_typed(number, given, reason)]
    elif number or given or reason:
        raise Misused("用 --file 时，序号、结果、理由都写在文件里")
    else:
        rows = read_table(file).rows(ANSWER_COLUMNS)
        written = [
            WrittenAnswer(row.text("number"), row.text("disposition"), row.text("reason"), f"第 {row.number} 行")
            for row in rows
        ]
    with desk.acting() as (session, act):
        outcome = services.answer(session, desk.case(session), written, act)
    desk.done(outcome, f"已答复 {len(written)} 条意见", answered=len(written))


def _typed(number: int | None, given: Sequence[str], reason: str) -> WrittenAnswer:
    if number is None:
        raise Misused("请写明答复第几条意见，或用 --file 文件")
    if len(given) != 1:
        raise Misused("是否采纳要写一个，也只写一个：--adopted、--partly、--rejected 或 --disposition 结果")
    return WrittenAnswer(str(number), given[0], reason)


@comments.command("close", example="federation comments close --as 王秘书")
@acts()
def close(desk: Desk) -> None:
    """结束征求意见：期满，且每条意见都已答复。"""
    with desk.acting() as (session, act):
        root = desk.case(session)
        outcome = services.close(session, root, act)
        found = services.disposition(session, root)
    counts = {key: found.number_of(words) for key, words in DISPOSITIONS.items()}
    said = "，".join(f"{words} {counts[key]} 条" for key, words in DISPOSITIONS.items())
    desk.done(outcome, f"征求意见结束：共 {len(found.rows)} 条，{said}", total=len(found.rows), **counts)
