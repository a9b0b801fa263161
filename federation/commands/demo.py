"""`demo`: an example played from draft charter to archive, into a folder of its own."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from federation import __version__
from federation.commands.demo_folder import ARCHIVE, DATABASE, PAPERS, SUMMARY, DemoFolder, Run, as_json
from federation.commands.demo_records import sealing, write_public
from federation.commands.shell import command
from federation.demonstration import Played
from federation.errors import Misused

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from federation.demonstration.example import Example
    from federation.facts.papers import ArchivedPaper, ArchiveIndex
    from federation.services.archives import ArchiveEntry
    from federation.services.made_papers import Made


@command("demo", example="federation demo --dir demo")
@click.option(
    "--dir",
    "folder",
    type=click.Path(path_type=Path),
    default=Path("demo"),
    show_default=True,
    metavar="文件夹",
    help="写到哪个文件夹",
)
@click.option("--delegates", type=int, metavar="人数", help="虚构多少名代表；不写则用自带的示例（152 名）")
@click.option(
    "--seed",
    type=int,
    default=1,
    show_default=True,
    metavar="数",
    help="虚构数据的种子：同样的种子和人数，结果逐字节相同",
)
def demo(folder: Path, delegates: int | None, seed: int) -> None:
    """在虚构数据上演示一次完整的成立：从征求意见稿到归档。中断了再运行一次即接着办。"""
    if delegates is not None:
        from federation.demonstration.generated import check_size

        check_size(delegates)
    place = DemoFolder(folder, Run(__version__, seed, delegates or 0))
    if place.is_complete():
        click.echo(f"{folder} 里的演示已经完成，未作改动。看结果：{folder / SUMMARY}")
        return
    try:
        with place.held() as played, _program_files_only(), TemporaryDirectory() as scratch:
            _play(place, _source(Path(scratch), place.run), played)
    except KeyboardInterrupt:
        raise Misused("演示中断了。同样的命令再运行一次即接着办") from None
    click.echo(
        f"演示完成：{folder}。文书在 {folder / PAPERS}，按顺序归档的在 {folder / ARCHIVE}（00 号是归档目录），"
        f"结果在 {folder / SUMMARY}"
    )


@contextmanager
def _program_files_only() -> Iterator[None]:
    """A federation's own templates are not read meanwhile: a demonstration is the same wherever it is played."""
    own = os.environ.pop("FEDERATION_TEMPLATES", None)
    try:
        yield
    finally:
        if own is not None:
            os.environ["FEDERATION_TEMPLATES"] = own


def _source(scratch: Path, run: Run) -> "Example":
    from federation.demonstration.example import Example
    from federation.demonstration.generated import write_example
    from federation.resources import resource

    if not run.delegates:
        return Example.read(resource("examples", "gaoxin"))
    write_example(scratch, run.delegates, run.seed)
    return Example.read(scratch)


def _play(place: DemoFolder, example: "Example", before: Played) -> None:
    from federation import db
    from federation.clock import SetClock
    from federation.demonstration.player import in_order, play

    scenes = in_order(example, place.run.seed, [sealing(place, example)])
    with db.disposed(db.engine_for(f"sqlite:///{place.path / DATABASE}")) as engine:
        if not before.scenes:
            db.upgrade(engine)
        with _bar("演示", len(scenes)) as bar:

            def note(played: Played) -> None:
                place.note(played)
                bar.update(played.scenes - bar.pos)

            play(engine, SetClock(example.starts_at), scenes, before, note)
            bar.update(len(scenes) - bar.pos)
        facts = _leave(place, engine)
    place.put(SUMMARY, as_json({**place.run.facts(), **facts}))


def _leave(place: DemoFolder, engine: "Engine") -> dict[str, Any]:
    """Make the papers and the record, and say what the summary says."""
    from federation import db
    from federation.services import archives, made_papers, selection, summaries

    with db.reading(engine) as session:
        root = selection.case(session, selection.federation(session, ""), "")
        entries = archives.entries(session, root)
        facts = summaries.of_case(session, root)
        made, rows, done = _papers(place, entries)
        name, index = archives.index(session, root, rows)
    place.put(f"{ARCHIVE}/{name}", _index(index))
    with db.transaction(engine) as session:
        made_papers.register(session, selection.case(session, selection.federation(session, ""), ""), done)
    return {**facts, "papers": made, **write_public(place, engine, made)}


def _papers(
    place: DemoFolder, entries: list["ArchiveEntry"]
) -> tuple[dict[str, str], list["ArchivedPaper"], list["Made"]]:
    """
    Every paper into its file and, numbered, into the archive; the hash of each, its row in the index, and what the
    register keeps of it.

    In the faces that pip brings, which every machine has.
    """
    from federation.commands.archives import written
    from federation.documents.fonts import pip_fonts
    from federation.services import made_papers

    done: list[Made] = []

    def put(entry: "ArchiveEntry", data: bytes) -> None:
        place.put(f"{PAPERS}/{entry.order.short_id}.pdf", data)
        place.put(f"{ARCHIVE}/{entry.file}", data)
        done.append(made_papers.made(entry.order, "pdf", data))

    rows = []
    with _bar("文书", len(entries)) as bar:
        for row in written(entries, put, pip_fonts()):
            rows.append(row)
            bar.update(1)
    made = {f"{entry.order.short_id}.pdf": row.sha256 for entry, row in zip(entries, rows, strict=True)}
    return dict(sorted(made.items())), rows, done


def _index(facts: "ArchiveIndex") -> bytes:
    from federation.documents import render
    from federation.documents.fonts import pip_fonts

    return render("archive_index", facts, fonts=pip_fonts())


def _bar(label: str, length: int) -> Any:
    """How far it is, on a terminal; where the output goes to a file or another program, nothing."""
    return click.progressbar(label=label, length=length, show_eta=False, hidden=not sys.stdout.isatty())
