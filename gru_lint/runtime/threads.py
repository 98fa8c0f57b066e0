"""How many threads NumPy's matrix products may use."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController

_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def use_one_thread() -> None:
    """Holds NumPy to one thread where the user has not decided; to be called before NumPy is first imported.

    The products are small: a second thread costs more processor time than it saves.
    """
    for variable in _VARIABLES:
        os.environ.setdefault(variable, "1")


@contextmanager
def one_blas_thread() -> Iterator[None]:
    """Holds NumPy's matrix products to one thread within; afterwards the setting is what the caller had.

    It may be entered again within, and by several threads at a time: the last one to leave restores the setting.
    """
    _LIMIT.enter()
    try:
        yield
    finally:
        _LIMIT.leave()


class _Limit:
    """The setting of the process, which is one for all of its threads: set at the first entry, restored at the last."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._n_inside = 0
        self._limiter: Any = None

    def enter(self) -> None:
        with self._lock:
            if self._n_inside == 0:
                self._limiter = _controller().limit(limits=1, user_api="blas")
            self._n_inside += 1

    def leave(self) -> None:
        with self._lock:
            self._n_inside -= 1
            if self._n_inside == 0:
                self._limiter.restore_original_limits()


_LIMIT = _Limit()


@cache
def _controller() -> ThreadpoolController:
    """What sets the threads of the BLAS that is loaded; it is looked for once, when NumPy has loaded it."""
    import numpy  # noqa: F401  # A controller knows only what was loaded before it.
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
