"""Plain text: all of it is prose, but for the tags of BBCode."""

from __future__ import annotations

from gru_lint.extract._base import Description, ProseMask
from gru_lint.extract._bbcode import blank_bbcode

LANGUAGE = "plaintext"
EXTENSIONS = (".txt", ".text")
IN_EDITORS = True
DESCRIPTION = Description(
    "plain text",
    read="all of it, and of whatever is unknown",
    not_read="tags of BBCode, such as `[b]`",
)


def extract_prose(text: str) -> str:
    """The text as it is, with blanks for tags that forums have."""
    if "[/" not in text:
        return text
    mask = ProseMask(text)
    mask.keep(0, len(text))
    blank_bbcode(text, mask)
    return mask.prose()
