"""Verbs and demonstratives: which words may be one, and how their other forms are spelled."""

from __future__ import annotations

import pytest

from gru_lint.english.verb_forms import AgreeingForm, has_slot, other_forms, singular_of, slot_of_text
from gru_lint.english.word_files import ExceptionSection, agreement_exceptions


@pytest.mark.parametrize(
    ("base", "singular"),
    [
        ("walk", "walks"),
        ("carry", "carries"),
        ("play", "plays"),
        ("go", "goes"),
        ("do", "does"),
        ("have", "has"),
        ("watch", "watches"),
        ("pass", "passes"),
        ("fix", "fixes"),
        ("buzz", "buzzes"),
        ("quiz", "quizzes"),
        ("veto", "vetoes"),
        ("radio", "radios"),
        ("agree", "agrees"),
        ("buy", "buys"),
    ],
)
def test_singular(base: str, singular: str) -> None:
    assert singular_of(base) == singular


@pytest.mark.parametrize(
    ("word", "kind", "form"),
    [
        ("Are", "be present", "plural"),
        ("was", "be past", "singular"),
        ("does", "do", "singular"),
        ("’re", "contraction", "plural"),
        ("knows", "verb", "singular"),
        ("Know", "verb", "plural"),
        ("these", "near demonstrative", "plural"),
        ("That", "far demonstrative", "singular"),
        # "He put": its base is its past, which agrees with everybody.
        ("puts", "verb", "singular"),
    ],
)
def test_slots(word: str, kind: str, form: str) -> None:
    assert slot_of_text(word) == (kind, form)


@pytest.mark.parametrize("word", ["put", "walked", "IS", "THIS", "be", "will", "had", "'d", "n't", "", "?", "ſ"])
def test_no_slots(word: str) -> None:
    assert slot_of_text(word) is None


@pytest.mark.parametrize(
    ("word", "form", "others"),
    [
        ("Shows", "plural", ("Show",)),
        ("show", "singular", ("shows",)),
        ("carry", "singular", ("carries",)),
        ("are", "first singular", ("am",)),
        ("have", "singular", ("has",)),
        ("These", "singular", ("This",)),
        ("’s", "plural", ("’re", "’ve")),
        # No verb but "be" has a form for I alone.
        ("show", "first singular", ()),
        ("window", "plural", ()),
    ],
)
def test_other_forms(word: str, form: AgreeingForm, others: tuple[str, ...]) -> None:
    assert other_forms(word, form) == others


@pytest.mark.parametrize(("text", "holds"), [("The result was clear.", True), ("Two big dogs, three old cats.", False)])
def test_whether_a_text_holds_one(text: str, holds: bool) -> None:
    assert has_slot(text) is holds


@pytest.mark.parametrize("section", ["either way", "units", "mandative", "hypothetical", "invoked", "no noun phrase"])
def test_exceptions_are_read(section: ExceptionSection) -> None:
    words = agreement_exceptions(section)
    assert words
    assert all(word == word.lower() and not word.startswith("[") for word in words)
