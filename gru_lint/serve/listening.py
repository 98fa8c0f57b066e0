"""The server on its socket: started, bounded and stopped."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
import time
from typing import Any, Final

import h11
import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from gru_lint.regular_files import reason_of
from gru_lint.serve.limits import Limits

_log = logging.getLogger("gru_lint.serve")
# A text in a query is part of the first line of a request.
_MAX_HEADER_BYTES: Final = 65_536
_HEADERS_S: Final = 10.0
_KEEP_ALIVE_S: Final = 15
# How long requests may still be answered once the server is stopped.
_GRACE_S: Final = 5


class ListenError(Exception):
    """Nothing can listen there; the message is one line."""


def bound_socket(host: str, port: int) -> socket.socket:
    """A socket that listens. Raises `ListenError`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except (OSError, OverflowError) as error:
        raise ListenError(
            f"{host}:{port}: nothing can listen there ({reason_of(error)}); name another --port"
        ) from None


def address_of(listening: socket.socket) -> str:
    """The address of a socket as a browser has it."""
    host, port = listening.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def serve(app: ASGIApp, listening: socket.socket, limits: Limits, *, logs_requests: bool) -> None:
    """Answers requests until SIGTERM or Ctrl-C; what is being answered then is finished.

    logs_requests  whether method, path, status and time of each are logged; of a text nothing
    """
    config = uvicorn.Config(
        _RequestLog(app) if logs_requests else app,
        http=_Protocol,
        ws="none",
        lifespan="on",
        log_config=None,
        log_level="error",
        access_log=False,
        server_header=False,
        limit_concurrency=limits.connections,
        timeout_keep_alive=_KEEP_ALIVE_S,
        timeout_graceful_shutdown=_GRACE_S,
        h11_max_incomplete_event_size=_MAX_HEADER_BYTES,
    )
    # Uvicorn hands a signal on once it has stopped, and to stop is all that was asked for.
    before = {number: signal.signal(number, _ignore) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        uvicorn.Server(config).run(sockets=[listening])
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _ignore(number: int, frame: Any) -> None:
    """Does nothing."""


class _Protocol(H11Protocol):
    """Closes a connection on which no whole head of a request comes in time: it would hold a place for ever."""

    _timer: asyncio.TimerHandle | None = None
    _seen: object = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._wait_for_headers()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
        super().connection_lost(exc)

    def _wait_for_headers(self) -> None:
        is_idle = self.conn.their_state is h11.IDLE
        if is_idle and self._timer is not None and self._seen is self.cycle and not self.transport.is_closing():
            self.transport.close()
            return
        # Idle now, and after the same request still idle when the time is over.
        self._seen = self.cycle if is_idle else self
        self._timer = self.loop.call_later(_HEADERS_S, self._wait_for_headers)


class _RequestLog:
    """Logs each request without what stands in it: a query may hold a text."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, statuses = time.perf_counter(), []

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])
            await send(message)

        await self._app(scope, receive, sent)
        took = (time.perf_counter() - begun) * 1000
        _log.info("%s %s %s %.0f ms", scope["method"], scope["path"], *(statuses or ["-"]), took)
