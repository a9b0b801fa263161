"""
Tables that people keep: CSV in UTF-8 or GB18030, and Excel workbooks.

A cell keeps the type it was stored with, so that an ID number typed as a number (whose last digits Excel has already
rounded away) can be told from one typed as text. What is missing is a wrong call; what is inside and wrong is refused.
"""

import codecs
import csv
import os
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import IO, Any, Literal

from federation.errors import Finding, Misused, Refused, refuse_if
from federation.system_faults import in_chinese

Cell = object
"""str, int, float, bool, date or None, as stored; always str in a CSV."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How text begins that a spreadsheet would run as a formula."""
_FOREIGN = {
    b"\xd0\xcf\x11\xe0": "旧式 Excel（.xls）文件",
    b"%PDF": "PDF 文件",
    b"\xff\xfe": "UTF-16 文本",
    b"\xfe\xff": "UTF-16 文本",
}
_SAVE_AS = "在 Excel 或 WPS 中另存为 .xlsx，或“CSV UTF-8”"


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is not empty, by the table's own column keys. `number` is the row's as a spreadsheet shows it."""

    number: int
    cells: Mapping[str, Cell]

    def text(self, key: str) -> str:
        """The cell as text, spaces around it stripped; empty where the column is missing."""
        return cell_text(self.cells.get(key))

    def is_number(self, key: str) -> bool:
        """True where the cell is stored as a number: leading zeros and digits after the fifteenth are lost."""
        return isinstance(self.cells.get(key), int | float)


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose header has been read; its rows are read anew, one by one, each time they are asked for."""

    path: Path
    kind: Literal["csv", "xlsx"]
    encoding: str = ""
    header: tuple[str, ...] = field(default=())

    def raw_rows(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        """The rows below the header with their numbers, untouched; a row may be shorter than the header, or empty."""
        rows = _csv_rows(self.path, self.encoding) if self.kind == "csv" else _xlsx_rows(self.path)
        next(rows, None)
        return rows

    def rows(self, columns: Mapping[str, Sequence[str]], optional: Iterable[str] = ()) -> Iterator[Row]:
        """
        The rows by the caller's own keys; `columns` gives for each key the headings it may stand under.

        Raises `Refused` for columns that are missing and not optional, and for two that mean the same.
        """
        places = self._places(columns, frozenset(optional))
        for number, cells in self.raw_rows():
            found = {key: cells[at] for key, at in places.items() if at < len(cells)}
            if any(cell_text(cell) for cell in cells):
                yield Row(number, found)

    def _places(self, columns: Mapping[str, Sequence[str]], optional: frozenset[str]) -> dict[str, int]:
        """Where each key's column stands."""
        places = {key: [at for at, name in enumerate(self.header) if name in names] for key, names in columns.items()}
        findings = []
        for key, found in places.items():
            if not found and key not in optional:
                findings.append(Finding(f"缺少“{columns[key][0]}”一列", remedy=f"表头可写 {'、'.join(columns[key])}"))
            if len(found) > 1:
                names = "、".join(f"第 {at + 1} 列“{self.header[at]}”" for at in found)
                findings.append(Finding(f"有几列意思相同：{names}", remedy="只留一列"))
        refuse_if(f"{self.path.name} 的表头不合格", findings)
        return {key: found[0] for key, found in places.items() if found}


def read_table(path: Path) -> Table:
    """Open a table by what it holds, not by what it is called, and read its header."""
    start = _first_bytes(path)
    for magic, name in _FOREIGN.items():
        if start.startswith(magic):
            raise Refused(f"{path.name} 是{name}，读不了", [Finding("只能读 CSV 和 .xlsx", remedy=_SAVE_AS)])
    if start.startswith(b"PK"):
        return _with_header(Table(path, "xlsx"), _xlsx_rows(path))
    if path.suffix.lower() in (".xlsx", ".xlsm", ".xls") or b"\0" in start:
        raise Refused(f"{path.name} 不是 Excel 工作簿，也不是文本", [Finding("只能读 CSV 和 .xlsx", remedy=_SAVE_AS)])
    encoding = _encoding(path)
    return _with_header(Table(path, "csv", encoding), _csv_rows(path, encoding))


def cell_text(cell: Cell) -> str:
    """A cell as text: spaces of every width stripped, a whole number without its decimal point, escaping undone."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = str(cell).strip("\ufeff\u200b").strip()
    return text[1:].strip() if text[:1] == "'" and text[1:2] in FORMULA else text


def write_table(target: Path | IO[str], header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """
    Write a table: an .xlsx workbook where the path says so, else CSV (with BOM in a file, so that Excel reads Chinese).

    Text that a spreadsheet would run as a formula is written so that it stays text.
    """
    if isinstance(target, Path) and target.suffix.lower() == ".xlsx":
        _write_xlsx(target, header, rows)
    elif isinstance(target, Path):
        with target.open("w", encoding="utf-8-sig", newline="") as file:
            _write_csv(file, header, rows)
    else:
        _write_csv(target, header, rows)


def _write_csv(file: IO[str], header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([_escaped(name) for name in header])
    writer.writerows([_escaped(cell) for cell in row] for row in rows)


def _escaped(cell: Cell) -> Cell:
    """Text that begins like a formula gets an apostrophe before it, which Excel takes for "this is text"."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def engine() -> ModuleType:
    """
    openpyxl, which is loaded nowhere else.

    It writes by lxml where that is installed, other bytes for the same workbook, and decides so while it is loaded.
    A file is told by its bytes (`paper verify`): so they must not hang on what else is installed.
    """
    os.environ["OPENPYXL_LXML"] = "False"
    import openpyxl

    return openpyxl


def _write_xlsx(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    excel = engine()
    book = excel.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in (header, *rows):
        cells = []
        for value in row:
            stored: Any = value
            cell: Any = excel.cell.WriteOnlyCell(sheet, stored)
            if isinstance(value, str):
                cell.data_type, cell.number_format = "s", "@"
            cells.append(cell)
        sheet.append(cells)
    book.save(path)


def _first_bytes(path: Path) -> bytes:
    """The beginning of the file; a file that is not there is a wrong call."""
    if not path.is_file():
        raise Misused(f"没有这个文件：{path}")
    try:
        with path.open("rb") as file:
            return file.read(4096)
    except OSError as error:
        raise Misused(f"读不了文件 {path}：{in_chinese(error)}") from None


def _encoding(path: Path) -> str:
    """UTF-8 where the whole file is, else GB18030; the file is read once, in pieces."""
    for encoding in ("utf-8", "gb18030"):
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            with path.open("rb") as file:
                while piece := file.read(1 << 20):
                    decoder.decode(piece)
                decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return "utf-8-sig" if encoding == "utf-8" else encoding
    raise Refused(f"{path.name} 的文字编码认不出", [Finding("既不是 UTF-8，也不是 GB18030", remedy=_SAVE_AS)])


def _with_header(table: Table, rows: Iterator[tuple[int, Sequence[Cell]]]) -> Table:
    """The table with its first row as header; every heading once, and none missing above a column in use."""
    _, cells = next(rows, (1, ()))
    header = [cell_text(cell) for cell in cells]
    while header and not header[-1]:
        header.pop()
    if not header:
        raise Refused(f"{table.path.name} 是空的", [Finding("第 1 行应是表头", remedy="补写表头")])
    twice = sorted({name for name in header if name and header.count(name) > 1})
    findings = [Finding(f"表头中“{name}”出现了不止一次", remedy="每列用不同的名称") for name in twice]
    findings += [
        Finding(f"第 {at} 列没有表头", remedy="补写表头或删去该列") for at, name in enumerate(header, 1) if not name
    ]
    if table.kind == "csv" and len(header) == 1 and any(sign in header[0] for sign in "\t;；，、"):
        findings.append(Finding("各列之间不是半角逗号", remedy=_SAVE_AS))
    refuse_if(f"{table.path.name} 的表头不合格", findings)
    return Table(table.path, table.kind, table.encoding, tuple(header))


def _csv_rows(path: Path, encoding: str) -> Iterator[tuple[int, Sequence[Cell]]]:
    """Rows with the number of the line they end on."""
    with path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(file, strict=True)
        try:
            for cells in reader:
                yield reader.line_num, cells
        except csv.Error:
            problem = f"第 {reader.line_num} 行附近引号不成对，或单元格过长"
            raise Refused(f"{path.name} 读不下去", [Finding(problem, remedy="检查该行的引号")]) from None


def _xlsx_rows(path: Path) -> Iterator[tuple[int, Sequence[Cell]]]:
    """Rows of the first sheet, values only."""
    excel = engine()
    try:
        with path.open("rb") as file:  # a file, not a name: openpyxl judges a workbook by its name
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # it speaks of styles it does not know; we read values only
                book = excel.load_workbook(file, read_only=True, data_only=True)
            sheet: Any = book.worksheets[0]
            sheet.reset_dimensions()
            yield from enumerate(sheet.iter_rows(values_only=True), start=1)
    except Exception:  # whatever a damaged workbook, or another file in a ZIP, provokes is the file's fault
        message = f"{path.name} 不是完好的 Excel 工作簿"
        raise Refused(message, [Finding("打不开其中的第一张工作表", remedy=_SAVE_AS)]) from None
