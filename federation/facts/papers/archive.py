"""The index of a case's papers."""

from dataclasses import dataclass
from datetime import date

from federation.facts.papers.head import PaperHead


@dataclass(frozen=True, slots=True)
class ArchivedPaper:
    number: int
    title: str
    file: str
    day: date
    pages: int
    sha256: str
    note: str


@dataclass(frozen=True, slots=True)
class ArchiveIndex:
    """归档目录: every paper of a case in order, with its pages and the hash of its file."""

    head: PaperHead
    case: str
    """What the case is called: 某某妇女联合会成立."""
    papers: tuple[ArchivedPaper, ...]
    pages: int
    """Of all of them together."""
