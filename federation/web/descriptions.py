"""The description of the data below /api/, as OpenAPI: made from the annotations of what answers there."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from federation.web.access import Access, Routes

routes = Routes()


@routes.get("/api/openapi.json", access=Access.PUBLIC)
async def description(request: Request) -> Response:
    """The description, made once."""
    return JSONResponse(request.app.openapi())
