"""
A request that another site made in the reader's browser is refused.

Voters' pages keep no cookie: nothing in the browser speaks for a voter but the pass that she types, and another site
does not know it. A desk's cookie is SameSite=Strict; beside it each of its forms carries a token made from the cookie.
"""

import hashlib
import secrets
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from federation.errors import Finding, Refused
from federation.web.boundary import refusal

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
FIELD = "form_token"
"""The form field with the token of a desk's form."""


class SameSiteOnly:
    """Refuses whatever would change something and was sent by a page that is not ours."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in SAFE and is_foreign(Headers(scope=scope)):
            await refusal(Request(scope), _foreign())(scope, receive, send)
            return
        await self.app(scope, receive, send)


def is_foreign(headers: Headers) -> bool:
    """
    True for a request that a browser says another site made.

    Our pages send no referrer, so a browser may say `Origin: null` of our own forms: that alone is no sign.
    """
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = headers.get("origin", "null")
    try:
        return origin != "null" and urlsplit(origin).netloc != headers.get("host", "")
    except ValueError:  # no address at all
        return True


def token_of(cookie: str) -> str:
    """The token of the forms of whoever has this cookie: every worker makes the same, and none has to keep it."""
    return hashlib.sha256(f"form\0{cookie}".encode()).hexdigest()


def must_be_ours(cookie: str, given: str) -> None:
    """Refuse a form that does not carry the token of this cookie."""
    if not secrets.compare_digest(token_of(cookie).encode(), given.encode()):
        raise _foreign()


def _foreign() -> Refused:
    return Refused("没有办理", [Finding("这次提交不是从本页面发出的", remedy="重新打开页面再试")])
