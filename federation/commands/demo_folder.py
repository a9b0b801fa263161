"""
The folder of a demonstration: whether it is one, whose, and how far it has come.

It holds what a demonstration leaves and nothing else, so that nobody's file is ever written over: a mark from the first
moment on, a summary from the last.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from federation.commands.files import DISK_FULL, held, replace_whole
from federation.demonstration import Played
from federation.errors import Finding, Misused, NotReady, Refused
from federation.system_faults import cause

MARK, SUMMARY, PAPERS, ARCHIVE, DATABASE = "demo.json", "summary.json", "papers", "归档", "federation.db"
RECORD, SEALED = "record.zip", "record-sealed.zip"
FILES = (DATABASE, *(f"{DATABASE}-{part}" for part in ("wal", "shm", "journal")))
OURS = {MARK, SUMMARY, RECORD, SEALED, PAPERS, ARCHIVE, *FILES}
ELSEWHERE = "用 --dir 换一个空文件夹"


@dataclass(frozen=True, slots=True)
class Run:
    """What makes one demonstration the same as another: 0 delegates means the shipped example."""

    version: str
    seed: int
    delegates: int

    def facts(self) -> dict[str, Any]:
        return {"version": self.version, "seed": self.seed, "delegates": self.delegates}


@dataclass(frozen=True, slots=True)
class DemoFolder:
    """A folder in which one demonstration is played, begun or yet to be made."""

    path: Path
    run: Run

    def is_complete(self) -> bool:
        """True where this demonstration was played here to its end. Refused where the folder holds anything else."""
        with self._file_faults():
            names = self._names()
            if not names:
                return False
            mark = self._mark()
        if mark is None:
            raise self._refusal(f"里面有别的东西：{'、'.join(sorted(names)[:5])}")
        if {name: mark.get(name) for name in self.run.facts()} != self.run.facts():
            was = f"版本 {mark.get('version')}、种子 {mark.get('seed')}、代表 {mark.get('delegates') or '示例'}"
            raise self._refusal(f"里面是另一次演示：{was}")
        if SUMMARY in names:
            return True
        if strange := sorted(names - OURS) or self._strange_papers():
            raise self._refusal(f"里面有别的东西：{'、'.join(strange[:5])}")
        if mark["scenes"] and DATABASE not in names:
            raise self._refusal(f"演示办到一半，数据库 {DATABASE} 却不见了")
        return False

    @contextmanager
    def held(self) -> Iterator[Played]:
        """Nobody else plays here meanwhile; gives how far it was played before."""
        with self._file_faults():
            self.path.mkdir(parents=True, exist_ok=True)
        with held(self.path, self._refusal("另一个窗口正在这里演示", "等它办完")):
            yield self._begun()

    def note(self, played: Played) -> None:
        """Keep how far it has come."""
        self.put(MARK, as_json({**self.run.facts(), **played._asdict()}))

    def put(self, name: str, data: bytes) -> None:
        """Write one file of the demonstration, whole or not at all."""
        with self._file_faults():
            replace_whole(self.path / name, data)

    def _begun(self) -> Played:
        mark = self._mark()
        for half in self._half_written():
            half.unlink()
        if mark is None:
            self.note(Played())
            return Played()
        return Played(mark["scenes"], mark["lines"])

    def _mark(self) -> dict[str, Any] | None:
        """What the mark says; None where there is none, or a file of that name is not ours."""
        try:
            mark = json.loads((self.path / MARK).read_text(encoding="utf-8"))
        except (FileNotFoundError, IsADirectoryError, ValueError):
            return None
        ours = isinstance(mark, dict) and mark.keys() == {*self.run.facts(), *Played._fields}
        return mark if ours and all(type(mark[name]) is int for name in Played._fields) else None

    def _names(self) -> set[str]:
        if not self.path.exists():
            return set()
        if not self.path.is_dir():
            raise Misused(f"{self.path} 不是文件夹")
        return {entry.name for entry in self.path.iterdir()} - {half.name for half in self._half_written()}

    def _half_written(self) -> set[Path]:
        """What a write that was stopped dead left beside the file that it was to become."""
        here = {half for name in (MARK, SUMMARY, RECORD, SEALED) for half in self.path.glob(f".{name}.????????")}
        return here | {half for name in (PAPERS, ARCHIVE) for half in (self.path / name).glob(".*.pdf.????????")}

    def _strange_papers(self) -> list[str]:
        """What is no paper in the two folders of papers."""
        found = []
        for papers in (self.path / PAPERS, self.path / ARCHIVE):
            if papers.is_dir():
                whole = {*papers.iterdir()} - self._half_written()
                found += [file.name for file in whole if file.suffix != ".pdf"]
            elif papers.exists():
                found.append(papers.name)
        return sorted(found)

    def _refusal(self, problem: str, remedy: str = ELSEWHERE) -> Refused:
        return Refused(f"不能在 {self.path} 演示", [Finding(problem, remedy=remedy)])

    @contextmanager
    def _file_faults(self) -> Iterator[None]:
        """Say in Chinese what the file system said."""
        try:
            yield
        except OSError as error:
            if error.errno in DISK_FULL:
                problem = Finding("磁盘已满或写入失败", remedy="腾出空间，再运行一次即接着办")
                raise NotReady(f"不能在 {self.path} 演示", [problem]) from None
            raise Misused(f"不能在 {self.path} 演示：{cause(error)}。{ELSEWHERE}") from None


def as_json(data: Any) -> bytes:
    """The bytes of a table of facts."""
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
