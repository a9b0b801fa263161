"""Made-up facts for every kind of paper, noun by noun as in `federation.facts.papers`."""

from federation.facts.papers import PaperFacts
from tests.documents.samples import (
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

_NOUNS = (
    drafts, roll, attendance, resolutions, elections, polls, tally_sheets, meetings, terms, results, scripts, archive,
)  # fmt: skip

SAMPLES: dict[str, tuple[str, PaperFacts]] = {name: sample for noun in _NOUNS for name, sample in noun.SAMPLES.items()}
"""Name of the golden → kind and facts."""
