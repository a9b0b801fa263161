"""Style sheets and scripts: plain files of `templates/web/static`, under an address that changes with their content."""

import hashlib
from functools import cache

from starlette.requests import Request
from starlette.responses import Response

from federation.errors import NotFound
from federation.resources import resource
from federation.web.access import Access, Routes

KINDS = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
FOREVER = "public, max-age=31536000, immutable"
"""For what has its content in its address, and nobody's secret in its content."""
routes = Routes()


@cache
def content(name: str) -> tuple[bytes, str]:
    """A static file and what kind it is; NotFound for anything else."""
    suffix = name[name.rfind(".") :]
    if "/" in name or suffix not in KINDS:
        raise NotFound("没有这个文件")
    return resource("web", f"static/{name}").read_bytes(), KINDS[suffix]


@cache
def address(name: str) -> str:
    """Where a page finds a static file: `{{ static("base.css") }}` in a template."""
    return f"/static/{hashlib.sha256(content(name)[0]).hexdigest()[:12]}/{name}"


@routes.get("/static/{version}/{name}", access=Access.PUBLIC)
async def static(_request: Request, version: str, name: str) -> Response:
    """A style sheet or a script; one of another version is not to be kept."""
    body, kind = content(name)
    keep = FOREVER if address(name) == f"/static/{version}/{name}" else "no-store"
    return Response(body, media_type=kind, headers={"Cache-Control": keep})
