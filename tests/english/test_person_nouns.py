"""Whether somebody, or something, is spoken of shortly before a pronoun."""

from __future__ import annotations

import pytest

from gru_lint.english.person_nouns import may_mean_person, may_mean_something
from gru_lint.english.pronouns import PARAGRAPH, AgreementClass


@pytest.mark.parametrize(
    ("text", "gender", "wanted"),
    [
        pytest.param("Laura likes the new acrobat . *He", "masculine", True, id="a rare noun"),
        pytest.param("Laura likes the new neighbour . *He", "masculine", True, id="one that who follows"),
        pytest.param("Laura has a dog . *He", "masculine", True, id="an animal"),
        pytest.param("The bridesmaid left . *He", "masculine", False, id="a woman"),
        pytest.param("The bridesmaid left . *She", "feminine", True, id="the same as she"),
        pytest.param("Mrs Lopez gave Mr Brown a coat . *He", "masculine", True, id="a title"),
        pytest.param("Mrs Lopez bought a coat . *He", "masculine", False, id="a title of the other gender"),
        pytest.param("Laura bought a table . *He", "masculine", False, id="a thing"),
        pytest.param("The acrobat fell ." + " so" * 25 + " *He", "masculine", False, id="far away"),
    ],
)
def test_somebody(text: str, gender: AgreementClass, wanted: bool) -> None:
    words = text.split()
    assert may_mean_person(gender, words, len(words) - 1) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("Laura likes her phone because *it", True, id="a thing of hers"),
        pytest.param("Laura likes her old red phone because *it", True, id="with adjectives"),
        pytest.param("Laura lost her phone . Then *it", True, id="in the sentence before"),
        pytest.param("Laura lost her phone . She slept . Then *it", False, id="in the one before that"),
        pytest.param(f"Laura lost her phone . {PARAGRAPH} Then *it", False, id="in another paragraph"),
        pytest.param("Laura has a kitten and *it", True, id="an animal"),
        pytest.param("Laura said *it", False, id="a name"),
        pytest.param("Her old uncle said *it", False, id="a person"),
        pytest.param("The New York Times said *it", False, id="a name with an article"),
    ],
)
def test_something(text: str, wanted: bool) -> None:
    words = text.split()
    assert may_mean_something(words, len(words) - 1) == wanted
