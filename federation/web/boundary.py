"""
Every refusal and every fault as a page in Chinese, or as JSON below /api/. No traceback ever reaches a reader.

A fault of our own is logged with a reference: where it happened and what kind it was, never its message, which could
carry what somebody typed.
"""

import logging
import secrets
import traceback
from collections.abc import Callable
from urllib.parse import quote

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from federation.errors import FederationError, Misused
from federation.facts.refusals import Fault, Refusal
from federation.web import pages

log = logging.getLogger("federation.web")
HEADINGS = {
    400: "没有办理",
    401: "请先登录",
    403: "不能这样做",
    404: "没有这个页面",
    405: "不能这样打开",
    409: "现在不能办理",
    422: "没有办理",
    503: "暂时不能办理",
}
VOTERS = ("/v/", "/kiosk/", "/check/", "/comments")
"""Below these whoever was refused may try again where she is."""
WHERE_TO = {404: "请核对网址，或重新扫描凭证上的二维码。", 405: "请从页面上的按钮办理。"}


def page_of(request: Request, status: int, message: str, error: FederationError | None = None) -> Response:
    """A refusal as a page, or as JSON where the request asks for data."""
    findings = error.findings if error else ()
    if request.scope["path"].startswith("/api/"):
        refused = Refusal.of(error) if error else Refusal(Fault(1, message))
        return JSONResponse(refused.as_json(), status)
    heading = HEADINGS.get(status, "没有办理")
    way = _way(request.scope["path"], status)
    page: Callable[..., Response] = getattr(request.state, "message", pages.page)  # a desk has a bar, and a way back
    return page(request, "message.html", status, heading=heading, message=message, findings=findings, way=way)


def _way(path: str, status: int) -> tuple[str, ...]:
    """The one button that leads on: what is written on it, and where to; desks go their own ways."""
    if path.startswith("/desk"):
        return ()
    if status not in (404, 405) and path.startswith(VOTERS):
        return "再试一次", quote(path)
    return "回到开始", "/"


def refusal(request: Request, error: FederationError) -> Response:
    """What a service refused, in its own words."""
    return page_of(request, error.http_status, error.message, error)


def translate(app: FastAPI) -> None:
    """Whatever a route raises is translated, each kind in one way."""

    async def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, FederationError)
        return refusal(request, error)

    async def unknown(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return page_of(request, error.status_code, WHERE_TO.get(error.status_code, "请重新打开页面再试。"))

    async def misread(request: Request, _error: Exception) -> Response:
        return refusal(request, Misused("提交的内容不合要求，请重新打开页面再填"))

    app.add_exception_handler(FederationError, refused)
    app.add_exception_handler(HTTPException, unknown)
    app.add_exception_handler(RequestValidationError, misread)


class Boundary:
    """Catches what nobody translated: our own bug, told with a reference number."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def noted(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, noted)
        except Exception as error:
            reference = logged(error)
            if scope["type"] == "http" and not begun:
                message = f"程序出错，未办的没有办。请把编号 {reference} 告诉工作人员。"
                await page_of(Request(scope), 500, message)(scope, receive, send)


def logged(error: Exception) -> str:
    """The reference under which the log says where a fault happened."""
    reference = secrets.token_hex(4)
    places = "".join(traceback.format_tb(error.__traceback__))
    log.error("reference %s: %s\n%s", reference, type(error).__name__, places)
    return reference
