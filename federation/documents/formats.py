"""
The formats beside PDF: the blocks of a paper as Markdown, as a workbook, and its tables as CSV.

They come from the same blocks as the pages, so no paper has a second template. A paper that a voter holds has no other
form than the printed one: a ballot in a spreadsheet could be altered without a trace.
"""

import io
from collections.abc import Iterator
from typing import Literal, get_args

from federation.documents import blocks
from federation.documents.blocks import Choices, Script, Table
from federation.errors import Finding, refuse_if

Format = Literal["pdf", "md", "xlsx", "csv"]
FORMATS: tuple[Format, ...] = get_args(Format)


def in_format(format: Format, label: str, script: Script, code: str, across: str) -> bytes:
    """
    The paper in one of the formats but PDF.

    `code` is its 校验码 and `across` the word that stands across its pages; a CSV holds the tables and neither.
    """
    refuse_if(f"{label}不能另存为 {format}", findings(format, script))
    if format == "md":
        from federation.documents.markdown import markdown

        return markdown(script, code, across).encode()
    if format == "xlsx":
        from federation.documents.workbook import workbook

        return workbook(label, script, code, across)
    return _csv(tables(script)).encode("utf-8-sig")


def findings(format: Format, script: Script) -> Iterator[Finding]:
    """Why a paper has no such format beside PDF."""
    if any(isinstance(block, Choices) for block in script.blocks):
        yield Finding("选票只有 PDF 一种格式", "票面不得改动", "去掉 --format")
    elif format == "csv" and not tables(script):
        yield Finding("这份文书里没有表格", "CSV 只放表格", "用 --format md 或 xlsx")


def tables(script: Script) -> list[Table]:
    """The tables of a paper, in its order."""
    return [block for block in script.blocks if isinstance(block, Table)]


def _csv(found: list[Table]) -> str:
    """Each table with its head, an empty line between two of them."""
    from federation.spreadsheets import write_table

    written = []
    for table in found:
        out = io.StringIO()
        write_table(out, [column.heading for column in table.columns], map(blocks.spelled, table.rows))
        written.append(out.getvalue())
    return "\n".join(written)
