"""
The congress amends its method: two seats become three, and what was printed is printed anew.

The lists were approved and the papers printed before anybody met. On the day a delegate moves for a third seat. The
amended text is put, adopted, and the plan follows it; no ballot is opened by the text of yesterday.
"""

from pathlib import Path

import pytest

from tests.shell import Run, answer
from tests.stories.telling import AS, CONGRESS, METHOD, approved, ask, balloted, called, carried

ON = ("--contest", "members", *AS)


def test_a_third_seat_moved_on_the_day(founded: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Amend and vote again; no ballot before the method is adopted (domain.md, step 11)."""
    run = founded
    called(run, tmp_path, monkeypatch)
    approved(run, ("members", "马秋澜", "邓云舒", "田富"))
    run("election", "papers", "--number", 9, *ON, code=0)
    run("meeting", "checkin", "--all", *CONGRESS, code=0)
    run("meeting", "quorum", *CONGRESS, code=0)
    run("election", "scrutineers", "--chief", "向晚晴", "--teller", "丁一禾", *CONGRESS, code=0)
    carried(run, "scrutineers")
    run("motion", "put", "method", *AS, code=0)
    run("motion", "record", "--approve", 3, "--against", 6, "--abstain", 0, *AS, code=0)
    run("draft", "adopt", "method", *AS, code=5)

    (tmp_path / "amended.toml").write_text(METHOD.replace("seats = 2", "seats = 3"), encoding="utf-8")
    run("draft", "add", "method", tmp_path / "method.md", "--data", tmp_path / "amended.toml", *AS, code=0)
    carried(run, "method")
    run("draft", "adopt", "method", *AS, code=0)
    refused = run("election", "open", "--handed-out", 9, *ON, code=5).stderr
    assert "federation election plan" in refused

    assert "recall_papers" in run("election", "plan", *CONGRESS, code=5).stderr
    run("step", "recall_papers", "--on-case", "congress/members", "--note", "大会增加一个名额", *AS, code=0)
    run("election", "plan", *CONGRESS, code=0)
    assert "提醒" in run("election", "nominate", "田大利", "王芳（人民）", *ON, code=0).stdout
    run("election", "withdraw", "王芳（人民）", *ON, code=0)
    assert "批复" in run("election", "papers", "--number", 9, *ON, code=5).stderr
    ask(run, "candidates:congress", "3号")
    run("election", "papers", "--number", 9, *ON, code=0)
    said = balloted(run, "members", ("members", ["○○○×"] * 9))
    assert "委员当选：马秋澜、邓云舒、田富" in said
    [row] = answer(run("election", "list", *CONGRESS[:2], "--json", code=0))
    assert (row["seats"], row["expected"]) == (3, 4)
