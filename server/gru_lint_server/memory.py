"""What was needed to read a long document goes back to the system, where that can be asked for."""

from __future__ import annotations

import ctypes
import sys
from functools import cache


def share_one_arena() -> None:
    """Has all threads take memory from one place, so that what one of them leaves another can use."""
    if arrange := _of_glibc("mallopt"):
        arrange(_ARENAS_AT_MOST, 1)


def give_back() -> None:
    """Returns memory that is free but kept by the C library."""
    if trim := _of_glibc("malloc_trim"):
        trim(0)


# M_ARENA_MAX of malloc.h.
_ARENAS_AT_MOST = -8


@cache
def _of_glibc(name: str) -> ctypes._FuncPointer | None:
    """A function of the C library; None where that is another one."""
    return getattr(ctypes.CDLL(None), name, None) if sys.platform.startswith("linux") else None
