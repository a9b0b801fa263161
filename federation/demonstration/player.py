"""
Plays an example through the services, act by act, each in a transaction of its own.

Nothing is forced: who is elected comes from the count, and a further ballot is held only where the count asks for one.
Every act can be repeated harmlessly, so a demonstration that was killed goes on where it stood.
"""

from collections.abc import Callable
from datetime import datetime
from itertools import accumulate

from sqlalchemy import Engine

from federation import db
from federation.clock import SetClock
from federation.demonstration.example import Example
from federation.demonstration.scenes import Scene
from federation.demonstration.script import script
from federation.facts.acts import Act, Stated


def play(
    engine: Engine, clock: SetClock, example: Example, seed: int, done: int, after_each: Callable[[int], None]
) -> int:
    """
    Play an example to its end and return the number of its scenes.

    The first `done` scenes were played before and are passed over; `after_each` hears the number of scenes played so
    far, after each commit.
    """
    scenes = sorted(script(example, seed), key=lambda scene: scene.at)
    times: list[datetime] = list(accumulate((scene.at for scene in scenes), max))
    for number, (scene, at) in enumerate(zip(scenes, times, strict=True), 1):
        clock.at = at
        if number > done:
            _take(engine, clock, scene)
            after_each(number)
    return len(scenes)


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
