"""What is asked of the C library and of Python about memory; where either is another one, nothing happens."""

from __future__ import annotations

import ctypes
import gc
import sys
from functools import cache

# Of glibc's malloc.h.
_TRIM_THRESHOLD, _TOP_PAD, _MMAP_MAX, _ARENA_MAX = -1, -2, -4, -8


def use_one_malloc_arena() -> None:
    """Has all threads take memory from one place, so that what one of them leaves another can use."""
    if arrange := _of_glibc("mallopt"):
        arrange(_ARENA_MAX, 1)


def disable_heap_trimming() -> None:
    """Keeps freed memory for what comes next: to hand back every training step's arrays costs a third of the time."""
    if arrange := _of_glibc("mallopt"):
        for parameter, value in ((_MMAP_MAX, 0), (_TRIM_THRESHOLD, 2**31 - 1), (_TOP_PAD, 2**28)):
            arrange(parameter, value)


def trim_heap() -> None:
    """Returns memory that is free but kept by the C library."""
    if trim := _of_glibc("malloc_trim"):
        trim(0)


def freeze_gc() -> None:
    """Has the garbage collector leave alone what is in memory now: to walk through all of it takes 60 ms."""
    gc.collect()
    gc.freeze()


@cache
def _of_glibc(name: str) -> ctypes._FuncPointer | None:
    """A function of the C library; None where that is another one."""
    return getattr(ctypes.CDLL(None), name, None) if sys.platform.startswith("linux") else None
