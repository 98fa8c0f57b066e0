"""Words that the vocabulary lacks or that are in capitals, read as those that it holds."""

from __future__ import annotations

import numpy as np
import pytest

from gru_lint.english.lexicon import Lexicon
from gru_lint.english.vocabulary import N_GENDER_BINS
from gru_lint.english.word_files import commoner_words, roles_of_either
from gru_lint.model.weights import read_weights
from gru_lint.model.weights_path import default_weights_path

_LEXICON = Lexicon(read_weights(default_weights_path()).vocabulary)


def check(text: str, read_as: str) -> None:
    """Both texts are the same to the network, but for which names are the same."""
    found, wanted = (_LEXICON.encode(words.split()) for words in (text, read_as))
    for name in ("word_ids", "capitals", "gender_bins", "candidates"):
        np.testing.assert_array_equal(getattr(found, name), getattr(wanted, name), name)


CAPITALS = {
    "a noun": ("THE BOY HURT HERSELF .", "the boy hurt herself ."),
    "a title and a name": ("MRS WATKINS LOST HIS KEYS .", "Mrs Watkins lost his keys ."),
    "a first name": ("PABLO LOST HER BAG AGAIN !", "Pablo lost her bag again !"),
    "its own sentence alone": ("PABLO LOST HER BAG . NATO paid .", "Pablo lost her bag . NATO paid ."),
    "too short": ("PABLO LOST .", "PABLO LOST ."),
    "in the middle of another": ("we saw BOYS AND GIRLS IN LINE", "we saw BOYS AND GIRLS IN LINE"),
}


@pytest.mark.parametrize(("text", "read_as"), CAPITALS.values(), ids=CAPITALS)
def test_a_sentence_in_capitals_is_read_as_any_other(text: str, read_as: str) -> None:
    check(text, read_as)


RARE = {
    "a profession": ("the stewardess smiled", "the woman smiled"),
    "a profession with a capital": ("Businesswomen smiled", "Women smiled"),
    "a foreign title": ("Frau Weber and Señora Ruiz", "Mrs Weber and Madame Ruiz"),
    "a foreign title that the vocabulary knows keeps its row": ("Herr Weber", "Herr Weber"),
    "one that the vocabulary says tells a gender keeps its row": ("the chairman", "the chairman"),
}


@pytest.mark.parametrize(("text", "read_as"), RARE.values(), ids=RARE)
def test_a_rare_word_is_read_as_a_commoner_one_of_its_gender(text: str, read_as: str) -> None:
    check(text, read_as)


@pytest.mark.parametrize("role", sorted(roles_of_either()))
def test_a_role_of_either_gender_tells_none(role: str) -> None:
    vocabulary = _LEXICON.vocabulary
    found = _LEXICON.encode([role, role.capitalize()])
    if role in vocabulary.words:
        assert vocabulary.gender_bins[vocabulary.words.index(role)] > 0, "the list need not name it"
        assert set(found.gender_bins.tolist()) == {N_GENDER_BINS // 2}


def test_a_known_word_is_not_replaced() -> None:
    words = _LEXICON.encode(["the", "chairman"]).word_ids
    assert words[1] == _LEXICON.vocabulary.words.index("chairman")


def test_every_commoner_word_tells_a_gender() -> None:
    vocabulary = _LEXICON.vocabulary
    for common in set(commoner_words().values()):
        assert vocabulary.gender_bins[vocabulary.words.index(common)] > 0, common
