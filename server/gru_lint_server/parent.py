"""The process that started the server, by the ID that the client gives: the server ends with it.

psutil knows on every system whether a process lives, and whether another one has its ID by now.
"""

from __future__ import annotations

import asyncio
from typing import Final

_SECONDS_BETWEEN_LOOKS: Final = 2.0


async def wait_for_end(process_id: int) -> None:
    """Returns when there is no such process any more; a zombie is none."""
    # Imported here: only a client that names a process needs it.
    import psutil

    try:
        process = psutil.Process(process_id)
        while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
            await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)
    except (psutil.NoSuchProcess, ValueError, OverflowError):
        return
