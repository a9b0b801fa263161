"""`process`: the process files."""

from pathlib import Path

import click

from federation.commands.files import read_text
from federation.commands.output import table
from federation.commands.shell import group
from federation.resources import resource, resource_names
from federation.workflows import engine
from federation.workflows.definition import Definition, GuardUse, load_definition
from federation.workflows.vocabulary import ACTS, ROLES


@group("process")
def process() -> None:
    """流程文件：一个流程就是一份数据。"""


@process.command("list", example="federation process list")
def list_() -> None:
    """列出现有的流程。"""
    definitions = [_named(name.removesuffix(".toml")) for name in resource_names("processes") if name.endswith(".toml")]
    rows = [(found.id, found.label, len(found.states), len(found.steps)) for found in definitions]
    click.echo(table(("编号", "名称", "状态数", "步骤数"), rows))


@process.command("show", example="federation process show founding")
@click.argument("name", metavar="流程")
@click.option("--toml", is_flag=True, help="原样输出流程文件，可存下来改")
def show(name: str, toml: bool) -> None:
    """用中文逐步说明一个流程。"""
    definition = _named(name)
    if toml:
        click.echo(definition.text, nl=False)
        return
    click.echo(f"{definition.id}「{definition.label}」")
    for state in definition.states.values():
        allowed = f"（可办：{'、'.join(ACTS[act] for act in state.allows)}）" if state.allows else ""
        click.echo(f"● {state.label}{allowed}" + ("，终点" if state.end else ""))
        for step in definition.leaving(state.id):
            who = "、".join(ROLES[role] for role in step.by) + ("，须两人" if step.persons == 2 else "")
            click.echo(f"    {step.label} → {definition.states[step.target].label}（{who}）")
            for use in (*step.when, *step.guards):
                click.echo(f"        须：{_guard(use)}")


@process.command("check", example="federation process check my-founding.toml")
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
def check(file: Path) -> None:
    """检查一份流程文件，一次报出全部错误。"""
    definition = load_definition(read_text(file), file.name)
    click.echo(f"{file.name} 可用：{definition.label}，{len(definition.states)} 个状态，{len(definition.steps)} 个步骤")


@process.command("diagram", example="federation process diagram founding > founding.mmd")
@click.argument("name", metavar="流程或文件")
def diagram(name: str) -> None:
    """画出流程图（Mermaid）。"""
    file = Path(name)
    definition = load_definition(read_text(file), file.name) if name.endswith(".toml") else _named(name)
    click.echo(engine.diagram(definition), nl=False)


def _named(name: str) -> Definition:
    file = f"{name}.toml"
    return load_definition(resource("processes", file).read_text(encoding="utf-8"), file)


def _guard(use: GuardUse) -> str:
    params = "，".join(
        f"{key} = {'、'.join(value) if isinstance(value, list) else value}" for key, value in use.params.items()
    )
    return f"{use.name}（{params}）" if params else use.name
