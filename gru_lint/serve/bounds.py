"""What keeps a request within bounds: where it may come from, how long it is and how long it takes."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Receive, Scope, Send

from gru_lint.serve.answers import error_answer

LOOPBACK: Final = frozenset(["localhost", "127.0.0.1", "::1"])
_SLASHES: Final = re.compile("/{2,}")
# An origin that is named: a scheme and a host, or all origins of an extension's scheme.
_ORIGIN: Final = re.compile(r"[a-z][a-z0-9+.-]*://(?:[^/*?#\s]+|\*)", re.IGNORECASE)
_WEB: Final = ("http://*", "https://*")


class OriginError(Exception):
    """No origin that can be allowed; the message is one line."""


def read_origin(written: str) -> str:
    """An origin that is allowed, such as "https://example.org" or "moz-extension://*". Raises `OriginError`."""
    origin = written.strip().rstrip("/").lower()
    if origin in _WEB or not _ORIGIN.fullmatch(origin):
        raise OriginError(
            f'"{written}" is no origin, such as https://example.org; '
            "a star stands for all only after the scheme of extensions, such as moz-extension://*"
        )
    return origin


class Gate:
    """Refuses requests under another name than the server's, and from web pages of other origins.

    A page may send a form to any address, and one whose name leads to this machine would even read the answer.

    hosts    the names under which the server is asked; None for any
    origins  those that are allowed beside the server's own, as `read_origin` has them
    """

    def __init__(self, app: ASGIApp, hosts: frozenset[str] | None, origins: Sequence[str]) -> None:
        self._app = app
        self._hosts = hosts
        self._origins = re.compile(origins_pattern(origins)) if origins else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request, or lets it pass."""
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            host = headers.get("host", "")
            origin = headers.get("origin", "").lower()
            if self._hosts is not None and _hostname(host) not in self._hosts:
                await error_answer(403, "this server is not asked under that name")(scope, receive, send)
                return
            is_allowed = self._origins is not None and self._origins.fullmatch(origin)
            if origin and origin != f"{scope['scheme']}://{host.lower()}" and not is_allowed:
                reason = "pages of this origin may not ask: gru-lint serve --allow-origin names those that may"
                await error_answer(403, reason)(scope, receive, send)
                return
            # Some clients put /v2/check after an address that ends in a slash.
            scope = {**scope, "path": _SLASHES.sub("/", scope["path"])}
        await self._app(scope, receive, send)


def origins_pattern(origins: Sequence[str]) -> str:
    """The regular expression of some origins, as `read_origin` has them."""
    return "|".join(re.escape(origin).replace(r"\*", "[^/]*") for origin in origins)


def _hostname(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


class TooLongError(Exception):
    """A body of more bytes than are read."""


class TooSlowError(Exception):
    """A body that does not come in time, or whose sender has gone."""


async def read_body(request: Request, max_bytes: int, timeout_s: float) -> bytes:
    """The body of a request. Raises `TooLongError` and `TooSlowError`."""
    try:
        return await asyncio.wait_for(_read(request, max_bytes), timeout_s)
    except (asyncio.TimeoutError, ClientDisconnect):
        raise TooSlowError from None


async def _read(request: Request, max_bytes: int) -> bytes:
    announced: Any = request.headers.get("content-length", "0")
    if announced.isdigit() and int(announced[:20]) > max_bytes:
        raise TooLongError
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > max_bytes:
            raise TooLongError
    return bytes(body)
