"""Sentences in capitals: which words stand in one."""

from __future__ import annotations

from collections.abc import Sequence

from gru_lint.english.pronouns import WINDOW_MARKS

# A heading has fewer words; so has an abbreviation that looks like a pronoun ("IT DEPARTMENT").
_FEWEST_WORDS = 3
SENTENCE_ENDS = frozenset(".!?…")


def stands_in_capitals(words: Sequence[str], index: int) -> bool:
    """Whether the sentence around a word is written in capitals throughout; full stops and the like bound it."""
    first = last = index
    while first > 0 and not _is_boundary(words[first - 1]):
        first -= 1
    while last < len(words) and not _is_boundary(words[last]):
        last += 1
    lettered = [word for word in words[first:last] if any(letter.isalpha() for letter in word)]
    return len(lettered) >= _FEWEST_WORDS and all(word == word.upper() for word in lettered)


def _is_boundary(word: str) -> bool:
    return word in WINDOW_MARKS or SENTENCE_ENDS.issuperset(word)
