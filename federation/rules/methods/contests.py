"""Reads the contests of a method file: the office, its seats, its surplus rule, its place among the others."""

import re
from fractions import Fraction
from typing import Any, cast, get_args

from federation.rules.methods import records
from federation.rules.methods.faults import TableReader, kind_of
from federation.rules.methods.records import Contest, Primary, Surplus


def read_contests(file: TableReader) -> tuple[Contest, ...]:
    """Every `[[contest]]` of the file, in the order written."""
    if not file.written("contest"):
        file.fault("contest", "没有任何选举项目", "至少写一项 [[contest]]，含 id、office、seats")
    return tuple(_contest(table) for table in file.tables("contest"))


def _contest(table: TableReader) -> Contest:
    if isinstance(label := table.data.get("id"), str) and label:
        table.faults.labels[table.path] = label
    id = table.text("id")
    if not re.fullmatch(r"[\w-]*", id):
        table.fault("id", f"“{id}”不能作编号", "只用字母、数字、下划线和短横，如 vice_chairs")
    contest = Contest(
        id=id,
        office=table.text("office"),
        seats=table.whole("seats", None, 1),
        surplus=_surplus(table, table.raw("surplus")),
        sheet=table.text("sheet", id),
        after=_names(table, "after"),
        requires=table.text("requires", "", empty=True),
        primary=_primary(table),
    )
    table.close()
    return contest


def _names(table: TableReader, key: str) -> tuple[str, ...]:
    """A list of contest ids."""
    value = table.raw(key)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        table.fault(key, "应是选举项目编号的列表", f'写作 {key} = ["members"]')
        return ()
    return tuple(value)


def _primary(contest: TableReader) -> Primary | None:
    if not contest.written("primary"):
        contest.asked.append("primary")
        return None
    table = contest.table("primary")
    surplus = _surplus(table, table.raw("surplus"))
    if table.data.get("surplus", "equal") == "equal":
        table.fault("surplus", "差额预选必须有差额", '写作 surplus = { ratio = "1/5", rounding = "up" }')
    primary = Primary(surplus=surplus, elected=table.bar("elected", "plurality"))
    table.close()
    return primary


def _surplus(holder: TableReader, value: Any) -> Surplus:
    """ "equal", a count or a ratio."""
    if value is None or value == "equal":
        return Surplus()
    remedy = '写作 "equal"、{ count = 1 } 或 { ratio = "1/10", rounding = "up" }'
    if not isinstance(value, dict):
        holder.fault("surplus", f"不能是{f'“{value}”' if isinstance(value, str) else kind_of(value)}", remedy)
        return Surplus()
    table = TableReader(holder.faults, value, (*holder.path, "surplus"))
    rounding = table.choice("rounding", get_args(records.Rounding), "up")
    if table.written("count") == table.written("ratio"):
        holder.fault("surplus", "count 与 ratio 须写且只写一项", remedy)
        table.asked += ["count", "ratio"]
        table.close()
        return Surplus()
    if table.written("count") and table.written("rounding"):
        table.fault("rounding", "差额为固定人数时没有取整", "删去 rounding")
    ratio = _ratio(table) if table.written("ratio") else None
    count = table.whole("count", None, 1) if table.written("count") else 0
    table.asked += ["count", "ratio"]
    table.close()
    return Surplus(count=count, ratio=ratio, rounding=cast("records.Rounding", rounding))


def _ratio(table: TableReader) -> Fraction:
    """An exact fraction over 0 and at most 1; a decimal would not be exact."""
    text = table.text("ratio")
    match = re.fullmatch(r"(\d{1,6})\s*/\s*(\d{1,6})", text.strip(), re.ASCII)
    if match and int(match[2]) and 0 < (ratio := Fraction(int(match[1]), int(match[2]))) <= 1:
        return ratio
    if text:
        table.fault("ratio", f"“{text}”不是大于 0 且不超过 1 的分数", '写作 ratio = "1/10"')
    return Fraction(1)
