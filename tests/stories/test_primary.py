"""
差额预选: three stand for two places on the list, and then two for two seats.

Nobody holds a seat by the primary. The list of the formal ballot is what it chose, and what was chosen needs no second
approval.
"""

from pathlib import Path

import pytest

from tests.shell import Run, answer
from tests.stories.telling import AS, CONGRESS, METHOD, approved, called, opened, voted

PRIMARY = METHOD.replace(
    "surplus = { count = 1 }", 'surplus = "equal"\nprimary = { surplus = { count = 1 }, elected = "> 1/2 of due" }'
)


def test_a_primary_and_its_formal_ballot(founded: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A surplus ballot first, then an equal one."""
    run = founded
    called(run, tmp_path, monkeypatch, PRIMARY)
    approved(run, ("members", "马秋澜", "邓云舒", "田富"))
    opened(run)
    voted(run, "members", ("members", ["○○×"] * 5 + ["×○○"] * 4))
    run("election", "announce", "--contest", "members", *AS, code=0)
    run("meeting", "adjourn", *CONGRESS, code=5)
    run("election", "stage", "--contest", "members", *AS, code=0)
    rows = answer(run("election", "list", *CONGRESS[:2], "--json", code=0))
    assert [(row["kind"], row["candidates"]) for row in rows] == [
        ("预选", ["马秋澜", "邓云舒", "田富"]),
        ("首轮", ["邓云舒", "马秋澜"]),
    ]
    said = voted(run, "members.2", ("members.2", ["○○"] * 8 + ["○×"]))
    assert "委员当选：邓云舒、马秋澜" in said
    run("meeting", "adjourn", *CONGRESS, code=0)
