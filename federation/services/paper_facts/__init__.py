"""The facts of each paper, put together from what was recorded. Every number comes from the ledger or the count."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from federation.models import Case
from federation.services.paper_facts import (
    attendance,
    candidates,
    drafts,
    elections,
    federations,
    notices,
    polls,
    requests,
    resolutions,
    results,
    roll,
    scripts,
    tally_sheets,
)
from federation.services.paper_facts.attendance import attendance_slip, slip_id
from federation.services.paper_facts.elections import ledger_facts, result_notice, tally_report
from federation.services.paper_facts.live import LivePaper
from federation.services.paper_facts.meetings import minutes
from federation.services.paper_facts.polls import issue_slip, paper_id, return_slip
from federation.services.paper_facts.requests import congress_request, request_id
from federation.services.paper_facts.resolutions import resolution
from federation.services.paper_facts.results import filing_form, result_report
from federation.services.paper_facts.roll import credentials_report, due_roll
from federation.services.paper_facts.terms import certificates

__all__ = [
    "LivePaper",
    "attendance_slip",
    "certificates",
    "congress_request",
    "credentials_report",
    "due_roll",
    "filing_form",
    "issue_slip",
    "ledger_facts",
    "live",
    "minutes",
    "paper_id",
    "request_id",
    "resolution",
    "result_notice",
    "result_report",
    "return_slip",
    "slip_id",
    "tally_report",
]

_SOURCES = (
    federations.live,
    drafts.live,
    notices.live,
    roll.live,
    candidates.live,
    requests.live,
    scripts.live,
    attendance.live,
    resolutions.live,
    elections.live,
    polls.live,
    tally_sheets.live,
    results.live,
)


def live(session: Session, root: Case) -> Iterator[LivePaper]:
    """Every paper that can be made from the facts as they are."""
    for source in _SOURCES:
        yield from source(session, root)
