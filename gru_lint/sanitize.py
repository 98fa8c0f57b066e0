"""Words of a text where they are shown: nothing in them moves a cursor, turns the text round or is taken for markup."""

from __future__ import annotations

import unicodedata
from typing import Final

# What a page shows for control and formatting characters, by Unicode category.
_ON_A_PAGE: Final = {"Cc": "\ufffd", "Cf": "", "Cs": "\ufffd"}


def printable(text: str) -> str:
    """The text for a terminal, with everything that would move the cursor, or turn the text round, made blank."""
    return "".join(c if c.isprintable() or unicodedata.combining(c) else " " for c in text)


def escape_markdown(text: str) -> str:
    """The text as Markdown shows it, on one line."""
    return "".join(f"\\{letter}" if letter in "\\`*_{}[]<>#|!&~" else letter for letter in printable(text))


def page_text(text: str) -> str:
    """The text for a page, without invisible and direction-changing characters; not yet escaped."""
    return "".join(_ON_A_PAGE.get(unicodedata.category(c), c) if c not in "\n\t\u200c\u200d" else c for c in text)
