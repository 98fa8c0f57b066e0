"""What a reader gives up on is noted, with where it stands and why."""

from __future__ import annotations

import pytest

from gru_lint.extract import _base, extract_prose, noting_unread

_CELL = '{"cells": [{"cell_type": "markdown", "source": ["%s"]}]}'


@pytest.mark.parametrize(
    ("name", "text", "start", "reason"),
    [
        ("a.py", "# yes\n" + "x" * 20_001 + "\n# He left.\n", 6, "a line is longer than 20,000 characters"),
        ("a.typ", "Yes.\n" + "x" * 20_001, 5, "a line is longer than 20,000 characters"),
        ("a.md", "Yes.\n\n" + "> " * 200 + "He left.\n", 6, "it is nested too deeply"),
        ("a.md", "Yes.\n\n" + "*_" * 10_001, 6, "a paragraph has more than 20,000 marks"),
        ("a.ipynb", '{"a": ' + "[" * 70 + "]" * 70 + ', "cells": []}', 69, "it is nested too deeply"),
        ("a.ipynb", '{"cells": [{"cell_type": "markdown", "source": ["He left', 48, "it is no JSON"),
        (
            "a.eml",
            "Content-Transfer-Encoding: base64\n\nSGUgaHVydCBoZXJzZWxmLgo=\n",
            35,
            "it is written in Base64; save the text as it is",
        ),
        ("a.html", "<p>Yes. &#x ; No.</p><![a[ He left. ]]>", 21, "a section in it is unknown"),
        ("a.ipynb", _CELL % ("> " * 200 + "He left."), 49, "it is nested too deeply"),
    ],
)
def test_what_is_left_out_is_noted(name: str, text: str, start: int, reason: str) -> None:
    with noting_unread() as unread:
        extract_prose(text, name)
    assert [one.reason for one in unread] == [reason]
    assert unread[0].span.start == start
    assert start < unread[0].span.end <= len(text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.tex", "\\cite{" * 2_000 + "He left."),
        ("a.cs", "a\n" * 2_000),
        ("a.rst", "He left.\n\n" * 2_000),
        ("a.md", "# A\n\nHe left.\n\n" * 20_000),
    ],
)
def test_what_takes_too_long_is_noted(monkeypatch: pytest.MonkeyPatch, name: str, text: str) -> None:
    extract_prose("a", name)
    monkeypatch.setattr(_base, "_BUDGET", 0.0)
    monkeypatch.setattr(_base, "_BUDGET_PER_MILLION", 0.0)
    with noting_unread() as unread:
        extract_prose(text, name)
    assert [one.reason for one in unread] == ["it takes too long to read"]
    assert unread[0].span.end == len(text)


def test_a_fault_of_docutils_is_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    from docutils.parsers.rst import Parser

    def fail(*_: object) -> None:
        raise KeyError("a")

    monkeypatch.setattr(Parser, "parse", fail)
    with noting_unread() as unread:
        extract_prose("He left.", "a.rst")
    assert [(one.span.start, one.span.end, one.reason) for one in unread] == [
        (0, 8, "docutils cannot read it (KeyError)")
    ]


def test_a_block_whose_place_is_not_found_is_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    from gru_lint.extract import restructuredtext

    monkeypatch.setattr(restructuredtext, "_FARTHEST", 0)
    with noting_unread() as unread:
        extract_prose("Rain fell.\n\n- Anna left\n  when he came.\n", "a.rst")
    assert [(one.span.start, one.span.end, one.reason) for one in unread] == [
        (12, 40, "its place in the file is not clear")
    ]


@pytest.mark.parametrize("name", ["a.md", "a.rst", "a.tex", "a.py", "a.ipynb", "a.txt"])
def test_of_an_ordinary_text_nothing_is_left_out(name: str) -> None:
    with noting_unread() as unread:
        extract_prose("" if name == "a.ipynb" else "# He left.\n\n- He *came* back.\n" * 200, name)
    assert unread == []
