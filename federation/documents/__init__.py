"""
The papers: facts become prose, prose becomes pages, pages become a PDF.

    facts ── prose (a template) ── markup (blocks) ── compose (items, pages) ── pdf
                                        └─ markdown, workbook, csv: the same blocks for reading elsewhere

A paper knows its facts and nothing else. To add one: a record in `facts.papers`, a template, a line in `PAPERS`.
Importing this is cheap; fonts, templates and the PDF engine are loaded by the first `render`.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from federation.documents.formats import FORMATS, Format, findings, in_format
from federation.documents.secret_papers import key_letter, pass_sheet
from federation.errors import Finding, NotFound
from federation.facts import frozen
from federation.facts.papers import PAPERS, Paper, PaperFacts

if TYPE_CHECKING:
    from federation.documents.fonts import Fonts

__all__ = [
    "FORMATS",
    "PAPERS",
    "Format",
    "facts_from_json",
    "facts_to_json",
    "format_findings",
    "key_letter",
    "paper",
    "pass_sheet",
    "render",
    "render_as",
    "title_of",
]


def paper(kind: str) -> Paper:
    """The paper of this kind; `NotFound` with the kinds there are."""
    if kind not in PAPERS:
        there = "、".join(f"{name}（{each.label}）" for name, each in PAPERS.items())
        raise NotFound(f"没有“{kind}”这种文书；现有：{there}")
    return PAPERS[kind]


def render(
    kind: str,
    facts: PaperFacts,
    *,
    fonts: "Fonts | None" = None,
    templates: Path | None = None,
    across: str = "",
    copies: int = 1,
) -> bytes:
    """
    The PDF of a paper: the same facts, fonts and template give the same bytes.

    Without `fonts` it takes the best the machine has; `templates` is a folder whose templates come first; `across` is
    a word that stands across every page; with `copies` it is so many times in the file, all alike and each page drawn
    once: what a printer needs for ballots. `Refused` with all findings where a character has no face in any of the
    fonts, or the template is at fault.
    """
    from federation.documents.compose import compose
    from federation.documents.furniture import SPECIMEN, Furniture
    from federation.documents.markup import facts_in, read, texts
    from federation.documents.pdf import Properties
    from federation.documents.printing import printed

    described = paper(kind)
    template = f"{kind}.txt"
    source = _source(kind, facts, templates)
    script = read(source, template)
    word = across or (SPECIMEN if facts.head.specimen else "")
    furniture = Furniture(facts.head.check_code if described.coded else "", word)
    return printed(
        described.label,
        Properties(script.title or described.label, facts.head.federation),
        [*facts_in(source), *texts(source)],
        lambda there: compose(script, there, furniture),
        fonts,
        copies,
    )


def render_as(format: Format, kind: str, facts: PaperFacts, *, templates: Path | None = None, copies: int = 1) -> bytes:
    """
    A paper in one of the formats: as a PDF, or the same blocks for reading elsewhere; the same facts, the same bytes.

    `Refused` where the paper has no such format.
    """
    if format == "pdf":
        return render(kind, facts, templates=templates, copies=copies)
    from federation.documents.furniture import SPECIMEN
    from federation.documents.markup import read

    described = paper(kind)
    script = read(_source(kind, facts, templates), f"{kind}.txt")
    code = facts.head.check_code if described.coded else ""
    return in_format(format, described.label, script, code, SPECIMEN if facts.head.specimen else "")


def format_findings(
    format: Format, kind: str, facts: PaperFacts, *, templates: Path | None = None
) -> tuple[Finding, ...]:
    """Why a paper cannot be had in a format; nothing where it can."""
    from federation.documents.markup import read

    return () if format == "pdf" else tuple(findings(format, read(_source(kind, facts, templates), f"{kind}.txt")))


def title_of(kind: str, facts: PaperFacts) -> str:
    """What the PDF of a paper calls itself."""
    from federation.documents.markup import read

    return read(_source(kind, facts, None), f"{kind}.txt").title or paper(kind).label


def _source(kind: str, facts: PaperFacts, templates: Path | None) -> str:
    """What the template says of these facts."""
    from federation.documents.prose import prose

    record = paper(kind).record
    if not isinstance(facts, record):
        raise TypeError(f"{kind} is made from {record.__name__}, not from {type(facts).__name__}")
    return prose(f"{kind}.txt", facts, templates)


def facts_to_json(facts: PaperFacts) -> str:
    """The facts of a paper as the database keeps them."""
    return frozen.to_json(facts)


def facts_from_json(kind: str, text: str) -> PaperFacts:
    """The facts of a paper of this kind, read back; equal to those it was frozen from."""
    read: PaperFacts = frozen.from_json(paper(kind).record, text)
    return read
