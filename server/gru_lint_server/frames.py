"""The base protocol: headers, a blank line and a body of JSON; what is no message is answered with an error.

pygls' own reader knows one spelling of the header, and waits for ever behind one that it cannot read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from typing import Final, Protocol

from lsprotocol import types
from pygls.exceptions import JsonRpcException, PyglsError
from pygls.protocol import JsonRPCProtocol

ErrorHandler = Callable[[Exception, type[PyglsError] | type[JsonRpcException]], None]
# A header of RFC 9110. A browser's request, which a web page may send to any port, begins with no such line.
_HEADER: Final = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*\r?\n", re.DOTALL)
_LENGTH: Final = re.compile(rb"[0-9]{1,12}")
_MOST_HEADERS: Final = 32
# The longest text that is judged takes 4 million characters, of at most 12 bytes in JSON.
MOST_BYTES: Final = 128 * 2**20


class FrameError(Exception):
    """Headers behind which the next message cannot be found; the error says what is wrong with them."""


class Reader(Protocol):
    """What bytes are read from: a stream of asyncio's, or standard input read in a thread."""

    def readline(self) -> Awaitable[bytes]:
        """A line with its end; b"" at the end of the stream."""
        ...

    def readexactly(self, n: int) -> Awaitable[bytes]:
        """That many bytes."""
        ...


async def read_body(reader: Reader) -> bytes | None:
    """The body of the next message; None at the end of the stream. Raises `FrameError`."""
    length: int | None = None
    n_headers = 0
    while True:
        try:
            line = await reader.readline()
        except ValueError:
            # Longer than the buffer of the stream.
            raise FrameError("a header is longer than can be read") from None
        if not line.endswith(b"\n"):
            return None
        if not line.strip():
            # A blank line between two messages is no message.
            if n_headers == 0:
                continue
            break
        n_headers += 1
        header = _HEADER.fullmatch(line)
        if header is None or n_headers > _MOST_HEADERS:
            raise FrameError("a line is no header")
        name, value = header.groups()
        if name.lower() == b"content-length":
            if not _LENGTH.fullmatch(value) or length not in (None, int(value)):
                raise FrameError("Content-Length is no number of bytes")
            length = int(value)
    if length is None:
        raise FrameError("there is no Content-Length")
    if length > MOST_BYTES:
        raise FrameError(f"Content-Length is more than {MOST_BYTES:,} bytes")
    body = await reader.readexactly(length)
    return body if len(body) == length else None


async def serve_frames(reader: Reader, protocol: JsonRPCProtocol, on_error: ErrorHandler) -> None:
    """Hands each message to its handler until the stream ends. Raises `FrameError`, after it has answered."""
    while True:
        try:
            body = await read_body(reader)
        except FrameError as error:
            answer_with_error(protocol, str(error))
            raise
        if body is None:
            return
        handle(body, protocol, on_error)


def handle(body: bytes | str, protocol: JsonRPCProtocol, on_error: ErrorHandler) -> None:
    """Hands one message to its handler; what is no JSON is answered with an error."""
    try:
        message = json.loads(body, object_hook=protocol.structure_message)
    except (ValueError, RecursionError):
        answer_with_error(protocol, "the body is no JSON")
        return
    except JsonRpcException as error:
        on_error(error, JsonRpcException)
        return
    try:
        protocol.handle_message(message)
    except Exception as error:
        on_error(error, JsonRpcException)


def answer_with_error(protocol: JsonRPCProtocol, reason: str) -> None:
    """Tells the client what is wrong with a message whose ID is not known."""
    error = {"code": types.ErrorCodes.ParseError.value, "message": f"Parse error: {reason}"}
    protocol._send_data({"jsonrpc": "2.0", "id": None, "error": error})
