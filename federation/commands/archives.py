"""`paper archive`: the whole file of papers in one folder, numbered, with its index."""

import glob
import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from federation.commands.desk import Desk, reads
from federation.commands.files import file_faults, held, write_whole
from federation.commands.making import TEMPLATES, register, say_unregistered, templates_in
from federation.commands.shell import command
from federation.errors import Finding, Misused, Refused
from federation.facts.papers import ArchivedPaper, ArchiveIndex
from federation.services import archives as service
from federation.services import made_papers
from federation.services.archives import ArchiveEntry
from federation.services.made_papers import Made
from federation.services.papers import PaperOrder

if TYPE_CHECKING:
    from federation.documents.fonts import Fonts

Put = Callable[[ArchiveEntry, bytes], object]
"""What is done with each paper as it is made."""


_EXAMPLE = """\
federation paper archive --dir 归档
federation paper archive --dir 归档 --templates 我的模板"""


@command("archive", example=_EXAMPLE)
@click.option(
    "--dir",
    "folder",
    type=click.Path(path_type=Path),
    default=Path("归档"),
    show_default=True,
    metavar="文件夹",
    help="写到哪个文件夹：空的，或者上次归档的",
)
@TEMPLATES
@reads()
def archive(desk: Desk, folder: Path, templates: Path | None) -> None:
    """把全部文书按顺序编号放进一个文件夹，最后做归档目录（页数、校验值）。机密文书不在其中。"""
    own = templates_in(templates)
    with desk.reading() as session:
        case = desk.case(session)
        entries = service.entries(session, case)
        name, facts = service.index(session, case, ())
    with _alone_in(folder):
        _must_be_ours(folder, {name, *(entry.file for entry in entries)})
        (folder / name).unlink(missing_ok=True)  # where there is an index, every paper that it names is there
        facts, done = _put_all(folder, entries, facts, name, own)
        say_unregistered(desk, register(desk, done))
    made = [str(folder / row.file) for row in facts.papers] + [str(folder / name)]
    desk.report(made, f"已归档 {len(entries)} 件，{facts.pages} 页，在 {folder}；目录 {folder / name}")


def _put_all(
    folder: Path, entries: Sequence[ArchiveEntry], facts: ArchiveIndex, name: str, own: Path | None
) -> tuple[ArchiveIndex, list[Made]]:
    """Every paper in its file, and after all of them the index; what the index says, and what was made."""
    from federation.documents import render

    done: list[Made] = []

    def put(entry: ArchiveEntry, data: bytes) -> None:
        write_whole(folder / entry.file, data)
        done.append(made_papers.made(entry.order, "pdf", data))

    rows = tuple(written(entries, put, templates=own))
    facts = replace(facts, papers=rows, pages=sum(row.pages for row in rows))
    write_whole(folder / name, data := render("archive_index", facts, templates=own))
    return facts, [*done, made_papers.made(PaperOrder("archive_index", "archive_index", facts), "pdf", data)]


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Nobody else archives into this folder meanwhile: two would take each other's half-written files away."""
    if folder.exists() and not folder.is_dir():
        raise Misused(f"{folder} 不是文件夹。用 --dir 换一个空文件夹")
    with file_faults(folder):
        folder.mkdir(parents=True, exist_ok=True)
    busy = Finding("另一个窗口正在这里归档", "", "等它办完，或用 --dir 换一个空文件夹")
    with held(folder, Refused(f"不能归档到 {folder}", [busy])):
        yield


def written(
    entries: Sequence[ArchiveEntry], put: Put, fonts: "Fonts | None" = None, templates: Path | None = None
) -> Iterator[ArchivedPaper]:
    """Make every paper, put it where it belongs, and say what the index says of it."""
    from federation.documents import render
    from federation.documents.counting import page_count

    for entry in entries:
        facts = entry.order.facts
        data = render(entry.order.kind, facts, fonts=fonts, templates=templates)
        put(entry, data)
        sha256 = hashlib.sha256(data).hexdigest()
        yield ArchivedPaper(entry.number, entry.title, entry.file, facts.head.day, page_count(data), sha256, "")


def _must_be_ours(folder: Path, names: set[str]) -> None:
    """
    Refuse a folder that holds anything but these files: nobody's scan is written over or left between our papers.

    What a write that was stopped dead left behind is taken away.
    """
    halves = {half for name in names for half in folder.glob(f".{glob.escape(name)}.????????")}
    ours = {entry.name for entry in folder.iterdir() if entry.name in names and entry.is_file()}
    if strange := sorted({entry.name for entry in {*folder.iterdir()} - halves} - ours):
        problem = Finding(f"里面有别的东西：{'、'.join(strange[:5])}", "", "用 --dir 换一个空文件夹")
        raise Refused(f"不能归档到 {folder}", [problem])
    for half in halves:
        half.unlink()
