"""The scenes of one poll: its list, its passes and papers, its box, its count, and whatever follows."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from federation import db
from federation.ballotbox.passes import RandomBytes, new_code
from federation.boxes import BallotFile
from federation.demonstration.scenes import Scene, Stage, Take
from federation.errors import Refused
from federation.facts.acts import Act
from federation.facts.counting import Paper
from federation.services import ballots, candidates, counts, elections, passes, polls, rounds
from federation.services.candidates import Nominee
from federation.services.results import result_of


def poll_scenes(stage: Stage, secretary: str, id: str, poll: dict[str, Any], seed: int) -> Iterator[Scene]:
    """Everything that happens to one poll, in order. A further round is played only where a count asks for it."""
    play = _PollPlay(stage, id, poll, seed)
    first = "." not in id
    scrutineers = stage.example.officers("scrutineer")
    when = None if first else lambda session: stage.was_called(session, id)

    def scene(key: str, take: Take, by: str = secretary, second: str = "") -> Scene:
        return Scene(poll[key], by, take, second, when)

    if first:
        yield Scene(poll["planned_at"], secretary, play.plan)
        yield Scene(poll["planned_at"], secretary, play.nominate)
    else:
        yield Scene(poll["planned_at"], secretary, play.follow_up, "", play.is_asked_for)
    yield scene("opened_at", play.print_papers)
    if "passes" in poll:
        yield scene("opened_at", play.make_passes, scrutineers[0])
    yield scene("opened_at", play.open)
    if poll["phone_rows"]:
        yield Scene(poll["closed_at"], secretary, when=when, each=play.casts)
    yield scene("closed_at", play.close)
    yield scene("returned_at", play.returned, *scrutineers[:2])
    yield scene("declared_at", play.declare)
    if poll["papers"]["issued"]:
        yield scene("entered_at", play.enter)
    yield scene("counted_at", play.count)
    yield scene("announced_at", play.announce)
    for decision in stage.example.scenario.get("decision", ()):
        if decision["contest"] == id:
            yield Scene(decision["at"], secretary, partial(play.decide, decision))


class _PollPlay:
    """What one poll does; each method is one act."""

    def __init__(self, stage: Stage, id: str, poll: dict[str, Any], seed: int) -> None:
        self.stage, self.id, self.poll, self.seed = stage, id, poll, seed
        random = self._random()
        self.codes = [new_code(random) for _ in range(poll.get("passes", {}).get("printed", 0))]
        self.box = stage.example.folder / poll["box"]

    def _random(self) -> RandomBytes:
        """The poll's own source, the same in every run: a demonstration may be killed and go on."""
        return Random(f"{self.seed}:{self.id}").randbytes

    def plan(self, session: Session, act: Act) -> None:
        elections.plan(session, self.stage.meeting(session, self.poll["meeting"]), act)

    def nominate(self, session: Session, act: Act) -> None:
        nominees = [Nominee(name, profile) for name, profile in self.stage.example.candidates(self.id)]
        candidates.nominate(
            session, self.stage.poll(session, self.id), self.stage.round(session, self.id), nominees, act
        )

    def is_asked_for(self, session: Session) -> bool:
        """True where the round before this one left something open that has not been followed up."""
        before = self._before(session)
        return before in FOLLOW_UPS

    def _before(self, session: Session) -> str:
        contest, _, number = self.id.partition(".")
        earlier = contest if number == "2" else f"{contest}.{int(number) - 1}"
        if not self.stage.was_called(session, earlier):
            return ""
        round = self.stage.round(session, earlier)
        return "" if round.decision or not round.result else result_of(self.stage.poll(session, earlier), round).next

    def follow_up(self, session: Session, act: Act) -> None:
        contest, _, number = self.id.partition(".")
        earlier = contest if number == "2" else f"{contest}.{int(number) - 1}"
        poll, round = self.stage.poll(session, earlier), self.stage.round(session, earlier)
        FOLLOW_UPS[self._before(session)](session, poll, round, act)

    def print_papers(self, session: Session, act: Act) -> None:
        polls.print_papers(session, self.stage.poll(session, self.id), self.poll["papers"]["printed"], act)

    def make_passes(self, session: Session, act: Act) -> None:
        poll, table = self.stage.poll(session, self.id), self.poll["passes"]
        with TemporaryDirectory() as folder:  # the demonstration's passes are worth nothing, and are kept nowhere
            passes.make(session, poll, table["printed"], Path(folder) / "passes.csv", act, self._random())
        if table["voided"]:
            passes.void(session, poll, self.codes[table["drawn"] :], act)

    def open(self, session: Session, act: Act) -> None:
        drawn = self.poll.get("passes", {}).get("drawn", 0)
        polls.open_poll(session, self.stage.poll(session, self.id), self.poll["papers"]["issued"], drawn, act)

    def casts(self, engine: Engine) -> Iterable[Callable[[Session], object]]:
        """One transaction a voter. A pass already spent was spent by this same play, before it was interrupted."""
        with db.reading(engine) as session:
            if not self.stage.was_called(session, self.id) or self.stage.poll(session, self.id).case.state != "open":
                return
            cast = self._papers(session)[: self.poll["phone_rows"]]
        for code, paper in zip(self.codes, cast, strict=False):
            yield partial(self._cast, code, paper)

    def _cast(self, code: str, paper: Paper, session: Session) -> None:
        with suppress(Refused):
            ballots.cast(session, self.stage.poll(session, self.id), code, {self.id: paper})

    def _papers(self, session: Session) -> list[Paper]:
        poll, round = self.stage.poll(session, self.id), self.stage.round(session, self.id)
        listed = [row.name for row in polls.candidates(session, round)]
        return list(BallotFile(self.box, poll.method.ballot.marks, listed).papers())

    def close(self, session: Session, act: Act) -> None:
        polls.close_poll(session, self.stage.poll(session, self.id), act)

    def returned(self, session: Session, act: Act) -> None:
        polls.count_returned(session, self.stage.poll(session, self.id), self.poll["papers"]["returned"], None, act)

    def declare(self, session: Session, act: Act) -> None:
        polls.declare(session, self.stage.poll(session, self.id), True, act)

    def enter(self, session: Session, act: Act) -> None:
        poll, round = self.stage.poll(session, self.id), self.stage.round(session, self.id)
        if poll.case.state == "valid":
            papers = self._papers(session)[self.poll["phone_rows"] :]
            ballots.enter_box(session, poll, round, hashlib.sha256(self.box.read_bytes()).hexdigest(), papers, act)

    def count(self, session: Session, act: Act) -> None:
        counts.count(session, self.stage.poll(session, self.id), act)

    def announce(self, session: Session, act: Act) -> None:
        counts.announce(session, self.stage.poll(session, self.id), act)

    def decide(self, decision: dict[str, Any], session: Session, act: Act) -> None:
        poll, round = self.stage.poll(session, self.id), self.stage.round(session, self.id)
        rounds.decide(session, poll, round, decision["elect"], decision["note"], act)


FOLLOW_UPS: dict[str, Callable[..., object]] = {
    "tie_runoff": rounds.runoff,
    "supplementary_ballot": lambda session, poll, round, act: rounds.supplement(session, poll, round, (), (), "", act),
    "formal_ballot": rounds.stage,
}
