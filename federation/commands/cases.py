"""`found` and `case`: open a case, look at it, move it to a changed process, archive it."""

from pathlib import Path

import click

from federation.commands.desk import Desk, acts, reads
from federation.commands.output import table
from federation.commands.shell import command, group
from federation.services import cases, steps
from federation.workflows.definition import load_definition


@command("found", example="federation found --as 王秘书")
@click.option("--term", "term_no", type=int, default=1, show_default=True, metavar="届次", help="第几届")
@click.option("--process", default="founding", show_default=True, metavar="流程", help="用哪份流程文件")
@acts("federation")
def found(desk: Desk, term_no: int, process: str) -> None:
    """开始成立一个妇联：按流程文件立案。"""
    with desk.acting() as (session, act):
        of = desk.federation(session)
        before = {case.id for case in cases.of_federation(session, of)}
        case = cases.open_case(session, of, process, term_no, act)
        id, label, changed = case.short_id, case.label, case.id not in before
    said = f"已立案：{id}「{label}」" if changed else f"已办理，未作改动：{id}「{label}」正在办理"
    desk.report({"changed": changed, "case": id, "label": label}, f"{said}。下一步看 federation status")


@group("case")
def case() -> None:
    """办理中的案件。"""


@case.command("list", example="federation case list")
@reads("federation")
def list_(desk: Desk) -> None:
    """列出一个妇联的案件。"""
    with desk.reading() as session:
        rows = [
            {
                "case": row.short_id,
                "label": row.label,
                "state": row.state,
                "state_label": steps.definition_of(session, row).states[row.state].label,
                "since": row.since,
            }
            for row in cases.of_federation(session, desk.federation(session))
        ]
    text = table(
        ("编号", "名称", "状态", "自"), [(row["case"], row["label"], row["state_label"], row["since"]) for row in rows]
    )
    desk.report(rows, text if rows else "还没有案件，请先 federation found --as 姓名")


@case.command("show", example="federation case show --case founding-1")
@reads()
def show(desk: Desk) -> None:
    """看一个案件：状态、届次、所用流程的版本。"""
    with desk.reading() as session:
        row = desk.case(session)
        definition = steps.definition_of(session, row)
        facts = {
            "case": row.short_id,
            "label": row.label,
            "process": row.process,
            "term_no": row.term_no,
            "state": row.state,
            "state_label": definition.states[row.state].label,
            "since": row.since,
            "definition": row.definition_sha256,
        }
    lines = [
        f"{facts['case']}「{facts['label']}」第 {facts['term_no']} 届",
        f"  现处：{facts['state_label']}（自 {facts['since']}）",
    ]
    desk.report(facts, "\n".join([*lines, f"  流程：{facts['process']}，版本 {row.definition_sha256[:12]}"]))


@case.command("adopt", example="federation case adopt my-founding.toml --as 王秘书")
@click.argument("file", metavar="流程文件", type=click.Path(path_type=Path))
@acts()
def adopt(desk: Desk, file: Path) -> None:
    """让办理中的案件改用另一版流程文件（现在的状态须在其中）。"""
    from federation.commands.files import read_text

    definition = load_definition(read_text(file), file.name)
    with desk.acting() as (session, act):
        outcome = cases.adopt(session, desk.case(session), definition, act)
    desk.done(outcome, f"已改用 {file.name}")


@case.command("archive", example="federation case archive --as 王秘书")
@acts()
def archive(desk: Desk) -> None:
    """归档：全部办结之后收卷。"""
    with desk.acting() as (session, act):
        outcome = cases.archive(session, desk.case(session), act)
    desk.done(outcome, "已归档")
