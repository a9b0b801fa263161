"""Made-up facts for every kind of paper, noun by noun as in `federation.facts.papers`."""

from federation.facts.papers import PaperFacts
from tests.documents.samples import (
    archive,
    attendance,
    candidates,
    drafts,
    elections,
    federations,
    meetings,
    polls,
    requests,
    resolutions,
    results,
    roll,
    scripts,
    tally_sheets,
    terms,
)

NOUNS = (
    federations, requests, drafts, candidates, roll, attendance, resolutions, elections, polls, tally_sheets, meetings,
    terms, results, scripts, archive,
)  # fmt: skip
SAMPLES: dict[str, tuple[str, PaperFacts]] = {name: sample for noun in NOUNS for name, sample in noun.SAMPLES.items()}
"""Name of the golden → kind and facts."""
