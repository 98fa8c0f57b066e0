"""Words that tell a person's gender and are too rare for the vocabulary, such as "stewardess" and "Frau"."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PATH = Path(__file__).with_name("gendered_words.txt")


@cache
def commoner_words() -> dict[str, str]:
    """For each such word in lower case the commoner one that tells the same gender."""
    commoner: dict[str, str] = {}
    for line in _PATH.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            common, _, words = line.partition(":")
            commoner |= dict.fromkeys(words.split(), common)
    return commoner
