"""One client over TCP or a WebSocket. Any other is sent away with an answer, and web pages may not connect."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
from collections.abc import Sequence
from contextlib import suppress
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final

from lsprotocol import types
from pygls.io_ import WebSocketWriter

from gru_lint_server.connection import Connection
from gru_lint_server.frames import MOST_BYTES, FrameError, handle, read_body, serve_frames

if TYPE_CHECKING:
    from websockets.asyncio.server import ServerConnection
    from websockets.http11 import Request, Response

_log = logging.getLogger(__name__)
_BUFFER_BYTES: Final = 2**20
_TAKEN: Final = "this server has its client; start another server"
# A client that is sent away may take this long to say which request is to be answered.
_SECONDS_TO_ASK: Final = 5.0
# RFC 6455 and its register: "Try Again Later".
_TRY_AGAIN_LATER: Final = 1013


class RemoteAddressError(Exception):
    """An address that other machines can reach; the message says how it can be allowed."""


def addresses_of(host: str, port: int, *, allow_remote: bool) -> list[str]:
    """The addresses that a host name means. Raises `RemoteAddressError` where one is not of this machine alone."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    for address in addresses:
        if not allow_remote and not ip_address(address.partition("%")[0]).is_loopback:
            raise RemoteAddressError(
                f"{host} can be reached from other machines, which could then read what you can; "
                "take 127.0.0.1, or say --allow-remote"
            )
    return addresses


async def serve_tcp(server: Connection, hosts: Sequence[str], port: int) -> None:
    """Serves the first client that comes until it leaves. Raises `FrameError`, OSError, and SystemExit at exit."""
    ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    is_taken = False

    async def on_client(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal is_taken
        if is_taken:
            await _send_away(reader, writer)
            return
        is_taken = True
        server.protocol.set_writer(writer)
        try:
            await serve_frames(reader, server.protocol, server.report_server_error)
            ended.set_result(None)
        except (FrameError, OSError, asyncio.IncompleteReadError) as error:
            with suppress(OSError):
                await writer.drain()
            ended.set_exception(error)
        finally:
            writer.close()

    listening = await asyncio.start_server(on_client, hosts, port, limit=_BUFFER_BYTES)
    _say_where(listening.sockets)
    try:
        await ended
    finally:
        listening.close()


async def _send_away(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answers the first request of a second client with an error."""
    number = None
    with suppress(FrameError, OSError, ValueError, RecursionError, asyncio.TimeoutError, asyncio.IncompleteReadError):
        body = await asyncio.wait_for(read_body(reader), _SECONDS_TO_ASK)
        request = json.loads(body or b"null")
        if isinstance(request, dict) and isinstance(request.get("id"), (int, str)):
            number = request["id"]
    error = {"code": types.LSPErrorCodes.RequestFailed.value, "message": _TAKEN}
    answer = json.dumps({"jsonrpc": "2.0", "id": number, "error": error}).encode()
    with suppress(OSError):
        writer.write(b"Content-Length: %d\r\n\r\n%s" % (len(answer), answer))
        await writer.drain()
        writer.close()
        await writer.wait_closed()


async def serve_websocket(server: Connection, hosts: Sequence[str], port: int, allowed_origins: Sequence[str]) -> None:
    """The same over a WebSocket.

    allowed_origins  the web sites whose pages may connect; what is no browser names none, and may
    """
    from websockets.asyncio.server import serve
    from websockets.typing import Origin

    ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    is_taken = False

    def answer_early(connection: ServerConnection, _request: Request) -> Response | None:
        return connection.respond(503, f"gru-lint-server: {_TAKEN}\n") if is_taken else None

    async def on_client(connection: ServerConnection) -> None:
        nonlocal is_taken
        if is_taken:
            await connection.close(_TRY_AGAIN_LATER, _TAKEN)
            return
        is_taken = True
        server.protocol.set_writer(WebSocketWriter(connection), include_headers=False)
        async for body in connection:
            handle(body, server.protocol, server.report_server_error)
        if not ended.done():
            ended.set_result(None)

    origins = [None, *map(Origin, allowed_origins)]
    listening = await serve(
        on_client,
        hosts,  # type: ignore[arg-type]  # asyncio, which it is handed to, takes several
        port,
        origins=origins,
        process_request=answer_early,
        max_size=MOST_BYTES,
        close_timeout=1,
    )
    _say_where(listening.sockets)
    try:
        await ended
    finally:
        listening.close()


def _say_where(sockets: Sequence[socket.socket]) -> None:
    _log.info("Serving on %s", ", ".join(str(one.getsockname()) for one in sockets))
