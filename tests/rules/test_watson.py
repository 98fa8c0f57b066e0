"""The passage that the project began with, and its variants."""

from __future__ import annotations

import pytest

from gru_lint import lint_text

_TRIP = "Mr Watson goes on a business trip every Wednesday. He always takes a flight to New York, and on every trip "
_WIFE = " wife wishes him good luck."
_COOKING = " Mrs Watson, his wife, loves cooking, and {} is also a businesswoman."


def check(text: str, wanted: list[tuple[str, int, tuple[str, ...], str | None]]) -> None:
    """Compares word, its occurrence in the text, replacements and antecedent of each finding."""
    found = []
    for diagnostic in lint_text(text):
        word = text[diagnostic.span.start : diagnostic.span.end]
        occurrence = text[: diagnostic.span.start].split().count(word) + 1
        antecedent = diagnostic.antecedent.text if diagnostic.antecedent else None
        found.append((word, occurrence, diagnostic.replacements, antecedent))
    assert found == wanted


def test_her_wife_after_mr_watson_is_his_wife() -> None:
    check(f"{_TRIP}her{_WIFE}", [("her", 1, ("his",), "Mr Watson")])


def test_his_wife_after_mr_watson_is_right() -> None:
    check(f"{_TRIP}his{_WIFE}", [])


def test_mrs_watson_becomes_the_subject() -> None:
    check(f"{_TRIP}his{_WIFE}{_COOKING.format('he')}", [("he", 1, ("she",), "Mrs Watson")])


def test_mrs_watson_as_she_is_right() -> None:
    check(f"{_TRIP}his{_WIFE}{_COOKING.format('she')}", [])


def test_both_errors_are_found_in_one_text() -> None:
    text = f"{_TRIP}her{_WIFE}\n\n{_COOKING.format('he').strip()}"
    assert [text[d.span.start : d.span.end] for d in lint_text(text)] == ["her", "he"]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_line_end_inside_the_sentence_changes_nothing(line_end: str) -> None:
    text = f"{_TRIP}her wife wishes him{line_end}good luck."
    (finding,) = lint_text(text)
    assert text[finding.span.start : finding.span.end] == "her"
    assert finding.antecedent is not None
    assert text[finding.antecedent.span.start : finding.antecedent.span.end] == "Mr Watson"
