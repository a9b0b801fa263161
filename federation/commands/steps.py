"""`step`: take a step that has no command of its own."""

import hashlib
from pathlib import Path

import click
from sqlalchemy.orm import Session

from federation.commands.desk import Desk, acts
from federation.commands.files import read_bytes
from federation.commands.shell import command
from federation.errors import Misused
from federation.facts.acts import Stated
from federation.models import Case
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
        _must_have_no_command(session, case, event, act.stated)
        outcome = steps.advance(session, case, event, act, facts)
        label = steps.definition_of(session, case).states[case.state].label
    desk.done(outcome, f"已办理，现处「{label}」", state_label=label)


def _must_have_no_command(session: Session, case: Case, event: str, at: Stated) -> None:
    """Send her to the command of a step that has one: it records what this one would leave out."""
    definition = steps.definition_of(session, case)
    known = [step for step in definition.steps if step.event == event]
    step = definition.step(event, case.state) or (known[0] if known else None)
    if step and step.command and not step.command.startswith("federation step"):
        command = steps.command_of(step, steps.view_of(session, case, at), steps.words_of(session, case))
        raise Misused(f"「{step.label}」有专用的命令：{command}")
