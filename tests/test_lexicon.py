"""What a name says of its bearer, by itself and beside other names."""

from __future__ import annotations

import numpy as np
import pytest

from gru_lint.lexicon import FAMILY_NAME, N_LEANS, SPECIAL_WORDS, Lexicon, Vocabulary, without_accents
from gru_lint.pronouns import CLASS_OF_FORM

_HIS, _HERS = 1, N_LEANS - 1
_NAMES = {"claire": _HERS, "dodd": _HIS, "james": _HIS, "collins": _HIS + FAMILY_NAME, "małgorzata": _HERS}


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    words = (*SPECIAL_WORDS, *CLASS_OF_FORM, "met", "and", "mr")
    none = np.zeros(len(words), np.uint8)
    names = tuple(without_accents(name) for name in _NAMES)
    return Lexicon(Vocabulary(words, none, none, names, np.array(list(_NAMES.values()), np.uint8)))


@pytest.mark.parametrize(
    ("text", "leans"),
    [
        pytest.param("Claire met James", [_HERS, 0, _HIS], id="first names"),
        pytest.param("Claire Dodd met", [_HERS, 0, 0], id="what follows a first name is a family name"),
        pytest.param("Claire James Dodd", [_HERS, 0, 0], id="or a second first name"),
        pytest.param("Claire and Dodd", [_HERS, 0, _HIS], id="not where another word parts them"),
        pytest.param("met Collins", [0, 0], id="a family name that is seldom a first name"),
        pytest.param("Collins Dodd", [_HIS, 0], id="unless another name follows"),
        pytest.param("Małgorzata met", [_HERS, 0], id="letters that no decomposition makes plain"),
    ],
)
def test_how_names_lean(lexicon: Lexicon, text: str, leans: list[int]) -> None:
    assert lexicon.encode(text.split()).leans.tolist() == leans
