"""
A paper as a workbook (.xlsx), for calculating and sorting: its text line by line, its tables cell by cell.

Figures are stored as numbers, all else as text, so that no name is run as a formula and no number that identifies
somebody loses a digit. The same paper gives the same bytes.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import singledispatch
from typing import Any

from federation.documents import blocks
from federation.documents.blocks import Block, Script
from federation.errors import Finding, Refused
from federation.spreadsheets import FORMULA, engine

_FIGURE = re.compile(r"0|[1-9]\d{0,8}")
"""A count; more digits than nine, or a zero before them, are somebody's number."""

LONGEST = 32_767
"""Characters in a cell at most: a longer text would lose its end."""

WIDTH = 96
"""Characters across the sheet, shared by the columns of its widest table."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\]")
_UNDATED = "2000-01-01T00:00:00Z"
_MODIFIED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the sheet: a text across all of it, or the cells of a table."""

    cells: tuple[str, ...]
    table: bool = False
    bold: bool = False
    figures: frozenset[int] = frozenset()
    """The columns that hold figures and nothing else."""
    aligned: tuple[str, ...] = ()


def workbook(label: str, script: Script, code: str = "", across: str = "") -> bytes:
    """The workbook of a paper, one sheet; `code` is its 校验码, `across` a word that stands across its pages."""
    lines = [Line((across,), bold=True)] if across else []
    lines.extend(line for block in script.blocks for line in _lines(block))
    if code:
        lines.append(Line((f"校验码：{code}",)))
    for line in lines:
        if any(len(cell) > LONGEST for cell in line.cells):
            raise Refused(f"{label}不能另存为 xlsx", [Finding("有一段文字长过一个单元格", remedy="用 --format md")])
    return _undated(_saved(label, lines, _shares(script)))


def _shares(script: Script) -> tuple[int, ...]:
    """How wide the columns are: those of the paper's widest table."""
    tables = [block.columns for block in script.blocks if isinstance(block, blocks.Table)]
    return tuple(column.share for column in max(tables, key=len)) if tables else (1,)


@singledispatch
def _lines(block: Block) -> Iterator[Line]:
    """The rows of one block."""
    raise TypeError(f"{type(block).__name__} cannot be written into a workbook")


@_lines.register
def _(block: blocks.Title) -> Iterator[Line]:
    yield Line(("".join(block.lines),), bold=True)


@_lines.register
def _(block: blocks.RedMark | blocks.Subtitle) -> Iterator[Line]:
    yield Line((block.text,), bold=True)


@_lines.register
def _(block: blocks.Number | blocks.Paragraph | blocks.Note) -> Iterator[Line]:
    if block.text:
        yield Line((block.text,))


@_lines.register
def _(block: blocks.Addressee) -> Iterator[Line]:
    yield Line((block.text.rstrip("：:") + "：",))


@_lines.register
def _(block: blocks.Chapter) -> Iterator[Line]:
    yield Line((block.text,), bold=True)


@_lines.register
def _(block: blocks.Clause) -> Iterator[Line]:
    yield Line((f"{block.label}　{block.text}" if block.label else block.text,))


@_lines.register
def _(block: blocks.Attachments) -> Iterator[Line]:
    yield Line(("附件：" + "；".join(block.names),))


@_lines.register
def _(_block: blocks.Space | blocks.Break | blocks.Next) -> Iterator[Line]:
    yield Line(("",))


@_lines.register
def _(block: blocks.Strokes) -> Iterator[Line]:
    yield from _lines(blocks.counted(block))


@_lines.register
def _(block: blocks.Table) -> Iterator[Line]:
    aligned = tuple(column.align for column in block.columns)
    rows = list(map(blocks.spelled, block.rows))
    figures = frozenset(at for at in range(len(block.columns)) if _holds_figures([row[at] for row in rows]))
    yield Line(tuple(column.heading for column in block.columns), True, True, aligned=("centre",) * len(aligned))
    yield from (Line(row, True, figures=figures, aligned=aligned) for row in rows)


def _holds_figures(cells: Sequence[str]) -> bool:
    """True where a column has figures alone, and — where one is not known: in a column of names none is a figure."""
    filled = [cell for cell in cells if cell not in ("", "—")]
    return bool(filled) and all(_FIGURE.fullmatch(cell) for cell in filled)


@_lines.register
def _(block: blocks.Names) -> Iterator[Line]:
    yield Line((f"{block.label}：{'、'.join(block.names)}",))


@_lines.register
def _(block: blocks.NameList) -> Iterator[Line]:
    yield Line(("、".join(block.names),))


@_lines.register
def _(block: blocks.Signatures) -> Iterator[Line]:
    printed = [f"（{name}）" if name else "" for name in block.names or ("",)]
    yield from (Line((f"{block.label}：＿＿＿＿＿＿{name}",)) for name in printed)


@_lines.register
def _(block: blocks.Imprint) -> Iterator[Line]:
    yield from (Line((text,)) for text in blocks.imprinted(block))


@_lines.register
def _(block: blocks.Closing) -> Iterator[Line]:
    yield from (Line((text,)) for text in (block.body, block.day) if text)


def _saved(label: str, lines: Sequence[Line], shares: Sequence[int]) -> bytes:
    """The workbook as openpyxl writes it."""
    excel = engine()
    book = excel.Workbook()
    sheet: Any = book.active
    sheet.title = _NOT_IN_A_TITLE.sub("", label)[:31]
    for at, share in enumerate(shares, 1):
        sheet.column_dimensions[excel.utils.get_column_letter(at)].width = max(6, WIDTH * share / sum(shares))
    for number, line in enumerate(lines, 1):
        _fill(sheet, number, line, len(shares))
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _fill(sheet: Any, number: int, line: Line, wide: int) -> None:
    styles = engine().styles
    thin = styles.Side(style="thin")
    for at, text in enumerate(line.cells):
        cell = sheet.cell(number, at + 1)
        _store(cell, text, at in line.figures)
        cell.font = styles.Font(bold=line.bold)
        align = line.aligned[at] if line.aligned else "left"
        cell.alignment = styles.Alignment("center" if align == "centre" else align, vertical="top", wrap_text=True)
        if line.table:
            cell.border = styles.Border(thin, thin, thin, thin)
    if not line.table and wide > 1:
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=wide)
    if not line.table:
        sheet.row_dimensions[number].height = 15 * max(1, -(-len(line.cells[0]) * 2 // WIDTH))


def _store(cell: Any, text: str, figure: bool) -> None:
    """A figure as a number, anything else as text that nothing runs."""
    if figure and text not in ("", "—"):
        cell.value = int(text)
        return
    cell.value = _CONTROL.sub("", text)
    cell.data_type, cell.number_format = "s", "@"
    cell.quotePrefix = text.startswith(FORMULA)


def _undated(made: bytes) -> bytes:
    """The same workbook without the moment of its making: members in the order of their names, all of one day."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as given, zipfile.ZipFile(out, "w") as archive:
        for name in sorted(given.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            content = _MODIFIED.sub(rb"\g<1>" + _UNDATED.encode(), given.read(name))
            archive.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), content)
    return out.getvalue()
