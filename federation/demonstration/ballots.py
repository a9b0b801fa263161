"""The scenes of one poll: its list, its passes and papers, its box, its count, and whatever follows."""

import hashlib
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from federation import db
from federation.ballotbox.ceremony import KeySet, new_key_set, prove, typed_back
from federation.ballotbox.passes import Pass, RandomBytes, new_pile, shown
from federation.ballotbox.seal import BoxKey
from federation.boxes import BallotFile
from federation.demonstration.example import Example
from federation.demonstration.scenes import Scene, Stage, Take
from federation.facts.acts import Act
from federation.facts.counting import Paper
from federation.services import (
    ballots,
    candidates,
    casting,
    counts,
    elections,
    keys,
    passes,
    polls,
    rounds,
    scrubbing,
    unsealing,
)
from federation.services.candidates import Nominee
from federation.services.polls import Poll
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
        if publicity := stage.example.scenario.get("publicity", {}).get(poll["meeting"]):
            yield Scene(publicity["opened_at"], secretary, partial(play.publicise, publicity))
    else:
        yield Scene(poll["planned_at"], secretary, play.follow_up, "", play.is_asked_for)
    yield scene("opened_at", play.print_papers)
    if "passes" in poll:
        yield scene("opened_at", play.make_passes, scrutineers[0])
        yield scene("opened_at", play.hold_ceremony, *scrutineers[:2])
        yield scene("opened_at", play.open, *scrutineers[:2])
    else:
        yield scene("opened_at", play.open)
    if poll["phone_rows"]:
        yield Scene(poll["closed_at"], secretary, when=when, each=play.casts)
    yield scene("closed_at", play.close)
    if poll["phone_rows"]:
        yield Scene(poll["closed_at"], secretary, play.record_scrubbed, when=when, before=scrubbing.scrub)
        yield scene("returned_at", play.hand_in, *scrutineers[:2])
    yield scene("returned_at", play.returned, *scrutineers[:2])
    yield scene("declared_at", play.declare)
    if poll["phone_rows"]:
        yield scene("entered_at", play.unseal, *scrutineers[:2])
    if poll["papers"]["issued"]:
        yield scene("entered_at", play.enter)
    yield scene("counted_at", play.count)
    yield scene("announced_at", play.announce)
    for decision in stage.example.scenario.get("decision", ()):
        if decision["contest"] == id:
            yield Scene(decision["at"], secretary, partial(play.decide, decision))


def rebuilt(session: Session, example: Example, seed: int) -> dict[uuid.UUID, BoxKey]:
    """The key of every box that was opened, rebuilt from its shares: the demonstration's holders are all there."""
    stage, found = Stage(example), {}
    for id, table in example.scenario["polls"].items():
        if table["phone_rows"] and stage.was_called(session, id):
            poll = stage.poll(session, id)
            shares = _PollPlay(stage, id, table, seed).key_set(session).shares
            if key := keys.of_poll(session, poll):
                found[poll.case.id] = unsealing.key_of(key, shares)
    return found


HOLDERS = 5
"""Shares of a demonstration's key, at most."""


def as_table(pile: Sequence[Pass]) -> bytes:
    """A pile as the codes alone."""
    return "".join(f"{shown(each.code)}\r\n" for each in pile).encode()


class _PollPlay:
    """What one poll does; each method is one act."""

    def __init__(self, stage: Stage, id: str, poll: dict[str, Any], seed: int) -> None:
        self.stage, self.id, self.poll, self.seed = stage, id, poll, seed
        self.box = stage.example.folder / poll["box"]

    def _random(self, what: str) -> RandomBytes:
        """The poll's own source for one thing, the same in every run: a demonstration may be killed and go on."""
        return Random(f"{self.seed}:{self.id}:{what}").randbytes

    def _pile(self, poll: Poll) -> list[str]:
        """The codes of the poll's passes, in the order in which they are drawn."""
        printed = self.poll.get("passes", {}).get("printed", 0)
        return [each.code for each in new_pile(poll.name, printed, self._random("passes"))]

    def key_set(self, session: Session) -> KeySet:
        """The key of the poll's box, as its ceremony makes it: worth nothing, since the seed is known."""
        holders = self._holders(session)
        return new_key_set(len(holders) - 1, len(holders), self._random("ceremony"))

    def _holders(self, session: Session) -> list[str]:
        """Those who keep the shares."""
        return self.stage.scrutineers(session, self.poll["meeting"])[:HOLDERS]

    def plan(self, session: Session, act: Act) -> None:
        elections.plan(session, self.stage.meeting(session, self.poll["meeting"]), act)

    def nominate(self, session: Session, act: Act) -> None:
        nominees = [Nominee(name, profile) for name, profile in self.stage.example.candidates(self.id)]
        candidates.nominate(
            session, self.stage.poll(session, self.id), self.stage.round(session, self.id), nominees, act
        )

    def publicise(self, publicity: dict[str, Any], session: Session, act: Act) -> None:
        meeting = self.stage.meeting(session, self.poll["meeting"])
        candidates.publicise(session, meeting, publicity["ends_on"], publicity["objections_to"], act)

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
            file = Path(folder) / "passes.csv"
            passes.make(session, poll, table["printed"], file, as_table, act, self._random("passes"))
        if table["voided"]:
            passes.void(session, poll, self._pile(poll)[table["drawn"] :], act)

    def hold_ceremony(self, session: Session, act: Act) -> None:
        poll, key_set = self.stage.poll(session, self.id), self.key_set(session)
        holders = self._holders(session)
        prove(key_set, [typed_back(key_set, place, share) for place, share in enumerate(key_set.shares, 1)])
        keys.record_ceremony(session, poll, [key_set], holders, (), {}, act)

    def open(self, session: Session, act: Act) -> None:
        drawn = self.poll.get("passes", {}).get("drawn", 0)
        polls.open_poll(session, self.stage.poll(session, self.id), self.poll["papers"]["issued"], drawn, act)

    def casts(self, engine: Engine) -> Iterable[Callable[[Session], object]]:
        """One transaction a voter. A pass already spent was spent by this same play, before it was interrupted."""
        with db.reading(engine) as session:
            if not self.stage.was_called(session, self.id) or self.stage.poll(session, self.id).case.state != "open":
                return
            cast = self._papers(session)[: self.poll["phone_rows"]]
            poll = self.stage.poll(session, self.id)
            box, pile = casting.box_of(session, poll), self._pile(poll)
        for code, paper in zip(pile, cast, strict=False):
            yield partial(self._cast, box, code, paper)

    def _cast(self, box: casting.Box, code: str, paper: Paper, session: Session) -> None:
        casting.cast(session, box, code, {self.id: paper}, random=self._random(f"seal:{code}"))

    def _papers(self, session: Session) -> list[Paper]:
        poll, round = self.stage.poll(session, self.id), self.stage.round(session, self.id)
        listed = [row.name for row in polls.candidates(session, round)]
        return list(BallotFile(self.box, poll.method.ballot.marks, listed).papers())

    def close(self, session: Session, act: Act) -> None:
        polls.close_poll(session, self.stage.poll(session, self.id), act)

    def record_scrubbed(self, session: Session, act: Act) -> None:
        unsealing.record_scrubbed(session, self.stage.poll(session, self.id), act)

    def hand_in(self, session: Session, act: Act) -> None:
        table, poll = self.poll["passes"], self.stage.poll(session, self.id)
        unused = self._pile(poll)[self.poll["phone_rows"] : table["drawn"]][: table["handed_in"]]
        if unused:
            passes.hand_in(session, poll, unused, act)

    def unseal(self, session: Session, act: Act) -> None:
        key_set = self.key_set(session)
        shares, random = key_set.shares[: key_set.threshold], self._random("salt")
        unsealing.unseal(session, self.stage.poll(session, self.id), shares, act, random=random)

    def returned(self, session: Session, act: Act) -> None:
        poll = self.stage.poll(session, self.id)
        polls.count_returned(session, poll, self.poll["papers"]["returned"], None, act, polls.missing_of(poll.election))

    def declare(self, session: Session, act: Act) -> None:
        polls.declare(session, self.stage.poll(session, self.id), True, act)

    def enter(self, session: Session, act: Act) -> None:
        poll, round = self.stage.poll(session, self.id), self.stage.round(session, self.id)
        if poll.case.state == "valid":
            papers = self._papers(session)[self.poll["phone_rows"] :]
            ballots.enter_box(session, poll, round, hashlib.sha256(self.box.read_bytes()).hexdigest(), papers, act)

    def count(self, session: Session, act: Act) -> None:
        counts.count(session, self.stage.poll(session, self.id), act, self._random("salt"))

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
