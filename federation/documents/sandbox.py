"""
What a template may do: say facts, and come to an end.

A federation edits its own templates and may take one from elsewhere. Jinja2's sandbox keeps it from the program; the
bounds here keep a slip from running on for ever or filling the memory, and chance out of a paper. They are no wall
against somebody who wants to fill the memory: text can still be doubled step by step.
"""

from collections.abc import Iterator
from typing import Any

from jinja2 import Template, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

TURNS = 200_000
"""Turns of loops, and calls of macros, for one paper: a roll of three thousand takes some thousands."""

LONGEST = 2_000_000
"""Characters of a paper, a thousand full pages or more."""

_BIGGEST = 10**12
_RANDOM, _PADDING = ("random",), ("center", "format", "indent", "wordwrap", "batch", "slice")
_METHODS = {"center", "expandtabs", "format", "format_map", "ljust", "rjust", "zfill", "replace", "join", "translate"}

ENDLESS = f"循环太多：一份文书至多循环 {TURNS} 次。检查循环（for）和宏（macro）"
TOO_LONG = f"写出的文字太长：一份文书至多 {LONGEST} 字。检查循环（for）"
TOO_BIG = "数或者文字太大"


class BoundedEnvironment(ImmutableSandboxedEnvironment):
    """Jinja2's sandbox with an end to everything."""

    intercepted_binops = frozenset(("*", "**"))

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.turns = 0
        for name in _RANDOM + _PADDING:
            del self.filters[name]
        del self.globals["lipsum"]

    def said(self, template: Template, facts: dict[str, object]) -> str:
        """What a template says of these facts; SecurityError where it does not come to an end."""
        self.turns = 0
        return "".join(self._within_bounds(template.generate(facts)))

    def _within_bounds(self, parts: Iterator[str]) -> Iterator[str]:
        length = 0
        for part in parts:
            if (length := length + len(part)) > LONGEST:
                raise SecurityError(TOO_LONG)
            yield part

    def turn(self) -> str:
        """Count a turn of a loop or a call of a macro; it says nothing."""
        self.turns += 1
        if self.turns > TURNS:
            raise SecurityError(ENDLESS)
        return ""

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Every loop and every macro begins with counting."""
        parsed = super()._parse(source, name, filename)
        repeated: list[nodes.For | nodes.Macro] = [*parsed.find_all(nodes.For), *parsed.find_all(nodes.Macro)]
        for body in repeated:
            call = nodes.Call(nodes.EnvironmentAttribute("turn"), [], [], None, None)
            body.body.insert(0, nodes.ExprStmt(call, lineno=body.lineno).set_lineno(body.lineno))
        return parsed

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        sizes = [each if isinstance(each, int | float) else len(each) for each in (left, right)]
        if operator == "**" or abs(sizes[0] * sizes[1]) > (_BIGGEST if isinstance(left, int | float) else LONGEST):
            raise SecurityError(TOO_BIG)
        return super().call_binop(context, operator, left, right)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        return not (isinstance(obj, str) and attr in _METHODS) and super().is_safe_attribute(obj, attr, value)
