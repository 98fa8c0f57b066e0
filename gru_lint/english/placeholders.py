"""Places in a template that somebody's name will fill: {player}, %name, ${user}, <name>, [NAME]."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

_SENTENCE_ENDS: Final = frozenset(".!?")
_FARTHEST: Final = 40
# What stands in angle brackets and is no element of a page.
_PEOPLE: Final = frozenset(
    "user player customer client person employee candidate student patient recipient author sender member guest".split()
)


def follows_placeholder(words: Sequence[str], index: int) -> bool:
    """Whether a placeholder stands before a word in its sentence: then nobody knows whom a pronoun there means."""
    for place in range(index - 1, max(-1, index - _FARTHEST), -1):
        if words[place] in _SENTENCE_ENDS:
            return False
        if _ends_placeholder(words, place):
            return True
    return False


def _ends_placeholder(words: Sequence[str], place: int) -> bool:
    word = words[place]
    if word == "}":
        return True
    if word in (">", "]"):
        opens = {">": "<", "]": "["}[word]
        inside = words[place - 1] if place >= 2 and words[place - 2] == opens else ""
        return inside.isupper() if word == "]" else "name" in inside.lower() or inside.lower() in _PEOPLE
    before = words[place - 1] if place else ""
    if before == "$":
        return word.isidentifier()
    # Not "50 % of".
    return (
        before == "%" and (word.isidentifier() or word == "(") and not (place >= 2 and words[place - 2][-1].isdigit())
    )
