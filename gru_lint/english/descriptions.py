"""Who somebody is to another one: "Anna, his sister, …", "Anna is his sister"; nobody is their own sister."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gru_lint.english.noun_phrases import PHRASE_ENDS
from gru_lint.english.person_nouns import nouns_of_people

_COPULAS: Final = frozenset("is was are were be been became becomes remains remained 's".split())
_BESIDE_COPULAS: Final = frozenset(
    "not now still also once never only just both n't then again perhaps probably".split()
)
# What parts a name from what is said of it.
_OPENINGS: Final = frozenset(",(–—:")
# The longest description: "his very first English teacher".
_LONGEST: Final = 5


def describes_last(words: Sequence[str], index: int, name: str) -> bool:
    """Whether the possessive at an index says whose somebody is who is named right before it, and thus not hers or his.

    words  of a window
    name   as the text names the one who is described
    """
    end = index
    while end > 1 and words[end - 1].lower() in _BESIDE_COPULAS:
        end -= 1
    parts = words[end - 1].lower()
    if not (parts in _COPULAS or (end == index and parts in _OPENINGS)):
        return False
    named = name.split()
    if list(words[max(0, end - 1 - len(named)) : end - 1]) != named:
        return False
    return _is_person(words[index + 1 : index + 1 + _LONGEST])


def _is_person(following: Sequence[str]) -> bool:
    """Whether the noun phrase behind a possessive is that of a person, and of nobody's mother: "his mother's cook"."""
    phrase = []
    for number, word in enumerate(following):
        if word.lower() in PHRASE_ENDS or not word[0].isalpha():
            if word in ("'s", "’s", "'", "’"):
                return False
            break
        phrase.append(word.lower())
        if number == 0 and phrase == ["own"]:
            return False
    return bool(phrase) and phrase[-1] in nouns_of_people()
