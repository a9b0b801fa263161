"""The pages say what the program does: what is made from it is as it would be made now, and what is written is so."""

import re
import runpy
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from federation import boxes, tally_sheets
from federation.commands import candidates, comments
from federation.rules import comments as comment_rules
from federation.rules.methods import load_method
from federation.services import roll_files
from tests.docs.console import ROOT

MADE: dict[str, Any] = runpy.run_path(str(ROOT / "scripts" / "make_docs.py"))
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").rglob("README.md")])
_LINK = re.compile(r"\]\(([^)\s]+)\)")


@pytest.fixture(autouse=True)
def _no_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program's own process files, whatever the machine has set."""
    monkeypatch.delenv("FEDERATION_TEMPLATES", raising=False)


def test_every_made_page_is_as_the_program_would_make_it_now() -> None:
    """`make docs` makes them again."""
    stale = [str(path) for path, text in MADE["pages"]().items() if (ROOT / path).read_text(encoding="utf-8") != text]
    assert stale == []


def test_no_page_is_left_of_a_process_that_is_gone() -> None:
    """What lies in docs/processes is what is made there."""
    there = {path.relative_to(ROOT) for path in (ROOT / "docs" / "processes").iterdir()}
    assert there <= set(MADE["pages"]())


def test_every_command_stands_on_the_page_of_commands() -> None:
    """Sub-commands too, each under its full name."""
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    found = [path for path, _ in MADE["commands"]()]
    assert len(found) > 80
    assert [path for path in found if not re.search(f"^##+ {path}$", page, re.MULTILINE)] == []


def _links() -> Iterator[tuple[Path, str]]:
    for page in PAGES:
        for target in _LINK.findall(page.read_text(encoding="utf-8")):
            yield page, target


def test_every_link_leads_to_a_file_that_is_there() -> None:
    """Addresses outside the checkout are not followed: tests use no network."""
    links = [(page, target) for page, target in _links() if "://" not in target]
    assert len(links) > 40
    broken = [
        (str(page.relative_to(ROOT)), target)
        for page, target in links
        if not (page.parent / target.partition("#")[0]).exists()
    ]
    assert broken == []


def test_every_decision_stands_in_the_list_of_decisions() -> None:
    """A page that nobody links to is not read."""
    listed = (ROOT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")
    pages = [page.name for page in (ROOT / "docs" / "decisions").glob("[0-9]*.md")]
    assert len(pages) >= 12
    assert [name for name in pages if f"({name})" not in listed] == []


def test_every_identifier_of_the_glossary_is_a_word_of_the_program() -> None:
    """The second column: whoever looks for the word in the code must find it."""
    source = "\n".join(
        path.read_text(encoding="utf-8")
        for folder, pattern in (("federation", "*.py"), ("templates", "*.toml"))
        for path in (ROOT / folder).rglob(pattern)
    )
    words = set(re.findall(r"\w+", source))
    rows = re.findall(r"^\|[^|]+\|([^|]+)\|", (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8"), re.MULTILINE)
    used = re.findall(r"`(\w+)`", " ".join(rows))
    assert len(used) > 70
    assert [word for word in used if word not in words] == []


def _files_page() -> str:
    return (ROOT / "docs" / "files.md").read_text(encoding="utf-8")


def test_the_page_of_files_names_every_heading_under_which_a_column_may_stand() -> None:
    """Headings are taken from the constants by which files are read."""
    tables = (
        roll_files.COLUMNS,
        comments.COLUMNS,
        comments.ANSWER_COLUMNS,
        candidates.COLUMNS,
        tally_sheets._COLUMNS,
        comment_rules.DISPOSITION_WORDS,
    )
    headings = {name for table in tables for names in table.values() for name in names}
    headings |= {*boxes.NAME_HEADINGS, *boxes.WORDS, boxes.FACE}
    words = set(re.split(r"[|、`\s，。；：]+", _files_page()))  # whole words: 出生日期 does not name 生日
    assert [name for name in headings if name not in words] == []


def _method_rows() -> list[tuple[str, str, str]]:
    section = _files_page().partition("## 选举办法的数据")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`[a-z_.` ]+`) \| ([^|]+) \| ([^|]+) \|", section, re.MULTILINE)
    return [(key, values, default) for keys, values, default in rows for key in re.findall(r"`([\w.]+)`", keys)]


SMALLEST = 'title = "办法"\n[[contest]]\nid = "members"\noffice = "执委"\nseats = 3\n'


def test_the_page_of_files_gives_every_key_of_a_method_its_real_default() -> None:
    """Each default, written out, makes the same method as leaving it out."""
    plain = load_method(SMALLEST)
    tried = 0
    for key, _, default in _method_rows():
        value = default.strip().strip("`")
        table, _, name = key.rpartition(".")
        if table in ("contest", "provision") or value.startswith(("必写", "○")):
            continue
        literal = value if re.match(r'["\[]|\d|true|false', value) else f'"{value}"'
        text = f"{name} = {literal}\n{SMALLEST}" if not table else f"{SMALLEST}[{table}]\n{name} = {literal}\n"
        assert load_method(text) == plain, key
        tried += 1
    assert tried > 20


def test_the_page_of_files_names_every_value_that_a_key_may_have() -> None:
    """A value of the list is accepted, and one that is not is refused with the values there are."""
    for key, values, _ in _method_rows():
        choices = re.findall(r"`([a-z_]+)`", values)
        table, _, name = key.rpartition(".")
        if table in ("contest", "provision") or len(choices) < 2 or key == "ballot.marks":
            continue
        for choice in choices:
            literal = choice if choice in ("true", "false") else f'"{choice}"'
            literal = f"[{literal}]" if key in ("ballot.channels", "tie.ladder") else literal
            text = f"{name} = {literal}\n{SMALLEST}" if not table else f"{SMALLEST}[{table}]\n{name} = {literal}\n"
            assert load_method(text).title == "办法", (key, choice)


def test_the_page_of_files_names_every_key_of_a_method() -> None:
    """A key that stands in a preset stands on the page."""
    keys = {key for key, _, _ in _method_rows()}
    presets = [load_method(path.read_text(encoding="utf-8")) for path in (ROOT / "templates/methods").glob("*.toml")]
    tables = {"ballot": "ballot", "write_in": "write_in", "void": "void", "tie": "tie", "shortage": "shortage"}
    tables |= {"announce": "announce", "record": "record", "proxy": "proxy"}
    known = {f"{name}.{field}" for name in tables for field in getattr(presets[0], name).__dataclass_fields__}
    known |= {f"contest.{field}" for field in presets[0].contests[0].__dataclass_fields__}
    known |= {"provision.key", "provision.clause", "title", "quorum", "adoption", "motions", "elected", "form"}
    assert keys == known


EVERYTHING = """\
title = "办法"
form = "hands"
[proxy]
per_voter = 1
[record]
check = "paper"
publish = "papers"
[[contest]]
id = "members"
office = "执委"
seats = 3
surplus = { count = 1 }
primary = { surplus = { count = 2 } }
"""


def test_what_makes_the_pages_says_which_of_them_it_wrote(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The script run on a copy writes what is stale and nothing else."""
    made = runpy.run_path(str(ROOT / "scripts" / "make_docs.py"))
    files = tmp_path / "docs" / "files.md"
    files.parent.mkdir()
    files.write_text(_files_page(), encoding="utf-8")
    shutil.copy(ROOT / "docs" / "papers.md", files.with_name("papers.md"))
    monkeypatch.setitem(made["main"].__globals__, "ROOT", tmp_path)
    made["main"]()
    assert "docs/cli.md" in capsys.readouterr().out.split()
    made["main"]()
    assert capsys.readouterr().out == ""
