"""Commands as figures, weights and pages show them."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from pathlib import Path


def shown_command(words: Iterable[str]) -> str:
    """A command that anybody may read: of a path from the root of a machine, the last part.

    >>> shown_command(["python", "-m", "gru_lint.training", "fit", "--out", "/home/me/run-1", "--words", "1000"])
    'python -m gru_lint.training fit --out run-1 --words 1000'
    """
    return shlex.join(map(_without_root, words))


def _without_root(word: str) -> str:
    option, sign, value = word.partition("=")
    if option.startswith("-") and sign:
        return f"{option}={_without_root(value)}"
    return Path(word).name if Path(word).is_absolute() else word
