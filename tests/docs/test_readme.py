"""Whoever types what the READMEs say gets what they say."""

import re
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from federation.clock import BEIJING, SetClock
from tests.docs.console import ROOT, Terminal, clean, typed

PAGES = ["README.md", "README.zh-CN.md"]


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal in an empty folder, years after the founding that the pages play."""
    clean(monkeypatch, tmp_path)
    return Terminal(SetClock(datetime(2026, 1, 5, 9, tzinfo=BEIJING)), monkeypatch)


def test_ten_commands_of_the_readme_bring_a_charter_through_its_comment_period(
    terminal: Terminal, tmp_path: Path
) -> None:
    """In a checkout, the files of the example at hand."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    terminal.follow(ROOT / "README.md")
    assert "修改定稿" in terminal.type("federation case list")


def test_a_secretary_who_has_read_only_her_readme_founds_a_federation_by_hand(
    terminal: Terminal, tmp_path: Path
) -> None:
    """From an empty folder with copies of the example's files to the archive and the minutes."""
    for file in (ROOT / "examples" / "gaoxin").iterdir():
        shutil.copy(file, tmp_path)
    terminal.follow(ROOT / "README.zh-CN.md")
    assert "已归档" in terminal.type("federation case list")
    assert (tmp_path / "会议纪要.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("page", PAGES)
def test_what_make_is_asked_for_is_a_target(page: str) -> None:
    """`make demo` and its like."""
    made = re.findall(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)[0].split()
    asked = re.findall(r"(?:^|`)make ([.a-z]+)", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE)
    assert asked
    assert set(asked) <= set(made)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_has_something_to_type(page: str) -> None:
    """A page whose blocks are spelt otherwise would pass by running nothing."""
    assert len(typed(ROOT / page)) >= 10


def test_the_english_founding_is_ten_commands_long() -> None:
    """The README says ten."""
    assert sum(step.command.startswith("federation") for step in typed(ROOT / "README.md")) == 10
