"""
Make the pages that follow from the program: `make docs`, or `python scripts/make_docs.py`.

docs/cli.md comes from the tree of commands, docs/processes/ from the process files, the marked parts of docs/papers.md
from the catalogue of papers and their facts, and those of docs/files.md from the constants by which files are read.
tests/docs compares what lies there with what is made here.
"""

import inspect
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import click

from federation import tally_sheets
from federation.commands import candidates, comments, federation
from federation.commands.shell import chinese_notes
from federation.documents.guide import MARKUP, Fact, facts_of
from federation.documents.markup import DIRECTIVES
from federation.documents.samples import SAMPLES
from federation.facts import papers
from federation.resources import resource, resource_names
from federation.rules import comments as comment_rules
from federation.rules import roll as roll_rules
from federation.services import roll_files
from federation.workflows import engine
from federation.workflows.definition import Definition, load_definition
from federation.workflows.guards import GUARDS, GuardUse, guard_parameters
from federation.workflows.vocabulary import ACTS, PAPERS, ROLES

ROOT = Path(__file__).resolve().parents[1]
FILES = Path("docs/files.md")
PAPER_GUIDE = Path("docs/papers.md")
GOLDEN = "tests/documents/golden"
_COMMON = 10
"""An option that so many commands have, in the same words, is described once."""


def pages() -> dict[Path, str]:
    """Every page that is made, by its path from the root of the checkout."""
    made = {Path("docs/cli.md"): cli_page(), Path("docs/processes/README.md"): processes_page()}
    made[Path("docs/papers/README.md")] = gallery()
    made |= {Path(f"docs/processes/{found.id}.md"): process_page(found) for found in definitions()}
    return made | {FILES: filled(FILES, file_tables()), PAPER_GUIDE: filled(PAPER_GUIDE, paper_tables())}


def table(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; a bar inside a cell is escaped."""
    lines = [headers, ["---"] * len(headers), *rows]
    return "\n".join("| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines)


# Commands


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command and sub-command with its full name, in the order of the help."""
    yield from _below("federation", federation, click.Context(federation))


def _below(path: str, command: click.Command, context: click.Context) -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield f"{path} {name}", found
            yield from _below(f"{path} {name}", found, context)


def cli_page() -> str:
    """All commands with their help, their options and an example."""
    found = list(commands())
    counted = Counter(option for _, command in found for option in _options(command))
    common = [option for option, number in counted.items() if number >= _COMMON]
    parts = [
        "# 全部命令",
        "由 `make docs` 从程序生成，请勿手改。`federation 命令 --help` 显示的与此相同。",
        "## 许多命令共有的选项",
        table(("选项", "说明"), [(f"`{name}`", text) for name, text in common]),
        "写在 `federation` 之后、命令之前也可以的：`--db 地址`、`--as 姓名`。"
        "环境变量 `FEDERATION_ACTOR` 代替 `--as`，`FEDERATION_DATABASE_URL` 代替 `--db`。",
    ]
    for path, command in found:
        parts += _command_section(path, command, common)
    return "\n\n".join(parts) + "\n"


def _command_section(path: str, command: click.Command, common: Sequence[tuple[str, str]]) -> Iterator[str]:
    yield f"{'##' if path.count(' ') == 1 else '###'} {path}"
    yield inspect.cleandoc(command.help or "")
    if isinstance(command, click.Group):
        return
    context = click.Context(command, info_name=path)
    yield f"用法：`{path} {' '.join(command.collect_usage_pieces(context))}`"
    if own := [option for option in _options(command) if option not in common]:
        yield table(("选项", "说明"), [(f"`{name}`", text) for name, text in own])
    if shared := [name.split()[0] for name, text in common if (name, text) in _options(command)]:
        yield "共有的选项：" + " ".join(f"`{name}`" for name in shared)
    yield f"```\n{getattr(command, 'example', '')}\n```"


def _options(command: click.Command) -> list[tuple[str, str]]:
    context = click.Context(command)
    records = [param.get_help_record(context) for param in command.params if isinstance(param, click.Option)]
    return [(name, chinese_notes(text)) for name, text in filter(None, records)]


# Processes


def definitions() -> list[Definition]:
    """The process files that come with the program."""
    return [
        load_definition(resource("processes", name).read_text(encoding="utf-8"), name)
        for name in resource_names("processes")
        if name.endswith(".toml")
    ]


def process_page(definition: Definition) -> str:
    """One process: its picture, its states, its steps."""
    states = [
        (state.label, f"`{state.id}`", "、".join(ACTS[act] for act in state.allows), "是" if state.end else "")
        for state in definition.states.values()
    ]
    parts = [
        f"# {definition.label}（`{definition.id}`）",
        f"由 `make docs` 从 [{definition.id}.toml](../../templates/processes/{definition.id}.toml) 生成，请勿手改。"
        "条件的含义见[流程一览](README.md)。",
        f"```mermaid\n{engine.diagram(definition).strip()}\n```",
        "## 状态",
        table(("状态", "编号", "在此可办", "终点"), states),
        "## 步骤",
        table(("步骤", "编号", "从", "到", "谁办", "条件", "命令"), _step_rows(definition)),
    ]
    return "\n\n".join(parts) + "\n"


def _step_rows(definition: Definition) -> Iterator[Sequence[str]]:
    labels = {state.id: state.label for state in definition.states.values()}
    for state in definition.states.values():
        for step in definition.leaving(state.id):
            who = "、".join(ROLES[role] for role in step.by) + ("（两人）" if step.persons == 2 else "")
            uses = [*(f"当 {_guard(use)}" for use in step.when), *map(_guard, step.guards)]
            papers = f"；应出文书：{'、'.join(PAPERS[paper] for paper in step.papers)}" if step.papers else ""
            command = step.command or f"federation step {step.event}"
            yield (
                step.label,
                f"`{step.event}`",
                labels[state.id],
                labels[step.target],
                who,
                "<br>".join(uses),
                f"`{command}`{papers}",
            )


def _guard(use: GuardUse) -> str:
    params = ", ".join(f"{key} = {value}" for key, value in use.params.items())
    return f"`{use.name}({params})`" if params else f"`{use.name}`"


def processes_page() -> str:
    """The processes, and the words that a process file may use."""
    guards = []
    for name, function in sorted(GUARDS.items()):
        params = ", ".join(_parameter(param) for param in guard_parameters(name).values())
        guards.append((f"`{name}`", f"`{params}`" if params else "", inspect.getdoc(function) or ""))
    words = [("角色 `by`", ROLES), ("可办的事 `allows`", ACTS), ("文书 `papers`", PAPERS)]
    parts = [
        "# 流程一览",
        "由 `make docs` 生成，请勿手改。流程是数据：见[怎样写流程文件](../decisions/0004-process-files.md)。",
        table(("流程", "名称"), [(f"[{found.id}]({found.id}.md)", found.label) for found in definitions()]),
        "## 条件（guards 与 when）",
        table(("名称", "参数", "满足时"), guards),
        "## 其余可用的词",
        *(table((title, "含义"), [(f"`{key}`", label) for key, label in found.items()]) for title, found in words),
    ]
    return "\n\n".join(parts) + "\n"


def _parameter(parameter: inspect.Parameter) -> str:
    kind = getattr(parameter.annotation, "__name__", "") if parameter.annotation in (int, str) else "list[str]"
    default = "" if parameter.default is parameter.empty else f" = {parameter.default}"
    return f"{parameter.name}: {kind}{default}"


# Papers


def gallery() -> str:
    """How every kind of paper looks: the pictures that the tests compare, so that none of them is out of date."""
    lines = [
        "# 文书的样子",
        "",
        "由 `make docs` 生成，请勿手改。图是虚构的样张，测试逐页与之比较；事实、签署和出具时间见[文书](../papers.md)。",
    ]
    seen: set[str] = set()
    for name, (kind, _) in SAMPLES.items():
        if kind not in seen:
            lines += ["", f"## {PAPERS[kind]}（`{kind}`）"]
            seen.add(kind)
        lines.append("")
        shown = sorted((ROOT / GOLDEN).glob(f"{name}-*.png"))
        lines += [f"![{PAPERS[kind]}](../../{GOLDEN}/{picture.name})" for picture in shown]
    return "\n".join(lines) + "\n"


def paper_tables() -> dict[str, str]:
    """The marked parts of docs/papers.md: how a template is written, and what each kind of paper has."""
    rows = [(f"`{MARKUP[word][0]}`", MARKUP[word][1]) for word in DIRECTIVES]
    common = [fact for fact in facts_of("minutes") if fact.name.startswith("head.")]
    parts = ["### 每种文书都有的", _fact_table(common)]
    for kind, paper in papers.PAPERS.items():
        parts.append(f"### {paper.label}（`{kind}`）")
        parts.append("\n".join(f"- {line}" for line in _about(kind)))
        parts.append(_fact_table(fact for fact in facts_of(kind) if not fact.name.startswith("head")))
    return {"markup": table(("写法", "作用"), rows), "papers": "\n\n".join(parts)}


def _fact_table(facts: Iterable[Fact]) -> str:
    return table(("事实", "类型", "含义"), [(f"`{fact.name}`", fact.type, fact.meaning) for fact in facts])


def _about(kind: str) -> Iterator[str]:
    due = [
        f"{definition.label}流程的「{step.label}」之后"
        for definition in definitions()
        for state in definition.states
        for step in definition.leaving(state)
        if kind in step.papers
    ]
    yield f"何时应出：{'；'.join(dict.fromkeys(due)) or '流程文件没有写明，有了内容即可制作'}"
    if signed_by := getattr(papers.PAPERS[kind], "signed_by", ""):
        yield f"签署：{signed_by}"
    yield f"模板：[{kind}.txt](../templates/documents/{kind}.txt)"


# Files from outside


def file_tables() -> dict[str, str]:
    """The marked tables of docs/files.md, by their marks."""
    return {
        "roll": _columns(roll_files.COLUMNS, roll_files.OPTIONAL),
        "roll-kinds": _words(roll_rules.KINDS, roll_rules.KIND_LABELS),
        "roll-votes": _words(roll_rules.VOTES, {True: "有表决权", False: "无表决权"}),
        "comments": _columns(comments.COLUMNS, ("disposition", "reason")),
        "answers": _columns(comments.ANSWER_COLUMNS, ()),
        "dispositions": table(
            ("记为", "可以写成"),
            [
                (comment_rules.DISPOSITIONS[key], "、".join(words))
                for key, words in comment_rules.DISPOSITION_WORDS.items()
            ],
        ),
        "candidates": _columns(candidates.COLUMNS, ("biography",)),
        "totals": _columns(tally_sheets._COLUMNS, ("write_in",)),
    }


def _columns(columns: Mapping[str, Sequence[str]], optional: Iterable[str]) -> str:
    rows = [
        (f"`{names[0]}`", "、".join(f"`{name}`" for name in names[1:]), "可省" if key in optional else "必有")
        for key, names in columns.items()
    ]
    return table(("表头", "也可以写成", "是否必有"), rows)


def _words(words: Mapping[str, object], labels: Mapping[object, str] | Mapping[str, str]) -> str:
    found: dict[object, list[str]] = {}
    for word, meaning in words.items():
        found.setdefault(meaning, []).append(word)
    return table(("记为", "可以写成"), [(dict(labels)[key], "、".join(given)) for key, given in found.items()])  # type: ignore[call-overload]


def filled(page: Path, tables: Mapping[str, str]) -> str:
    """A page with what stands between `<!-- NAME -->` and `<!-- /NAME -->` made anew."""
    text = (ROOT / page).read_text(encoding="utf-8")
    for name, content in tables.items():
        before, begin, rest = text.partition(f"<!-- {name} -->\n")
        _, end, after = f"\n{rest}".partition(f"\n<!-- /{name} -->")
        if not (begin and end):
            raise SystemExit(f"{page}: the marks of {name} are missing")
        text = f"{before}{begin}{content}{end}{after}"
    return text


def main() -> None:
    """Write every page that differs, and say which."""
    for path, text in pages().items():
        file = ROOT / path
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
            sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main()
