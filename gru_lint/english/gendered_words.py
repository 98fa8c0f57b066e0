"""Words that tell a person's gender and are too rare for the vocabulary, such as "stewardess" and "Frau"."""

from __future__ import annotations

from functools import cache

from gru_lint.english.word_files import word_lines


@cache
def commoner_words() -> dict[str, str]:
    """For each such word, in lower case, a commoner one of the same gender, as which it is read."""
    commoner: dict[str, str] = {}
    for line in word_lines("gendered_words"):
        common, _, words = line.partition(":")
        commoner |= dict.fromkeys(words.split(), common)
    return commoner
