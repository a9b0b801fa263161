"""
另行选举: two seats, one of them left empty, and a name that nobody had thought of before.

马秋澜 has her seat; the others fell one vote short. The presidium proposes 田大利 as well; without the party
committee's word she is not on the list, with it she is, and she wins.
"""

from pathlib import Path

import pytest

from tests.shell import Run, answer
from tests.stories.telling import AS, CONGRESS, approved, called, opened, voted

ON = ("--contest", "members", *AS)


def test_a_seat_left_over_and_a_name_added(founded: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ballot valid, seats left over, a new list pre-filled by first votes (domain.md, glossary)."""
    run = founded
    called(run, tmp_path, monkeypatch)
    approved(run, ("members", "马秋澜", "邓云舒", "田富"))
    opened(run)
    said = voted(run, "members", ("members", ["○○×"] * 4 + ["○×○"] * 4))
    assert "委员当选：马秋澜" in said
    assert "尚有后续" in said

    assert "须经同级党组织同意" in run("election", "supplement", "--add", "田大利", *ON, code=5).stderr
    run("election", "supplement", "--add", "田大利", "--drop", "田富", "--approval", "示例〔2020〕3号", *ON, code=0)
    rows = answer(run("election", "list", *CONGRESS[:2], "--json", code=0))
    assert (rows[1]["kind"], rows[1]["seats"], rows[1]["candidates"]) == ("另行选举", 1, ["邓云舒", "田大利"])

    assert "委员当选：田大利" in voted(run, "members.2", ("members.2", ["×○"] * 7 + ["○×"] * 2))
    run("meeting", "adjourn", *CONGRESS, code=0)
    run("paper", "make", "result_notice-congress", "--out", "公告.pdf", code=0)
