"""Comments that are written into a text: where they stand, and that nothing is found any more."""

from __future__ import annotations

import pytest

from gru_lint import lint_text, read_settings
from gru_lint.check.add_ignores import with_ignores
from gru_lint.config.settings import Settings

_KING = "The king hurt herself."


def check(filename: str, text: str, wanted: str, *notes: str, settings: Settings | None = None) -> None:
    """The text with its comments, in which nothing is found; notes are how those are told that are no line's."""
    adopted = with_ignores(text, filename, settings or Settings())
    assert adopted.text == wanted
    assert [note.split(": ")[-1] for note in adopted.notes] == list(notes)
    assert lint_text(wanted, filename=filename, settings=settings) == ()
    assert adopted.n_silenced == len(lint_text(text, filename=filename, settings=settings))


_C4 = "<!-- gru-lint: ignore PA004 -->"


@pytest.mark.parametrize(
    ("filename", "text", "wanted"),
    [
        ("a.md", f"{_KING}\n", f"{_KING} {_C4}\n"),
        ("a.md", _KING, f"{_KING} {_C4}"),
        ("a.md", f"\ufeff{_KING}\r\nIt rained.\r\n", f"\ufeff{_KING} {_C4}\r\nIt rained.\r\n"),
        ("a.md", f"{_KING}  \nIt rained.\n", f"{_KING} {_C4}  \nIt rained.\n"),
        ("a.md", f"{_KING} Rain fell\\\nall day.\n", f"{_KING} Rain fell {_C4}\\\nall day.\n"),
        ("a.md", f"- It rained.\n- {_KING}\n", f"- It rained.\n- {_KING} {_C4}\n"),
        ("a.md", f"# {_KING}\n\nIt rained.\n", f"# {_KING} {_C4}\n\nIt rained.\n"),
        (
            "a.md",
            f"{_KING} <!-- gru-lint: ignore PA001: an actress -->\n",
            f"{_KING} <!-- gru-lint: ignore PA001, PA004: an actress -->\n",
        ),
        ("a.html", f"{_KING}\n", f"{_KING} {_C4}\n"),
        ("a.tex", f"{_KING}\n", f"{_KING} % gru-lint: ignore PA004\n"),
        ("a.tex", f"{_KING} % a note\n", f"{_KING} % a note % gru-lint: ignore PA004\n"),
        ("a.rst", f"It rained.\n\n{_KING}\n", f"It rained.\n\n.. gru-lint: ignore PA004\n\n{_KING}\n"),
        ("a.adoc", f"{_KING}\r\n", f"// gru-lint: ignore PA004\r\n\r\n{_KING}\r\n"),
        (
            "a.org",
            f"{_KING}\nThe queen hurt himself.\n",
            f"# gru-lint: ignore PA004\n\n{_KING}\nThe queen hurt himself.\n",
        ),
        ("a.md", "It rained.\n", "It rained.\n"),
    ],
)
def test_a_comment_stands_beside_its_line(filename: str, text: str, wanted: str) -> None:
    check(filename, text, wanted)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "The king hurt herself <b\nclass='x'>badly</b>.\n",
            "<!-- gru-lint: off PA004 -->\n\nThe king hurt herself <b\nclass='x'>badly</b>.\n\n"
            "<!-- gru-lint: on PA004 -->\n",
        ),
        (
            "One.\n\nThe king hurt herself <!-- a\nnote -->.\n\nTwo.\n",
            "One.\n\n<!-- gru-lint: off PA004 -->\n\nThe king hurt herself <!-- a\nnote -->.\n\n"
            "<!-- gru-lint: on PA004 -->\n\nTwo.\n",
        ),
    ],
    ids=["tag-over-two-lines", "comment-over-two-lines"],
)
def test_where_a_line_can_hold_none_it_stands_around_the_paragraph(text: str, wanted: str) -> None:
    check("a.md", text, wanted, "silenced for the paragraph")


def test_settings_hold() -> None:
    settings = read_settings({"extension": {"page": "markdown"}, "report-unused-ignores": True})
    check("a.page", _KING, f"{_KING} {_C4}", settings=settings)
    silent = read_settings({"ignore": ["PA004"]})
    assert with_ignores(_KING, "a.md", silent).text == _KING


def test_a_format_without_comments_is_left_as_it_is_and_told_of() -> None:
    adopted = with_ignores(f"It rained.\n{_KING}\n", "a.txt", Settings())
    assert (adopted.text, adopted.n_silenced) == (f"It rained.\n{_KING}\n", 0)
    assert adopted.notes == ("line 2 cannot be silenced by a comment: see --write-baseline",)


def test_twice_changes_nothing_more() -> None:
    text = "\n\n".join([_KING, "The queen hurt himself.", "The king hurt herself <b\nclass='x'>badly</b>."])
    once = with_ignores(text, "a.md", Settings()).text
    assert once.count("gru-lint: ") == 4
    assert with_ignores(once, "a.md", Settings()).text == once
