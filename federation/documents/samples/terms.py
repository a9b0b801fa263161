"""Papers of those who take office."""

from dataclasses import replace
from datetime import date

from federation.documents.samples.people import FEDERATION, HARD_NAMES, HEAD, MEETING
from federation.facts.papers import Certificate, Certificates, PaperFacts


def certificates() -> Certificates:
    posts = (f"{FEDERATION}第一届执行委员会委员", f"{FEDERATION}副主席", f"{FEDERATION}主席")
    days = (date(2020, 11, 2), date(2020, 11, 3), date(2025, 11, 2))
    return Certificates(
        replace(HEAD, meeting="", signed_by=FEDERATION),
        tuple(Certificate(name, post, MEETING, *days) for name, post in zip(HARD_NAMES, posts, strict=True)),
    )


SAMPLES: dict[str, tuple[str, PaperFacts]] = {"certificate": ("certificate", certificates())}
