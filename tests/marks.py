"""Texts in which the words to be flagged stand between «»."""

from __future__ import annotations

from collections.abc import Sequence

from gru_lint import Finding
from gru_lint.english.pronouns import BEGIN


def without_marks(text: str) -> str:
    """The text itself, without the marks."""
    return text.replace("«", "").replace("»", "")


def with_marks(text: str, found: Sequence[Finding]) -> str:
    """The text with «» about each word that is flagged."""
    for diagnostic in reversed(found):
        start, end = diagnostic.span.start, diagnostic.span.end
        text = f"{text[:start]}«{text[start:end]}»{text[end:]}"
    return text


def marked_word(text: str) -> tuple[list[str], int]:
    """The words of a window, which blanks part in the text, and the index of the one between «»."""
    words = [BEGIN, *text.split()]
    index = next(number for number, word in enumerate(words) if word.startswith("«"))
    words[index] = words[index].strip("«»")
    return words, index
