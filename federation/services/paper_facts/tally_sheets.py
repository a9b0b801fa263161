"""计票表: blank sheets for counting by hand, from the lists as they were fixed."""

from collections.abc import Iterator
from functools import partial

from sqlalchemy.orm import Session

from federation.facts.papers import TallySheet
from federation.models import BallotRound, Case
from federation.rules import sheets
from federation.rules.methods import Marks
from federation.services import minute_items, poll_rows
from federation.services.paper_facts.live import LivePaper, meetings_of
from federation.services.paper_facts.polls import poll_head, serving
from federation.services.poll_rows import Poll

SMALL, LARGE = 10, 20
"""Boxes in a row: five votes each, so a sheet takes a pile of fifty papers or of a hundred."""


def live(session: Session, root: Case) -> Iterator[LivePaper]:
    """A sheet for each contest whose list is fixed, so that a count by hand is possible at any time."""
    for _, case in meetings_of(session, root):
        for poll in poll_rows.of_meeting(session, case):
            if poll.election.form == "ballot" and poll.case.state != "nominating":
                for round in poll.rounds:
                    build = partial(tally_sheet, session, poll, round)
                    yield LivePaper(f"tally_sheet-{case.short_id}-{round.short_id}", "tally_sheet", round.office, build)


def tally_sheet(session: Session, poll: Poll, round: BallotRound) -> TallySheet:
    """计票表 of one contest, empty."""
    boxes = SMALL if (poll.meeting.due or 0) <= 5 * SMALL else LARGE
    return TallySheet(
        head=poll_head(session, poll),
        office=round.office,
        round_label=minute_items.round_label(poll, round),
        seats=round.seats,
        candidates=tuple(row.name for row in poll_rows.candidates(session, round)),
        columns=tuple(_columns(poll.method.ballot.marks)),
        written=sheets.write_in_boxes(poll.method, round.seats),
        boxes=boxes,
        papers=5 * boxes,
        serving=serving(session, poll.meeting),
    )


def _columns(marks: Marks) -> Iterator[str]:
    yield "赞成"
    if marks.against is not None:
        yield "不赞成"
    if marks.abstain is not None:
        yield "弃权"
