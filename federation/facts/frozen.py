"""
Facts of a paper as text, and back: what the database keeps so that a paper can be made again, byte for byte.

Canonical: the fields in the order of their records, ISO dates, no spaces. Reading is strict in what it finds and
forgiving in what it misses: a field added later, with a default, does not make old papers unreadable.
"""

import json
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from federation.errors import Finding, Refused


def to_json(facts: Any) -> str:
    """The canonical text of a record."""
    return json.dumps(_plain(facts), ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, tuple | list) else value


def from_json(kind: type, text: str) -> Any:
    """The record that a text holds; `Refused` with every place where the two do not match."""
    try:
        found = json.loads(text)
    except ValueError as error:
        raise Refused("文书事实无法读取", [Finding(f"不是有效的 JSON：{error}")]) from error
    faults: list[Finding] = []
    record = _read(kind, found, "", faults)
    if faults:
        raise Refused("文书事实与文书种类不符", faults)
    return record


def _read(hint: Any, value: Any, where: str, faults: list[Finding]) -> Any:
    """A value of this type, or a fault noted and the value as it is."""
    origin, inner = get_origin(hint), get_args(hint)
    if is_dataclass(hint) and isinstance(value, dict):
        return _read_record(hint, value, where, faults)  # type: ignore[arg-type]
    if origin is tuple and isinstance(value, list):
        return tuple(_read(inner[0], each, f"{where}[{number}]", faults) for number, each in enumerate(value))
    if origin is dict and isinstance(value, dict):
        return {key: _read(inner[1], each, f"{where}.{key}", faults) for key, each in value.items()}
    if origin in (Union, types.UnionType):
        kinds = [kind for kind in inner if kind is not type(None)]
        return None if value is None and len(kinds) < len(inner) else _read(kinds[0], value, where, faults)
    if hint is date and isinstance(value, str):
        return _read_day(value, where, faults)
    if type(value) is not hint:
        faults.append(Finding(f"{where or '全文'}：{value!r} 不合要求"))
    return value


def _read_record(kind: type, value: dict[str, Any], where: str, faults: list[Finding]) -> Any:
    hints, before = _hints(kind), len(faults)
    dot = f"{where}." if where else ""
    required = {each.name for each in fields(kind) if each.default is MISSING and each.default_factory is MISSING}
    faults.extend(Finding(f"缺少 {dot}{name}") for name in sorted(required - value.keys()))
    faults.extend(Finding(f"多出 {dot}{name}") for name in sorted(value.keys() - hints.keys()))
    read = {name: _read(hints[name], each, dot + name, faults) for name, each in value.items() if name in hints}
    return kind(**read) if len(faults) == before else None


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _read_day(value: str, where: str, faults: list[Finding]) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        faults.append(Finding(f"{where}：{value!r} 不是日期"))
        return None
