"""How a guard becomes known by its name, and what a process file may say of it: what its signature declares."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from federation.errors import Finding
from federation.facts.snapshot import View

Guard = Callable[..., Iterator[Finding]]

GUARDS: dict[str, Guard] = {}


@dataclass(frozen=True, slots=True)
class GuardUse:
    """A guard as a process file uses it: its name and the parameters it is given."""

    name: str
    params: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, item: str | Mapping[str, Any]) -> "GuardUse":
        """Read `"comments_answered"` or `{ name = "comment_window_over", days = 11 }`."""
        if isinstance(item, str):
            return cls(item)
        return cls(item["name"], {key: value for key, value in item.items() if key != "name"})

    def findings(self, view: View) -> tuple[Finding, ...]:
        """What stands in the way, by this guard."""
        return tuple(GUARDS[self.name](view, **self.params))


def guard(function: Guard) -> Guard:
    """Make a guard known under its own name."""
    GUARDS[function.__name__] = function
    return function


def guard_parameters(name: str) -> Mapping[str, inspect.Parameter]:
    """The parameters that a guard declares, by name."""
    return {
        key: value
        for key, value in inspect.signature(GUARDS[name]).parameters.items()
        if value.kind is value.KEYWORD_ONLY
    }


def guard_faults(item: object) -> Iterator[str]:
    """Say what is wrong with a guard as it stands in a process file."""
    if not (isinstance(item, str) or (isinstance(item, dict) and isinstance(item.get("name"), str))):
        yield f'guard 应写成 "名称" 或 {{ name = "名称", … }}，不能是 {item!r}'
        return
    use = GuardUse.read(item)
    if use.name not in GUARDS:
        yield f"guard {use.name} 不认识"
        return
    declared = guard_parameters(use.name)
    yield from (f"guard {use.name} 没有参数 {key}" for key in use.params.keys() - declared.keys())
    for key, parameter in declared.items():
        if key not in use.params:
            if parameter.default is parameter.empty:
                yield f"guard {use.name} 缺少参数 {key}"
        elif not _fits(use.params[key], parameter.annotation):
            yield f"guard {use.name} 的参数 {key} 应为{_KIND_NAMES[parameter.annotation]}"


_KIND_NAMES = {int: "不小于 0 的整数", str: "文字", list[str]: "文字的列表"}


def _fits(value: object, kind: object) -> bool:
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    if kind is str:
        return isinstance(value, str) and bool(value)
    return isinstance(value, list) and bool(value) and all(isinstance(item, str) for item in value)
