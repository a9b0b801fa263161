"""`step`: take a step that has no command of its own."""

import hashlib
from pathlib import Path

import click

from federation.commands.desk import Desk, acts
from federation.commands.files import read_bytes
from federation.commands.shell import command
from federation.errors import Finding, Refused
from federation.services import selection, steps


@command("step", example="federation step form_group --note '筹备组由五人组成' --as 王秘书")
@click.argument("event", metavar="步骤")
@click.option("--note", default="", metavar="文字", help="说明，记入日志")
@click.option("--file", "file", type=click.Path(path_type=Path), metavar="文件", help="依据文件，其校验值记入日志")
@click.option("--on-case", "below", default="", metavar="路径", help="下级案件，如 congress 或 congress/members")
@acts()
def step(desk: Desk, event: str, note: str, file: Path | None, below: str) -> None:
    """办理流程文件里没有专用命令的一步。"""
    facts = {"note": note, "file": hashlib.sha256(read_bytes(file)).hexdigest() if file else ""}
    with desk.acting() as (session, act):
        case = selection.below(session, desk.case(session), below)
        step = steps.definition_of(session, case).step(event, case.state)
        outcome = steps.advance(session, case, event, act, facts)
        if step and outcome.taken and step.command and not step.command.startswith("federation step"):
            finding = Finding("这一步有自己的命令，要登记的不止是阶段", "流程规定", step.command)
            raise Refused(f"不能这样{step.label}", [finding])
        label = steps.definition_of(session, case).states[case.state].label
    desk.done(outcome, f"已办理，现处「{label}」", state_label=label)
