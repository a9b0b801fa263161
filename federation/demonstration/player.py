"""
Plays an example through the services, act by act, each in a transaction of its own.

Nothing is forced: who is elected comes from the count, and a further ballot is held only where the count asks for one.
A demonstration that was killed goes on where it stood. Every act but casting writes to the journal, so a journal longer
than was noted tells that one more scene was committed; a ballot cast again is refused, its pass being spent.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import accumulate

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from federation import db
from federation.clock import SetClock
from federation.demonstration import Played
from federation.demonstration.example import Example
from federation.demonstration.scenes import Scene
from federation.demonstration.script import script
from federation.facts.acts import Act, Stated
from federation.models import JournalHead


def in_order(example: Example, seed: int, further: Iterable[Scene] = ()) -> list[Scene]:
    """The scenes of an example by time; those at one time keep the order of the script, any further ones after it."""
    return sorted([*script(example, seed), *further], key=lambda scene: scene.at)


def play(
    engine: Engine, clock: SetClock, scenes: Sequence[Scene], played: Played, after_each: Callable[[Played], None]
) -> None:
    """
    Play scenes to their end.

    Those that were played before are passed over, also where the last of them was committed and not noted any more;
    `after_each` is to note how far it has come, after each commit.
    """
    times: list[datetime] = list(accumulate((scene.at for scene in scenes), max))
    with db.reading(engine) as session:
        lines = _lines(session)
    if lines > played.lines:
        after_each(played := Played(played.scenes + 1, lines))
    for number, (scene, at) in enumerate(zip(scenes, times, strict=True), 1):
        clock.at = at
        if number > played.scenes:
            after_each(Played(number, _take(engine, clock, scene)))


def _take(engine: Engine, clock: SetClock, scene: Scene) -> int:
    """Play one scene, and say how many lines the journal has after it."""
    if scene.each is not None:
        for take in scene.each(engine):
            with db.transaction(engine) as session:
                take(session)
        with db.reading(engine) as session:
            return _lines(session)
    if scene.before is not None and _comes(engine, scene):
        scene.before(engine)
    act = Act(scene.by, Stated.of(clock.now()), clock.now(), scene.second)
    with db.transaction(engine) as session:
        if scene.when is None or scene.when(session):
            scene.take(session, act)
        return _lines(session)


def _comes(engine: Engine, scene: Scene) -> bool:
    """True where the story came to this scene."""
    with db.reading(engine) as session:
        return scene.when is None or scene.when(session)


def _lines(session: Session) -> int:
    """How many lines the journal has, in all its chains."""
    return session.scalar(select(func.sum(JournalHead.sequence))) or 0
