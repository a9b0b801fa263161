"""
Plays an example through the services, act by act, each in a transaction of its own.

Nothing is forced: who is elected comes from the count, and a further ballot is held only where the count asks for one.
Every act can be repeated harmlessly, so a demonstration that was killed goes on where it stood.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import accumulate

from sqlalchemy import Engine

from federation import db
from federation.clock import SetClock
from federation.demonstration.example import Example
from federation.demonstration.scenes import Scene
from federation.demonstration.script import script
from federation.facts.acts import Act, Stated


def in_order(example: Example, seed: int) -> list[Scene]:
    """The scenes of an example by time; those at one time keep the order of the script."""
    return sorted(script(example, seed), key=lambda scene: scene.at)


def play(
    engine: Engine, clock: SetClock, scenes: Sequence[Scene], done: int, after_each: Callable[[int], None]
) -> None:
    """
    Play scenes to their end.

    The first `done` were played before and are passed over; `after_each` hears the number of scenes played so far,
    after each commit.
    """
    times: list[datetime] = list(accumulate((scene.at for scene in scenes), max))
    for number, (scene, at) in enumerate(zip(scenes, times, strict=True), 1):
        clock.at = at
        if number > done:
            _take(engine, clock, scene)
            after_each(number)


def _take(engine: Engine, clock: SetClock, scene: Scene) -> None:
    if scene.each is not None:
        for take in scene.each(engine):
            with db.transaction(engine) as session:
                take(session)
        return
    act = Act(scene.by, Stated.of(clock.now()), clock.now(), scene.second)
    with db.transaction(engine) as session:
        if scene.when is None or scene.when(session):
            scene.take(session, act)
