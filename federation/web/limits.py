"""How large a request may be, and how long it may take to arrive: slow or huge senders hold up nobody else."""

import asyncio

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from federation.web.boundary import page_of

LARGEST = 256 * 1024
"""Bytes of a request's body. A sheet of some hundred names takes thirty thousand."""
SECONDS = 20.0
"""Until the whole body must be there."""


class Limits:
    """
    Reads a request's body before anything else looks at it, and refuses what is too large or too slow.

    No form of ours is multipart: files would go to the disk, and each field be read in whatever code its sender names.
    """

    def __init__(self, app: ASGIApp, largest: int = LARGEST, seconds: float = SECONDS) -> None:
        self.app, self.largest, self.seconds = app, largest, seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        if "multipart" in Headers(scope=scope).get("content-type", "").lower():
            await page_of(Request(scope), 415, "没有办理：请从本页面的表单提交。")(scope, receive, send)
            return
        try:
            async with asyncio.timeout(self.seconds):
                body = await self._body(scope, receive)
        except TimeoutError:
            await page_of(Request(scope), 408, "没有办理：数据没有收全。请检查网络再试一次。")(scope, receive, send)
        except _TooLarge:
            await page_of(Request(scope), 413, "没有办理：提交的内容太大。")(scope, receive, send)
        else:
            if body is not None:
                await self.app(scope, _replayed(body, receive), send)

    async def _body(self, scope: Scope, receive: Receive) -> bytes | None:
        """The whole body; None where the sender went away."""
        said = Headers(scope=scope).get("content-length", "")
        if said.isdecimal() and int(said) > self.largest:
            raise _TooLarge
        body, more = bytearray(), True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > self.largest:
                raise _TooLarge
        return bytes(body)


class _TooLarge(Exception):
    pass


def _replayed(body: bytes, receive: Receive) -> Receive:
    """The body once more, for whoever asks next; then whatever the sender still says."""
    left = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return left.pop() if left else await receive()

    return again
