"""
The form of JSON: which keys an object has and of what kind each part is; what is otherwise is named by its place.

A part is named as it would be reached: `ledger.due`, `rounds[0].candidates[2]`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

Form = Any
"""str, int, bool, dict: just that; None: null; a pattern: such a text; a tuple: one of these; [one]: a list of such;
{key: one}: an object with these keys and no others."""
HEX = re.compile("[0-9a-f]{64}")
HEX_OR_NONE = re.compile("(?:[0-9a-f]{64})?")
_MOST = 5
"""Places that are named of one file: whoever wrote it wrote as many as she liked."""


@dataclass(frozen=True, slots=True)
class Row:
    """A list with one form for each of its places."""

    places: tuple[Form, ...]


@dataclass(frozen=True, slots=True)
class Each:
    """An object with any keys, each part of one form."""

    one: Form


@dataclass(frozen=True, slots=True)
class Partly:
    """An object that has these keys, may have those, and may have others on which nothing rests."""

    must: Mapping[str, Form]
    may: Mapping[str, Form] = field(default_factory=dict)


def misfits(data: Any, form: Form) -> list[str]:
    """What is otherwise than this form, the first of it; true is no number here, nor 7.0, and none is below nought."""
    return list(islice(_misfits(data, form, ""), _MOST))


def fits(data: Any, form: Form) -> bool:
    """True where the data has this form."""
    return next(_misfits(data, form, ""), None) is None


def _misfits(data: Any, form: Form, at: str) -> Iterator[str]:
    match form:
        case tuple():
            yield from _of_choice(data, form, at)
        case dict():
            yield from _of_object(data, form, {}, at, closed=True)
        case Partly():
            yield from _of_object(data, form.must, form.may, at, closed=False)
        case Each():
            keys = data if isinstance(data, dict) else ()
            yield from _of_object(data, dict.fromkeys(keys, form.one), {}, at, closed=True)
        case Row():
            yield from _of_list(data, form.places, at)
        case [one]:
            yield from _of_list(data, [one] * len(data) if isinstance(data, list) else (), at)
        case _:
            if not _is(data, form):
                yield f"{at or '全文'} 不合规定"


def _is(data: Any, form: Form) -> bool:
    if form is None:
        return data is None
    if isinstance(form, re.Pattern):
        return isinstance(data, str) and form.fullmatch(data) is not None
    return type(data) is form and (form is not int or data >= 0)


def _of_choice(data: Any, forms: Iterable[Form], at: str) -> Iterator[str]:
    """Where one form is left besides null, what is otherwise inside of it; else the whole."""
    if any(fits(data, one) for one in forms):
        return
    left = [one for one in forms if one is not None]
    if data is not None and len(left) == 1:
        yield from _misfits(data, left[0], at)
    else:
        yield f"{at} 不合规定"


def _of_object(data: Any, must: Mapping[str, Form], may: Mapping[str, Form], at: str, *, closed: bool) -> Iterator[str]:
    if not isinstance(data, dict):
        yield f"{at or '全文'} 不合规定"
        return
    within = f"{at}." if at else ""
    for key in must:
        if key not in data:
            yield f"缺少 {within}{key}"
    for key, part in data.items():
        if key in must or key in may:
            yield from _misfits(part, must[key] if key in must else may[key], f"{within}{key}")
        elif closed:
            yield f"多出 {within}{key}"


def _of_list(data: Any, places: Iterable[Form], at: str) -> Iterator[str]:
    forms = list(places)
    if not isinstance(data, list) or len(data) != len(forms):
        yield f"{at} 不合规定"
        return
    for place, (part, form) in enumerate(zip(data, forms, strict=True)):
        yield from _misfits(part, form, f"{at}[{place}]")
