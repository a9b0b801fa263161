"""`demo`: an example played from draft charter to archive, into a folder of its own."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from federation import __version__
from federation.commands.files import write_whole
from federation.commands.shell import command
from federation.errors import Finding, Misused, Refused

MARK = "demo.json"
SUMMARY = "summary.json"
OURS = {
    MARK,
    SUMMARY,
    "record.zip",
    "papers",
    "federation.db",
    "federation.db-wal",
    "federation.db-shm",
    "federation.db-journal",
}


@dataclass(frozen=True, slots=True)
class Run:
    """What makes one demonstration the same as another: 0 delegates means the shipped example."""

    version: str
    seed: int
    delegates: int

    def mark(self, done: int) -> dict[str, Any]:
        return {"version": self.version, "seed": self.seed, "delegates": self.delegates, "scenes": done}


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
@click.option("--delegates", type=int, default=0, metavar="人数", help="虚构多少名代表；不写则用自带的示例（152 名）")
@click.option(
    "--seed",
    type=int,
    default=1,
    show_default=True,
    metavar="数",
    help="虚构数据的种子：同样的种子和人数，结果逐字节相同",
)
def demo(folder: Path, delegates: int, seed: int) -> None:
    """在虚构数据上演示一次完整的成立：从征求意见稿到归档。中断了再运行一次即接着办。"""
    run = Run(__version__, seed, delegates)
    done = _begun(folder, run)
    if done is None:
        click.echo(f"{folder} 里的演示已经完成，未作改动。看结果：{folder / SUMMARY}")
        return
    with TemporaryDirectory() as scratch:
        source = _source(Path(scratch), run)
        _play(folder, run, source, done)
    click.echo(f"演示完成：{folder}。文书在 {folder / 'papers'}，结果在 {folder / SUMMARY}")


def _source(scratch: Path, run: Run) -> Path:
    if not run.delegates:
        from federation.resources import resource

        return resource("examples", "gaoxin")
    from federation.demonstration.generated import write_example

    write_example(scratch, run.delegates, run.seed)
    return scratch


def _begun(folder: Path, run: Run) -> int | None:
    """How many scenes were played in this folder; None where all were. Refused where it is not ours."""
    if folder.exists() and not folder.is_dir():
        raise Misused(f"{folder} 不是文件夹")
    found = {entry.name for entry in folder.iterdir()} if folder.exists() else set()
    found = {name for name in found if not any(name.startswith(f".{ours}.") for ours in OURS)}  # left by a killed write
    if not found:
        write_whole(folder / MARK, _json(run.mark(0)))
        return 0
    if strange := sorted(found - OURS) or ([] if MARK in found else sorted(found)):
        raise Refused(
            f"不能在 {folder} 演示", [Finding(f"里面有别的东西：{'、'.join(strange[:5])}", "", "换一个空文件夹：--dir")]
        )
    mark = json.loads((folder / MARK).read_text(encoding="utf-8"))
    if mark != run.mark(mark.get("scenes", 0)):
        was = f"版本 {mark.get('version')}、种子 {mark.get('seed')}、代表 {mark.get('delegates') or '示例'}"
        raise Refused(f"不能在 {folder} 演示", [Finding(f"里面是另一次演示：{was}", "", "换一个空文件夹：--dir")])
    return None if SUMMARY in found else mark["scenes"]


def _play(folder: Path, run: Run, source: Path, done: int) -> None:
    from federation import db
    from federation.clock import SetClock
    from federation.demonstration.example import Example
    from federation.demonstration.player import play

    example = Example.read(source)
    engine = db.engine_for(f"sqlite:///{folder / 'federation.db'}")
    try:
        db.upgrade(engine)
        with click.progressbar(label="演示", length=100, show_eta=False, show_percent=True) as bar:

            def played(number: int) -> None:
                write_whole(folder / MARK, _json(run.mark(number)))
                bar.update(1)

            play(engine, SetClock(example.starts_at), example, run.seed, done, played)
        summary = {**run.mark(0), **_leave(folder, engine)}
    finally:
        engine.dispose()
    del summary["scenes"]
    write_whole(folder / SUMMARY, _json(summary))


def _leave(folder: Path, engine: Any) -> dict[str, Any]:
    """Make the papers and the record, and say what the summary says."""
    from federation import db
    from federation.documents import render
    from federation.services import papers, records, selection, summaries

    with db.reading(engine) as session:
        root = selection.case(session, selection.federation(session, ""), "")
        orders = [papers.order(session, root, slot.short_id) for slot in papers.available(session, root)]
        record, facts = records.public_record(session, root), summaries.of_case(session, root)
    made = {}
    for order in orders:
        data = render(order.kind, order.facts)
        write_whole(folder / "papers" / f"{order.short_id}.pdf", data)
        made[f"{order.short_id}.pdf"] = hashlib.sha256(data).hexdigest()
    write_whole(folder / "record.zip", record)
    return {**facts, "papers": made, "record": hashlib.sha256(record).hexdigest()}


def _json(data: Any) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
