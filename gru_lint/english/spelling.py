"""Spellings of words: as the vocabulary has them, their capitals, and names in plain letters."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_TYPOGRAPHY = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "—"})
# Letters that Unicode does not decompose: Małgorzata, Yıldız, Søren.
_PLAIN = str.maketrans({"ł": "l", "ı": "i", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th"})
_SPELLINGS = {"--": "—", "---": "—", "...": "…", "``": '"', "''": '"'}


@lru_cache(maxsize=2**14)
def normalise(word: str) -> str:
    """The vocabulary's spelling of a word: lower case, straight quotes, no full stop after a title.

    "Miss" keeps its capital: as a title it names a woman, in lower case it is a verb.
    """
    if word == "Miss":
        return word
    word = word.translate(_TYPOGRAPHY)
    word = _SPELLINGS.get(word, word).lower()
    if len(word) > 2 and word[-1] == "." and word[:-1].isalpha():
        return word[:-1]
    return word


def capitals_of(word: str) -> int:
    """0 for no capital, 1 for an initial one, 2 for capitals throughout, 3 for a capital elsewhere."""
    if not word or word.islower():
        return 0
    if word[0].isupper():
        return 2 if len(word) > 1 and word.isupper() else 1
    return 3 if any(letter.isupper() for letter in word) else 0


def without_accents(word: str) -> str:
    """The word in plain letters: "José" as "Jose", as birth registers spell names."""
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFKD", word.translate(_PLAIN)) if not unicodedata.combining(c))
