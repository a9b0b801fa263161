"""What every answer carries, whoever made it: the policy of its content, no caching, no referrer, no frame."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
"""Everything from us, nothing inline, nothing from anybody else."""

ALWAYS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
HSTS = "max-age=31536000"
"""A year; without subdomains, which may be anybody's."""


class SecurityHeaders:
    """Puts them on. An answer may say itself how long it may be kept; one that does not is kept by nobody."""

    def __init__(self, app: ASGIApp, tls: bool) -> None:
        self.app, self.tls = app, tls

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        secure = self.tls or Headers(scope=scope).get("x-forwarded-proto") == "https"

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                _dress(message, secure=secure)
            await send(message)

        await self.app(scope, receive, dressed)


def _dress(message: Message, *, secure: bool) -> None:
    given = [(name, value) for name, value in message.get("headers", ()) if name.lower() not in _NAMES]
    if not any(name.lower() == b"cache-control" for name, _ in given):
        given.append((b"cache-control", b"no-store"))
    message["headers"] = [*given, *_ALWAYS, *([_HSTS] if secure else [])]


_ALWAYS = [(name.lower().encode(), value.encode()) for name, value in ALWAYS.items()]
_HSTS = (b"strict-transport-security", HSTS.encode())
_NAMES = frozenset(name for name, _ in (*_ALWAYS, _HSTS))
