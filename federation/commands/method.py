"""`method`: the data file of an election method, checked, read out, begun from a preset."""

import json
import re
from dataclasses import asdict
from pathlib import Path

import click

from federation.commands.files import read_text, write_whole
from federation.commands.output import table
from federation.commands.shell import group
from federation.errors import Misused
from federation.resources import resource, resource_names
from federation.rules.methods import departure_findings, expected_candidates, load_method, method_sentences

_FILE = click.Path(path_type=Path)


@group("method")
def method() -> None:
    """选举办法的数据文件：检查、读出、从样本起草。

    办法的每一条规则都写在文件里，软件照办，不作猜测。
    """


@method.command("check", example="federation method check 选举办法.toml")
@click.argument("file", metavar="文件", type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
def check(file: Path, as_json: bool) -> None:
    """检查一份选举办法文件，一次报出全部错误；与通例不同之处作为提醒列出。"""
    found = load_method(read_text(file), file.name)
    contests = [
        {"id": contest.id, "office": contest.office, "seats": contest.seats, "candidates": expected_candidates(contest)}
        for contest in found.contests
    ]
    departures = list(departure_findings(found))
    if as_json:
        facts = {"title": found.title, "contests": contests, "departures": [asdict(finding) for finding in departures]}
        click.echo(json.dumps(facts, ensure_ascii=False))
        return
    click.echo(f"{file.name} 可用：{found.title}")
    click.echo(table(("编号", "职务", "名额", "候选人"), [tuple(contest.values()) for contest in contests]))
    for finding in departures:
        click.echo(f"提醒：{finding}")


@method.command("show", example="federation method show 选举办法.toml")
@click.argument("file", metavar="文件", type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
def show(file: Path, as_json: bool) -> None:
    """用中文逐句读出一份选举办法，缺省的规则也读出来。"""
    found = load_method(read_text(file), file.name)
    sentences = method_sentences(found)
    if as_json:
        click.echo(json.dumps({"title": found.title, "sentences": sentences}, ensure_ascii=False))
        return
    click.echo(found.title)
    for number, sentence in enumerate(sentences, start=1):
        click.echo(f"{number}. {sentence}")


@method.command("new", example="federation method new --preset county --out 选举办法.toml")
@click.option("--preset", metavar="名称", help="样本名称；不写则列出现有样本")
@click.option("--out", metavar="文件", type=_FILE, help="写到哪个文件；不写则印在屏幕上")
def new(preset: str | None, out: Path | None) -> None:
    """从样本起草一份选举办法文件。

    样本只是草稿的起点：每一项都要对照本次会议的选举办法改定。
    """
    if preset is None:
        _list_presets()
        return
    text = resource("methods", f"{preset}.toml").read_text(encoding="utf-8")
    if out is None:
        click.echo(text, nl=False)
        return
    if out.exists():
        raise Misused(f"{out} 已存在，不覆盖；请换一个文件名")
    write_whole(out, text.encode())
    click.echo(f"已写出 {out}。逐项改定后，用 federation method check {out} 检查")


def _list_presets() -> None:
    """Print what there is, each with its first comment."""
    names = [name.removesuffix(".toml") for name in resource_names("methods") if name.endswith(".toml")]
    rows = [(name, _summary(resource("methods", f"{name}.toml").read_text(encoding="utf-8"))) for name in names]
    click.echo(table(("样本", "适用"), rows))


def _summary(text: str) -> str:
    """The preset's first comment line."""
    comment = re.match(r"#\s*(.+)", text)
    return comment[1] if comment else ""
