"""Made-up facts for every kind of paper, noun by noun as in `federation.facts.papers`."""

from federation.facts.papers import PaperFacts
from tests.documents.samples import candidates, drafts, elections, federations, meetings, requests, roll

NOUNS = (federations, requests, drafts, candidates, roll, elections, meetings)
SAMPLES: dict[str, tuple[str, PaperFacts]] = {name: sample for noun in NOUNS for name, sample in noun.SAMPLES.items()}
"""Name of the golden → kind and facts."""
