"""Collects every mistake of a method file, each with its place; what cannot be read is passed over, never guessed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from federation.errors import Finding
from federation.rules.thresholds import Bar, Plurality, Threshold, parse_bar

Path = tuple[str | int, ...]
"""Where a key stands: names of tables and keys, and the position of a contest or provision, from 0."""

_TABLE = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?")
_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")


def line_numbers(text: str) -> dict[Path, int]:
    """
    The line on which each table and key begins.

    The TOML reader keeps no places, so this one looks at the outline only: table heads, and what stands left of the
    first `=`. A key inside an inline table is found through the key that holds it.
    """
    lines: dict[Path, int] = {}
    counts: dict[str, int] = {}
    here: Path = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if head := _TABLE.fullmatch(line):
            here = _table_path(head[1], head[2], counts)
            lines.setdefault(here, number)
        elif key := _KEY.match(line):
            parts = tuple(part.strip().strip("\"'") for part in key[1].split("."))
            lines.setdefault(here + parts, number)
    return lines


def _table_path(bracket: str, name: str, counts: dict[str, int]) -> Path:
    """The path of a table head; each `[[contest]]` counts one further, `[contest.primary]` belongs to the latest."""
    parts = [part.strip().strip("\"'") for part in name.split(".")]
    if bracket == "[[":
        counts[name] = counts.get(name, -1) + 1
        return (*parts, counts[name])
    if parts[0] in counts:
        return (parts[0], counts[parts[0]], *parts[1:])
    return tuple(parts)


@dataclass
class Faults:
    """The mistakes found so far in one file."""

    where: str
    lines: dict[Path, int]
    labels: dict[Path, str] = field(default_factory=dict)
    """How a contest or provision calls itself, by its path."""
    found: list[tuple[int, Finding]] = field(default_factory=list)

    def add(self, path: Path, problem: str, remedy: str) -> None:
        """Note a mistake at this place."""
        line = self._line(path)
        place = f"{self.where} 第 {line} 行" if line else self.where
        name = self._name(path)
        self.found.append((line, Finding(f"{place}{f' {name}' if name else ''}：{problem}", remedy=remedy)))

    def findings(self) -> tuple[Finding, ...]:
        """Every mistake, in the order of the lines."""
        return tuple(finding for _, finding in sorted(self.found, key=lambda entry: entry[0]))

    def _line(self, path: Path) -> int:
        """The line of the key, or of the nearest table that holds it; 0 where even that is not in the file."""
        return next((self.lines[path[:n]] for n in range(len(path), 0, -1) if path[:n] in self.lines), 0)

    def _name(self, path: Path) -> str:
        """The dotted key, a contest with its number and id: `contest[2]（chair）.seats`."""
        name = ""
        for depth, part in enumerate(path, start=1):
            name += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if name else part
            name += f"（{label})".replace(")", "）") if (label := self.labels.get(path[:depth])) else ""
        return name


class TableReader:
    """Reads one table key by key; what is left over when it closes is unknown."""

    def __init__(self, faults: Faults, data: Any, path: Path = ()) -> None:
        self.faults = faults
        self.path = path
        self.asked: list[str] = []
        if not isinstance(data, dict):
            faults.add(path, f"应是一个表，而不是{kind_of(data)}", "按办法文件的格式写成表")
            data = {}
        self.data: dict[str, Any] = data

    def fault(self, key: str, problem: str, remedy: str) -> None:
        """Note a mistake in the value of this key."""
        self.faults.add((*self.path, key), problem, remedy)

    def written(self, key: str) -> bool:
        """True where the file itself gives this key."""
        return key in self.data

    def raw(self, key: str) -> Any:
        """The value as TOML gave it, None where the key is left out."""
        self.asked.append(key)
        return self.data.get(key)

    def table(self, key: str) -> "TableReader":
        """The table under this key, empty where it is left out."""
        value = self.raw(key)
        return TableReader(self.faults, {} if value is None else value, (*self.path, key))

    def tables(self, key: str) -> "Iterator[TableReader]":
        """Each table of an array of tables."""
        value = self.raw(key)
        if value is not None and not isinstance(value, list):
            self.fault(key, f"应是一组表，而不是{kind_of(value)}", f"每项写作 [[{key}]]")
            return
        for number, entry in enumerate(value or ()):
            yield TableReader(self.faults, entry, (*self.path, key, number))

    def text(self, key: str, default: str | None = None, *, empty: bool = False) -> str:
        """A string; required where there is no default."""
        value = self.raw(key)
        if value is None and default is not None:
            return default
        if value is None:
            self.fault(key, "缺少这一项", f'补写 {key} = "…"')
        elif not isinstance(value, str):
            self.fault(key, f"应是文字，而不是{kind_of(value)}", f'写作 {key} = "…"')
        elif not empty and not value.strip():
            self.fault(key, "不能为空", f'写作 {key} = "…"')
        return value if isinstance(value, str) else ""

    def flag(self, key: str, default: bool) -> bool:
        """true or false."""
        value = self.raw(key)
        if value is None or isinstance(value, bool):
            return default if value is None else value
        self.fault(key, f"应是 true 或 false，而不是{kind_of(value)}", f"写作 {key} = true 或 {key} = false")
        return default

    def whole(self, key: str, default: int | None, least: int) -> int:
        """A whole number not under `least`; required where there is no default."""
        value = self.raw(key)
        if value is None:
            if default is None:
                self.fault(key, "缺少这一项", f"补写 {key} = {least}（不少于 {least} 的整数）")
            return least if default is None else default
        if isinstance(value, bool) or not isinstance(value, int):
            self.fault(key, f"应是整数，而不是{kind_of(value)}", f"写作不少于 {least} 的整数")
        elif not least <= value <= 1_000_000:
            self.fault(key, f"不能是 {value}", f"写作不少于 {least} 的整数")
        else:
            return value
        return least

    def choice(self, key: str, options: Sequence[str], default: str) -> str:
        """One of the words the key knows."""
        value = self.raw(key)
        if value is None or (isinstance(value, str) and value in options):
            return default if value is None else value
        shown = f"“{value}”" if isinstance(value, str) else kind_of(value)
        self.fault(key, f"不能是{shown}", self._options(options, value))
        return default

    def choices(self, key: str, options: Sequence[str], default: tuple[str, ...], *, least: int = 0) -> tuple[str, ...]:
        """A list of distinct words the key knows, in the order written."""
        values = self.raw(key)
        if values is None:
            return default
        if not isinstance(values, list):
            self.fault(key, f"应是一个列表，而不是{kind_of(values)}", f'写作 {key} = ["{options[0]}"]')
            return default
        for value in values:
            if not isinstance(value, str) or value not in options:
                shown = f"“{value}”" if isinstance(value, str) else kind_of(value)
                self.fault(key, f"列表中不能有{shown}", self._options(options, value))
        if len(values) < least or len(set(map(str, values))) < len(values):
            self.fault(key, "列表不能为空，也不能重复", f'写作 {key} = ["{options[0]}"]')
        return tuple(value for value in values if isinstance(value, str) and value in options)

    def bar(self, key: str, default: str) -> Bar:
        """A comparison expression, or `plurality`."""
        value = self.raw(key)
        if isinstance(value, str):
            try:
                return parse_bar(value)
            except ValueError as error:
                self.fault(key, str(error), f'写作 {key} = "{default}" 之类')
        elif value is not None:
            self.fault(key, f"应是门槛，而不是{kind_of(value)}", f'写作 {key} = "{default}" 之类')
        return parse_bar(default)

    def threshold(self, key: str, default: str) -> Threshold:
        """A comparison expression; a bar there must be."""
        bar = self.bar(key, default)
        if isinstance(bar, Plurality):
            self.fault(key, "必须有门槛，不能是 plurality", f'写作 {key} = "{default}" 之类')
            return Threshold.parse(default)
        return bar

    def close(self) -> None:
        """Note every key that nobody asked for, with the nearest one that there is."""
        for key in self.data:
            if key not in self.asked:
                near = get_close_matches(key, self.asked, n=1)
                remedy = f"是否应为 {near[0]}" if near else f"删去；这里可写的有 {'、'.join(dict.fromkeys(self.asked))}"
                self.fault(key, "没有这一项", remedy)

    @staticmethod
    def _options(options: Sequence[str], value: object) -> str:
        """The words there are, and the nearest to what was written."""
        near = get_close_matches(value, options, n=1) if isinstance(value, str) else []
        return f"可写 {'、'.join(options)}" + (f"；是否应为 {near[0]}" if near else "")


def kind_of(value: object) -> str:
    """What a TOML value is, for a person: 文字, 整数, 小数 …"""
    kinds: tuple[tuple[type, str], ...] = (
        (bool, "true/false"),
        (int, "整数"),
        (float, "小数"),
        (str, "文字"),
        (list, "列表"),
        (dict, "表"),
    )
    return next((name for kind, name in kinds if isinstance(value, kind)), "日期或时间")
