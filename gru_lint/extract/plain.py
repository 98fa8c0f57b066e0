"""Plain text: all of it is prose."""

from __future__ import annotations

LANGUAGE = "plaintext"
EXTENSIONS = (".txt", ".text")


def extract_prose(text: str) -> str:
    """The text as it is."""
    return text
