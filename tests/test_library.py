"""`lint_text` as a library: spans, replacements, capitals, odd text."""

from __future__ import annotations

import pytest

from gru_lint import Finding, lint_text
from gru_lint.english.pronouns import CLASS_OF_FORM, CLASSES, AgreementClass, has_pronoun, replacements

_WATSON = "Mr Watson goes on a trip. He always takes a flight, and {} wife wishes him good luck."


def check(text: str, word: str, fix: str) -> Finding:
    """The one finding in a text: the word it stands on and its first replacement."""
    (finding,) = lint_text(text)
    assert text[finding.span.start : finding.span.end] == word
    assert finding.replacements[0] == fix
    assert 0.5 < finding.confidence <= 1.0
    return finding


@pytest.mark.parametrize(
    "text",
    [
        _WATSON.format("her"),
        "😀👩‍👩‍👧 " + _WATSON.format("her"),
        "\ufeff" + _WATSON.format("her"),
        _WATSON.format("her").replace(" ", "\r\n"),
        _WATSON.format("her").replace("trip", "tri\u0301p"),
        _WATSON.format("her").replace("always", "\0always\0"),
        "\n\n\t" + _WATSON.format("her") + "\n" * 50,
        _WATSON.format("her").replace(" trip", " " + "x" * 5000),
        _WATSON.format("her").replace(". He", ".\u2028He"),
    ],
    ids=["plain", "emoji", "bom", "crlf", "combining", "nul", "blank-lines", "overlong-word", "line-separator"],
)
def test_offsets_are_code_points_of_the_text(text: str) -> None:
    check(text, "her", "his")


@pytest.mark.parametrize(
    ("written", "expected", "cases", "wanted"),
    [
        ("her", "masculine", (0.0, 0.02, 0.98, 0.0), ("his",)),
        ("her", "masculine", (0.0, 0.97, 0.03, 0.0), ("him",)),
        ("her", "masculine", (0.0, 0.4, 0.6, 0.0), ("his", "him")),
        ("Her", "masculine", (0.0, 0.02, 0.98, 0.0), ("His",)),
        ("his", "feminine", (0.0, 0.0, 0.99, 0.01), ("her",)),
        ("his", "feminine", (0.0, 0.0, 0.05, 0.95), ("hers",)),
        ("him", "feminine", (0.9, 0.1, 0.0, 0.0), ("her",)),
        ("hers", "masculine", (0.2, 0.2, 0.2, 0.4), ("his",)),
        ("She", "neuter", (1.0, 0.0, 0.0, 0.0), ("It",)),
        ("it", "plural", (0.95, 0.05, 0.0, 0.0), ("they",)),
        ("it", "plural", (0.05, 0.95, 0.0, 0.0), ("them",)),
        ("its", "plural", (0.0, 0.0, 1.0, 0.0), ("their",)),
        ("himself", "first singular", (0.0, 0.0, 0.0, 0.0), ("myself",)),
        ("Herself", "plural", (0.0, 0.0, 0.0, 0.0), ("Themselves",)),
    ],
)
def test_replacements_fit_case_and_capitals(
    written: str, expected: AgreementClass, cases: tuple[float, ...], wanted: tuple[str, ...]
) -> None:
    assert replacements(written, expected, cases) == wanted


def test_every_pronoun_has_a_replacement_in_every_class_that_has_its_slot() -> None:
    for form, written in CLASS_OF_FORM.items():
        for expected in CLASSES:
            if expected != written and (form.endswith(("self", "selves")) or expected in CLASSES[:4]):
                # "Theirs" has no neuter: nobody says "that is its".
                offered = replacements(form, expected, (0.25, 0.25, 0.25, 0.25))
                assert offered or (form, expected) in {("hers", "neuter"), ("theirs", "neuter")}


@pytest.mark.parametrize("text", ["", " ", "\n", "No one is named here.", "\0" * 100, "(" * 1000, "é" * 1000])
def test_text_without_a_pronoun_has_no_findings(text: str) -> None:
    assert not has_pronoun(text)
    assert lint_text(text) == ()


def test_pronouns_inside_words_do_not_count() -> None:
    assert not has_pronoun("The theatre, this shelter, hither and thither, sheen.")
    assert has_pronoun("IT is HERS")


def test_a_pronoun_in_capitals_is_no_pronoun() -> None:
    assert lint_text("Mary works for us. HE is a chemical symbol read in another way.") == ()
