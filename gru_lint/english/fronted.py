"""Phrases before a clause that name somebody beside its subject: "According to Anna, he is away"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gru_lint.english.naming import bounds_sentence, last_named_before

# What such a phrase begins with; the name follows at once.
_OPENINGS: Final = frozenset(
    tuple(opening.split())
    for opening in (
        "according to",
        "thanks to",
        "as per",
        "per",
        "because of",
        "due to",
        "in contrast to",
        "contrary to",
        "unlike",
        "without",
        "on behalf of",
        "instead of",
        "apart from",
        "compared to",
        "compared with",
    )
)
_LONGEST_OPENING: Final = max(map(len, _OPENINGS))
# How many words may stand between the name and the comma: "As per Anna 's kind request ,".
_LONGEST_REST: Final = 5


def is_named_before_clause(words: Sequence[str], index: int, name: str) -> bool:
    """Whether the pronoun at an index begins a clause, and somebody is named only in a phrase before it.

    words  of a window
    name   as the text names them
    """
    if words[index - 1] != "," or (place := last_named_before(words, index - 1, name)) is None:
        return False
    first, end = place
    rest = words[end : index - 1]
    return len(rest) <= _LONGEST_REST and not any(map(bounds_sentence, rest)) and _opens(words, first)


def _opens(words: Sequence[str], first: int) -> bool:
    """Whether what stands between the beginning of the sentence and an index opens such a phrase."""
    return any(
        tuple(word.lower() for word in words[start:first]) in _OPENINGS and bounds_sentence(words[start - 1])
        for start in range(max(1, first - _LONGEST_OPENING), first)
    )
