"""
Demonstrations stopped dead at every point there is, then at random moments: part of `make soak`.

    python -m scripts.soak_demo            every commit and rename of nine delegates, then five random ones
    python -m scripts.soak_demo 20 4711    twenty random ones, from a seed of one's own

Each must end with the same files, to the last byte, as one that nobody disturbed.
"""

import random
import secrets
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults.killing import Point
from tests.faults.test_demo_killed import NINE, outcome, rows, scenes, stopped_again_and_again, verify
from tests.faults.warm import Warm

COMMAND = [sys.executable, "-c", "from federation.commands import main; main()"]
SIZES = (9, 10, 20, 60, 152)


def every_point(warm: Warm, folder: Path) -> None:
    """Nine delegates, stopped before and after each commit and each rename."""
    desk, undisturbed = folder / "desk", folder / "undisturbed"
    for place in (desk, undisturbed):
        place.mkdir()
    warm.run(undisturbed, *NINE)
    last = len(scenes(folder, 9))
    stops = stopped_again_and_again(warm, desk, 1, last - 1)
    for when in ("before", "after"):
        warm.run(desk, *NINE, at=Point(when, "rename", 1))  # type: ignore[arg-type]
    files = len(list((undisturbed / "demo" / "papers").iterdir())) + 2
    for number in range(1, files + 1):
        for when in ("before", "after"):
            warm.run(desk, *NINE, at=Point(when, "rename", number))  # type: ignore[arg-type]
    compare(warm, desk, undisturbed)
    print(f"nine delegates: stopped {stops + 2 + 2 * files} times")


def random_moments(warm: Warm, folder: Path, chance: random.Random) -> None:
    """One of any size, stopped again and again after a random time, until it ends before that."""
    desk, undisturbed = folder / "desk", folder / "undisturbed"
    for place in (desk, undisturbed):
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
    size, seed = chance.choice(SIZES), chance.randrange(10**6)
    args = ("demo", "--delegates", str(size), "--seed", str(seed))
    print(f"{size} delegates, seed {seed}", end="", flush=True)
    stops, patience = 0, 3.0
    while not stopped_after(desk, args, chance.uniform(0.5, patience)):
        stops, patience = stops + 1, patience * 1.1
    warm.run(undisturbed, *args)
    compare(warm, desk, undisturbed)
    print(f": stopped {stops} times")


def stopped_after(desk: Path, args: tuple[str, ...], seconds: float) -> bool:
    """Run the command and stop it dead after so long; True where it came to its end before."""
    with subprocess.Popen([*COMMAND, *args], cwd=desk, stdout=subprocess.DEVNULL) as process:
        try:
            assert process.wait(seconds) == 0
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            return False
    return True


def compare(warm: Warm, desk: Path, undisturbed: Path) -> None:
    """AssertionError unless both ended in the same."""
    verify(warm, desk)
    assert outcome(desk / "demo") == outcome(undisturbed / "demo")
    assert rows(desk / "demo") == rows(undisturbed / "demo")


def main(rounds: int = 5, seed: int | None = None) -> None:
    """Every point where no number of rounds is given, then the random ones."""
    seed = secrets.randbelow(10**6) if seed is None else seed
    print(f"random moments from seed {seed}")
    work: list[Callable[[Warm, Path], None]] = [] if len(sys.argv) > 1 else [every_point]
    chance = random.Random(seed)
    work += [lambda warm, folder: random_moments(warm, folder, chance)] * rounds
    with Warm() as warm:
        for one in work:
            with TemporaryDirectory() as folder:
                one(warm, Path(folder))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
