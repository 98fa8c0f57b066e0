"""Waiting for what another process does: for the thing itself, never for a time that it may take."""

from __future__ import annotations

import time
from collections.abc import Callable


def until(condition: Callable[[], bool], patience_s: float = 120) -> None:
    """Comes back as soon as a condition holds; fails where it does not within so many seconds."""
    end = time.monotonic() + patience_s
    while not condition():
        assert time.monotonic() < end, f"not within {patience_s:.0f} s"
        time.sleep(0.02)
