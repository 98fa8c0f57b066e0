"""Placeholders of a template that a name will fill: {player}, %name, ${user}, <name>, [NAME]."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

_SENTENCE_ENDS: Final = frozenset(".!?")
# How many words before the pronoun are searched.
_REACH: Final = 40
_MARKS: Final = frozenset("}>]$%")
_OPENING: Final = {">": "<", "]": "["}
# In angle brackets these are placeholders, and not elements of HTML.
_PEOPLE: Final = frozenset(
    "user player customer client person employee candidate student patient recipient author sender member guest".split()
)


def follows_placeholder(words: Sequence[str], index: int) -> bool:
    """Whether a placeholder stands before a word in its sentence: it may be the antecedent of any pronoun there."""
    for mark_index in range(index - 1, max(-1, index - _REACH), -1):
        word = words[mark_index]
        if word in _SENTENCE_ENDS:
            return False
        if word in _MARKS and _is_of_placeholder(words, mark_index, index):
            return True
    return False


def _is_of_placeholder(words: Sequence[str], mark_index: int, end: int) -> bool:
    """Whether the mark at an index ends or begins a placeholder among the words before `end`."""
    mark = words[mark_index]
    if mark == "}":
        return True
    if mark in _OPENING:
        inside = words[mark_index - 1] if mark_index >= 2 and words[mark_index - 2] == _OPENING[mark] else ""
        return inside.isupper() if mark == "]" else "name" in inside.lower() or inside.lower() in _PEOPLE
    following = words[mark_index + 1] if mark_index + 1 < end else ""
    if mark == "$":
        return following.isidentifier()
    # A percentage: "50 % of".
    is_share = mark_index >= 1 and words[mark_index - 1][-1].isdigit()
    return (following.isidentifier() or following == "(") and not is_share
