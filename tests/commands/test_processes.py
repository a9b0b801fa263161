"""`process`: a process is a file, and a federation's own comes first."""

from pathlib import Path

import pytest

from tests.shell import Run, answer

STEP = """
[[state]]
id = "hall_seen"
label = "会场已看"

[[step]]
event = "see_hall"
label = "看会场"
from = ["drafting"]
to = "hall_seen"
guards = [{ name = "role_named", role = "teller" }]
by = ["secretary"]

[[step]]
event = "back_to_drafting"
label = "回到起草"
from = ["hall_seen"]
to = "drafting"
by = ["secretary"]
"""


@pytest.fixture
def own(run: Run, tmp_path: Path) -> Path:
    """The founding in a file of the federation's own, with a step more."""
    text = run("process", "show", "founding", "--toml", code=0).stdout
    (tmp_path / "own" / "processes").mkdir(parents=True)
    file = tmp_path / "own" / "processes" / "founding.toml"
    file.write_text(text + STEP, encoding="utf-8")
    return file


def test_a_step_is_added_without_python(founded: Run, own: Path, monkeypatch: pytest.MonkeyPatch):
    """A guard that exists, in a file under FEDERATION_TEMPLATES: status shows it and `step` takes it."""
    monkeypatch.setenv("FEDERATION_TEMPLATES", str(own.parents[1]))
    founded("found", "--term", "2", "--as", "王秘书", code=0)
    which = ("--case", "founding-2", "--as", "王秘书")
    founded("step", "form_group", *which, code=0)
    shown = answer(founded("status", "--case", "founding-2", "--json", code=0))["cases"][0]["next"]
    new = next(step for step in shown if step["event"] == "see_hall")
    assert (new["label"], new["command"], new["ready"]) == ("看会场", "federation step see_hall", False)
    assert "teller" in new["findings"][0]["remedy"]
    assert "teller" in founded("step", "see_hall", *which, code=5).stderr
    founded("officer", "add", "吴计票", "--role", "teller", "--as", "王秘书", code=0)
    assert "会场已看" in founded("step", "see_hall", "--note", "可坐三百人", *which, code=0).stdout


def test_a_changed_file_changes_new_cases_only(founded: Run, own: Path, monkeypatch: pytest.MonkeyPatch):
    """founding-1 pinned the text that it was opened with."""
    monkeypatch.setenv("FEDERATION_TEMPLATES", str(own.parents[1]))
    founded("step", "form_group", "--as", "王秘书", code=0)
    assert "看会场" not in founded("status", code=0).stdout
    founded("step", "see_hall", "--as", "王秘书", code=3)


def test_a_file_is_checked_and_all_its_faults_are_told(run: Run, own: Path):
    """Exit 5, one line a fault, each with the file's name."""
    assert "可用" in run("process", "check", str(own), code=0).stdout
    own.write_text(own.read_text().replace("role_named", "role_name").replace('"会场已看"', '""'), encoding="utf-8")
    said = run("process", "check", str(own), code=5).stderr
    assert "role_name 不认识" in said
    assert "label 不能为空" in said
    assert said.count("founding.toml") >= 3


def test_a_file_that_is_not_there_or_is_no_text(run: Run, tmp_path: Path):
    """Exit 2 and exit 5."""
    run("process", "check", "nirgends.toml", code=2)
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00\x01")
    run("process", "check", str(tmp_path / "bytes.toml"), code=5)


def test_the_processes_are_listed_and_told_in_chinese(run: Run):
    """Every state and step by its label."""
    assert "换届" in run("process", "list", code=0).stdout
    told = run("process", "show", "founding", code=0).stdout
    assert "征求意见" in told
    assert "中止 → 已中止（筹备组，须两人）" in told


def test_the_diagram_is_mermaid_with_chinese_labels(run: Run, own: Path):
    """Of a shipped process, or of a file."""
    drawn = run("process", "diagram", "founding", code=0).stdout
    assert 'state "征求意见" as commenting' in drawn
    assert "看会场" not in drawn
    assert "drafting --> hall_seen: 看会场" in run("process", "diagram", str(own), code=0).stdout


def test_an_unknown_process_names_those_there_are(run: Run):
    """Exit 3; a name that leaves the folder is refused."""
    assert "founding.toml" in run("process", "show", "nirgends", code=3).stderr
    run("process", "show", "../processes/founding", code=5)
