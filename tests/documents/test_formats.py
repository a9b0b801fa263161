"""The formats beside PDF: what is printed stands in them too, and nothing in them is run or taken for markup."""

import csv
import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from openpyxl import load_workbook

from federation import documents
from federation.documents import samples
from federation.documents.blocks import Choices, Paragraph, Script, Strokes, Table, counted
from federation.documents.formats import FORMATS, in_format, tables
from federation.documents.markdown import markdown
from federation.documents.markup import read
from federation.documents.prose import prose
from federation.documents.workbook import workbook
from federation.errors import Refused
from tests.documents.hostile import HOSTILE, NAMES, changed, saying


def script_of(kind: str, facts: Any) -> Script:
    return read(prose(f"{kind}.txt", facts), f"{kind}.txt")


SCRIPTS = {name: script_of(kind, facts) for name, (kind, facts) in samples.SAMPLES.items()}
PRINTED_ONLY = {name for name, script in SCRIPTS.items() if any(isinstance(each, Choices) for each in script.blocks)}
ELSEWHERE = sorted(SCRIPTS.keys() - PRINTED_ONLY)


def says(text: str) -> str:
    """The text that a reader of Markdown sees, with the kinds of markup in it taken off."""
    parts = []
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text):
        if token.type != "inline":
            continue
        for child in token.children or ():
            assert child.type in ("text", "text_special", "strong_open", "strong_close", "hardbreak", "html_inline"), (
                child.type,
                child.content,
            )
            assert child.type != "html_inline" or child.content == "<br>"
            parts.append("\n" if child.type in ("hardbreak", "html_inline") else child.content)
        parts.append("\n")
    return "".join(parts)


def sheet_of(made: bytes) -> Any:
    return load_workbook(io.BytesIO(made)).active


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("sample", SCRIPTS)
def test_what_a_fact_is_made_of_changes_nothing_but_itself(sample: str, name: str):
    """In every kind of paper: the blocks are those of a harmless name, with the name in the place of it."""
    kind, facts = samples.SAMPLES[sample]
    harmless = script_of(kind, saying(facts, "丙丁戊"))
    assert script_of(kind, saying(facts, name)) == changed(harmless, lambda text: text.replace("丙丁戊", name))


@pytest.mark.parametrize("name", NAMES)
def test_in_markdown_a_name_made_of_markup_reads_as_it_is(name: str):
    script = Script("official", (Paragraph(name), *SCRIPTS["tally_report"].blocks[:1]))
    assert says(markdown(script)).startswith(f"{name}\n")
    table = Table(SCRIPTS["sign_in_list"].blocks[2].columns[:2], ((name, f"{name}\n{name}"),))  # type: ignore[union-attr]
    assert f"{name}\n{name}\n{name}\n" in says(markdown(Script("official", (table,)))).replace("\n\n", "\n")


@pytest.mark.parametrize("sample", ELSEWHERE)
def test_in_markdown_every_kind_of_paper_reads_as_it_is_printed(sample: str):
    kind, facts = samples.SAMPLES[sample]
    script = script_of(kind, saying(facts, HOSTILE))
    shown = [counted(block) if isinstance(block, Strokes) else block for block in script.blocks]
    written = sum(repr(block).count(repr(HOSTILE)[1:-1]) for block in shown)
    assert says(markdown(script)).count(HOSTILE) == written


def test_markdown_has_the_headings_of_the_paper():
    lines = markdown(SCRIPTS["minutes"], "abc", "演示").splitlines()
    assert lines[0] == "**演示**"
    assert lines[2].startswith("# 某某高新技术产业开发区妇女联合会第一次代表大会纪要")
    assert "## 二、审议通过章程" in lines
    assert lines[-1] == "校验码：abc"
    assert "| :---: | :---: | :---: | :---: | :---: | :--- |" in markdown(SCRIPTS["tally_report"]).splitlines()


@pytest.mark.parametrize("name", NAMES)
def test_in_a_workbook_a_name_is_text_that_nothing_runs(name: str):
    kind, facts = samples.SAMPLES["sign_in_list"]
    sheet = sheet_of(workbook("签到册", script_of(kind, saying(facts, name))))
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == name]
    assert len(cells) >= len(facts.rows)
    assert {cell.data_type for cell in cells} == {"s"}
    assert {bool(cell.quotePrefix) for cell in cells} == {name[0] in "=+-@"}


def test_in_a_workbook_figures_are_numbers_and_what_identifies_is_text():
    columns = SCRIPTS["sign_in_list"].blocks[2].columns  # type: ignore[union-attr]
    rows = (("1", "甲", "00123", "13800000000", "—", "12", "7"), ("20", "123", "5", "13900000000", "3", "", "乙"))
    sheet = sheet_of(workbook("签/到", Script("official", (Table(columns, rows),))))
    first, second = ([cell.value for cell in row] for row in list(sheet.iter_rows())[1:])
    assert first == [1, "甲", "00123", "13800000000", "—", 12, "7"]
    assert second == [20, "123", "5", "13900000000", 3, None, "乙"]


def test_a_text_too_long_for_a_cell_is_refused_and_not_cut():
    with pytest.raises(Refused, match="md"):
        workbook("纪要", Script("official", (Paragraph("甲" * 40_000),)))


def test_a_csv_holds_the_tables_for_a_spreadsheet_to_read():
    """With a mark of UTF-8 at its head, so that Excel reads Chinese; an empty line between two tables."""
    kind, facts = samples.SAMPLES["tally_report"]
    data = documents.render_as("csv", kind, facts)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    ledger, results = tables(SCRIPTS["tally_report"])
    assert rows[:3] == [[column.heading for column in ledger.columns], list(ledger.rows[0]), []]
    assert rows[4:] == [list(row) for row in results.rows]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_in_a_csv_no_name_is_a_formula(name: str):
    kind, facts = samples.SAMPLES["sign_in_list"]
    cells = list(csv.reader(io.StringIO(documents.render_as("csv", kind, saying(facts, name)).decode("utf-8-sig"))))
    assert cells[1][1] == f"'{name}"


@pytest.mark.parametrize("sample", ELSEWHERE)
def test_the_same_facts_give_the_same_bytes_in_every_format(sample: str):
    kind, facts = samples.SAMPLES[sample]
    for format in [each for each in FORMATS if each not in ("pdf", "" if tables(SCRIPTS[sample]) else "csv")]:
        assert documents.render_as(format, kind, facts) == documents.render_as(format, kind, facts)


def test_nothing_in_a_workbook_tells_the_time():
    """The moment of its making stands in two places of each, and would give other bytes a second later."""
    with zipfile.ZipFile(io.BytesIO(workbook("纪要", SCRIPTS["minutes"]))) as archive:
        assert {member.date_time for member in archive.infolist()} == {(2000, 1, 1, 0, 0, 0)}
        stamps = re.findall(rb"\d{4}-\d\d-\d\dT[^<]*", archive.read("docProps/core.xml"))
    assert stamps == [b"2000-01-01T00:00:00Z"] * 2


_WRITTEN = """
import sys
if {absent}:
    sys.modules["lxml"] = None
from federation import documents, spreadsheets
from federation.documents import samples
kind, facts = samples.SAMPLES["minutes"]
sys.stdout.buffer.write(documents.render_as("xlsx", kind, facts))
spreadsheets.write_table(__import__("pathlib").Path(sys.argv[1]), ["甲"], [["=1+1"]])
"""


def test_a_workbook_has_the_same_bytes_whether_lxml_is_installed_or_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Signing brings lxml, and openpyxl would write by it; two machines of one federation must agree on a paper."""
    monkeypatch.delenv("OPENPYXL_LXML")
    papers, tables = [], []
    for absent in (True, False):
        path = tmp_path / f"{absent}.xlsx"
        command = [sys.executable, "-c", _WRITTEN.format(absent=absent), str(path)]
        papers.append(subprocess.run(command, capture_output=True, check=True).stdout)
        with zipfile.ZipFile(path) as written:
            tables.append({name: written.read(name) for name in written.namelist() if "docProps" not in name})
    assert papers[0] == papers[1]
    assert papers[0].startswith(b"PK")
    assert tables[0] == tables[1]


@pytest.mark.parametrize("format", ["md", "xlsx", "csv"])
def test_a_ballot_has_no_other_form_than_the_printed_one(format: Any):
    assert PRINTED_ONLY
    for sample in PRINTED_ONLY:
        with pytest.raises(Refused, match="PDF"):
            documents.render_as(format, *samples.SAMPLES[sample])


def test_a_paper_without_a_table_has_no_csv():
    with pytest.raises(Refused, match="没有表格"):
        in_format("csv", "会议纪要", SCRIPTS["minutes"], "", "")


def test_every_kind_of_paper_has_made_up_facts():
    assert {kind for kind, _ in samples.SAMPLES.values()} == set(documents.PAPERS)
    assert [samples.made_up(kind) for kind in documents.PAPERS]
