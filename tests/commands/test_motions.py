"""`motion` as an officer types it."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.halls import AS, AT, convened
from tests.shell import Run, answer


@pytest.fixture
def session(founded: Run, tmp_path: Path) -> Run:
    """The congress in session, all nine present."""
    convened(founded, tmp_path)
    founded("meeting", "checkin", "--all", *AT, code=0)
    founded("meeting", "quorum", *AT, code=0)
    return founded


def hands(approve: int, against: int, abstain: int) -> list[str]:
    return ["--approve", str(approve), "--against", str(against), "--abstain", str(abstain)]


def test_a_method_is_put_and_carried_with_the_arithmetic(session: Run) -> None:
    """Numbers, base and clause on the chair's line; then the draft can be adopted."""
    put = session("motion", "put", "method", *AS, code=0).stdout
    assert (
        "第 1 项付表决：通过《示例大会选举办法》。应到 9 人，实到 9 人，须赞成 5 人（超过实到会人数的二分之一，第六条）"
        in put
    )
    recorded = session("motion", "record", *hands(5, 3, 1), *AS, code=0).stdout
    assert recorded == (
        "第 1 项（通过《示例大会选举办法》）通过：赞成 5 人，反对 3 人，弃权 1 人；"
        "应到 9 人，实到 9 人，须赞成 5 人（超过实到会人数的二分之一，第六条）\n"
    )
    session("draft", "adopt", "method", *AS, code=0)


def test_a_motion_that_fails_says_so_and_does_not_adopt(session: Run) -> None:
    """Exit 0: a vote against is a result, not an error."""
    session("motion", "put", "method", *AS, code=0)
    told = answer(session("motion", "record", *hands(4, 5, 0), "--json", *AS, code=0))
    assert (told["result"], told["carried"], told["needed"], told["approve"]) == ("未通过", False, 5, 4)
    session("draft", "adopt", "method", *AS, code=5)


def test_figures_are_refused_where_they_cannot_be_and_asked_for_where_missing(session: Run) -> None:
    """Exit 5 with the sum; exit 2; exit 3 before anything was put."""
    session("motion", "record", *hands(1, 0, 0), *AS, code=3)
    session("motion", "put", "agenda", *AS, code=0)
    assert "赞成 9 + 反对 1 + 弃权 0 = 10 人" in session("motion", "record", *hands(9, 1, 0), *AS, code=5).stderr
    session("motion", "record", "--approve", "9", *AS, code=2)
    session("motion", "record", *hands(-1, 0, 0), *AS, code=2)


def test_a_repeat_changes_nothing_and_other_figures_are_a_wrong_stage(session: Run) -> None:
    """Exit 0 and exit 4."""
    session("motion", "put", "agenda", *AS, code=0)
    assert session("motion", "put", "agenda", *AS, code=0).stdout == "已办理，未作改动\n"
    session("motion", "record", "1", *hands(9, 0, 0), *AS, code=0)
    assert session("motion", "record", "1", *hands(9, 0, 0), *AS, code=0).stdout == "已办理，未作改动\n"
    session("motion", "record", "1", *hands(8, 0, 0), *AS, code=4)


def test_a_motion_is_put_in_session_on_a_subject_there_is(founded: Run, tmp_path: Path) -> None:
    """Exit 4 before the opening; exit 2 for a subject that is none, and for another matter without words."""
    convened(founded, tmp_path)
    founded("motion", "put", "agenda", *AT, code=4)
    founded("motion", "put", "weather", *AT, code=2)


def test_motions_are_listed_with_their_results(session: Run) -> None:
    """An open one says so."""
    session("motion", "put", "other", *AS, code=2)
    session("motion", "put", "other", "通过工作报告", *AS, code=0)
    assert "未表决" in session("motion", "list", code=0).stdout
    session("motion", "record", *hands(9, 0, 0), *AS, code=0)
    [row] = answer(session("motion", "list", "--json", code=0))
    assert (row["question"], row["result"]) == ("通过工作报告", "通过")


def test_the_installed_command_answers(tmp_path: Path) -> None:
    """One process from outside."""
    command = [sys.executable, "-c", "from federation.commands import main; main()", "motion", "list"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8")
    assert (done.returncode, "federation init" in done.stderr) == (6, True)
