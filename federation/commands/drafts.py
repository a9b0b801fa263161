"""`draft`: versions of the charter and of the election methods, from 征求意见稿 to 正式稿."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from federation.commands.desk import Desk, acts, reads
from federation.commands.files import read_text
from federation.commands.output import table
from federation.commands.shell import group
from federation.rules.clauses import ClauseChange, Span, parse_document
from federation.services import drafts

_version = click.option(
    "--version", "number", type=click.IntRange(min=1), metavar="版次", help="第几版；不写则最新一版"
)
_id = click.argument("id", metavar="文稿")


@group("draft")
def draft() -> None:
    """章程、选举办法的文稿：charter、method、method:plenary。"""


@draft.command("add", example="federation draft add method 办法.md --data 办法.toml --as 王秘书")
@_id
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@click.option(
    "--data", type=click.Path(path_type=Path), metavar="文件.toml", help="选举办法的数据文件；不写则沿用上一版的"
)
@click.option("--title", default="", metavar="标题", help="标题；不写则取文件第一行")
@acts()
def add(desk: Desk, id: str, file: Path, data: Path | None, title: str) -> None:
    """登记文稿的一版（纯文本或 Markdown，一条一行以“第几条”开头）。"""
    text, method = read_text(file), read_text(data) if data else ""
    with desk.acting() as (session, act):
        added = drafts.add(session, desk.case(session), id, text, act, method, title)
    lines = [f"已登记 {id} 第 {added.number} 版「{added.title}」，{added.clauses} 条"]
    if added.data_from:
        lines.append(f"数据沿用第 {added.data_from} 版的；要换请加 --data 文件.toml")
    if added.ahead:
        lines += ["定稿提交之前还要改：", *(f"  · {finding}" for finding in added.ahead)]
    lines += [f"提醒：{finding}" for finding in added.departures]
    facts: dict[str, Any] = {
        "draft": id,
        "version": added.number,
        "clauses": added.clauses,
        "data": added.has_data,
        "findings": [asdict(finding) for finding in added.ahead],
        "departures": [asdict(finding) for finding in added.departures],
    }
    desk.done(added.outcome, "\n".join(lines), **facts)


@draft.command("list", example="federation draft list")
@reads()
def list_(desk: Desk) -> None:
    """列出本案的文稿、阶段和版次。"""
    with desk.reading() as session:
        rows = drafts.listed(session, desk.case(session))
    text = table(
        ("文稿", "标题", "阶段", "版次", "数据", "校验值"),
        [
            (row.id, row.title, row.state_label, row.versions, "有" if row.has_data else "—", row.sha256[:12])
            for row in rows
        ],
    )
    desk.report(
        [asdict(row) for row in rows], text if rows else "还没有文稿，请先 federation draft add charter 文件.md"
    )


@draft.command("show", example="federation draft show charter --version 1")
@_id
@_version
@reads()
def show(desk: Desk, id: str, number: int | None) -> None:
    """看一版的全文。"""
    with desk.reading() as session:
        found = drafts.version(session, desk.case(session), id, number)
    stage = f"（{found.state_label}）" if found.latest else ""
    head = f"{id} 第 {found.number} 版{stage}，{found.added_on} 登记，校验值 {found.sha256}"
    desk.report(asdict(found), f"{head}\n\n{found.text.rstrip()}")


@draft.command("clauses", example="federation draft clauses charter")
@_id
@_version
@reads()
def clauses(desk: Desk, id: str, number: int | None) -> None:
    """列出一版的章与条，供对照条款号。"""
    with desk.reading() as session:
        found = drafts.version(session, desk.case(session), id, number)
    document = parse_document(found.text)
    lines, chapter = [f"{found.title}（第 {found.number} 版，{len(document.clauses)} 条）"], ""
    for clause in document.clauses:
        if clause.chapter != chapter:
            chapter = clause.chapter
            lines.append(chapter)
        lines.append(f"  {clause.label}　{clause.text.partition(chr(10))[0]}")
    facts = [{"label": row.label, "chapter": row.chapter, "text": row.text} for row in document.clauses]
    desk.report({"draft": id, "version": found.number, "title": found.title, "clauses": facts}, "\n".join(lines))


@draft.command("diff", example="federation draft diff charter --from 1 --to 3")
@_id
@click.option("--from", "old", type=click.IntRange(min=1), metavar="版次", help="从哪一版；不写则前一版")
@click.option("--to", "new", type=click.IntRange(min=1), metavar="版次", help="到哪一版；不写则最新一版")
@reads()
def diff(desk: Desk, id: str, old: int | None, new: int | None) -> None:
    """逐条比较两版：【-删去-】【+增加+】，终端上以颜色标出。"""
    with desk.reading() as session:
        found = drafts.compare(session, desk.case(session), id, old, new)
    lines = [f"{id} 第 {found.old.number} 版 → 第 {found.new.number} 版：{len(found.changes)} 条不同"]
    for change in found.changes:
        lines += [f"{change.label}（{_how(change)}）", *(f"  {line}" for line in _marked(change).splitlines())]
    if found.old.data != found.new.data:
        lines.append("数据文件也不同")
    facts = {
        "draft": id,
        "from": found.old.number,
        "to": found.new.number,
        "data_differs": found.old.data != found.new.data,
        "changes": [
            {
                "clause": change.label,
                "kind": change.kind,
                "was": change.old.label if change.old else "",
                "spans": [asdict(span) for span in change.spans],
            }
            for change in found.changes
        ],
    }
    desk.report(facts, "\n".join(lines))


def _how(change: ClauseChange) -> str:
    was = f"，原{change.old.label}" if change.old and change.old.label != change.label else ""
    return {"changed": "修改", "added": "新增", "removed": "删去", "renumbered": "只改序号"}[change.kind] + was


def _marked(change: ClauseChange) -> str:
    return "".join(_coloured(span) if sys.stdout.isatty() else _bracketed(span) for span in change.spans)


def _coloured(span: Span) -> str:
    match span.kind:
        case "added":
            return click.style(span.text, fg="green", underline=True)
        case "removed":
            return click.style(span.text, fg="red", strikethrough=True)
    return span.text


def _bracketed(span: Span) -> str:
    marks = {"added": ("【+", "+】"), "removed": ("【-", "-】"), "same": ("", "")}[span.kind]
    return span.text.join(marks)


@draft.command("submit", example="federation draft submit charter --as 王秘书")
@_id
@click.option("--attest", default="", metavar="理由", help="选举办法与通例不同的，说明理由，记入日志")
@acts()
def submit(desk: Desk, id: str, attest: str) -> None:
    """定稿提交：最新一版作为草案交会议。"""
    with desk.acting() as (session, act):
        root = desk.case(session)
        outcome = drafts.submit(session, root, id, act, attest)
        found = drafts.version(session, root, id)
    desk.done(outcome, f"{id} 第 {found.number} 版已定稿提交", draft=id, version=found.number)


@draft.command("adopt", example="federation draft adopt charter --as 王秘书")
@_id
@acts()
def adopt(desk: Desk, id: str) -> None:
    """登记会议通过：通过的是最新一版，自此生效。"""
    with desk.acting() as (session, act):
        root = desk.case(session)
        outcome = drafts.adopt(session, root, id, act)
        found = drafts.version(session, root, id)
    desk.done(outcome, f"{id} 第 {found.number} 版已通过，成为正式稿", draft=id, version=found.number)
