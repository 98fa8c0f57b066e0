"""Things that English calls she: craft, Nature, one's country."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

_CRAFT: Final = frozenset(
    """
        ship ships yacht vessel vessels boat boats schooner frigate brig steamer steamship sloop cutter barque galley
        galleon cruiser destroyer submarine battleship warship lugger ketch tug trawler ferry flagship locomotive
        """.split()
)
_PERSONIFIED: Final = frozenset(
    """
        nature moon earth fortune justice liberty church nation motherland homeland fatherland russia france england
        britain germany italy spain poland austria hungary serbia bulgaria greece turkey ireland scotland portugal
        sweden denmark norway prussia america india china japan israel ukraine rome venice europe
        """.split()
)
# How many words before and after the pronoun count as nearby.
_NEAR_BEFORE, _NEAR_AFTER = 30, 8


def may_be_personified(antecedent: str | None, words: Sequence[str], word_index: int) -> bool:
    """Whether a she may refer to a thing: its antecedent is one that is personified, or a craft is named nearby.

    words, word_index  the window, and where in it the pronoun stands
    """
    if antecedent is not None and antecedent.split()[-1].lower() in _PERSONIFIED:
        return True
    nearby = words[max(0, word_index - _NEAR_BEFORE) : word_index + _NEAR_AFTER]
    return any(word.lower() in _CRAFT for word in nearby)
