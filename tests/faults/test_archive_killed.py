"""An archive whose making is stopped dead holds whole papers, an index only over all of them, and is made again."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Literal

import pytest

from federation.clock import SetClock
from tests.faults.killing import Point
from tests.faults.test_kills import FORM, FOUND, INIT, desk, prepared
from tests.faults.warm import Warm

EXAMPLE = Path(__file__).parents[2] / "examples" / "gaoxin"
CHARTER = ("draft", "add", "charter", str(EXAMPLE / "charter.md"), "--as", "王秘书")
INDEX = "00-归档目录.pdf"
WHEN: tuple[Literal["before", "after"], ...] = ("before", "after")


@pytest.fixture(scope="module")
def warm() -> Iterator[Warm]:
    with Warm() as warm:
        yield warm


def archived(folder: Path) -> dict[str, bytes]:
    """What lies in the archive under a name of its own; half a file has none."""
    files = (folder / "归档").iterdir() if (folder / "归档").exists() else ()
    return {file.name: file.read_bytes() for file in files if not file.name.startswith(".")}


def registered(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / "federation.db")) as connection:
        return sorted(sha256 for (sha256,) in connection.execute("SELECT sha256 FROM made_papers"))


@pytest.fixture
def own(tmp_path: Path, clock: SetClock) -> Path:
    """Templates that give every paper of the archive other bytes."""
    desk(tmp_path, clock)("paper", "templates", "--copy", tmp_path / "own", code=0)
    for file in (tmp_path / "own" / "documents").iterdir():
        file.write_text(file.read_text(encoding="utf-8") + "\n本会自定样式。\n", encoding="utf-8")
    return tmp_path / "own"


@pytest.mark.parametrize("before", ["nothing", "an earlier archive"])
def test_an_archive_that_was_stopped_is_made_again_as_if_nothing_had_happened(
    before: str, tmp_path: Path, clock: SetClock, own: Path, warm: Warm
):
    """Before and after every rename and commit: each paper whole or not there, none registered twice, nothing left."""
    folder = tmp_path / "desk"
    archive = ("paper", "archive", "--dir", str(folder / "归档"))
    prepare = prepared(folder, clock, [INIT, FOUND, FORM, CHARTER])

    def earlier() -> None:
        prepare()
        if before == "an earlier archive":
            desk(folder, clock)(*archive, "--templates", own, code=0)

    earlier()
    there = archived(folder)
    desk(folder, clock)(*archive, code=0)
    whole, known = archived(folder), registered(folder)
    assert len(whole) == 3
    assert len(known) == len({*whole.values(), *there.values()})
    earlier()
    counts = warm.run(folder, *archive)
    assert counts["rename"] == len(whole)
    assert counts["commit"] >= 1
    for point in (Point(when, what, n) for what in counts for n in range(1, counts[what] + 1) for when in WHEN):
        earlier()
        warm.run(folder, *archive, at=point)
        found = archived(folder)
        assert found.items() <= {*whole.items(), *there.items()}, str(point)
        assert INDEX not in found or found in (whole, there), str(point)
        desk(folder, clock)(*archive, code=0)
        assert archived(folder) == whole, str(point)
        assert not list((folder / "归档").glob(".*")), str(point)
        assert registered(folder) == known, str(point)
