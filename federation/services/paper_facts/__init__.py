"""The facts of each paper, put together from what was recorded. Every number comes from the ledger or the count."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from federation.models import Case
from federation.services.paper_facts import candidates, drafts, elections, federations, notices, roll
from federation.services.paper_facts.elections import ledger_facts, result_notice, tally_report
from federation.services.paper_facts.live import LivePaper
from federation.services.paper_facts.meetings import minutes
from federation.services.paper_facts.requests import congress_request
from federation.services.paper_facts.roll import credentials_report, due_roll

__all__ = [
    "LivePaper",
    "congress_request",
    "credentials_report",
    "due_roll",
    "ledger_facts",
    "live",
    "minutes",
    "result_notice",
    "tally_report",
]

_SOURCES = (federations.live, drafts.live, notices.live, roll.live, candidates.live, elections.live)


def live(session: Session, root: Case) -> Iterator[LivePaper]:
    """Every paper that can be made from the facts as they are."""
    for source in _SOURCES:
        yield from source(session, root)
