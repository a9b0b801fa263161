"""
Made-up facts for every kind of paper, noun by noun as in `federation.facts.papers`.

For whoever edits a template before there are facts of her own, and for the tests: everything in them is plainly made
up, and what is printed from them says so across the page.
"""

from federation.documents.samples import (
    archive,
    attendance,
    drafts,
    elections,
    meetings,
    polls,
    resolutions,
    results,
    roll,
    scripts,
    tally_sheets,
    terms,
)
from federation.facts.papers import PaperFacts

_NOUNS = (
    drafts, roll, attendance, resolutions, elections, polls, tally_sheets, meetings, terms, results, scripts, archive,
)  # fmt: skip

SAMPLES: dict[str, tuple[str, PaperFacts]] = {name: sample for noun in _NOUNS for name, sample in noun.SAMPLES.items()}
"""Name of the golden → kind and facts."""


def made_up(kind: str) -> PaperFacts:
    """The made-up facts of a kind: the first sample of it."""
    return next(facts for found, facts in SAMPLES.values() if found == kind)
