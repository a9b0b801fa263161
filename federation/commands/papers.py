"""`paper`: which papers can be made, and making them."""

from dataclasses import asdict
from pathlib import Path

import click

from federation.commands import fonts
from federation.commands.desk import Desk, reads
from federation.commands.files import write_whole
from federation.commands.output import table
from federation.commands.progress import bar
from federation.commands.shell import group
from federation.services import papers as service
from federation.services.papers import PaperOrder
from federation.workflows.vocabulary import PAPERS


@group("paper")
def paper() -> None:
    """文书：从已固定的事实制作 PDF，随时可以重做，逐字节相同。"""


@paper.command("list", example="federation paper list")
@reads()
def list_(desk: Desk) -> None:
    """列出现在可以制作的文书。"""
    with desk.reading() as session:
        slots = service.available(session, desk.case(session))
    rows = [(slot.short_id, PAPERS[slot.kind], slot.subject, "已固定" if slot.frozen else "现况") for slot in slots]
    desk.report(
        [asdict(slot) for slot in slots],
        table(("编号", "文书", "事项", "内容"), rows) if rows else "现在还没有可做的文书",
    )


@paper.command("make", example="federation paper make minutes-congress --out 会议纪要.pdf")
@click.argument("short_ids", nargs=-1, required=True, metavar="编号…")
@click.option("--out", type=click.Path(path_type=Path), metavar="文件", help="写到哪里；只做一份时可用")
@click.option(
    "--dir",
    "folder",
    type=click.Path(path_type=Path),
    default=Path("papers"),
    show_default=True,
    metavar="文件夹",
    help="写到哪个文件夹",
)
@click.option(
    "--copies",
    type=click.IntRange(1, 10_000),
    default=1,
    metavar="份数",
    help="同一份文书在一个文件里印多少份，如选票；另存为 编号-x份数.pdf",
)
@reads()
def make(desk: Desk, short_ids: tuple[str, ...], out: Path | None, folder: Path, copies: int) -> None:
    """制作所写的文书；写文书种类（如 ballot 或 选票）则制作该种类的全部。

    印选票：federation paper make 选票 --copies 150
    """
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
    many = f"-x{copies}" if copies > 1 else ""
    files = [folder / f"{order.short_id}{many}.pdf" for order in orders]
    _make(desk, orders, [out] if out and len(orders) == 1 else files, copies)


@paper.command("all", example="federation paper all --dir papers")
@click.option(
    "--dir",
    "folder",
    type=click.Path(path_type=Path),
    default=Path("papers"),
    show_default=True,
    metavar="文件夹",
    help="写到哪个文件夹",
)
@reads()
def all_(desk: Desk, folder: Path) -> None:
    """制作现在可做的全部文书。"""
    with desk.reading() as session:
        case = desk.case(session)
        orders = [service.order(session, case, slot.short_id) for slot in service.available(session, case)]
    _make(desk, orders, [folder / f"{order.short_id}.pdf" for order in orders])


def _make(desk: Desk, orders: list[PaperOrder], files: list[Path], copies: int = 1) -> None:
    from federation.documents import render

    with bar("文书", len(orders)) as told:
        for order, file in zip(orders, files, strict=True):
            write_whole(file, render(order.kind, order.facts, copies=copies))
            told(1)
    made = [str(file) for file in files]
    desk.report(made, "\n".join(f"已制作 {file}" for file in made) or "现在还没有可做的文书")


for _command in fonts.COMMANDS:
    paper.add_command(_command)
