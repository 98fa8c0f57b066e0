"""The process that started the server, by the number that the client gives: with it the server ends.

psutil knows on every system whether a process lives, and whether a number is that of another process by now.
"""

from __future__ import annotations

import asyncio
from typing import Final

_SECONDS_BETWEEN_LOOKS: Final = 2.0


async def wait_for_end(process_id: int) -> None:
    """Returns when there is no such process any more; one that has ended and is not yet fetched is none."""
    # Imported here: only a client that names a process needs it.
    import psutil

    try:
        process = psutil.Process(process_id)
        while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
            await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)
    except (psutil.NoSuchProcess, ValueError, OverflowError):
        return
