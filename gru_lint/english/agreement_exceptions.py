"""Words beside which a verb may be singular or plural; see agreement_exceptions.txt."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

Section = Literal["either way", "units", "mandative", "hypothetical", "invoked", "no noun phrase"]

_PATH = Path(__file__).with_suffix(".txt")


@cache
def exceptions(section: Section) -> frozenset[str]:
    """The words of a section, in lower case."""
    words: set[str] = set()
    is_inside = False
    for line in _PATH.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            is_inside = line == f"[{section}]"
        elif is_inside and not line.startswith("#"):
            words.update(line.split())
    return frozenset(words)
