"""Which words of a corpus are taken for first names: a table of counts, and what becomes of each."""

from __future__ import annotations

import numpy as np
import pytest

from gru_lint.english.vocabulary import AMBIGUOUS_NAME, Vocabulary
from gru_lint.training.data.vocabulary_choice import WordCounts, build_vocabulary

_MEN, _WOMEN = (100_000, 0), (0, 100_000)
# For each word: how often it stands in the corpus, how often it has a capital there, how often "in", "at" or "near"
# stands before it, and the men and women to whom it was given.
_WORDS: dict[str, tuple[int, int, int, tuple[int, int]]] = {
    "peter": (5_000, 5_000, 20, _MEN),
    "greta": (60, 60, 6, _WOMEN),
    "sofia": (400, 400, 70, _WOMEN),
    "paris": (9_000, 9_000, 3_000, _WOMEN),
    "kew": (50, 50, 20, (0, 100)),
    "rose": (4_500, 700, 0, _WOMEN),
    "grace": (2_000, 900, 0, _WOMEN),
    "chance": (6_000, 120, 0, _MEN),
    "english": (200_000, 200_000, 0, _MEN),
    "june": (8_000, 8_000, 2_000, _WOMEN),
}
_CASES = {
    "a name": ("peter", "name"),
    "a name after at, now and then": ("greta", "both"),
    "a name and a place": ("sofia", "both"),
    "a place that is given seldom for so frequent a word": ("paris", "word"),
    "a small place": ("kew", "word"),
    "a verb with a capital in a sixth of its places": ("rose", "both"),
    "a noun with a capital in half of its places": ("grace", "both"),
    "a noun that hardly ever has a capital": ("chance", "word"),
    "more frequent than given": ("english", "word"),
    "a month": ("june", "word"),
}


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    """Of a corpus with these counts."""
    words = list(_WORDS)
    total, capitals, place = (np.array([row[column] for row in _WORDS.values()]) for column in range(3))
    nothing = np.zeros_like(total)
    counts = WordCounts(words, total, total, capitals, place, nothing, nothing, nothing)
    return build_vocabulary(counts, {word: row[3] for word, row in _WORDS.items()})


@pytest.mark.parametrize(("word", "wanted"), _CASES.values(), ids=_CASES)
def test_what_a_word_is_taken_for(vocabulary: Vocabulary, word: str, wanted: str) -> None:
    is_name = vocabulary.names.get(word, 0) > 0
    row = vocabulary.words.index(word) if word in vocabulary.words else None
    is_both = row is not None and bool(vocabulary.flags[row] & AMBIGUOUS_NAME)
    assert ("name" if is_name else "both" if is_both else "word") == wanted


def test_a_name_that_is_a_word_as_well_leans(vocabulary: Vocabulary) -> None:
    bins = {word: vocabulary.gender_bins[vocabulary.words.index(word)] for word in ("rose", "sofia", "paris")}
    assert bins["rose"] == bins["sofia"] > bins["paris"] == 0
