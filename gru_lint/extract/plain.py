"""Plain text: all of it is prose."""

from __future__ import annotations

from gru_lint.extract._base import Description

LANGUAGE = "plaintext"
EXTENSIONS = (".txt", ".text")
IN_EDITORS = True
DESCRIPTION = Description(
    "plain text",
    read="all of it, and of whatever is unknown",
)


def extract_prose(text: str) -> str:
    """The text as it is."""
    return text
