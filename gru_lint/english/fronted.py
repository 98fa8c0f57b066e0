"""Phrases before a clause that name somebody beside its subject: "According to Anna, he is away"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gru_lint.english.pronouns import WINDOW_MARKS

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
        "thanks also to",
        "on behalf of",
        "instead of",
        "apart from",
        "compared to",
        "compared with",
    )
)
_LONGEST_OPENING: Final = max(map(len, _OPENINGS))
_SENTENCE_ENDS: Final = frozenset(".!?…")
# How many words may stand between the name and the comma: "As per Anna 's kind request ,".
_LONGEST_REST: Final = 5


def is_named_before_clause(words: Sequence[str], index: int, name: str) -> bool:
    """Whether the pronoun at an index begins a clause, and somebody is named only in a phrase before it.

    words  of a window
    name   as the text names them
    """
    named = name.split()
    if index < 1 or words[index - 1] != ",":
        return False
    for end in range(index - 1, max(index - 2 - _LONGEST_REST, len(named)), -1):
        if any(word in _SENTENCE_ENDS or word in WINDOW_MARKS for word in words[end : index - 1]):
            return False
        first = end - len(named)
        if list(words[first:end]) == named:
            return _opens(words, first)
    return False


def _opens(words: Sequence[str], first: int) -> bool:
    """Whether what stands between the beginning of the sentence and an index opens such a phrase."""
    return any(
        tuple(word.lower() for word in words[start:first]) in _OPENINGS
        and (words[start - 1] in _SENTENCE_ENDS or words[start - 1] in WINDOW_MARKS)
        for start in range(max(1, first - _LONGEST_OPENING), first)
    )
