"""
重新选举: a ballot that is void, and the one that was held in its place.

Eight papers were handed out, nine were in the box. Nobody looks at them: the election is declared void, the same three
stand again with fresh papers, and this time the number is right.
"""

from pathlib import Path

import pytest

from tests.shell import Run, answer
from tests.stories.telling import AS, CONGRESS, TWO, approved, called, opened, voted

ON = ("--contest", "members", *AS)


def test_one_paper_too_many_in_the_box(founded: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Returned more than issued: void before any tallying, repeated with the same list (domain.md, steps 15 and 17)."""
    run = founded
    called(run, tmp_path, monkeypatch)
    approved(run, ("members", "马秋澜", "邓云舒", "田富"))
    opened(run)
    run("election", "papers", "--number", 9, *ON, code=0)
    run("election", "open", "--handed-out", 8, *ON, code=0)
    run("election", "close", *ON, code=0)
    run("election", "returned", "--papers", 9, *ON[:2], *TWO, code=0)

    refused = run("election", "declare", "valid", *ON, code=5).stderr
    assert "收回 9 张，多于发出 8" in refused
    assert "federation election declare void" in refused
    assert "票箱不得打开" in run("election", "declare", "void", *ON, code=0).stdout
    run("election", "count", *ON, code=4)
    run("meeting", "adjourn", *CONGRESS, code=5)

    run("election", "rerun", *ON, code=0)
    said = voted(run, "members.2", ("members.2", ["○○×"] * 6 + ["○×○"] * 3))
    assert "委员当选：马秋澜、邓云舒" in said
    rows = answer(run("election", "list", *CONGRESS[:2], "--json", code=0))
    assert [(row["kind"], row["issued"], row["returned"]) for row in rows] == [("首轮", 8, 9), ("重新选举", 9, 9)]
    run("meeting", "adjourn", *CONGRESS, code=0)
    run("journal", "verify", code=0)
