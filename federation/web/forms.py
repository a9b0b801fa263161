"""A form as the pages send it: its fields in their order, read without the detours of a parser of uploads."""

from functools import lru_cache
from urllib.parse import unquote_plus

from starlette.datastructures import FormData
from starlette.requests import Request

from federation.errors import Misused

LONGEST_NAME = 40
"""Characters of a written name."""
KIND = "application/x-www-form-urlencoded"
MOST = 1000
"""Fields of a form; a sheet has one a name and a few besides."""
SIGNS = {"%2B": "+"}
"""The mark of most fields, as browsers write it."""


async def form_of(request: Request) -> FormData:
    """The form of a request, one without a body as a form without fields; Misused where it is none of our pages'."""
    body = await request.body()
    if body and request.headers.get("content-type", "").partition(";")[0].strip().lower() != KIND:
        raise Misused("提交的内容不合要求，请重新打开页面再填")
    fields = body.decode("latin-1").split("&")  # whatever is no ASCII stands for a byte, as in `%E5`
    if len(fields) > MOST:
        raise Misused("提交的内容太多，请重新打开页面再填")
    return FormData([(_name(name), _value(value)) for name, _, value in (field.partition("=") for field in fields)])


def field_of(form: FormData, name: str) -> str:
    """A field of a form; empty where it is not there. PostgreSQL takes no NUL in a text."""
    value = form.get(name, "")
    return value.replace("\0", "") if isinstance(value, str) else ""


@lru_cache(maxsize=4096)
def _name(text: str) -> str:
    """The name of a field: the same ones come with every form."""
    return unquote_plus(text)


def _value(text: str) -> str:
    """What a field says; nothing of it is remembered."""
    if "%" not in text and "+" not in text:
        return text
    return SIGNS[text] if text in SIGNS else unquote_plus(text)
