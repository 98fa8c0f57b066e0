"""Where a text names somebody, and where the sentence around that ends."""

from __future__ import annotations

from collections.abc import Sequence

from gru_lint.english.capitals import SENTENCE_ENDS
from gru_lint.english.pronouns import WINDOW_MARKS


def last_named_before(words: Sequence[str], index: int, name: str) -> tuple[int, int] | None:
    """First and end word, the end excluded, of the last place before an index where a name stands; None for none.

    words  of a window, which begin with a mark
    """
    named = name.split()
    for end in range(index, len(named), -1) if named else ():
        if list(words[end - len(named) : end]) == named:
            return end - len(named), end
    return None


def bounds_sentence(word: str) -> bool:
    """Whether a sentence ends with a word of a window, or begins behind it."""
    return word in WINDOW_MARKS or word in SENTENCE_ENDS
