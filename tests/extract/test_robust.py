"""No text is too odd for a format: lengths and line ends stay, and the time for it grows as the text does."""

from __future__ import annotations

import time

import pytest
from format_samples import SAMPLES
from hypothesis import given, settings
from hypothesis import strategies as st

from gru_lint.extract import MARKS, extract_prose

_NAMES = ("a.md", *SAMPLES)
_ODD = (
    "\n",
    "\r\n",
    "\r",
    "\0",
    "\u2028",
    "\u2029",
    "\x0b",
    "\x0c",
    "\x85",
    "\ud800",
    "é",
    "😀",
    "\t",
    " ",
    "    ",
    "he ",
)
_MARKS = (
    *_ODD,
    *(
        "```",
        "`",
        "*",
        "_",
        "[",
        "](x)",
        "<b>",
        "</b>",
        "---",
        "|",
        "#",
        "> ",
        "- ",
        "$",
        "$$",
        "[^1]",
        "[^1]: ",
        "!!! x",
    ),
    *(
        ":::",
        "\\",
        "{",
        "}",
        "\\begin{x}",
        "\\end{x}",
        "\\cite[",
        "%",
        "&",
        "\\verb|",
        "\\[",
        "\\(",
        "::",
        ".. x::",
        ".. ",
    ),
    *(
        "|a|",
        "====",
        "----",
        "+--+",
        ":x:",
        "``",
        "|===",
        "//",
        "[source]",
        "<<",
        ">>",
        "#+begin_src",
        "#+end_src",
        ":END:",
    ),
    *(
        "<!--",
        "-->",
        "<script>",
        "</",
        "&amp;",
        'msgid "',
        'msgstr "',
        '"',
        "#, fuzzy",
        "-->",
        "00:01.000 --> 00:02.000",
    ),
    *('{"cells": [', '{"cell_type": "markdown", "source": ["', '"]}', "]}", "\\n", "\\u00e9", '"""', "/*", "*/", "'"),
)


def check(text: str, name: str) -> None:
    """Holds the prose of a text to its length, its line ends and its characters."""
    prose = extract_prose(text, name)
    assert len(prose) == len(text)
    for before, after in zip(text, prose, strict=True):
        assert after in (before, " ", *MARKS)
        assert after not in "\r\n" or after == before


@pytest.mark.parametrize("name", _NAMES)
@settings(max_examples=12, derandomize=True, deadline=None, database=None)
@given(st.one_of(st.text(), st.lists(st.sampled_from(_MARKS), max_size=40).map("".join)))
def test_offsets_never_move(name: str, text: str) -> None:
    check(text, name)


@pytest.mark.parametrize("name", SAMPLES)
@settings(max_examples=8, derandomize=True, deadline=None, database=None)
@given(data=st.data())
def test_offsets_never_move_in_a_damaged_file(name: str, data: st.DataObject) -> None:
    text = SAMPLES[name]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    check(text[:start] + data.draw(st.sampled_from(_MARKS)) + text[end:], name)


# Each stands before text on its line.
_LONG = (
    *(
        '<Card title="{}">',
        "<a>{}</a>",
        "{{{}}}",
        "[{}](b)",
        "[{}]",
        "`{}`",
        "*{}*",
        '"{}"',
        "({})",
        "${}$",
        "|{}|",
        "<{}>",
    ),
    *("\\{}", "\\a{{{}}}", "/* {} */", "<!-- {} -->", "# {}", "@{}", "&{};", "#{}[", "{}:", "{}=", "<a:{}>", "</a{}:>"),
)


# Far longer than it takes: expressions that go back over what they have read take years.
@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", SAMPLES)
def test_something_long_before_text_is_read_in_no_time(name: str) -> None:
    for mark in _LONG:
        for inside in ("", "a" * 60, "a " * 30, "." * 60):
            check(f"{mark.format(inside)}He said so.\n", name)
            check(f"{SAMPLES[name]}\n\n{mark.format(inside)} He said so.\n", name)


_BOMBS = (
    *(">", "[", "![", "{", "(", "*", "_", "`", "<", "<!--", "$", "\\", "|", "- ", "* a\n  ", "^[", "[](", "~~", "&"),
    *("\\begin{x}", "\\begin{verbatim}", "\\cite{", "\\cite[", "\\[", "%\n", "\\newcommand{\\a}[1]{", "\\section{"),
    *(".. note::\n\n   ", "  ", "* ", "|", "+-", "``a ", "`a ", ":x:`", "|a", "[a]_", "=\n-\n", "a::\n\n", ".. |a| "),
    *(
        "|===\n",
        "----\n",
        "<<",
        "#+begin_src\n",
        "[[",
        "=a ",
        "<p>",
        "<a b='",
        "</",
        "<code>",
        "#let x = (",
        "#f[",
        "/*",
    ),
    *('msgstr "a"\n', '"\n', '[{"', '"', '{"cells":[', "--[[", '"""', "'''", "{-", "(*", "a\n", "\n", "\r", "\u2029"),
)


@pytest.mark.parametrize(
    "name", ["a.md", "a.tex", "a.rst", "a.adoc", "a.org", "a.html", "a.typ", "a.po", "a.srt", "a.ipynb"]
)
def test_no_nesting_and_no_repetition_is_too_much(name: str) -> None:
    for bomb in _BOMBS:
        begun = time.thread_time()
        check(bomb * (6_000 // len(bomb)), name)
        assert time.thread_time() - begun < 8, bomb


@pytest.mark.parametrize("name", ["a.py", "a.js", "a.c", "a.lua", "a.hs", "a.ml", "a.sql", "a.yml", "a.xml"])
def test_no_program_is_too_odd(name: str) -> None:
    for bomb in ("(", "{", "/*", '"', "'''", "--[[", "{-", "(*", "<!--", "#", "//", "`", "\\", "a\n", "0", "a "):
        begun = time.thread_time()
        check(bomb * (6_000 // len(bomb)), name)
        assert time.thread_time() - begun < 8, bomb
