"""
A template and the facts become the text of a paper: with `sandbox.py`, all that knows Jinja2.

Sandboxed, because a federation edits its own templates and may take one from elsewhere; strict, because a misspelt
name must stop the paper, not leave a gap in it. A date prints itself as 2020年11月2日, a figure that is not known as —.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any, get_args, get_type_hints

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.loaders import FunctionLoader

from federation.clock import chinese_date
from federation.documents.markup import wrap
from federation.documents.sandbox import ENDLESS, TOO_BIG, TOO_LONG, BoundedEnvironment
from federation.errors import Finding, Refused
from federation.facts.papers import PaperFacts
from federation.resources import resource

INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\r"))
"""What copying from a web page leaves behind and nobody can see: not printed, and no reason to refuse a paper."""

DIGITS = "零一二三四五六七八九"


def prose(template: str, facts: PaperFacts, own: Path | None = None) -> str:
    """
    The template's output for these facts, every fact wrapped; `Refused` where the template is at fault.

    `own` is a folder of templates that comes before any other.
    """
    known = {each.name: getattr(facts, each.name) for each in fields(facts)}
    try:
        environment = _environment(own)
        return environment.said(environment.get_template(template), known)
    except TemplateSyntaxError as error:
        where = f"第 {error.lineno} 行"
        raise _refusal(error.name or template, where, f"语法不对（{error.message}）", "按模板语法改正该行") from error
    except RecursionError:
        raise _refusal(template, "某处", "模板或宏引用了自己", "去掉这一处引用") from None
    except (TemplateError, TypeError, ValueError, ArithmeticError, AttributeError, LookupError) as error:
        raise _refusal(template, _place(error.__traceback__, template), *_reason(error, facts)) from error


def _refusal(template: str, where: str, problem: str, remedy: str) -> Refused:
    return Refused(f"文书模板 {template} 有误", [Finding(f"{where}：{problem}", remedy=remedy)])


def _reason(error: Exception, facts: object) -> tuple[str, str]:
    known = f"此文书可用的事实有：{'、'.join(names(type(facts)))}"
    if isinstance(error, UndefinedError):
        return f"没有名为“{error.message}”的事实", f"改正名称。{known}"
    if isinstance(error, SecurityError) and str(error) in (ENDLESS, TOO_LONG, TOO_BIG):
        return str(error), "改正该行；不知从何改起的，用 federation paper templates --copy 另抄一份"
    if isinstance(error, OverflowError):
        return ENDLESS, "range 里的数要小些"
    return f"不能这样使用（{error}）", known


def _place(trace: TracebackType | None, template: str) -> str:
    """The line of the template that the error came from: the innermost frame that is one of its lines."""
    lines = []
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == template:
            lines.append(trace.tb_lineno)
        trace = trace.tb_next
    return f"第 {lines[-1]} 行" if lines else "某处"


class _Unknown(StrictUndefined):
    """A name that no fact has; its message is the name, so that the refusal can say it."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        return str(self._undefined_name or self._undefined_hint)


@lru_cache(maxsize=2)
def _environment(own: Path | None) -> BoundedEnvironment:
    environment = BoundedEnvironment(
        undefined=_Unknown,
        loader=FunctionLoader(lambda name: _load(name, own)),
        finalize=_finalize,
        autoescape=False,
    )
    environment.filters["chinese_number"] = chinese_number
    environment.filters["tight"] = tight
    environment.filters["or_line"] = or_line
    environment.filters["chinese_date"] = chinese_date
    return environment


def _load(name: str, own: Path | None) -> tuple[str, str, Callable[[], bool]]:
    """A template with its name, and whether it still says the same: a changed one is read again."""
    text = _read(name, own)
    return text, name, lambda: _read(name, own) == text


def _read(name: str, own: Path | None) -> str:
    path = resource("documents", name, own)
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(
            f"文书模板 {name} 不是 UTF-8 编码", [Finding(f"不能读取 {path}", remedy="另存为 UTF-8 编码")]
        ) from error
    except OSError as error:
        raise Refused(
            f"文书模板 {name} 读不了",
            [Finding(f"{path} 不是可读的文件", remedy="换成文本文件，或删去它，用程序自带的")],
        ) from error


def _finalize(value: object) -> str:
    """What `{{ … }}` prints, wrapped: a fact stands in a paper as it is, whatever signs it is made of."""
    if isinstance(value, StrictUndefined):
        return str(value)
    if isinstance(value, date):
        return wrap(chinese_date(value))
    return wrap(plain("—" if value is None else str(value)))


def plain(text: str) -> str:
    """A fact as it is printed, without what nobody can see in it."""
    return text.translate(INVISIBLE).replace("\t", " ").replace("\u00a0", " ")


def chinese_number(number: int) -> str:
    """A heading's number from 1 to 99, 十一."""
    tens, ones = divmod(number, 10)
    return (DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (DIGITS[ones] if ones or not tens else "")


LINE = "＿＿＿＿"
"""Where a fact is written in by hand."""


def or_line(fact: object) -> object:
    """A fact, or a line to write on where it is not known yet."""
    return LINE if fact is None or fact == "" else fact


def tight(sentence: str) -> str:
    """A sentence without the spaces around figures that a screen has and an official paper does not."""
    return re.sub(r"(?<=[^ -~]) (?=\d)|(?<=\d) (?=[^ -~])", "", sentence)


def names(kind: type, prefix: str = "") -> list[str]:
    """The names a template may use for facts of this kind, `results[].name`."""
    found: list[str] = []
    for name, hint in get_type_hints(kind).items():
        found.append(prefix + name)
        for record in _records(hint):
            mark = "[]." if getattr(hint, "__origin__", None) is tuple else "."
            found.extend(names(record, f"{prefix}{name}{mark}"))
    return found


def _records(hint: Any) -> Iterator[type]:
    if isinstance(hint, type) and is_dataclass(hint):
        yield hint
    for inner in get_args(hint):
        yield from _records(inner)
