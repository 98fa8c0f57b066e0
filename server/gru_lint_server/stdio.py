"""Standard input read on the event loop; pygls would read each line of it in a thread of its own.

Every message is three reads, and handing each from thread to thread cost more than the judging of a keystroke.
"""

from __future__ import annotations

import asyncio
import logging
import os
import stat
import sys
from threading import Event

from pygls.io_ import StdoutWriter, run_async
from pygls.lsp.server import LanguageServer

# A message of this many bytes is read without a pause.
_BUFFER_BYTES = 2**20


def start(server: LanguageServer) -> None:
    """Serves one client over standard input and output until it leaves or says exit; raises SystemExit then."""
    if not _can_be_polled():
        server.start_io()
        return
    server.protocol.set_writer(StdoutWriter(sys.stdout.buffer))
    try:
        asyncio.run(_serve(server))
    except (BrokenPipeError, KeyboardInterrupt, asyncio.IncompleteReadError):
        # The client vanished; there is nobody to tell.
        pass
    finally:
        server.shutdown()  # type: ignore[no-untyped-call]


async def _serve(server: LanguageServer) -> None:
    reader = asyncio.StreamReader(limit=_BUFFER_BYTES)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin.buffer)
    await run_async(
        stop_event=Event(),
        reader=reader,
        protocol=server.protocol,
        logger=logging.getLogger(__name__),
        error_handler=server.report_server_error,
    )


def _can_be_polled() -> bool:
    """Whether standard input is a pipe or socket that does not share its state with standard output."""
    if sys.platform == "win32":
        return False
    read, written = os.fstat(0), os.fstat(1)
    return not stat.S_ISREG(read.st_mode) and (read.st_dev, read.st_ino) != (written.st_dev, written.st_ino)
