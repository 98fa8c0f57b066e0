"""Jupyter notebooks: the Markdown of their Markdown cells is prose.

Where a string stands in a JSON text the standard library's scanner tells; no library for notebooks does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from json import JSONDecodeError, JSONDecoder

from gru_lint.extract import markdown
from gru_lint.extract._base import PARAGRAPH_END, CommentSyntax, Description, ProseMask
from gru_lint.extract._unread import TOO_DEEP, give_up, noting_unread

LANGUAGE = "jupyter"
EXTENSIONS = (".ipynb",)
COMMENTS = CommentSyntax("<!--", "-->", can_be_added=False)
DESCRIPTION = Description(
    "Jupyter notebooks",
    read="the Markdown of Markdown cells",
    not_read="code, outputs, raw cells",
)

_STRINGS = JSONDecoder(strict=False)
_TOKEN = re.compile(r'["\[\]{}:,]|[^\s"\[\]{}:,]+')
_WORD = re.compile(rf"[^\s{PARAGRAPH_END}]+")
_ESCAPE = re.compile(r"\\u[0-9a-fA-F]{4}|\\[\s\S]")
_PLAIN = {"\\n": "\n", "\\r": "\r", "\\t": "\t", '\\"': '"', "\\\\": "\\", "\\/": "/"}
# A notebook is five levels deep.
_DEEPEST = 64


def extract_prose(text: str) -> str:
    """The prose of a notebook; see `gru_lint.extract`."""
    mask = ProseMask(text)
    for cell in _cells(text):
        _keep(text, cell, mask)
    return mask.prose()


def _cells(text: str) -> Iterator[list[tuple[int, int]]]:
    """The strings of each Markdown cell's source, without their quotes."""
    # For each object that is open, its last key; for a list, what it is the value of.
    keys: list[str | None] = []
    is_list: list[bool] = []
    sources: list[tuple[int, int]] = []
    cell_type = ""
    awaits_key = False
    here = 0
    while match := _TOKEN.search(text, here):
        here = match.end()
        token = match[0]
        if token in ("{", "["):
            if len(keys) == _DEEPEST:
                give_up(match.start(), len(text), TOO_DEEP)
                return
            keys.append(keys[-1] if keys and token == "[" else None)
            is_list.append(token == "[")
            awaits_key = token == "{"
            if token == "{" and is_list == [False, True, False]:
                sources, cell_type = [], ""
        elif token in ("}", "]"):
            if token == "}" and is_list == [False, True, False] and cell_type == "markdown":
                yield sources
            if not keys:
                return
            keys.pop()
            is_list.pop()
            awaits_key = False
        elif token == ",":
            awaits_key = bool(is_list) and not is_list[-1]
        elif token == '"':
            try:
                _, end = _STRINGS.raw_decode(text, here - 1)
            except JSONDecodeError:
                give_up(match.start(), len(text), "it is no JSON")
                return
            if awaits_key:
                keys[-1], awaits_key = text[here : end - 1], False
            elif keys[:1] == ["cells"] and is_list[:3] == [False, True, False] and len(keys) in (3, 4):
                if keys[2] == "cell_type" and len(keys) == 3:
                    cell_type = text[here : end - 1]
                elif keys[2] == "source":
                    sources.append((here, end - 1))
            here = end


def _keep(text: str, strings: list[tuple[int, int]], mask: ProseMask) -> None:
    """Keeps the prose of one cell: its Markdown is read, and each character put where it is written."""
    if not strings:
        return
    written: list[str] = []
    places: list[int] = []
    for start, end in strings:
        here = start
        for escape in _ESCAPE.finditer(text, start, end):
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
