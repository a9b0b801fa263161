"""The files of an example as text: its tables as CSV, its records as TOML. The same data give the same bytes."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from federation.sampling import SamplePerson

ROLL_COLUMNS = ("序号", "姓名", "性别", "出生日期", "民族", "政治面貌", "界别", "单位", "单位简称", "类别", "表决权")


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV, each ended by a line feed."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def box_rows(candidates: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[Sequence[str]]:
    """A box with its header: the candidates, a 另选 column for each written name a row has room for, and 票面."""
    written = [f"另选{number}" for number in range(1, len(rows[0]) - len(candidates))]
    yield [*candidates, *written, "票面"]
    yield from rows


def roll_rows(people: Sequence[SamplePerson], delegates: int) -> Iterator[tuple[object, ...]]:
    """A roll with its header: so many delegates, then observers. Birth dates as a real roll has them, some as text."""
    yield ROLL_COLUMNS
    for number, person in enumerate(people, 1):
        born: object = person.born_on.isoformat() if number % 10 == 0 else person.born_on
        kind, vote = ("代表", "有") if number <= delegates else ("列席", "无")
        about = person.sex, born, person.ethnicity, person.politics, person.sector, person.unit, person.unit_short
        yield number, person.name, *about, kind, vote


def profile(person: SamplePerson, line: str) -> str:
    """The 简介 of a candidate: who she is, and a line on what she does."""
    born = f"{person.born_on.year}年{person.born_on.month}月生"
    return f"{person.name}，{person.sex}，{person.ethnicity}，{born}，{person.politics}，{person.unit}。{line}"


def toml_text(data: Mapping[str, Any]) -> str:
    """
    A record as TOML: its plain values first as they come, then a table for each mapping, a `[[…]]` for each of a list.

    A mapping of mappings becomes `[outer.inner]`; what lies deeper is written in line.
    """
    return "\n\n".join(_blocks(data)) + "\n"


def _blocks(data: Mapping[str, Any]) -> Iterator[str]:
    plain = {key: value for key, value in data.items() if not _is_table(value)}
    if plain:
        yield _lines(plain)
    for key, value in data.items():
        if isinstance(value, Mapping) and all(isinstance(item, Mapping) for item in value.values()):
            for inner, table in value.items():
                yield f"[{key}.{_key(inner)}]\n{_lines(table)}"
        elif isinstance(value, Mapping):
            yield f"[{key}]\n{_lines(value)}"
        elif _is_table(value):
            yield from (f"[[{key}]]\n{_lines(table)}" for table in value)


def _is_table(value: object) -> bool:
    return isinstance(value, Mapping) or (
        isinstance(value, list) and bool(value) and all(isinstance(item, Mapping) for item in value)
    )


def _lines(table: Mapping[str, Any]) -> str:
    return "\n".join(f"{_key(key)} = {_value(value)}" for key, value in table.items())


def _key(key: str) -> str:
    return key if key.replace("_", "").isalnum() and key.isascii() else f'"{key}"'


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(key)} = {_value(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, int) else json.dumps(value, ensure_ascii=False)
