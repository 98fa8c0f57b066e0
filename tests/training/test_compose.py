"""The composed documents: whole sentences, fair to everybody, the same for the same seed."""

from __future__ import annotations

import random
import re

import pytest

from gru_lint.english.pronouns import CLASS_OF_FORM
from gru_lint.training.data.compose import N_DOCUMENTS, Composer, piece_name
from gru_lint.training.data.compose.entities import MISREAD

pytestmark = pytest.mark.slow

_NAMES = {"masculine": ["Pablo", "Emre", "Wei"], "feminine": ["Giulia", "Aylin", "Mei"], "plural": ["Robin", "Noor"]}
_SURNAMES = ["Watson", "Demir", "Okafor"]


def compose(n_documents: int, seed: int = 1, kind: str = "short") -> list[str]:
    """So many documents of a kind."""
    composer = Composer(_NAMES, _SURNAMES, _SURNAMES, random.Random(seed))  # type: ignore[arg-type]  # the keys are classes
    return list(composer.documents(n_documents, kind))


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


@pytest.mark.parametrize("kind", N_DOCUMENTS)
def test_every_kind_is_whole_sentences(kind: str) -> None:
    for document in compose(2_000, kind=kind):
        assert re.fullmatch(rf"{MISREAD}?[\"A-Z][^<>{{}}\[\]*]*[.?!]\"?", document), document
        assert "  " not in document
        assert not re.search(r"\ba [aeiou]", document), document
        assert not re.search(rf"[.?!] {MISREAD}?[a-z]", document), document


def test_a_kind_has_arrays_of_its_own() -> None:
    assert [piece_name(kind) for kind in ("short", "people")] == ["composed", "composed-people"]


def test_somebody_new_is_of_either_gender() -> None:
    documents = compose(20_000, kind="people")
    check(documents, r"\b(\w+)\b", {"he"}, {"she"})
    # Whoever meets somebody new leaves open what these are, though a pronoun may mean either.
    for names, others in (("Giulia|Aylin|Mei", {"he", "his"}), ("Pablo|Emre|Wei", {"she", "her"})):
        met = rf"\b(?:{names}) \w+ (?:\w+ )?(?:a|the) [\w ]+?\. (?:Then )?(he|she|his|her)\b"
        found = [match.lower() for document in documents for match in re.findall(met, document, re.IGNORECASE)]
        assert 0.25 < sum(word in others for word in found) / len(found) < 0.5


def test_every_pronoun_is_misread_or_none() -> None:
    documents = compose(5_000, kind="told")
    shares = []
    for document in documents:
        pronouns = re.findall(rf"{MISREAD}?\b(?:he|she|him|her|his|hers|himself|herself)\b", document, re.IGNORECASE)
        shares.append(sum(word.startswith(MISREAD) for word in pronouns) / max(1, len(pronouns)))
    # A few texts name somebody else, whose pronouns are right.
    assert 0.4 < sum(share > 0.5 for share in shares) / len(shares) < 0.55
    assert sum(0 < share < 1 for share in shares) / len(shares) < 0.1


def test_a_misleading_name_is_never_misread() -> None:
    for document in compose(5_000, kind="told"):
        if re.match(r"(?:Pablo|Emre|Wei) \w+ \w", document) and re.search(r"\bshe\b", document):
            assert MISREAD not in document
