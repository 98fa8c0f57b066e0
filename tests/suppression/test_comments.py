"""Comments that ask for silence, in each format that has comments."""

from __future__ import annotations

import pytest

from gru_lint import lint_text, read_settings
from gru_lint.records import Finding, Span
from gru_lint.suppression.comments import find_suppressions
from gru_lint.suppression.edits import around_edits, suppressing_edit


def is_silent(text: str, filename: str, wrong: str = "herself", code: str = "PA004") -> bool:
    """Whether a finding at a word of a text is suppressed."""
    start = text.index(wrong)
    span = Span(start, start + len(wrong))
    finding = Finding(code, "reflexive-mismatch", "", span, (), None, 1.0)
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
        ("a.md", "<!-- gru-lint: ignore PA004 -->\r\nSome words.\r\n\r\nThe king hurt herself.\r\n", False),
        ("a.md", "<!-- gru-lint: ignore PA004 -->\rSome words.\r\rThe king hurt herself.\r", False),
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
        ("a.md", "<!-- gru-lint: off PA004 -->\nOne.\n\nThe king hurt herself.\n", True),
        ("a.md", "<!-- gru-lint: off -->\nOne.\n\nThe king hurt herself.\n<!-- gru-lint: on -->", True),
        ("a.md", "<!-- gru-lint: off PA004 -->\nOne.\n<!-- gru-lint: on -->\n\nThe king hurt herself.\n", False),
        ("a.md", "<!-- gru-lint: off PA004 -->\n<!-- gru-lint: on PA001 -->\n\nThe king hurt herself.\n", True),
        ("a.md", "<!-- gru-lint: off PA001, PA004 -->\n<!-- gru-lint: on PA001 -->\n\nHe hurt herself.\n", True),
        ("a.md", "<!-- gru-lint: off -->\n<!-- gru-lint: on PA004 -->\n\nThe king hurt herself.\n", True),
        ("a.md", "The king hurt herself.\n\n<!-- gru-lint: off PA004 -->\n", False),
        ("a.md", "The king hurt herself. <!-- gru-lint: ignore PA004: she is an actress -->\n", True),
        ("a.md", "The king hurt herself. <!-- gru-lint: ignore PA004 -- an actress -->\n", True),
        ("a.tex", "% gru-lint: off PA004\n\nThe king hurt herself.\n% gru-lint: on\n", True),
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
    offset, inserted = edit.span.start, edit.written
    assert is_silent(text[:offset] + inserted + text[offset:], filename)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("It rained. <!-- gru-lint: ignore PA004 -->", 'IG001 PA004: "PA004" has nothing to silence here; remove it'),
        ("It rained. <!-- gru-lint: ignore -->", "IG001 ignore: this comment silences nothing; remove it"),
        (
            "It rained.\n<!-- gru-lint: ignore-file PA001 -->",
            'IG001 PA001: "PA001" has nothing to silence here; remove it',
        ),
        ("<!-- gru-lint: off PA001 -->\nIt rained.", 'IG001 PA001: "PA001" has nothing to silence here; remove it'),
        (
            "The king hurt herself. <!-- gru-lint: ignore PA001, PA004 -->",
            'IG001 PA001: "PA001" has nothing to silence here; remove it',
        ),
        ("The king hurt herself. <!-- gru-lint: ignore -->", ""),
        ("The king hurt herself. <!-- gru-lint: ignore PA004 --><!-- gru-lint: ignore-file PA004 -->", ""),
        ("It rained. <!-- gru-lint: ignore PA003 -->", ""),
        ("It rained. <!-- gru-lint: ignore PA004, IG001 -->", ""),
        ("It rained. <!-- gru-lint: ignore-file IG001 --> <!-- gru-lint: ignore PA004 -->", ""),
        ("It rained. <!-- gru-lint: ignore PA44 -->", 'IG002 PA44: unknown rule "PA44"; did you mean "PA004"?'),
        (
            "It rained. <!-- gru-lint: ingore PA004 -->",
            'IG002 ingore: unknown command "ingore"; did you mean "ignore"?',
        ),
        ("It rained. <!-- gru-lint: see the README -->", ""),
    ],
)
def test_what_is_wrong_with_a_comment_is_told(text: str, wanted: str) -> None:
    settings = read_settings({"report-unused-ignores": True, "ignore": ["PA003"]})
    found = lint_text(text, filename="a.md", settings=settings)
    assert "; ".join(f"{one.code} {text[one.span.start : one.span.end]}: {one.message}" for one in found) == wanted


def test_unused_comments_are_told_of_only_where_that_is_asked_for() -> None:
    text = "It rained. <!-- gru-lint: ignore PA004 -->"
    assert lint_text(text, filename="a.md") == ()


def test_no_comment_is_put_into_another() -> None:
    text = "<!-- One.\n\nTwo.\nThree. -->\nFour.\n"
    assert suppressing_edit(text, "a.md", text.index("Two"), "PA004") is None
    assert around_edits(text, "a.md", text.index("Two"), "PA004") == ()
    assert suppressing_edit(text, "a.md", text.index("Three"), "PA004") is not None


def test_plain_text_has_no_comments() -> None:
    assert suppressing_edit("The king hurt herself.", "a.txt", 0, "PA004") is None
