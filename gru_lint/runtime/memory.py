"""Memory tuning of glibc and CPython; without effect on other C libraries."""

from __future__ import annotations

import gc
import sys
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ctypes

# Of glibc's malloc.h.
_TRIM_THRESHOLD, _TOP_PAD, _MMAP_MAX, _ARENA_MAX = -1, -2, -4, -8
# A little less than the largest block, of 32 MiB, whose release raises glibc's thresholds.
_KEPT_BYTES = 30 << 20
_NEW_OBJECTS = 150_000


def use_one_malloc_arena() -> None:
    """Makes all threads allocate from one malloc arena, so that they reuse each other's freed memory."""
    if arrange := _of_glibc("mallopt"):
        arrange(_ARENA_MAX, 1)


def disable_heap_trimming() -> None:
    """Keeps freed memory in the process: returning the arrays of every training step takes a third of the time."""
    if arrange := _of_glibc("mallopt"):
        for parameter, value in ((_MMAP_MAX, 0), (_TRIM_THRESHOLD, 2**31 - 1), (_TOP_PAD, 2**28)):
            arrange(parameter, value)


def keep_freed_blocks() -> None:
    """Makes glibc keep up to 60 MB of freed memory, as it does for who has freed one block of half of that.

    The arrays of a batch of windows, 30 MB, would else be returned and faulted in again with every batch, which takes
    a tenth of the time.
    """
    # Not a byte of it is touched.
    bytearray(_KEPT_BYTES)


def trim_heap() -> None:
    """Returns the C library's free memory to the system."""
    if trim := _of_glibc("malloc_trim"):
        trim(0)


def collect_seldom() -> None:
    """Has Python look for garbage among 150,000 new objects instead of 700, most of which are imported and stay.

    To be called before the imports, of which it saves a tenth.
    """
    gc.set_threshold(_NEW_OBJECTS)


def freeze_gc() -> None:
    """Excludes all present objects from garbage collection, which would take 60 ms to traverse them."""
    gc.collect()
    gc.freeze()


@cache
def _of_glibc(name: str) -> ctypes._FuncPointer | None:
    """A function of glibc; None on other platforms."""
    import ctypes

    return getattr(ctypes.CDLL(None), name, None) if sys.platform.startswith("linux") else None
