"""Jupyter notebooks: the Markdown of their Markdown cells is prose.

No library for notebooks says where in the file something stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby, pairwise

from gru_lint.extract import markdown
from gru_lint.extract._base import PARAGRAPH_END, CommentSyntax, Description, ProseMask
from gru_lint.extract._json import ESCAPE, json_strings
from gru_lint.extract._unread import give_up, noting_unread

LANGUAGE = "jupyter"
EXTENSIONS = (".ipynb",)
COMMENTS = CommentSyntax("<!--", "-->", can_be_added=False)
DESCRIPTION = Description(
    "Jupyter notebooks",
    read="the Markdown of Markdown cells",
    not_read="code, outputs, raw cells",
)

_WORD = re.compile(rf"[^\s{PARAGRAPH_END}]+")
# What stands for a character of the text; anything else is a blank to the reader of Markdown.
_PLAIN = {"\\n": "\n", "\\r": "\r", "\\t": "\t", '\\"': '"', "\\\\": "\\", "\\/": "/"}
# The keys and places that lead to a line of a source: "cells", the cell, "source", the line.
_DEEPEST = 4


def extract_prose(text: str) -> str:
    """The prose of a notebook; see `gru_lint.extract`."""
    mask = ProseMask(text)
    for cell in _cells(text):
        _keep(text, cell, mask)
    return mask.prose()


def _cells(text: str) -> Iterator[list[tuple[int, int]]]:
    """The strings of each Markdown cell's source, without their quotes."""
    in_cells = (one for one in json_strings(text) if one.path[:1] == ("cells",) and len(one.path) > 2)
    for _, group in groupby(in_cells, key=lambda one: one.path[1]):
        strings = list(group)
        if any(one.path[2:] == ("cell_type",) and text[one.start : one.end] == "markdown" for one in strings):
            yield [(one.start, one.end) for one in strings if one.path[2] == "source" and len(one.path) <= _DEEPEST]


def _keep(text: str, strings: list[tuple[int, int]], mask: ProseMask) -> None:
    """Keeps the prose of one cell: reads its Markdown, and finds each of its words again in the file."""
    if not strings:
        return
    written: list[str] = []
    places: list[int] = []
    for start, end in strings:
        here = start
        for escape in ESCAPE.finditer(text, start, end):
            written.append(text[here : escape.start()])
            places += range(here, escape.start())
            written.append(_PLAIN.get(escape[0], " "))
            places.append(escape.end() - 1)
            here = escape.end()
        written.append(text[here:end])
        places += range(here, end)
    source = "".join(written)
    with noting_unread() as unread:
        prose = markdown.extract_prose(source)
    for one in unread:
        give_up(places[one.span.start], places[one.span.end - 1] + 1, one.reason)
    mask.end_paragraph(strings[0][0] - 1)
    for before, after in pairwise(strings):
        mask.run_on(before[1], after[0])
    for offset, character in enumerate(prose):
        # A blank line of the cell is no blank line of the file.
        if character == PARAGRAPH_END or (character == "\n" and prose[offset + 1 : offset + 2] == "\n"):
            mask.end_paragraph(places[offset])
    for word in _WORD.finditer(prose):
        for first, last in _runs(places[word.start() : word.end()]):
            mask.keep(first, last + 1)


def _runs(places: list[int]) -> Iterator[tuple[int, int]]:
    """The places that follow each other, as their first and last."""
    first = last = places[0]
    for place in places[1:]:
        if place != last + 1:
            yield first, last
            first = place
        last = place
    yield first, last
