"""Tables as people keep them: encodings, workbooks, impostors, and cells that keep their type."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from federation.errors import Misused, Refused
from federation.spreadsheets import cell_text, read_table, write_table

COLUMNS = {"name": ("姓名", "name"), "unit": ("单位",), "id_number": ("身份证号",)}
ROWS = [("丁玉兰", "三中", "11010119900101001X"), ("王秀英", "实验小学", "")]


def texts(path: Path) -> list[tuple[str, ...]]:
    """The rows by the caller's keys."""
    return [tuple(row.text(key) for key in COLUMNS) for row in read_table(path).rows(COLUMNS)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_reads_alike_in_every_encoding_people_use(tmp_path: Path, encoding: str):
    """Excel writes a BOM, older programs GB18030."""
    path = tmp_path / "名册.csv"
    path.write_text("姓名,单位,身份证号\r\n丁玉兰,三中,11010119900101001X\r\n王秀英,实验小学,\r\n", encoding=encoding)
    assert texts(path) == ROWS


def test_a_quoted_heading_after_a_byte_order_mark_reads(tmp_path: Path):
    """Some programs quote everything and write a BOM before it."""
    path = tmp_path / "名册.csv"
    path.write_text('"姓名","单位","身份证号"\n"丁玉兰","三中",""\n', encoding="utf-8-sig")
    assert texts(path) == [("丁玉兰", "三中", "")]


def test_a_workbook_reads_as_its_csv_does(tmp_path: Path):
    """And a workbook is known by what it holds, whatever it is called."""
    write_table(tmp_path / "名册.xlsx", ["姓名", "单位", "身份证号"], ROWS)
    (tmp_path / "名册.xlsx").rename(tmp_path / "名册.csv")
    assert texts(tmp_path / "名册.csv") == ROWS


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".xls"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".xls"),
        ("a.xlsx", b"%PDF-1.7\n", "PDF"),
        ("a.csv", b"%PDF-1.7\n", "PDF"),
        ("a.xlsx", "姓名\n丁玉兰\n".encode(), "不是 Excel 工作簿"),
        ("a.xlsx", b"PK\x03\x04 no workbook", "不是完好的 Excel 工作簿"),
        ("a.csv", "姓名\n".encode("utf-16"), "UTF-16"),
        ("a.csv", b"\x00\x01\x02", "不是"),
        ("a.csv", b"\xff\xff\xff", "编码"),
        ("a.csv", b"", "空"),
        ("a.csv", '姓名\n"丁玉兰\n'.encode(), "引号"),
    ],
)
def test_what_is_no_table_is_refused_by_name(tmp_path: Path, name: str, content: bytes, words: str):
    """The officer reads what the file is and how to save it."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Refused, match=words):
        list(read_table(path).raw_rows())


def test_a_file_that_is_not_there_is_a_wrong_call(tmp_path: Path):
    """Exit 2, not 5: nothing is wrong with the content."""
    with pytest.raises(Misused, match="没有这个文件"):
        read_table(tmp_path / "无.csv")
    with pytest.raises(Misused):
        read_table(tmp_path)


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("姓名,单位", "缺少“身份证号”"),
        ("姓名,name,单位,身份证号", "意思相同"),
        ("姓名,单位,单位,身份证号", "不止一次"),
        ("姓名,,单位,身份证号", "第 2 列没有表头"),
        ("姓名;单位;身份证号", "半角逗号"),
        ("姓名，单位，身份证号", "半角逗号"),
    ],
)
def test_a_wrong_header_is_refused(tmp_path: Path, header: str, words: str):
    """Missing columns, two of one meaning, a heading twice, none."""
    path = tmp_path / "a.csv"
    path.write_text(header + "\n", encoding="utf-8")
    with pytest.raises(Refused, match=words):
        list(read_table(path).rows(COLUMNS))


def test_every_missing_column_is_said_at_once(tmp_path: Path):
    """And a missing column that is optional is none."""
    path = tmp_path / "a.csv"
    path.write_text("职务\n主席\n", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        list(read_table(path).rows(COLUMNS, optional=("unit",)))
    assert len(refused.value.findings) == 2


def test_a_number_typed_as_a_number_can_be_told(tmp_path: Path):
    """Excel has already rounded an ID number kept as a number; the roll must refuse it."""
    path = tmp_path / "a.xlsx"
    book = Workbook()
    book.active.append(["姓名", "单位", "身份证号"])
    book.active.append(["丁玉兰", "三中", 110101199001010015])
    book.active.append(["王秀英", "三中", "110101199001010015"])
    book.save(path)
    assert [row.is_number("id_number") for row in read_table(path).rows(COLUMNS)] == [True, False]


def test_rows_keep_the_number_a_spreadsheet_shows(tmp_path: Path):
    """Empty rows are passed over and still counted."""
    path = tmp_path / "a.csv"
    path.write_text("姓名,单位,身份证号\n\n丁玉兰,,\n,,\n王秀英,,\n", encoding="utf-8")
    assert [row.number for row in read_table(path).rows(COLUMNS)] == [3, 5]


@pytest.mark.parametrize(
    ("cell", "text"), [("　丁玉兰 ", "丁玉兰"), (None, ""), (12.0, "12"), (12, "12"), ("'=1+1", "=1+1"), ("'好", "'好")]
)
def test_a_cell_as_text_has_no_spaces_of_any_width(cell: object, text: str):
    """Full-width spaces align names in print; whole numbers have no decimal point."""
    assert cell_text(cell) == text


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_what_a_spreadsheet_would_run_stays_text(tmp_path: Path, suffix: str):
    """A name that begins like a formula must never be one."""
    path = tmp_path / f"a.{suffix}"
    dangerous = ["=HYPERLINK(1)", "+1", "-1", "@x", "\tx"]
    write_table(path, ["姓名"], [[cell] for cell in dangerous])
    if suffix == "csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            assert all(row[0].startswith("'") for row in list(csv.reader(file))[1:])
    cells = [cell_text(cells[0]) for _, cells in read_table(path).raw_rows()]
    assert cells == [cell.strip() for cell in dangerous]


plain = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\u200b\ufeff"), max_size=8)


@given(st.lists(st.tuples(plain, plain).filter(lambda row: any(cell.strip() for cell in row)), max_size=5))
def test_what_is_written_reads_back(tmp_path_factory, rows: list[tuple[str, str]]):
    """Commas, quotes and all."""
    path = tmp_path_factory.mktemp("table") / "a.csv"
    write_table(path, ["甲", "乙"], rows)
    read = [tuple(cell_text(cell) for cell in cells) for _, cells in read_table(path).raw_rows()]
    assert read == [tuple(cell_text(cell) for cell in row) for row in rows]
