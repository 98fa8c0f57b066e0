"""The work for a text grows as the text does, whatever is in it: calls are counted for a text, and for it twice."""

from __future__ import annotations

import sys
from types import FrameType

import pytest

from gru_lint.extract import extract_prose, noting_unread

pytestmark = pytest.mark.slow

_NAMES = (
    *("a.md", "a.mdx", "a.rst", "a.tex", "a.adoc", "a.org", "a.html", "a.typ", "a.po", "a.srt", "a.vtt", "a.ipynb"),
    *("a.txt", "a.pod"),
    *("COMMIT_EDITMSG", "a.py", "a.c", "a.rb", "a.pl", "a.js", "a.hs", "a.xml"),
)
_PATTERNS = (
    *("\n", " \n", "\t\n", "\r", "a b.\n\n", "a\n", "- a\n", "* a\n  b\n\n", "> a\n", "a\n=\n", "a\n---\n\n", "1. a\n"),
    *(
        "|a|\n|-|\n",
        "| a | b |\n",
        "a\\\n",
        "[a](b) ",
        "*a* ",
        "`a` ",
        "[[a]] ",
        "$a$ ",
        "\\cite{a} ",
        "{a} ",
        "<p>a</p>\n",
    ),
    *(
        "<!-- a\n",
        "/* a\n",
        "# a\n",
        "// a\n",
        '"a" ',
        "=begin\n",
        "=pod\n\n",
        "::\n\n",
        ".. note:: a\n\n",
        "\\begin{a}\n",
    ),
    *("%% a\n", "{{< raw >}}\n", "{{ a ", "<a ", "[b]a ", "[code]a\n", "```{note}\n", "import a\n"),
)
_MOST_GROWTH = 2.6
# The calls that come with any text: of a short one most are these.
_N_CHARACTERS = 800


def n_calls(text: str, name: str) -> int:
    """How many functions are called while the prose of a text is extracted, those of C included."""
    n = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal n
        n += 1

    sys.setprofile(count)
    try:
        extract_prose(text, name)
    finally:
        sys.setprofile(None)
    return n


@pytest.mark.parametrize("name", _NAMES)
def test_the_work_doubles_as_the_text_does(name: str) -> None:
    for warm_up in _PATTERNS:
        extract_prose(warm_up, name)
    for pattern in _PATTERNS:
        text = pattern * (_N_CHARACTERS // len(pattern))
        once, twice = n_calls(text, name), n_calls(text * 2, name)
        assert twice <= _MOST_GROWTH * once, pattern


def test_work_that_grows_as_the_square_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    from gru_lint.extract import restructuredtext

    def blank_each_line_for_each_span(mask, spans, places, origin):  # type: ignore[no-untyped-def]
        for start, end in spans:
            for placed in places:
                mask.blank(max(start, placed.offset), min(end, placed.offset))

    monkeypatch.setattr(restructuredtext, "blank_in_lines", blank_each_line_for_each_span)
    text = "|a|\n|-|\n" * 150
    extract_prose(text, "a.rst")
    assert n_calls(text * 2, "a.rst") > _MOST_GROWTH * n_calls(text, "a.rst")


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("a.rst", "|a|\n|-|\n"),
        ("a.rst", "- a\n"),
        ("a.rst", "a\n=\n"),
        ("a.md", "a\\\n"),
        ("a.typ", "\n"),
        ("a.typ", " \n"),
        ("a.typ", "\r"),
        ("a.c", "\n"),
        ("a.cpp", " \n"),
        ("a.cs", "\r\n"),
        ("a.cs", "a\n"),
        ("a.cs", "int[] a.b \n"),
        ("a.groovy", "int a\n"),
        ("a.java", "a\n"),
        ("a.c", "/* a\n"),
        ("a.rb", "=begin\n"),
        ("a.pl", "=pod\n\n"),
        ("a.ml", "(*\n"),
        ("a.hs", "{-\n"),
        ("a.lisp", "#|\n"),
        ("a.js", '\\"\n'),
        ("a.ts", "\\'\n"),
        ("a.css", '\\"\n'),
        ("a.pl", "\\`\n"),
        ("a.js", "a." * 9_000 + "\n"),
    ],
)
def test_a_parser_is_not_led_to_read_the_rest_again_and_again(name: str, pattern: str) -> None:
    # What a parser does within one call of C cannot be counted, but it is given up where it takes too long.
    with noting_unread() as unread:
        extract_prose(pattern * (80_000 // len(pattern)), name)
    assert unread == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.typ", "Yes." + "\n" * 30 + "*yes*\r\n\r\n\r\n\r\n\r\n// no\r\nyes"),
        ("a.rb", "# yes\n\n\n\n\n\n=begin\nyes\n=end\n\r\n\r\n\r\n\r\n# yes\n"),
        ("a.pl", "# yes\n\n\n\n\n\nno; # yes\n\n\n\n\n# yes\n=pod\n"),
        ("a.cs", 'no\nno\n// yes\nno /* yes\n*/ no\nno = @"a\n/* no\n";\nno\nNo(); // yes\n'),
        ("a.js", 'no = "no\\"// no"; // yes\n' + "no." * 90 + "\n/* yes */ no = 'no';\n\\\"no // yes"),
        ("a.c", "\n\n\n\n\n/* yes */ no;\r\r\r\r\r/* yes\n\n\n\n\nyes */\nno /* no\n"),
    ],
)
def test_blank_lines_move_nothing(name: str, text: str) -> None:
    prose = extract_prose(text, name)
    assert len(prose) == len(text)
    assert [word.strip(".*").lower() for word in prose.split()] == ["yes"] * 3
    assert all(after in (before, " ", "\u2029") for before, after in zip(text, prose, strict=True))


def test_titles_of_any_order_are_read() -> None:
    text = "One\n----\n\nTwo\n====\n\nThree\n~~~~~\n\nFour\n----\n\nFive\n~~~~\n\nText.\n"
    assert extract_prose(text, "a.rst").split() == ["One", "Two", "Three", "Four", "Five", "Text."]


def test_what_is_indented_deeply_is_read() -> None:
    text = f"Text.\n\n{' ' * 60}Deep text.\n"
    assert extract_prose(text, "a.rst").split() == ["Text.", "Deep", "text."]
