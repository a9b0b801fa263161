"""A demonstration that is stopped dead, anywhere and again and again, ends as if nothing had happened."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from federation.demonstration.example import Example
from federation.demonstration.generated import write_example
from federation.demonstration.player import in_order
from tests.faults.killing import Point
from tests.faults.warm import Warm

NINE = ("demo", "--delegates", "9")
SIXTY = ("demo", "--delegates", "60")
"""From sixty on a congress votes by phone, too."""


@pytest.fixture(scope="module")
def warm() -> Iterator[Warm]:
    with Warm() as warm:
        yield warm


@pytest.fixture(scope="module")
def nine(warm: Warm, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nine delegates, undisturbed."""
    folder = tmp_path_factory.mktemp("nine") / "desk"
    folder.mkdir()
    warm.run(folder, *NINE)
    return folder / "demo"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Where the disturbed ones are played."""
    (tmp_path / "desk").mkdir()
    return tmp_path / "desk"


def outcome(folder: Path) -> dict[str, bytes]:
    """Every file that is left, but the database: its keys are random."""
    files = [file for file in folder.rglob("*") if file.is_file() and not file.name.startswith("federation.db")]
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


def rows(folder: Path) -> dict[str, int]:
    """How many rows each table has."""
    with closing(sqlite3.connect(folder / "federation.db")) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}


def votes(folder: Path) -> tuple[int, list[bytes]]:
    """How many passes are spent, and the sealed ballots cast with them, in no order; from a seed, they are the same."""
    with closing(sqlite3.connect(folder / "federation.db")) as connection:
        (spent,) = connection.execute("SELECT count(*) FROM voting_passes WHERE state = 'spent'").fetchone()
        return spent, sorted(box for (box,) in connection.execute("SELECT box FROM sealed_ballots"))


def scenes_played(folder: Path) -> int:
    played: int = json.loads((folder / "demo.json").read_text(encoding="utf-8"))["scenes"]
    return played


def verify(warm: Warm, desk: Path) -> None:
    """The journal holds, and the database is whole."""
    warm.run(desk, "--db", "demo/federation.db", "db", "check")
    warm.run(desk, "--db", "demo/federation.db", "journal", "verify")


def scenes(tmp_path: Path, delegates: int) -> list[Any]:
    """The scenes of a demonstration, in order."""
    source = tmp_path / "source"
    source.mkdir()
    write_example(source, delegates, 1)
    return in_order(Example.read(source), 1)


def stopped_again_and_again(warm: Warm, desk: Path, step: int, until: int) -> int:
    """
    Play until so many scenes are played, stopped at every `step`-th point; returns how often it was stopped.

    In turn: before and after a commit, before and after a rename. The first commit of each run only looks.
    """
    stops = 0
    while stops == 0 or scenes_played(desk / "demo") < until:
        for what, number in (("commit", 1 + step), ("rename", step)):
            for when in ("before", "after"):
                warm.run(desk, *NINE, at=Point(when, what, number))  # type: ignore[arg-type]
                stops += 1
        verify(warm, desk)
    return stops


def test_the_commits_and_renames_of_the_play(warm: Warm, nine: Path, desk: Path, tmp_path: Path):
    """The same files to the last byte, the same rows. Here at every few points, in `make soak` at every one."""
    last = len(scenes(tmp_path, 9))
    stopped_again_and_again(warm, desk, 1, 4)
    assert stopped_again_and_again(warm, desk, 5, last - 10) > 8
    warm.run(desk, *NINE, at=Point("before", "rename", last - scenes_played(desk / "demo")))
    warm.run(desk, *NINE)
    assert outcome(desk / "demo") == outcome(nine)
    assert rows(desk / "demo") == rows(nine)
    verify(warm, desk)


def test_the_papers_the_record_and_the_summary(warm: Warm, nine: Path, desk: Path):
    """Each has its name only once it is whole, and the summary comes last. The sealed record was there before them."""
    shutil.copytree(nine, desk / "demo")
    papers = len(list((nine / "papers").iterdir())) + len(list((nine / "归档").iterdir()))
    for name in ("summary.json", "record.zip"):
        (desk / "demo" / name).unlink()
    shutil.rmtree(desk / "demo" / "papers")
    shutil.rmtree(desk / "demo" / "归档")
    record, summary = papers + 1, papers + 2
    for number, when in ((1, "before"), (papers // 2, "after"), (record, "after"), (summary, "before")):
        warm.run(desk, *NINE, at=Point(when, "rename", number))  # type: ignore[arg-type]
        whole = {name: data for name, data in outcome(desk / "demo").items() if not Path(name).name.startswith(".")}
        assert whole.items() <= outcome(nine).items()
        assert "summary.json" not in whole
    warm.run(desk, *NINE, at=Point("after", "rename", summary))
    assert outcome(desk / "demo") == outcome(nine)
    assert rows(desk / "demo") == rows(nine)


def test_a_demonstration_stopped_before_it_has_begun(warm: Warm, desk: Path):
    """An empty folder, one with a half-written mark and one with an empty database are all taken up again."""
    for point in (Point("before", "rename", 1), Point("before", "commit", 1), Point("after", "commit", 1)):
        warm.run(desk, *NINE, at=point)
    warm.run(desk, *NINE, at=Point("after", "rename", 1))
    assert scenes_played(desk / "demo") == 1


def test_in_the_middle_of_casting_no_vote_is_lost_or_doubled(warm: Warm, desk: Path, tmp_path: Path):
    """A pass is spent and its ballot in the box, or neither; whoever had voted has voted once."""
    script = scenes(tmp_path, 60)
    before = next(number for number, scene in enumerate(script) if scene.each)
    schema, looking = 1, 2
    first = schema + before + looking
    cast = 0
    for point, further in (
        (Point("before", "commit", first + 12), 11),
        (Point("after", "commit", looking + 20), 20),
        (Point("before", "commit", looking + 26), 25),
        (Point("before", "rename", 1), None),
        (Point("after", "commit", looking + 3), None),
    ):
        warm.run(desk, *SIXTY, at=point)
        assert scenes_played(desk / "demo") == before, str(point)
        spent, ballots = votes(desk / "demo")
        assert spent == len(ballots)
        assert spent == (further or 34)
        assert spent >= cast
        cast = spent
    undisturbed = tmp_path / "undisturbed"
    undisturbed.mkdir()
    for folder in (desk, undisturbed):
        warm.run(folder, *SIXTY)
    assert votes(desk / "demo") == votes(undisturbed / "demo")
    assert votes(desk / "demo")[0] == 34
    assert outcome(desk / "demo") == outcome(undisturbed / "demo")
    assert rows(desk / "demo") == rows(undisturbed / "demo")
