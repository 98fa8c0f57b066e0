"""Markdown: paragraphs, headings, lists, quotes and tables are prose; code, HTML and front matter are not.

markdown-it-py finds the blocks; it comes with rich, which the command line needs anyway.
"""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from gru_lint.extract import PARAGRAPH_END

EXTENSIONS = (".md", ".markdown", ".mkd", ".mdown")

_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n.*?^(?:---|\.\.\.)[ \t]*\r?$", re.DOTALL | re.MULTILINE)
# markdown-it ends its lines at these, whatever the platform.
_LINE_END = re.compile(r"\r\n|\n|\r")
_NO_PROSE = frozenset({"fence", "code_block", "html_block"})
_NO_INLINE_PROSE = frozenset({"code_inline", "html_inline"})
_NOT_LINE_END = re.compile(r"[^\r\n]")
# Emphasis is read as if it were not there: the words within are those of the sentence.
_EMPHASIS = re.compile(r"(?<![\w*])[*_]{1,3}(?=\w)|(?<=[\w.!?,;:])[*_]{1,3}(?![\w*])")
_LINK_TARGET = re.compile(r"(?<=\])\([^()\s]*(?:\s+\"[^\"]*\")?\)")


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table")


def extract_prose(text: str) -> str:
    """The prose of a Markdown text; see `gru_lint.extract`."""
    front_matter = _FRONT_MATTER.match(text)
    if front_matter:
        text = _blank(text, front_matter.start(), front_matter.end())
    line_starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
    line_starts.append(len(text))
    characters = list(text)
    for token in _parser().parse(text):
        if token.map is None:
            continue
        start, end = (line_starts[min(line, len(line_starts) - 1)] for line in token.map)
        if token.type in _NO_PROSE:
            characters[start:end] = _NOT_LINE_END.sub(" ", text[start:end])
        elif token.type == "inline":
            _blank_inline(text, token, start, end, characters)
        if start > 0 and token.block and characters[start - 1] == "\n":
            characters[start - 1] = PARAGRAPH_END
    return "".join(characters)


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + _NOT_LINE_END.sub(" ", text[start:end]) + text[end:]


def _blank_inline(text: str, token: Token, start: int, end: int, characters: list[str]) -> None:
    """Blanks code, HTML, emphasis marks and link targets within a block."""
    here = start
    for child in token.children or ():
        if child.type in _NO_INLINE_PROSE and child.content:
            found = text.find(child.content, here, end)
            if found < 0:
                continue
            n_marks = len(child.markup)
            first, here = found - n_marks, found + len(child.content) + n_marks
            characters[first:here] = _NOT_LINE_END.sub(" ", text[first:here])
    for pattern in (_EMPHASIS, _LINK_TARGET):
        for match in pattern.finditer(text, start, end):
            characters[match.start() : match.end()] = " " * (match.end() - match.start())
