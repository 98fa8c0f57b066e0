"""The text of a document, a paragraph a line, as prose: see `gru_lint.documents.passages`."""

from __future__ import annotations

import re

from gru_lint.documents.passages import Role
from gru_lint.extract._base import ENTRIES_END, ENTRY, PARAGRAPH_END, PART, ProseMask
from gru_lint.extract._people import ListedPeople

_LINE = re.compile(r"([^\t\n]*)(\t*)(?:\n|\Z)")
_IN_TABLE = frozenset({Role.CELL, Role.FIRST_CELL, Role.CELL_AFTER_EMPTY_ONE, Role.WITHIN_CELL})


def extract_paragraphs(text: str) -> str:
    """The prose of a text in which each line is a paragraph; see `gru_lint.extract`."""
    mask = ProseMask(text)
    people = ListedPeople(mask)
    role, was_in_table, in_row = 0, False, False
    for line in _LINE.finditer(text):
        if not line[0]:
            break
        start = line.start()
        mask.keep(start, line.end(1))
        in_table = role in _IN_TABLE
        if in_table:
            people.end_list(start - 1)
            if role in (Role.CELL, Role.FIRST_CELL, Role.CELL_AFTER_EMPTY_ONE):
                # Before the first row of a document no character can be a mark: its first one is.
                mask.mark(max(start - 1, 0), PART if role == Role.CELL and in_row else ENTRY)
            in_row = in_row or role == Role.FIRST_CELL
            if role == Role.CELL_AFTER_EMPTY_ONE:
                in_row = False
        else:
            in_row = False
            mask.mark(start - 1, ENTRIES_END if was_in_table else PARAGRAPH_END)
            _follow(line[1], role, start, people)
        was_in_table = in_table
        role = len(line[2])
    mask.end_paragraph(len(text) - 1)
    people.end_list(len(text) - 1)
    return mask.prose()


def _follow(words: str, role: int, start: int, people: ListedPeople) -> None:
    """Takes a paragraph outside tables."""
    if role > Role.ABOVE_HEADINGS:
        people.heading(start - 1, role - Role.ABOVE_HEADINGS, words)
    elif role in (Role.ITEM, Role.NESTED_ITEM):
        people.item(start - 1, role, words)
    else:
        people.end_list(start - 1)
