"""`meeting` as an officer types it."""

import subprocess
import sys
from pathlib import Path

from tests.halls import AS, AT, convened, roll_file
from tests.shell import Run, answer


def test_a_congress_is_called_checked_in_opened_and_adjourned(founded: Run, tmp_path: Path) -> None:
    """The figures are said at every step."""
    convened(founded, tmp_path)
    assert "会议通知已经发出" in founded("meeting", "notice", *AT, code=0).stdout
    assert "实到 8 人，列席 1 人" in founded("meeting", "checkin", "--all", "--except", "9", *AT, code=0).stdout
    opened = founded("meeting", "quorum", *AT, code=0).stdout
    assert opened == ("应到 9 人，实到 8 人，须到 6 人（不少于应到会人数的三分之二，第五条），达到法定人数。现在开会\n")
    assert "实到 9 人" in founded("meeting", "late", "9", *AS, code=0).stdout
    assert "实到 8 人" in founded("meeting", "leave", "9", *AS, code=0).stdout
    told = answer(founded("meeting", "quorum", "--json", *AS, code=0))
    assert (told["changed"], told["due"], told["present"], told["needed"], told["reached"]) == (False, 9, 8, 6, True)
    assert founded("meeting", "adjourn", *AS, code=0).stdout == "已闭会\n"


def test_a_meeting_does_not_open_without_its_quorum(founded: Run, tmp_path: Path) -> None:
    """Exit 5 with the arithmetic."""
    convened(founded, tmp_path)
    founded("meeting", "checkin", "1", "2", *AT, code=0)
    assert "应到 9 人，实到 2 人，未达到法定人数 6 人" in founded("meeting", "quorum", *AT, code=5).stderr


def test_a_meeting_is_not_opened_before_it_is_called(founded: Run) -> None:
    """Exit 4."""
    assert "召集会议" in founded("meeting", "quorum", *AT, code=4).stderr


def test_a_meeting_is_not_called_without_agenda_nor_on_no_day(founded: Run) -> None:
    """Exit 5 and exit 2."""
    where = ("--place", "礼堂", "--chair", "丁一禾")
    assert "meeting agenda" in founded("meeting", "call", "--held-on", "2020-11-02", *where, *AT, code=5).stderr
    founded("meeting", "call", "--held-on", "明天", *where, *AT, code=2)
    founded("meeting", "call", *where, *AT, code=2)


def test_an_agenda_may_come_from_a_file_and_not_from_both(founded: Run, tmp_path: Path) -> None:
    """A line an item; nothing, or both ways at once, is exit 2."""
    (tmp_path / "agenda.txt").write_text("一、通过选举办法\n\n二、选举\n", encoding="gb18030")
    founded("meeting", "agenda", "--file", tmp_path / "agenda.txt", *AT, code=0)
    assert answer(founded("meeting", "show", "--meeting", "congress", "--json", code=0))["agenda"] == [
        "通过选举办法",
        "选举",
    ]
    founded("meeting", "agenda", *AT, code=2)
    founded("meeting", "agenda", "选举", "--file", tmp_path / "agenda.txt", *AT, code=2)


def test_a_day_in_the_past_is_pointed_out(founded: Run) -> None:
    """An officer who records late says so with --on."""
    founded("meeting", "agenda", "选举", *AT, code=0)
    said = founded(
        "meeting", "call", "--held-on", "2020-10-02", "--place", "礼堂", "--chair", "丁一禾", *AT, code=0
    ).stdout
    assert "早于今天" in said


def test_check_in_says_whom_in_one_way_only(founded: Run, tmp_path: Path) -> None:
    """Exit 2 for none or two ways, for a shared name; exit 3 for nobody."""
    convened(founded, tmp_path)
    founded("meeting", "checkin", *AT, code=2)
    founded("meeting", "checkin", "1", "--all", *AT, code=2)
    founded("meeting", "checkin", "1", "--except", "2", *AT, code=2)
    assert "8 王芳（第三）、9 王芳（人民）" in founded("meeting", "checkin", "王芳", *AT, code=2).stderr
    founded("meeting", "checkin", "张三", *AT, code=3)
    assert founded("meeting", "checkin", "1", *AT, code=0).stdout == "已签到。应到 9 人，实到 1 人\n"
    assert founded("meeting", "checkin", "1", *AT, code=0).stdout == "已办理，未作改动\n"


def test_an_absence_has_one_of_three_reasons(founded: Run, tmp_path: Path) -> None:
    """因病, 因事, 值班; shown as leave."""
    convened(founded, tmp_path)
    founded("meeting", "absent", "6", "--because", "睡过头", *AT, code=2)
    founded("meeting", "absent", "6", "--because", "因病", *AT, code=0)
    assert "请假：向晚晴（因病）" in founded("meeting", "show", "--meeting", "congress", code=0).stdout


def test_what_was_recorded_by_mistake_is_taken_back(founded: Run, tmp_path: Path) -> None:
    """Until it has been announced."""
    convened(founded, tmp_path)
    founded("meeting", "checkin", "--all", *AT, code=0)
    said = founded("meeting", "undo", "9", "10", "--of", "签到", *AT, code=0).stdout
    assert said == "已撤回签到。应到 9 人，实到 8 人\n"
    assert founded("meeting", "undo", "9", "--of", "签到", *AT, code=0).stdout == "已办理，未作改动\n"
    founded("meeting", "undo", "8", "--of", "迟到", *AT, code=2)
    founded("meeting", "quorum", *AT, code=0)
    refused = founded("meeting", "undo", "8", "--of", "签到", *AT, code=5)
    assert "不能撤回签到" in refused.stderr
    assert "向会议说明" in refused.stderr


def test_a_list_from_the_door_is_taken_whole_or_not_at_all(founded: Run, tmp_path: Path) -> None:
    """Exit 5 with every name that is not on the roll."""
    convened(founded, tmp_path)
    good = roll_file(tmp_path / "door.xlsx", [["丁一禾"], ["田富"]], ("姓名",))
    bad = roll_file(tmp_path / "bad.xlsx", [["马秋澜"], ["张三"], ["李四"]], ("姓名",))
    refused = founded("meeting", "checkin", "--file", bad, *AT, code=5)
    assert "没有“张三”" in refused.stderr
    assert "没有“李四”" in refused.stderr
    assert "实到 2 人" in founded("meeting", "checkin", "--file", good, *AT, code=0).stdout


def test_the_meetings_of_a_case_are_listed(founded: Run, tmp_path: Path) -> None:
    """With their 应到 and who is there now."""
    convened(founded, tmp_path)
    rows = answer(founded("meeting", "list", "--json", code=0))
    assert [(row["meeting"], row["state"], row["due"]) for row in rows] == [
        ("congress", "called", 9),
        ("plenary", "planned", None),
    ]


def test_the_installed_command_answers(tmp_path: Path) -> None:
    """One process from outside."""
    command = [sys.executable, "-c", "from federation.commands import main; main()", "meeting", "list"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8")
    assert (done.returncode, "federation init" in done.stderr) == (6, True)
