"""`paper list`, `make`, `all`: which papers can be made, and making them."""

from dataclasses import asdict
from pathlib import Path

import click

from federation.commands import paper_proofs, paper_templates
from federation.commands.archives import archive
from federation.commands.desk import Desk, reads
from federation.commands.making import TEMPLATES, Wanted, format_of, put, templates_in
from federation.commands.output import table
from federation.commands.shell import group
from federation.documents import FORMATS
from federation.services import papers as service
from federation.workflows.vocabulary import PAPERS, SIGNED_BY

_MAKE = """\
federation paper make minutes-congress --out 会议纪要.pdf
federation paper make tally_report --format xlsx"""


@group("paper")
def paper() -> None:
    """文书：从已固定的事实制作，随时可以重做，逐字节相同；也可以改模板、签署、核验。"""


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
    help="pdf、md（Markdown）、xlsx（Excel）、csv（只有表格）；不写则看 --out 的扩展名，再不然是 pdf",
)
@TEMPLATES
@reads()
def make(
    desk: Desk, short_ids: tuple[str, ...], out: Path | None, folder: Path, format: str | None, templates: Path | None
) -> None:
    """制作所写的文书；写文书种类（如 ballot 或 选票）则制作该种类的全部。"""
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
    files = [single or folder / f"{order.short_id}.{ending}" for order in orders]
    put(desk, [Wanted(order, file, ending) for order, file in zip(orders, files, strict=True)], own)


@paper.command("all", example="federation paper all --dir papers")
@_FOLDER
@TEMPLATES
@reads()
def all_(desk: Desk, folder: Path, templates: Path | None) -> None:
    """制作现在可做的全部文书（PDF）。"""
    own = templates_in(templates)
    with desk.reading() as session:
        case = desk.case(session)
        orders = [service.order(session, case, slot.short_id) for slot in service.available(session, case)]
    put(desk, [Wanted(order, folder / f"{order.short_id}.pdf") for order in orders], own)


for _command in (archive, paper_templates.preview, paper_templates.templates, paper_proofs.sign, paper_proofs.verify):
    paper.add_command(_command)
