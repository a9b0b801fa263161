"""
The pages: Jinja2 with every value escaped, from `templates/web`, which a federation may put its own before.

A page links a part of a type face with the rare characters that stand in it, because a delegate's phone may have none.
"""

import re
from functools import cache
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from federation.resources import resource
from federation.web import faces, statics

_COMMAND, _CLAUSE = re.compile("federation [a-z]|--[a-z]"), re.compile("(?=[，；。])")
"""What a clause has in it that says what to type on the command line, and where the next clause begins."""
FACES = "<!--faces-->"
"""Where base.html wants the link to the rare characters."""


@cache
def environment() -> Environment:
    """The templates, each read once per process."""
    found = Environment(
        loader=FunctionLoader(lambda name: resource("web", name).read_text(encoding="utf-8")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    found.globals["static"] = statics.address
    found.filters["spoken"] = spoken
    return found


def spoken(text: str) -> str:
    """What an officer is told, without the clauses that are of commands: who reads a page has no command line."""
    return "".join(clause for clause in _CLAUSE.split(text) if not _COMMAND.search(clause)).lstrip("，；。")


def rendered(name: str, **values: Any) -> str:
    """
    A template filled, with the rare characters that it needs, or where a value is `rare_of`, with those of that text.

    A face is asked for over the line and stays in the browser: of what a voter wrote it would tell that she wrote it.
    """
    text = environment().get_template(name).render(**values)
    return text.replace(FACES, faces.link(values.get("rare_of", text)), 1)


def page(request: Request, name: str, status: int = 200, /, **values: Any) -> HTMLResponse:
    """A page for this request; where a value is `room`, of as many bytes: then its length tells nothing."""
    text = rendered(name, path=request.scope["path"], **values)
    return HTMLResponse(text.encode().ljust(values.get("room", 0)), status)
