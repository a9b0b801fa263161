"""Facts in which every text is one and the same: what a name is made of must never matter."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any

HOSTILE = "<b>&{{x}}|*_#"
NAMES = (
    HOSTILE, "#甲", "@table", "@row", "a|b", r"\\x", "{%if%}", "{#x#}", "=1+1", "+1", "-1", "@SUM(A1)", "1.甲", "1)",
    ">甲", "---", "***", "![a](b)", "&lt;", "`甲`", "~~甲~~", r"\*", "$x$", "[a]:b", "===", "甲<br>乙", "'=1", "007",
    "00000000000000001",
)  # fmt: skip
"""What a template, HTML, Markdown or a spreadsheet would take for an instruction."""


def saying(facts: Any, text: str) -> Any:
    """The same facts with this in place of every text; figures and days stay."""
    return changed(facts, lambda _: text)


def changed(value: Any, change: Callable[[str], str]) -> Any:
    """A record with every text in it changed, however deep."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        return tuple(changed(each, change) for each in value)
    if isinstance(value, dict):
        return {change(key): each for key, each in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{each.name: changed(getattr(value, each.name), change) for each in fields(value)})
    return value
