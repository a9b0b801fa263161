"""A roll as a file: its columns, what its rows say, and everything that is wrong with it at once."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from federation.errors import Finding, Refused
from federation.rules.roll import Person, folded, read_person
from federation.spreadsheets import Row, Table, read_table

COLUMNS = {
    "number": ("序号", "编号", "代表序号"),
    "name": ("姓名", "代表姓名"),
    "sex": ("性别",),
    "born_on": ("出生日期", "出生年月日", "出生年月", "生日"),
    "nationality": ("民族",),
    "party": ("政治面貌",),
    "sector": ("界别", "代表界别", "所属界别"),
    "unit": ("单位", "工作单位", "所在单位", "工作单位及职务", "单位及职务"),
    "kind": ("类别", "代表类别", "人员类别"),
    "may_vote": ("表决权", "有无表决权", "是否有表决权"),
    "unit_short": ("单位简称", "简称"),
    "identity": ("身份证号", "身份证号码", "公民身份号码"),
}
"""The columns of a roll and the headings each may stand under; spaces in a heading do not matter."""

OPTIONAL = ("sector", "unit_short", "identity")
_LISTED = {"number": COLUMNS["number"], "name": COLUMNS["name"]}


@dataclass(frozen=True, slots=True)
class RollFile:
    """What a file says: its persons with the rows they stand in, what is wrong with them, its SHA-256."""

    people: tuple[tuple[str, Person], ...]
    findings: tuple[Finding, ...]
    sha256: str


def read_roll(path: Path, on: date) -> RollFile:
    """
    Read a roll for a meeting on this day.

    Misused where there is no such file, Refused where it is no table or lacks columns; faults of rows are returned.
    """
    table = _table(path)
    people: list[tuple[str, Person]] = []
    findings: list[Finding] = []
    for row in table.rows(COLUMNS, OPTIONAL):
        place = f"第 {row.number} 行"
        person, faults = read_person(_texts(row), on)
        people.append((place, person))
        findings += [replace(fault, problem=f"{place}：{fault.problem}") for fault in (*_stored_wrong(row), *faults)]
    if not people:
        findings.append(Finding("表头之下没有一个人", remedy="每行写一人"))
    return RollFile(tuple(people), tuple(findings), hashlib.sha256(path.read_bytes()).hexdigest())


def read_people(path: Path) -> tuple[str, ...]:
    """
    Whom a list names: a table with a column 姓名 or 序号, or a name in each line without any heading.

    Where both columns stand there, the name counts: the numbers of a list made at the door are often its own.
    """
    table = _table(path)
    known = {name for names in _LISTED.values() for name in names}
    if known & set(table.header):
        found = [row.text("name") or row.text("number") for row in table.rows(_LISTED, _LISTED)]
    elif len(table.header) == 1:
        found = [table.header[0], *(str(cells[0] or "") for _, cells in table.raw_rows() if cells)]
    else:
        raise Refused(f"{path.name} 的表头不合格", [Finding("没有“姓名”一列", remedy="表头写 姓名，每行一人")])
    return tuple(name for name in map(folded, found) if name)


def _table(path: Path) -> Table:
    table = read_table(path)
    return replace(table, header=tuple("".join(folded(name).split()) for name in table.header))


def _texts(row: Row) -> dict[str, str]:
    """The row as text; a cell stored as a date as 1980-01-02."""
    texts = {key: row.text(key) for key in COLUMNS}
    if isinstance(born_on := row.cells.get("born_on"), date):
        texts["born_on"] = f"{born_on:%Y-%m-%d}"
    return texts | ({"identity": ""} if row.is_number("identity") else {})


def _stored_wrong(row: Row) -> Iterator[Finding]:
    """An ID number stored as a number has already lost its last digits; nothing can bring them back."""
    if row.is_number("identity"):
        remedy = "先把该列设为文本，再照身份证重填"
        yield Finding("身份证号存成了数字，末几位已被表格软件改掉", "GB 11643-1999", remedy)
