"""How many threads NumPy's matrix products may use."""

from __future__ import annotations

import os

_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def use_one_thread() -> None:
    """Holds NumPy to one thread where the user has not decided; to be called before NumPy is first imported.

    The products are small: a second thread costs more processor time than it saves.
    """
    for variable in _VARIABLES:
        os.environ.setdefault(variable, "1")
