"""
The papers: facts become prose, prose becomes pages, pages become a PDF.

    facts ── prose (a template) ── markup (blocks) ── compose (items, pages) ── pdf

A paper knows its facts and nothing else. To add one: a record in `facts.papers`, a template, a line in `PAPERS`.
Importing this is cheap; fonts, templates and the PDF engine are loaded by the first `render`.
"""

from typing import TYPE_CHECKING

from federation.documents.secret_papers import key_letter, pass_sheet
from federation.errors import NotFound
from federation.facts import frozen
from federation.facts.papers import PAPERS, Paper, PaperFacts

if TYPE_CHECKING:
    from federation.documents.fonts import Fonts

__all__ = ["PAPERS", "facts_from_json", "facts_to_json", "key_letter", "paper", "pass_sheet", "render"]


def paper(kind: str) -> Paper:
    """The paper of this kind; `NotFound` with the kinds there are."""
    if kind not in PAPERS:
        there = "、".join(f"{name}（{each.label}）" for name, each in PAPERS.items())
        raise NotFound(f"没有“{kind}”这种文书；现有：{there}")
    return PAPERS[kind]


def render(kind: str, facts: PaperFacts, *, fonts: "Fonts | None" = None, copies: int = 1) -> bytes:
    """
    The PDF of a paper: the same facts, fonts and template give the same bytes.

    With `copies` it is so many times in the file, all alike and each page drawn once: what a printer needs for ballots.

    Without `fonts` it takes the best the machine has. `Refused` with all findings where a character has no face in
    any of them, or the template is at fault.
    """
    from federation.documents.compose import compose
    from federation.documents.furniture import SPECIMEN, Furniture
    from federation.documents.markup import facts_in, read, texts
    from federation.documents.pdf import Properties
    from federation.documents.printing import printed
    from federation.documents.prose import prose

    described = paper(kind)
    if not isinstance(facts, described.record):
        raise TypeError(f"{kind} is made from {described.record.__name__}, not from {type(facts).__name__}")
    template = f"{kind}.txt"
    source = prose(template, facts)
    script = read(source, template)
    furniture = Furniture(facts.head.check_code if described.coded else "", SPECIMEN if facts.head.specimen else "")
    return printed(
        described.label,
        Properties(script.title or described.label, facts.head.federation),
        [*facts_in(source), *texts(source)],
        lambda there: compose(script, there, furniture),
        fonts,
        copies,
    )


def facts_to_json(facts: PaperFacts) -> str:
    """The facts of a paper as the database keeps them."""
    return frozen.to_json(facts)


def facts_from_json(kind: str, text: str) -> PaperFacts:
    """The facts of a paper of this kind, read back; equal to those it was frozen from."""
    read: PaperFacts = frozen.from_json(paper(kind).record, text)
    return read
