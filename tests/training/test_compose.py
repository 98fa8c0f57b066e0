"""The composed documents: whole sentences, fair to everybody, the same for the same seed."""

from __future__ import annotations

import random
import re

import pytest

from gru_lint.english.pronouns import CLASS_OF_FORM
from gru_lint.training.data.compose import Composer

_NAMES = {"masculine": ["Pablo", "Emre", "Wei"], "feminine": ["Giulia", "Aylin", "Mei"], "plural": ["Robin", "Noor"]}
_SURNAMES = ["Watson", "Demir", "Okafor"]


def compose(n_documents: int, seed: int = 1) -> list[str]:
    """So many documents."""
    composer = Composer(_NAMES, _SURNAMES, random.Random(seed))  # type: ignore[arg-type]  # the keys are classes
    return list(composer.documents(n_documents))


@pytest.fixture(scope="module")
def documents() -> list[str]:
    return compose(40_000, seed=2)


def test_nothing_is_left_unfilled(documents: list[str]) -> None:
    for document in documents:
        assert re.fullmatch(r"[A-Z][^<>{}\[\]]*[.?!]", document), document
        assert "  " not in document
        assert not re.search(r"\ba [aeiou]", document), document
        assert not re.search(r"[.?!] [a-z]", document), document


def test_a_seed_gives_the_same_documents() -> None:
    assert compose(50) == compose(50)
    assert compose(50) != compose(50, seed=2)


def check(documents: list[str], pattern: str, masculine: set[str], feminine: set[str]) -> None:
    """Of the words that the pattern finds, as many are masculine as feminine, but for chance."""
    found = [match.lower() for document in documents for match in re.findall(pattern, document)]
    n_masculine, n_feminine = (sum(word in words for word in found) for words in (masculine, feminine))
    assert min(n_masculine, n_feminine) > 50
    assert n_masculine == pytest.approx(n_feminine, rel=0.15)


def test_men_and_women_fare_alike(documents: list[str]) -> None:
    check(documents, r"\b(\w+)\b", {"he"}, {"she"})
    check(documents, r"\b(\w+self)\b", {"himself"}, {"herself"})


def test_a_partner_says_nothing_of_the_other(documents: list[str]) -> None:
    check(documents, r"\b(\w+) (?:wife|girlfriend)\b", {"his"}, {"her"})
    check(documents, r"\b(\w+) (?:husband|boyfriend)\b", {"his"}, {"her"})


def test_every_class_of_pronoun_occurs(documents: list[str]) -> None:
    words = {word.lower() for document in documents for word in re.findall(r"\w+", document)}
    assert set(CLASS_OF_FORM) - words <= {"hers", "theirs", "yourselves", "yourself", "its"}
