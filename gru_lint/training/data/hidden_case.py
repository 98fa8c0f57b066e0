"""In which case "her" and "his" stand, which their forms do not show: told by the words beside them.

"Her" is an object ("saw her") or stands before a noun phrase ("her hat"); "his" stands before one or alone ("it is
his"). A swap of genders has to know: "her" is "him" or "his".
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from gru_lint.english.noun_phrases import QUOTES, begins_noun_phrase, ends_phrase
from gru_lint.english.vocabulary import SPECIAL_WORDS, Vocabulary

Bools = npt.NDArray[np.bool_]

# These rows of the embedding stand for words that a noun phrase may hold; the others end it.
_WITHIN_PHRASES = frozenset(word for word in SPECIAL_WORDS if word.startswith(("<name", "<un", "<Un", "<year", "<num")))


class HiddenCases:
    """What the words of a vocabulary say of a "her" or "his" beside them."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        # A word that is in no list stands for those rows.
        self._words = ["unknown" if word in _WITHIN_PHRASES else word for word in vocabulary.words]

    def is_other(self, word_ids: npt.NDArray[np.integer[Any]]) -> Bools:
        """(N,): whether a "her" stands before its noun phrase, or a "his" alone, in a run of N words."""
        other = np.zeros(len(word_ids), np.bool_)
        padded = np.concatenate([[0], word_ids, [0, 0]])
        for form in ("her", "his"):
            places = np.flatnonzero(word_ids == self._words.index(form))
            beside = np.stack([padded[places], padded[places + 2], padded[places + 3]], axis=1)
            # The same words stand beside many of them.
            distinct, index = np.unique(beside, axis=0, return_inverse=True)
            said = [self._is_other(form, *(self._words[word_id] for word_id in row)) for row in distinct.tolist()]
            other[places] = np.array(said, np.bool_)[index.reshape(-1)]
        return other

    @staticmethod
    def _is_other(form: str, before: str, first: str, second: str) -> bool:
        begins = begins_noun_phrase(before, (first, second))
        if form == "her":
            return begins
        return not begins and first != "back" and not (first in QUOTES and not ends_phrase(second))
