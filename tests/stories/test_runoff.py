"""
再次投票: three for two seats, and the papers will not choose between them.

All three are above the bar with six votes each. The tied stand again; the second time two of them tie for the seat that
is left. No text says what happens then: the presidium decides, and the decision is in the journal and in the minutes.
"""

from pathlib import Path

import pytest

from tests.shell import Run, answer
from tests.stories.telling import AS, CONGRESS, approved, called, opened, voted

TIE = ["○○×", "○×○", "×○○"] * 3


def test_a_tie_a_second_tie_and_a_decision(founded: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A tie is a result, handed to the clause on ties; a second tie is a recorded presidium decision."""
    run = founded
    called(run, tmp_path, monkeypatch)
    approved(run, ("members", "马秋澜", "邓云舒", "田富"))
    opened(run)
    assert "委员当选：无" in voted(run, "members", ("members", TIE))
    run("election", "supplement", "--contest", "members", *AS, code=5)
    run("election", "runoff", "--contest", "members", *AS, code=0)

    assert "委员当选：马秋澜" in voted(run, "members.2", ("members.2", ["○○×", "○×○"] * 4))
    second = ("--contest", "members.2", *AS)
    run("election", "runoff", *second, code=5)
    run("meeting", "adjourn", *CONGRESS, code=5)
    run("election", "decide", "--elect", "马秋澜", "--note", "主席团会议决定", *second, code=5)
    run("election", "decide", "--elect", "田富", "--note", "主席团会议决定田富当选", *second, code=0)

    run("meeting", "adjourn", *CONGRESS, code=0)
    lines = answer(run("journal", "show", "--last", "200", "--json", code=0))
    [decision] = [line for line in lines if line["act"] == "presidium_decision"]
    assert decision["facts"] == {"contest": "members.2", "note": "主席团会议决定田富当选", "elected": ["田富"]}
