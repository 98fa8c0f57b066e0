"""Texts in which the words to be flagged stand between «»."""

from __future__ import annotations

from collections.abc import Sequence

from gru_lint import Finding


def without_marks(text: str) -> str:
    """The text itself, without the marks."""
    return text.replace("«", "").replace("»", "")


def with_marks(text: str, found: Sequence[Finding]) -> str:
    """The text with «» about each word that is flagged."""
    for diagnostic in reversed(found):
        start, end = diagnostic.span.start, diagnostic.span.end
        text = f"{text[:start]}«{text[start:end]}»{text[end:]}"
    return text
