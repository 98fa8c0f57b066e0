"""Comments that ask for silence, in each format that has comments."""

from __future__ import annotations

import pytest

from gru_lint.records import Diagnostic, Span
from gru_lint.suppress import find_suppressions, suppressing_edit


def is_silent(text: str, filename: str, wrong: str = "herself", code: str = "PA004") -> bool:
    """Whether a finding at a word of a text is suppressed."""
    start = text.index(wrong)
    span = Span(start, start + len(wrong))
    finding = Diagnostic(code, "reflexive-mismatch", "", span, (), None, 1.0)
    return find_suppressions(text, filename).covers(finding)


@pytest.mark.parametrize(
    ("filename", "text", "silent"),
    [
        ("a.md", "The king hurt herself. <!-- gru-lint: ignore PA004 -->\n", True),
        ("a.md", "The king hurt herself. <!-- gru-lint: ignore -->\n", True),
        ("a.md", "The king hurt herself. <!-- gru-lint: ignore PA001, reflexive-mismatch -->\n", True),
        ("a.md", "The king hurt herself. <!-- gru-lint: ignore PA001 -->\n", False),
        ("a.md", "Yes. <!-- gru-lint: ignore PA004 -->\nThe king hurt herself.\n", False),
        ("a.md", "<!-- gru-lint: ignore PA004 -->\nSome words.\nThe king hurt herself.\n", True),
        ("a.md", "<!-- gru-lint: ignore PA004 -->\n\nThe king hurt herself.\n", True),
        ("a.md", "<!-- gru-lint: ignore PA004 -->\nSome words.\n\nThe king hurt herself.\n", False),
        ("a.md", "<!-- gru-lint: ignore-line PA004 -->\nThe king hurt herself.\n", True),
        ("a.md", "<!-- gru-lint: ignore-line PA004 -->\nSome words.\nThe king hurt herself.\n", False),
        ("a.md", "The king hurt herself.\n\n<!-- gru-lint: ignore-file PA004 -->\n", True),
        ("a.md", "<!-- gru-lint: ignores PA004 -->\nThe king hurt herself.\n", False),
        ("a.tex", "The king hurt herself. % gru-lint: ignore PA004\n", True),
        ("a.tex", "The king hurt herself. % gru-lint: ignore PA004\r\n", True),
        ("a.rst", ".. gru-lint: ignore PA004\n\nThe king hurt herself.\n", True),
        ("a.adoc", "// gru-lint: ignore PA004\nThe king hurt herself.\n", True),
        ("a.org", "# gru-lint: ignore PA004\nThe king hurt herself.\n", True),
        ("a.txt", "<!-- gru-lint: ignore PA004 -->\nThe king hurt herself.\n", False),
        ("a.md", "% gru-lint: ignore PA004\nThe king hurt herself.\n", False),
    ],
)
def test_a_comment_silences_what_it_names(filename: str, text: str, silent: bool) -> None:
    assert is_silent(text, filename) == silent


@pytest.mark.parametrize("filename", ["a.md", "a.tex", "a.rst", "a.adoc", "a.org", "a.html"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "text", ["The king hurt herself.", "One.\n\nTwo words\nand the king hurt herself.\n\nThree.\n"]
)
def test_what_is_inserted_silences(filename: str, line_end: str, text: str) -> None:
    text = text.replace("\n", line_end)
    edit = suppressing_edit(text, filename, text.index("herself"), "PA004")
    assert edit is not None
    offset, inserted = edit
    assert is_silent(text[:offset] + inserted + text[offset:], filename)


def test_plain_text_has_no_comments() -> None:
    assert suppressing_edit("The king hurt herself.", "a.txt", 0, "PA004") is None
