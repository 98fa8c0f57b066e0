"""What the server extracts of a document is what a check extracts of it."""

from __future__ import annotations

import pytest

from gru_lint.extract import extract_prose
from gru_lint_server.document_prose import DocumentProse


@pytest.mark.parametrize("name", ["a.md", "a.html", "a.tex", "a.rst", "a.adoc", "a.txt"])
def test_marks_of_its_own_are_blanks_whether_it_is_edited_or_not(name: str) -> None:
    prose = DocumentProse()
    for text in ("She\x1ecame.\n\nHe went\x1chome.\n", "She\x1ecame.\n\nHe went\x1c\ufdd0home.\n"):
        assert prose.extract(text, name)[0] == extract_prose(text, name)
        assert "\x1e" not in prose.extract(text, name)[0]
