"""Files of strokes that officers settled: what a count elsewhere must know to put names into the same order."""

import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO

from federation.errors import Finding, refuse_if
from federation.rules.strokes import strokes_findings
from federation.spreadsheets import Row, read_table, write_table

_COLUMNS = {"character": ("character", "字"), "digits": ("digits", "笔画")}


def read_strokes(path: Path) -> dict[str, str]:
    """Strokes as digits 1 to 5 by character; Refused with every row that says none."""
    known: dict[str, str] = {}
    findings: list[Finding] = []
    for row in read_table(path).rows(_COLUMNS):
        character = unicodedata.normalize("NFC", row.text("character"))
        findings += _row_findings(row, character, known)
        known[character] = row.text("digits")
    refuse_if(f"{path.name} 不合格", findings[:20])
    return known


def _row_findings(row: Row, character: str, known: Mapping[str, str]) -> Iterator[Finding]:
    where = f"第 {row.number} 行"
    if len(character) != 1:
        yield Finding(f"{where}写了“{character}”", remedy="每行写一个字")
        return
    if character in known:
        yield Finding(f"{where}的{character}写了两次", remedy="每个字写一次")
    if row.is_number("digits") and len(row.text("digits")) > 15:
        yield Finding(f"{where}的笔画存成了数值，后面的位数已经丢失", remedy="把该列设为文本，重新填写")
    for finding in strokes_findings(character, row.text("digits")):
        yield Finding(f"{where}{finding.problem}", finding.clause, finding.remedy)


def write_strokes(target: Path | IO[str], known: Mapping[str, str]) -> None:
    """Write strokes as a file that `read_strokes` reads back as the same."""
    write_table(target, ["character", "digits"], sorted(known.items()))
