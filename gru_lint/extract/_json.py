"""Where the strings of a JSON text stand, token by token: nothing is built. Several values may follow each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from gru_lint.extract._base import ProseMask, ValuePath
from gru_lint.extract._unread import TOO_DEEP, give_up

_TOKEN = re.compile(r'"(?P<string>[^"\\\n]*(?:\\.[^"\\\n]*)*)"|[{}\[\],:"]|[^\s"{}\[\],:]+')
ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{4}|.)")
_DEEPEST: Final = 64
# The tokens that begin no value.
_ENDS: Final = frozenset("}],:")


class JsonString(NamedTuple):
    """A string that is a value, without its quotes.

    path  the keys and the places in lists under which it stands
    """

    path: ValuePath
    start: int
    end: int


def json_strings(text: str) -> Iterator[JsonString]:
    """The strings of a JSON text that are values, in order; none after a fault."""
    path: list[str | int] = []
    awaits_key = False
    for match in _TOKEN.finditer(text):
        token = match[0]
        # Counted by its values and not by its commas, a list may lack one, as between the cells of merged notebooks.
        if path and isinstance(last := path[-1], int) and token not in _ENDS:
            path[-1] = last + 1
        if token in ("{", "["):
            if len(path) == _DEEPEST:
                give_up(match.start(), len(text), TOO_DEEP)
                return
            path.append("" if token == "{" else -1)
            awaits_key = token == "{"
        elif token in ("}", "]"):
            if path:
                path.pop()
            awaits_key = False
        elif token == ",":
            awaits_key = bool(path) and isinstance(path[-1], str)
        elif token == '"':
            give_up(match.start(), len(text), "it is no JSON")
            return
        elif match["string"] is not None:
            if awaits_key:
                path[-1], awaits_key = match["string"], False
            else:
                yield JsonString(tuple(path), *match.span("string"))


def keep_string(text: str, string: JsonString, mask: ProseMask, mark: str) -> None:
    """Keeps the words of a string, with a mark before them and the end of a paragraph after them."""
    mask.mark(string.start - 1, mark)
    mask.keep(string.start, string.end)
    mask.end_paragraph(string.end)
    for escape in ESCAPE.finditer(text, string.start, string.end):
        mask.blank(*escape.span())
        if escape[0] == "\\n" and text.startswith("\\n", escape.end()):
            mask.end_paragraph(escape.start())
