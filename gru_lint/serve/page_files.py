"""The page to try it on: a few files that ask for nothing from elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_FOLDER: Final = Path(__file__).parent / "page"
_TYPES: Final = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}
_HEADERS: Final = {
    # Of this server alone, and in no frame of another page.
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    # A newer version is seen at once; a browser may keep what was written when the page is loaded again.
    "Cache-Control": "no-cache",
}


def page_routes() -> list[Route]:
    """A route for each file of the page; the page itself is at the root."""
    files = sorted(path for path in _FOLDER.iterdir() if path.suffix in _TYPES)
    return [_route(path) for path in files]


def _route(path: Path) -> Route:
    content = path.read_bytes()

    async def answer(request: Request) -> Response:  # noqa: ARG001
        return Response(content, 200, _HEADERS, _TYPES[path.suffix])

    return Route("/" if path.name == "index.html" else f"/{path.name}", answer, methods=["GET"])
