"""Records, one a line: CSV, TSV and JSON Lines. No row is read with another, no cell with any but the first of its row.

The csv module of the standard library does not say where in a file a cell stands.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Final

from gru_lint.extract._base import ENTRY, PARAGRAPH_END, PART, TEXT_END, Description, InputFormat, ProseMask
from gru_lint.extract._json import json_strings, keep_string

_CELL: Final = {
    mark: re.compile(rf'"(?P<quoted>[^"]*(?:""[^"]*)*)"|(?P<bare>[^{mark}\r\n"][^{mark}\r\n]*)|{mark}|\r\n|\r|\n|"')
    for mark in (",", ";", "\t")
}
_PROSE_WORDS: Final = 3


def _extract_cells(text: str, separator: str) -> str:
    mask = ProseMask(text)
    first_line = text.partition("\n")[0]
    if separator == "," and first_line.count(";") > first_line.count(","):
        separator = ";"
    is_first = begins = True
    for match in _CELL[separator].finditer(text):
        kind = match.lastgroup
        if kind:
            start, end = match.span(kind)
            # The mark stands before the cell: on a quote, a separator or a line end.
            mask.mark(max(match.start() if kind == "quoted" else start - 1, 0), PART if not is_first else ENTRY)
            mask.keep(start, end)
            begins = False
            for quote in re.finditer('""', text[start:end]) if kind == "quoted" else ():
                mask.blank(start + quote.start(), start + quote.start() + 1)
        elif match[0] == separator:
            if begins:
                mask.mark(match.start(), ENTRY)
            is_first = begins = False
        elif match[0] != '"':
            is_first = begins = True
    return mask.prose()


def _extract_lines(text: str) -> str:
    mask = ProseMask(text)
    line_end = -1
    for string in json_strings(text):
        if text.count(" ", string.start, string.end) < _PROSE_WORDS - 1:
            continue
        begins = string.start > line_end
        if begins:
            line_end = text.find("\n", string.end)
            line_end = line_end if line_end >= 0 else len(text)
        keep_string(text, string, mask, TEXT_END if begins else PARAGRAPH_END)
    return mask.prose()


FORMATS = (
    *(
        InputFormat(
            language,
            (f".{language}",),
            partial(_extract_cells, separator=separator),
            is_document=False,
            description=Description(
                f"tables ({title})",
                read="every cell, with the first one of its row, where they are named; `--column` reads one column, "
                "a text of its own in each row",
            ),
        )
        for language, separator, title in (("csv", ",", "CSV"), ("tsv", "\t", "TSV"))
    ),
    InputFormat(
        "jsonl",
        (".jsonl", ".ndjson"),
        _extract_lines,
        is_document=False,
        holds_data=True,
        description=Description(
            "JSON Lines",
            read="strings of three words or more, each line a text of its own, where they are named; `--column` reads "
            "one key",
            not_read="keys, numbers, shorter strings",
        ),
    ),
)
