"""Feeds bytes that a fuzzer invents to the server's reader of messages, and stops at a traceback or a hang.

    pip install atheris
    python fuzz/frames.py -max_total_time=120 -max_len=4096 -timeout=20

The arguments are those of libFuzzer; see extractors.py.
"""

from __future__ import annotations

import asyncio
import sys
from contextlib import suppress

import atheris

with atheris.instrument_imports(include=["gru_lint_server.frames", "gru_lint_server.protocol"]):
    from gru_lint_server.app import create_server
    from gru_lint_server.frames import FrameError, serve_frames


class _Nowhere:
    """A writer to a client that does not read."""

    def write(self, data: bytes) -> None:
        """Drops what is written."""

    def close(self) -> None:
        """There is nothing to close."""


def _drop(*_: object) -> None:
    """Of a message that cannot be handled, the server goes on."""


async def serve(content: bytes) -> None:
    """Serves a client that sends these bytes and leaves."""
    server = create_server()
    server.protocol.set_writer(_Nowhere())
    reader = asyncio.StreamReader(limit=2**16)
    reader.feed_data(content)
    reader.feed_eof()
    try:
        await serve_frames(reader, server.protocol, _drop)
    except (FrameError, asyncio.IncompleteReadError):
        # The client is answered, or has vanished.
        pass
    finally:
        server.shutdown()


def check(content: bytes) -> None:
    """The bytes as they come, and as the body of a message."""
    framed = b"content-length: %d\r\n\r\n%s" % (len(content), content)
    for written in (content, framed):
        # A message may say exit.
        with suppress(SystemExit):
            asyncio.run(serve(written))


if __name__ == "__main__":
    atheris.Setup(sys.argv, check)
    atheris.Fuzz()
