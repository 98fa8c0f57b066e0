"""Standard input read on the event loop; pygls would read each line of it in a thread of its own.

Every message is three reads, and handing each from thread to thread cost more than the judging of a keystroke.
"""

from __future__ import annotations

import asyncio
import os
import stat
import sys
from threading import Thread

from pygls.io_ import StdoutWriter

from gru_lint_server.connection import Connection
from gru_lint_server.frames import serve_frames

# A message of this many bytes is read without pausing the stream.
_BUFFER_BYTES = 2**20


async def serve_stdio(server: Connection) -> None:
    """Serves one client over standard input and output until it leaves. Raises `FrameError`, and SystemExit at exit."""
    reader = asyncio.StreamReader(limit=_BUFFER_BYTES)
    if _can_be_polled():
        protocol = asyncio.StreamReaderProtocol(reader)
        await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, sys.stdin.buffer)
    else:
        Thread(target=_feed, args=(reader, asyncio.get_running_loop()), daemon=True).start()
    server.protocol.set_writer(StdoutWriter(sys.stdout.buffer))
    await serve_frames(reader, server.protocol, server.report_server_error)


def _feed(reader: asyncio.StreamReader, loop: asyncio.AbstractEventLoop) -> None:
    """Reads standard input in a daemon thread: it does not keep a server alive whose editor has died."""
    try:
        while chunk := os.read(0, _BUFFER_BYTES):
            loop.call_soon_threadsafe(reader.feed_data, chunk)
        loop.call_soon_threadsafe(reader.feed_eof)
    except (OSError, RuntimeError):
        # The stream or the loop is closed.
        return


def _can_be_polled() -> bool:
    """Whether standard input is a pipe or socket that does not share its state with standard output."""
    if sys.platform == "win32":
        return False
    read, written = os.fstat(0), os.fstat(1)
    return not stat.S_ISREG(read.st_mode) and (read.st_dev, read.st_ino) != (written.st_dev, written.st_ino)
