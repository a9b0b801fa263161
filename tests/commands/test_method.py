"""`federation method`: check, show, new."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from federation.commands import federation
from tests.counts import method_text


def run(*args: str) -> Result:
    return CliRunner().invoke(federation, ["method", *args], prog_name="federation")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A lawful method."""
    path = tmp_path / "选举办法.toml"
    path.write_text(method_text(contest="surplus = { count = 1 }"), encoding="utf-8")
    return path


def test_a_lawful_file_is_said_to_be_one(file: Path):
    """With its contests, their seats and their candidates."""
    assert "执行委员会委员  2     3" in run("check", str(file)).stdout
    printed = json.loads(run("check", str(file), "--json").stdout)
    assert printed["contests"] == [{"id": "members", "office": "执行委员会委员", "seats": 2, "candidates": 3}]


def test_a_faulty_file_is_refused_with_every_place(file: Path):
    """Exit 5; a file that is not there is exit 2."""
    file.write_text(method_text(top='quorum = "x"\nform = "y"'), encoding="utf-8")
    result = run("check", str(file))
    assert result.exit_code == 5
    assert "第 3 行 quorum" in result.stderr
    assert "第 4 行 form" in result.stderr
    assert run("check", str(file) + "x").exit_code == 2


def test_a_method_is_read_out(file: Path):
    """Numbered sentences, defaults included."""
    assert "1. 每次投票前清点人数，实到不少于应到会人数的三分之二，方可选举" in run("show", str(file)).stdout
    assert len(json.loads(run("show", str(file), "--json").stdout)["sentences"]) > 20


def test_a_preset_begins_a_draft_and_never_overwrites(tmp_path: Path):
    """What is written checks; what is there stays."""
    out = tmp_path / "新.toml"
    assert run("new", "--preset", "county", "--out", str(out)).exit_code == 0
    assert run("check", str(out)).exit_code == 0
    before = out.read_bytes()
    assert run("new", "--preset", "township", "--out", str(out)).exit_code == 2
    assert out.read_bytes() == before
    assert run("new", "--preset", "county").stdout.encode() == before


def test_the_presets_are_listed_and_an_unknown_one_is_not_found():
    """Exit 3, with the names there are."""
    listed = run("new").stdout
    for name in ("county", "township", "village", "officers", "unit", "exact-select", "blank-approves"):
        assert name in listed
    result = run("new", "--preset", "nowhere")
    assert result.exit_code == 3
    assert "county" in result.stderr
