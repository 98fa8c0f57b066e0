"""Nouns for people and animals, of whom he and she are said."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from gru_lint.english.pronouns import AgreementClass
from gru_lint.english.word_files import word_lines

_CLASSES: Final[dict[str, tuple[AgreementClass, ...]]] = {
    "either": ("masculine", "feminine"),
    "man": ("masculine",),
    "woman": ("feminine",),
}
# How many words before a pronoun are searched.
_NEAR_BEFORE: Final = 25


@cache
def person_nouns(agreement_class: AgreementClass) -> frozenset[str]:
    """The nouns, in lower case, of people and animals who may be of a class."""
    found: list[str] = []
    for line in word_lines("person_nouns"):
        kind, _, words = line.partition(":")
        if agreement_class in _CLASSES[kind]:
            found += words.split()
    return frozenset(found)


def may_mean_somebody(agreement_class: AgreementClass, words: Sequence[str], word_index: int) -> bool:
    """Whether somebody of a gender, or an animal, is spoken of shortly before a word: "the new neighbour"."""
    nouns = person_nouns(agreement_class)
    return any(word.lower() in nouns for word in words[max(0, word_index - _NEAR_BEFORE) : word_index])
