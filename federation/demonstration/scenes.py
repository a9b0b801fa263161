"""One scene of a play, and how its acts find what they are about."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from federation.demonstration.example import Example
from federation.errors import NotFound
from federation.facts.acts import Act
from federation.facts.snapshot import KEY_HOLDERS
from federation.models import BallotRound, Case, Federation, MeetingDuty
from federation.services import selection
from federation.services.polls import Poll, poll_of

Take = Callable[[Session, Act], object]


def nothing(session: Session, act: Act) -> None:
    """An act that changes nothing: the scene's work is in `each`."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One act: when, by whom (and with whom), what, and whether the story came to it at all."""

    at: datetime
    by: str
    take: Take = nothing
    second: str = ""
    when: Callable[[Session], bool] | None = None
    before: Callable[[Engine], object] | None = None
    """Something done to the database itself, outside any transaction; it may be done again."""
    each: Callable[[Engine], Iterable[Callable[[Session], object]]] | None = None
    """Many small transactions instead of one: ballots cast, one by one."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the things of an example are, in whatever session an act runs."""

    example: Example

    def federation(self, session: Session) -> Federation:
        return selection.federation(session, self.example.scenario["federation"]["id"])

    def root(self, session: Session) -> Case:
        return selection.case(session, self.federation(session), self.example.scenario["case"]["id"])

    def meeting(self, session: Session, id: str) -> Case:
        return selection.meeting(session, self.root(session), id)

    def round(self, session: Session, id: str) -> BallotRound:
        return selection.round(session, self.root(session), None, id)

    def poll(self, session: Session, id: str) -> Poll:
        return poll_of(session, self.round(session, id).election_id)

    def scrutineers(self, session: Session, id: str) -> list[str]:
        """The scrutineers of a meeting, the chief first."""
        query = select(MeetingDuty.name).where(
            MeetingDuty.meeting_id == self.meeting(session, id).id, MeetingDuty.duty.in_(KEY_HOLDERS)
        )
        return list(session.scalars(query.order_by(MeetingDuty.duty, MeetingDuty.position)))

    def was_called(self, session: Session, id: str) -> bool:
        """True where the story came to this round."""
        try:
            self.round(session, id)
        except NotFound:
            return False
        return True
