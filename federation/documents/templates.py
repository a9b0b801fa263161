"""
The templates of the papers as a secretary keeps them: which is in use, and a copy of her own to edit.

A folder of hers is laid out as FEDERATION_TEMPLATES is: the templates of papers stand in `documents/` below it, and
what she does not change she may delete; the program's own takes its place.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from federation.errors import Finding, Misused, Refused
from federation.facts.papers import PAPERS
from federation.resources import built_in, resource


@dataclass(frozen=True, slots=True)
class TemplateInUse:
    """The template of one kind of paper. `own`: a federation's own file; `edited`: it differs from the program's."""

    kind: str
    label: str
    file: Path
    own: bool
    edited: bool


def in_use(own: Path | None = None) -> list[TemplateInUse]:
    """The template that each kind of paper is made from, in the order of the process."""
    found = []
    for kind, paper in PAPERS.items():
        file, original = resource("documents", f"{kind}.txt", own), built_in("documents") / f"{kind}.txt"
        found.append(TemplateInUse(kind, paper.label, file, file != original, _differs(file, original)))
    return found


def folder(given: Path) -> Path:
    """A folder of templates that an option named; Misused where there are none in it."""
    if not (given / "documents").is_dir():
        why = "里没有 documents 文件夹" if given.is_dir() else "不存在"
        raise Misused(f"模板文件夹 {given} {why}。抄一份来改：federation paper templates --copy {given}")
    return given


def copy(target: Path, overwrite: bool = False) -> list[Path]:
    """
    Copy every template into `target/documents`, and return the files written.

    A copy that was edited is never lost unawares: `Refused` names each, unless `overwrite` says so.
    """
    originals = sorted(built_in("documents").glob("*.txt"))
    place = target / "documents"
    edited = [file for original in originals if _differs(file := place / original.name, original)]
    if edited and not overwrite:
        raise Refused("不能抄写模板", list(_findings(edited)))
    try:
        place.mkdir(parents=True, exist_ok=True)
        for original in originals:
            (place / original.name).write_bytes(original.read_bytes())
    except OSError:
        raise Misused(f"写不了模板文件夹 {place}。用 --copy 换一个文件夹") from None
    return [place / original.name for original in originals]


def _findings(edited: list[Path]) -> Iterator[Finding]:
    for file in edited:
        yield Finding(f"{file} 改过了", "改过的模板不覆盖", "换一个文件夹；确要换回原样，加 --overwrite")


def _differs(file: Path, original: Path) -> bool:
    """True where something is there and is not the same file."""
    return file.exists() and not (file.is_file() and file.read_bytes() == original.read_bytes())
