"""`roll` as an officer types it."""

import subprocess
import sys
from pathlib import Path

from tests.halls import AS, AT, delegates, roll_file
from tests.shell import Run, answer


def test_a_roll_is_imported_reviewed_and_frozen(founded: Run, tmp_path: Path) -> None:
    """Each command names the next."""
    assert "10 人，有表决权的 9 人" in founded("roll", "import", roll_file(tmp_path / "r.xlsx"), *AT, code=0).stdout
    assert "全部审查完毕" in founded("roll", "review", "--all", "--passed", *AT, code=0).stdout
    assert "应到 9 人" in founded("roll", "freeze", *AT, code=0).stdout
    assert founded("roll", "freeze", *AT, code=0).stdout == "已办理，未作改动\n"


def test_the_quota_and_the_procedure_are_recorded_for_the_credentials_report(founded: Run, tmp_path: Path) -> None:
    """One of the two at least: exit 2 without; a repeat changes nothing."""
    founded("roll", "import", roll_file(tmp_path / "r.xlsx"), *AT, code=0)
    quota = ("roll", "quota", "9", "--procedure", "各单位推选。", *AT)
    assert founded(*quota, code=0).stdout == "已登记代表名额和产生办法\n"
    assert founded(*quota, code=0).stdout == "已办理，未作改动\n"
    founded("roll", "quota", *AT, code=2)
    founded("roll", "quota", "0", *AT, code=2)


def test_an_import_without_a_meeting_lists_those_there_are(founded: Run, tmp_path: Path) -> None:
    """Exit 2: several are open."""
    refused = founded("roll", "import", roll_file(tmp_path / "r.xlsx"), *AS, code=2)
    assert "congress、plenary" in refused.stderr


def test_a_bad_roll_is_refused_with_its_rows_also_as_json(founded: Run, tmp_path: Path) -> None:
    """Exit 5, every row at once, nobody imported."""
    rows = delegates()
    rows[0][3], rows[4][8] = "不详", "来宾"
    refused = founded("roll", "import", roll_file(tmp_path / "r.csv", rows), *AT, "--json", code=5)
    assert [found["problem"] for found in answer(refused)["findings"]] == [
        "第 2 行：出生日期看不懂，或没有这一天",
        "第 6 行：类别“来宾”不认识",
    ]
    assert answer(founded("roll", "list", "--meeting", "congress", "--json", code=0)) == []


def test_a_file_that_is_not_there_is_a_usage_error(founded: Run, tmp_path: Path) -> None:
    """Exit 2."""
    founded("roll", "import", tmp_path / "none.xlsx", *AT, code=2)


def test_without_an_officer_nothing_is_imported(founded: Run, tmp_path: Path) -> None:
    """Every command that changes something names who acts (exit 2); a stranger is exit 3."""
    file = roll_file(tmp_path / "r.xlsx")
    founded("roll", "import", file, "--meeting", "congress", code=2)
    founded("roll", "import", file, "--meeting", "congress", "--as", "陌生人", code=3)


def test_a_person_is_added_replaced_and_removed(founded: Run) -> None:
    """What is left out is 女, 代表, 有; a replacement keeps the number."""
    said = founded("roll", "add", "钱小满", "--born", "1985-03-08", "--sector", "教育", *AT, code=0)
    assert "1 号 钱小满" in said.stdout
    founded("roll", "replace", "1", "--by", "钱小玉", "--born", "1990-05-01", "--sector", "科技", *AT, code=0)
    [row] = answer(founded("roll", "list", "--meeting", "congress", "--json"))
    assert (row["name"], row["sector"]) == ("钱小玉", "科技")
    founded("roll", "remove", "钱小玉", "--note", "调动", *AT, code=0)
    founded("roll", "remove", "钱小玉", "--note", "调动", *AT, code=3)


def test_a_person_who_cannot_be_a_delegate_is_not_added(founded: Run) -> None:
    """Exit 5 with every reason."""
    refused = founded("roll", "add", "钱小满", "--sex", "男", "--born", "2010-01-01", *AT, code=5)
    assert "为男性" in refused.stderr
    assert "未满 18 周岁" in refused.stderr


def test_the_list_shows_namesakes_with_their_unit_and_who_is_unreviewed(founded: Run, tmp_path: Path) -> None:
    """No birth date and no ID number is in it."""
    founded("roll", "import", roll_file(tmp_path / "r.xlsx"), *AT, code=0)
    founded("roll", "review", "王芳（第三）", "--passed", *AT, code=0)
    shown = founded("roll", "list", "--unreviewed", "--meeting", "congress", code=0).stdout
    assert "王芳（人民）" in shown
    assert "王芳（第三）" not in shown
    assert "1980" not in founded("roll", "list", "--meeting", "congress", "--json", code=0).stdout


def test_a_review_says_of_whom_and_with_what_result(founded: Run, tmp_path: Path) -> None:
    """Nobody and everybody, no result, or a failure without a reason: exit 2."""
    founded("roll", "import", roll_file(tmp_path / "r.xlsx"), *AT, code=0)
    founded("roll", "review", "--passed", *AT, code=2)
    founded("roll", "review", "1", "--all", "--passed", *AT, code=2)
    founded("roll", "review", "1", *AT, code=2)
    founded("roll", "review", "1", "--failed", *AT, code=2)
    founded("roll", "review", "王芳", "--passed", *AT, code=2)
    assert "还有 8 人" in founded("roll", "review", "1", "--failed", "--note", "材料不全", *AT, code=0).stdout


def test_a_roll_is_not_drawn_before_the_election(founded: Run) -> None:
    """Exit 5, with the step that is missing."""
    assert "election announce" in founded("roll", "draw", "--meeting", "plenary", *AS, code=5).stderr


def test_the_installed_command_answers(tmp_path: Path) -> None:
    """One process from outside."""
    command = [sys.executable, "-c", "from federation.commands import main; main()", "roll", "list"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8")
    assert (done.returncode, "federation init" in done.stderr) == (6, True)
