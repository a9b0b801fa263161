"""`draft` as an officer types it."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.drafting import CHARTER
from tests.halls import AS, AT, METHOD, PROSE, convened
from tests.shell import Run, answer


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with a charter and a method in it."""
    (tmp_path / "charter.md").write_text(CHARTER, encoding="utf-8")
    (tmp_path / "method.md").write_text(PROSE, encoding="utf-8")
    (tmp_path / "method.toml").write_text(METHOD, encoding="utf-8")
    return tmp_path


def test_a_version_is_added_and_added_again_without_effect(founded: Run, files: Path) -> None:
    """Exit 0 both times."""
    added = founded("draft", "add", "charter", files / "charter.md", *AS, code=0)
    assert added.stdout == "已登记 charter 第 1 版「示例区妇女联合会章程」，3 条\n"
    assert founded("draft", "add", "charter", files / "charter.md", *AS, code=0).stdout == "已办理，未作改动\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_is_read_however_the_office_saved_it(founded: Run, files: Path, encoding: str) -> None:
    """The text is the same text, so adding it again is a repeat."""
    founded("draft", "add", "charter", files / "charter.md", *AS, code=0)
    (files / "again.txt").write_bytes(CHARTER.replace("\n", "\r\n").encode(encoding))
    told = answer(founded("draft", "add", "charter", files / "again.txt", "--json", *AS, code=0))
    assert (told["changed"], told["version"], told["clauses"]) == (False, 1, 3)


def test_what_still_has_to_be_changed_is_said_at_once(founded: Run, files: Path) -> None:
    """Added all the same: a 征求意见稿 may be unfinished."""
    said = founded("draft", "add", "method", files / "method.md", *AS, code=0).stdout
    assert said.splitlines()[1:] == [
        "定稿提交之前还要改：",
        "  · 文稿 method 只有条文，没有数据文件（选举办法）。"
        "请先：federation draft add method 办法.md --data 办法.toml",
    ]
    founded("draft", "submit", "method", *AS, code=5)
    founded("draft", "add", "method", files / "method.md", "--data", files / "method.toml", *AS, code=0)
    founded("draft", "submit", "method", *AS, code=0)


def test_carried_over_data_is_announced(founded: Run, files: Path) -> None:
    """So that nobody thinks the new prose brought its own."""
    founded("draft", "add", "method", files / "method.md", "--data", files / "method.toml", *AS, code=0)
    (files / "method.md").write_text(PROSE + "第七条 示例。\n", encoding="utf-8")
    said = founded("draft", "add", "method", files / "method.md", *AS, code=0).stdout
    assert "数据沿用第 1 版的" in said


def test_three_mistakes_of_a_data_file_are_three_findings_and_nothing_changes(founded: Run, files: Path) -> None:
    """Exit 5."""
    data = METHOD.replace('quorum = ">= 2/3 of due"', 'quorum = "most"').replace("seats = 3", "seats = 0\nvotes = 1")
    (files / "bad.toml").write_text(data, encoding="utf-8")
    command = ("draft", "add", "method", files / "method.md", "--data", files / "bad.toml", "--json", *AS)
    refused = answer(founded(*command, code=5))
    assert refused["error"]["code"] == 5
    assert len(refused["findings"]) == 3
    assert answer(founded("draft", "list", "--json", code=0)) == []


def test_wrong_calls_have_their_exit_codes(founded: Run, files: Path) -> None:
    """2 for a missing file, officer or misplaced option, 3 for an unknown draft, 5 for a text without clauses."""
    founded("draft", "add", "charter", files / "gone.md", *AS, code=2)
    founded("draft", "add", "charter", files / "charter.md", code=2)
    founded("draft", "add", "charter", files / "charter.md", "--data", files / "method.toml", *AS, code=2)
    founded("draft", "add", "rules", files / "charter.md", *AS, code=3)
    founded("draft", "show", "charter", code=3)
    founded("draft", "submit", "charter", *AS, code=3)
    (files / "none.md").write_text("示例章程\n", encoding="utf-8")
    founded("draft", "add", "charter", files / "none.md", *AS, code=5)
    (files / "picture.md").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    founded("draft", "add", "charter", files / "picture.md", *AS, code=5)


def test_a_version_is_shown_and_its_clauses_listed(founded: Run, files: Path) -> None:
    """Each under its chapter."""
    founded("draft", "add", "charter", files / "charter.md", *AS, code=0)
    shown = founded("draft", "show", "charter", code=0).stdout
    assert shown.startswith("charter 第 1 版（征求意见稿），2020-11-02 09:00 登记，校验值 ")
    assert CHARTER.rstrip() in shown
    assert answer(founded("draft", "show", "charter", "--json", code=0))["text"] == CHARTER
    assert founded("draft", "clauses", "charter", code=0).stdout.splitlines() == [
        "示例区妇女联合会章程（第 1 版，3 条）",
        "第一章 总则",
        "  第一条　本会名称为示例区妇女联合会。",
        "  第二条　本会的宗旨是服务妇女。",
        "第二章 组织",
        "  第三条　本会每届任期五年。",
    ]
    labels = [row["label"] for row in answer(founded("draft", "clauses", "charter", "--json", code=0))["clauses"]]
    assert labels == ["第一条", "第二条", "第三条"]


def test_a_diff_marks_what_went_and_what_came(founded: Run, files: Path) -> None:
    """In brackets where there are no colours; the first version has nothing before it."""
    founded("draft", "add", "charter", files / "charter.md", *AS, code=0)
    founded("draft", "diff", "charter", code=3)
    (files / "charter.md").write_text(CHARTER.replace("五年", "三年") + "第四条 附则。\n", encoding="utf-8")
    founded("draft", "add", "charter", files / "charter.md", *AS, code=0)
    assert founded("draft", "diff", "charter", code=0).stdout.splitlines() == [
        "charter 第 1 版 → 第 2 版：2 条不同",
        "第三条（修改）",
        "  本会每届任期【-五-】【+三+】年。",
        "第四条（新增）",
        "  【+附则。+】",
    ]
    told = answer(founded("draft", "diff", "charter", "--from", "2", "--to", "1", "--json", code=0))
    assert [(change["clause"], change["kind"]) for change in told["changes"]] == [
        ("第三条", "changed"),
        ("第四条", "removed"),
    ]


def test_a_draft_is_adopted_once_its_meeting_carried_it(founded: Run, tmp_path: Path) -> None:
    """Exit 5 before, 0 after, and 正式稿 from then on: nothing is added any more."""
    convened(founded, tmp_path)
    founded("draft", "adopt", "method", *AS, code=5)
    founded("meeting", "checkin", "--all", *AT, code=0)
    founded("meeting", "quorum", *AT, code=0)
    founded("motion", "put", "method", *AS, code=0)
    founded("motion", "record", "--approve", "9", "--against", "0", "--abstain", "0", *AS, code=0)
    assert founded("draft", "adopt", "method", *AS, code=0).stdout == "method 第 1 版已通过，成为正式稿\n"
    assert founded("draft", "adopt", "method", *AS, code=0).stdout == "已办理，未作改动\n"
    (row,) = answer(founded("draft", "list", "--json", code=0))
    assert (row["state"], row["adopted_version"]) == ("adopted", 1)
    (tmp_path / "method.md").write_text(PROSE + "第七条 示例。\n", encoding="utf-8")
    founded("draft", "add", "method", tmp_path / "method.md", *AS, code=4)


def test_a_text_amended_after_the_vote_is_not_adopted(founded: Run, tmp_path: Path) -> None:
    """The vote adopts the version put and nothing else."""
    convened(founded, tmp_path)
    founded("meeting", "checkin", "--all", *AT, code=0)
    founded("meeting", "quorum", *AT, code=0)
    founded("motion", "put", "method", *AS, code=0)
    founded("motion", "record", "--approve", "9", "--against", "0", "--abstain", "0", *AS, code=0)
    (tmp_path / "method.md").write_text(PROSE + "第七条 示例。\n", encoding="utf-8")
    founded("draft", "add", "method", tmp_path / "method.md", *AS, code=0)
    assert "表决通过的不是文稿 method 的最新一版" in founded("draft", "adopt", "method", *AS, code=5).stderr


def test_a_method_that_departs_is_submitted_with_its_reason(founded: Run, tmp_path: Path) -> None:
    """Shown as a reminder as it is added, refused without a reason, and checked from the file alone."""
    low = METHOD.replace(">= 2/3 of due", "> 1/2 of due")
    (tmp_path / "method.md").write_text(PROSE, encoding="utf-8")
    (tmp_path / "method.toml").write_text(low, encoding="utf-8")
    said = "提醒：法定人数为超过应到会人数的二分之一；通例不少于应到会人数的三分之二（第五条）"
    added = founded("draft", "add", "method", tmp_path / "method.md", "--data", tmp_path / "method.toml", *AS, code=0)
    assert said in added.stdout
    assert said in founded("method", "check", tmp_path / "method.toml", code=0).stdout
    [departure] = answer(founded("method", "check", tmp_path / "method.toml", "--json", code=0))["departures"]
    assert departure["clause"] == "第五条"
    assert "--attest 理由" in founded("draft", "submit", "method", *AS, code=5).stderr
    founded("draft", "submit", "method", "--attest", "村级惯例", *AS, code=0)


def test_the_installed_command_answers(tmp_path: Path) -> None:
    """One process from outside."""
    command = [sys.executable, "-c", "from federation.commands import main; main()", "draft", "list"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8")
    assert (done.returncode, "federation init" in done.stderr) == (6, True)
