"""`status`: where we are, what is next, what stands in the way, and the command that cures it."""

from collections.abc import Iterator
from dataclasses import asdict

import click

from federation.commands.desk import Desk, reads
from federation.commands.output import table
from federation.commands.shell import command
from federation.facts.acts import Stated
from federation.facts.status import CaseStatus, NextStep
from federation.services import selection
from federation.services import status as service
from federation.workflows.vocabulary import ACTS, PAPERS, SIGNED_BY


@command("status", example="federation status")
@click.option("--all", "everything", is_flag=True, help="也列出已经办结的")
@reads()
def status(desk: Desk, everything: bool) -> None:
    """现在到了哪一步，下一步是什么，还差什么，用什么命令办。"""
    with desk.reading() as session:
        federation = desk.federation(session)
        if desk.case_id:
            desk.case(session)
        cases = service.of_federation(session, federation, Stated.of(desk.clock.now()), desk.case_id)
        facts = {
            "federation": {"id": federation.short_id, "name": federation.name},
            "cases": [case.as_json() for case in cases],
            "warnings": [str(found) for case in cases for found in case.warnings],
        }
    lines = [federation.name]
    for case in cases:
        lines += _lines(case, "", everything, case.case if len(cases) > 1 or case.ended else "")
    lines += [f"提醒：{found}" for case in cases for found in case.warnings]
    if not cases:
        lines.append("还没有案件。下一步：federation found --as 姓名")
    desk.report(facts, "\n".join(lines))


@command("overview", example="federation overview --superior shi")
@click.option("--superior", default="", metavar="编号", help="只看这个妇联的下级")
@click.option("--open", "open_only", is_flag=True, help="只看还没有办结的")
@reads("database")
def overview(desk: Desk, superior: str, open_only: bool) -> None:
    """各妇联分别到了哪一步，一行一个案件。"""
    with desk.reading() as session:
        above = selection.federation(session, superior) if superior else None
        rows = [row for row in service.overview(session, above) if not (open_only and row.ended)]
    cells = [(row.federation, row.name, row.case, row.state_label, row.since) for row in rows]
    text = table(("编号", "全称", "案件", "现处", "自"), cells) if rows else "没有符合的妇联"
    desk.report([asdict(row) for row in rows], text)


def _lines(case: CaseStatus, indent: str, everything: bool, root: str) -> Iterator[str]:
    """A case and those below it; `root` names the case that a command on its papers must name."""
    yield f"{indent}● {case.label}（{case.case}）：{case.state_label}，自 {case.since}"
    yield from _papers(case.papers_due, indent + "    ", root)
    if not indent and case.state == "archived":
        yield f"{indent}    全部办结。制作全部文书：federation paper all --case {case.case}"
    for step in case.next:
        if step.offered and not step.aside:
            yield from _step_lines(step, indent + "    ")
    if case.allows and not case.ended:
        yield f"{indent}    还可办：{'、'.join(_acts(case))}"
    if ways_out := [f"{step.label}（{step.command}）" for step in case.next if step.aside and step.ready]:
        yield f"{indent}    如有必要：{'、'.join(ways_out)}"
    for child in case.children:
        if everything or not child.ended:
            yield from _lines(child, indent + "  ", everything, root)


def _papers(due: tuple[str, ...], indent: str, root: str) -> Iterator[str]:
    """The papers due, a line each: what it is, who signs it, and the command that makes it."""
    named = f" --case {root}" if root else ""
    for paper in due:
        command = "paper archive --dir 归档" if paper == "archive_index" else f"paper make {paper}"
        yield f"{indent}应出文书：{PAPERS[paper]}（{SIGNED_BY[paper]}）  → federation {command}{named}"


def _acts(case: CaseStatus) -> Iterator[str]:
    for act, hint in zip(case.allows, case.hints, strict=True):
        yield ACTS[act] + (f"（{hint}）" if hint else "")


def _step_lines(step: NextStep, indent: str) -> Iterator[str]:
    if step.ready:
        yield f"{indent}▶ {step.label}：{step.command}"
        return
    yield f"{indent}▷ 「{step.label}」之前还差："
    for finding in step.findings:
        clause = f"（{finding.clause}）" if finding.clause else ""
        yield f"{indent}    · {finding.problem}{clause}" + (f"  → {finding.remedy}" if finding.remedy else "")
