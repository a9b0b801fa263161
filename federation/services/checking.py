"""A check code looked up by its voter, from the opening of the box on: whether her ballot was counted, and as what."""

import json

from sqlalchemy.orm import Session

from federation.ballotbox.envelope import sheet_paper
from federation.ballotbox.passes import read_check_code
from federation.errors import Finding, WrongStage
from federation.facts.voting import Checked, PaperReading
from federation.rules.readings import reading_of
from federation.services import ballots, unsealing
from federation.services.polls import Poll


def look_up(session: Session, poll: Poll, typed: str) -> Checked:
    """Whether a ballot with this check code was counted, and what stood on it where the method shows that."""
    code = read_check_code(typed)
    if poll.election.box != "opened":
        raise WrongStage("现在还不能核对", [Finding("票箱还没有开启", remedy="请收好存根，开箱计票后再来")])
    found, line = unsealing.shown(session, poll, code)
    return Checked(found, _readings(session, poll, line) if line else ())


def _readings(session: Session, poll: Poll, line: str) -> tuple[PaperReading, ...]:
    """A ballot as it was counted, contest by contest."""
    entries = json.loads(line)
    return tuple(
        reading_of(ballots.judge_of(session, poll, round), round.office, sheet_paper(entry))
        for round, entry in zip(poll.rounds, entries, strict=True)
    )
