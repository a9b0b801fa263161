"""`paper list`, `make`, `all`: which papers can be made, and making them."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from federation.commands import fonts, paper_proofs, paper_templates
from federation.commands.archives import archive
from federation.commands.desk import Desk, reads
from federation.commands.making import TEMPLATES, Wanted, format_of, put, templates_in
from federation.commands.output import table
from federation.commands.shell import group
from federation.documents import FORMATS, Format, format_findings
from federation.errors import Finding, Misused
from federation.services import papers as service
from federation.workflows.vocabulary import PAPERS, SIGNED_BY

_MAKE = """\
federation paper make minutes-congress --out 会议纪要.pdf
federation paper make tally_report --format xlsx"""


@group("paper")
def paper() -> None:
    """文书：从已固定的事实制作，随时可以重做，逐字节相同；也可以改模板、签署、核验。"""


paper.add_command(archive)


@paper.command("list", example="federation paper list")
@reads()
def list_(desk: Desk) -> None:
    """列出现在可以制作的文书。"""
    with desk.reading() as session:
        slots = service.available(session, desk.case(session))
    rows = [
        (slot.short_id, PAPERS[slot.kind], slot.subject, "已固定" if slot.frozen else "现况", SIGNED_BY[slot.kind])
        for slot in slots
    ]
    desk.report(
        [{**asdict(slot), "signed_by": SIGNED_BY[slot.kind]} for slot in slots],
        table(("编号", "文书", "事项", "内容", "签署"), rows) if rows else "现在还没有可做的文书",
    )


_FORMATS = "pdf、md（Markdown）、xlsx（Excel）、csv（只有表格）"

_FOLDER = click.option(
    "--dir",
    "folder",
    type=click.Path(path_type=Path),
    default=Path("papers"),
    show_default=True,
    metavar="文件夹",
    help="写到哪个文件夹",
)


@paper.command("make", example=_MAKE)
@click.argument("short_ids", nargs=-1, required=True, metavar="编号…")
@click.option("--out", type=click.Path(path_type=Path), metavar="文件", help="写到哪里；只做一份时可用")
@_FOLDER
@click.option(
    "--format",
    type=click.Choice(FORMATS),
    metavar="格式",
    help=f"{_FORMATS}；不写则看 --out 的扩展名，再不然是 pdf",
)
@click.option(
    "--copies",
    type=click.IntRange(1, 10_000),
    default=1,
    metavar="份数",
    help="同一份文书在一个文件里印多少份，如选票；另存为 编号-x份数.pdf",
)
@TEMPLATES
@reads()
def make(
    desk: Desk,
    short_ids: tuple[str, ...],
    out: Path | None,
    folder: Path,
    format: str | None,
    copies: int,
    templates: Path | None,
) -> None:
    """制作所写的文书；写文书种类（如 ballot 或 选票）则制作该种类的全部。

    印选票：federation paper make 选票 --copies 150
    """
    own = templates_in(templates)
    kinds = {label: kind for kind, label in PAPERS.items()}
    with desk.reading() as session:
        case = desk.case(session)
        slots = service.available(session, case)
        wanted = [
            id
            for given in (kinds.get(word, word) for word in short_ids)
            for id in ([slot.short_id for slot in slots if slot.kind == given] or [given])
        ]
        orders = [service.order(session, case, id) for id in wanted]
    single = out if len(orders) == 1 else None
    ending = format_of(format, single)
    if copies > 1 and ending != "pdf":
        raise Misused("--copies 只用于 PDF")
    many = f"-x{copies}" if copies > 1 else ""
    files = [single or folder / f"{order.short_id}{many}.{ending}" for order in orders]
    put(desk, [Wanted(order, file, ending, copies) for order, file in zip(orders, files, strict=True)], own)


_ALL = """\
federation paper all --dir papers
federation paper all --dir 表格 --format xlsx"""


@paper.command("all", example=_ALL)
@_FOLDER
@click.option("--format", type=click.Choice(FORMATS), default="pdf", show_default=True, metavar="格式", help=_FORMATS)
@TEMPLATES
@reads()
def all_(desk: Desk, folder: Path, format: Format, templates: Path | None) -> None:
    """制作现在可做的全部文书；没有所写格式的（如选票只有 PDF）不做，并说明。"""
    own = templates_in(templates)
    with desk.reading() as session:
        case = desk.case(session)
        orders = [service.order(session, case, slot.short_id) for slot in service.available(session, case)]
    wanted = []
    for order in orders:
        if why_not := format_findings(format, order.kind, order.facts, templates=own):
            _say_left_out(desk, order.short_id, why_not)
        else:
            wanted.append(Wanted(order, folder / f"{order.short_id}.{format}", format))
    put(desk, wanted, own)


def _say_left_out(desk: Desk, short_id: str, why_not: Sequence[Finding]) -> None:
    """A paper that has no such form, beside what the command reports."""
    if not desk.as_json:
        click.echo(f"未制作 {short_id}：{'；'.join(finding.problem for finding in why_not)}", err=True)


for _command in (
    paper_templates.preview, paper_templates.templates, paper_proofs.sign, paper_proofs.verify, *fonts.COMMANDS,
):  # fmt: skip
    paper.add_command(_command)
