"""Clauses that leave out what another one has said: "Anna is older than he is", "Anna was ready, but he was not"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gru_lint.english.pronouns import WINDOW_MARKS

_JOINING: Final = frozenset("than as but and while whereas ; nor".split())
_AUXILIARIES: Final = frozenset(
    """
        is was are were am has had have does did do can could will would shall should may might must ca wo
        """.split()
)
_BEHIND: Final = frozenset("not n't n’t too either".split())
_ENDS: Final = frozenset('.,;:!?…)—–"”’')


def is_set_against(words: Sequence[str], index: int) -> bool:
    """Whether the pronoun at an index is the subject of such a clause, and so another one than that of the first."""
    if index < 1 or words[index - 1].lower() not in _JOINING:
        return False
    end = index + 1
    if end < len(words) and words[end].lower() in _AUXILIARIES:
        end += 1
    elif words[index - 1].lower() not in ("than", "as"):
        # "Older than he", and not "and he".
        return False
    while end < len(words) and words[end].lower() in _BEHIND:
        end += 1
    return end >= len(words) or words[end] in _ENDS or words[end] in WINDOW_MARKS
