"""Places in a template that somebody's name will fill: {player}, %name, ${user}, <name>, [NAME]."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

_SENTENCE_ENDS: Final = frozenset(".!?")
_FARTHEST: Final = 40
_MARKS: Final = frozenset("}>]$%")
_OPENING: Final = {">": "<", "]": "["}
# What stands in angle brackets and is no element of a page.
_PEOPLE: Final = frozenset(
    "user player customer client person employee candidate student patient recipient author sender member guest".split()
)


def follows_placeholder(words: Sequence[str], index: int) -> bool:
    """Whether a placeholder stands before a word in its sentence: then nobody knows whom a pronoun there means."""
    for place in range(index - 1, max(-1, index - _FARTHEST), -1):
        word = words[place]
        if word in _SENTENCE_ENDS:
            return False
        if word in _MARKS and _is_of_placeholder(words, place, index):
            return True
    return False


def _is_of_placeholder(words: Sequence[str], place: int, end: int) -> bool:
    """Whether the mark at a place ends or begins a placeholder that stands before a word."""
    mark = words[place]
    if mark == "}":
        return True
    if mark in _OPENING:
        inside = words[place - 1] if place >= 2 and words[place - 2] == _OPENING[mark] else ""
        return inside.isupper() if mark == "]" else "name" in inside.lower() or inside.lower() in _PEOPLE
    following = words[place + 1] if place + 1 < end else ""
    if mark == "$":
        return following.isidentifier()
    # Not "50 % of".
    is_share = place >= 1 and words[place - 1][-1].isdigit()
    return (following.isidentifier() or following == "(") and not is_share
