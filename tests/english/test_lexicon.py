"""What a name says of its bearer, by itself and beside other names."""

from __future__ import annotations

import numpy as np
import pytest

from gru_lint.english.first_names import FirstNames
from gru_lint.english.lexicon import Lexicon
from gru_lint.english.pronouns import CLASS_OF_FORM
from gru_lint.english.spelling import without_accents
from gru_lint.english.vocabulary import (
    FAMILY_NAME,
    N_GENDER_BINS,
    NAME_ID,
    SPECIAL_WORDS,
    UNKNOWN_CAPITAL_ID,
    Vocabulary,
)

_HIS, _HERS = 1, N_GENDER_BINS - 1
_NAMES = {
    "claire": _HERS,
    "dodd": _HIS,
    "james": _HIS,
    "collins": _HIS + FAMILY_NAME,
    "małgorzata": _HERS,
    "george": _HIS,
    "eliot": _HIS,
    "andrea": _HERS,
}


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    words = (*SPECIAL_WORDS, *CLASS_OF_FORM, "met", "and", "mr")
    none = np.zeros(len(words), np.uint8)
    names = FirstNames.of({without_accents(name): gender_bin for name, gender_bin in _NAMES.items()})
    return Lexicon(Vocabulary(words, none, none, names))


@pytest.mark.parametrize(
    ("text", "gender_bins"),
    [
        pytest.param("Claire met James", [_HERS, 0, _HIS], id="first names"),
        pytest.param("Claire Dodd met", [_HERS, 0, 0], id="what follows a first name is a family name"),
        pytest.param("Claire James Dodd", [_HERS, 0, 0], id="or a second first name"),
        pytest.param("Claire and Dodd", [_HERS, 0, _HIS], id="not where another word parts them"),
        pytest.param("met Collins", [0, 0], id="a family name that is seldom a first name"),
        pytest.param("Collins Dodd", [_HIS, 0], id="unless another name follows"),
        pytest.param("Małgorzata met", [_HERS, 0], id="letters that no decomposition makes plain"),
        pytest.param("Andrea met George", [4, 0, _HIS], id="a name of women here and of men elsewhere"),
        pytest.param("George Eliot met George", [0, 0, 0, 0], id="somebody known whose first name misleads"),
    ],
)
def test_gender_bins_of_names(lexicon: Lexicon, text: str, gender_bins: list[int]) -> None:
    assert lexicon.encode(text.split()).gender_bins.tolist() == gender_bins


@pytest.mark.parametrize(
    ("text", "gender_bins"),
    [
        pytest.param("Claire Dodd met", [_HIS, 0, 0], id="another gender than the name's"),
        pytest.param("James met Mr", [0, 0, 0], id="no gender"),
        pytest.param("Xanthippe met", [_HERS, 0], id="an unknown name"),
        pytest.param("Jose\u0301 met", [_HIS, 0], id="letters and accents apart"),
        pytest.param("CLAIRE met", [_HERS, 0], id="another spelling is another word"),
    ],
)
def test_gender_bins_of_declared_names(lexicon: Lexicon, text: str, gender_bins: list[int]) -> None:
    declared = Lexicon(
        lexicon.vocabulary, {"Claire": "masculine", "James": None, "Xanthippe": "feminine", "José": "masculine"}
    )
    assert declared.encode(text.split()).gender_bins.tolist() == gender_bins
    assert declared.is_name_like("James")


def test_a_declared_name_is_read_as_a_name_and_not_as_the_word_it_is(lexicon: Lexicon) -> None:
    declared = Lexicon(lexicon.vocabulary, {"Met": "feminine", "Mr": None})
    encoded = declared.encode(["Met", "met", "Mr"])
    assert encoded.word_ids.tolist() == [NAME_ID, lexicon.encode(["met"]).word_ids[0], UNKNOWN_CAPITAL_ID]
    assert encoded.candidates.tolist() == [True, False, True]
