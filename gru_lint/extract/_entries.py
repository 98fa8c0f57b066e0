"""The entries of a Markdown text: rows of tables, lists of people, headings that are names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from gru_lint.extract._base import ENTRIES_END, ENTRY
from gru_lint.extract._people import begins_entry, level_after, names_person

if TYPE_CHECKING:
    from markdown_it.token import Token

_LISTS = frozenset({"bullet_list_open", "ordered_list_open"})


class RowMark(NamedTuple):
    """A mark that stands before a row of the text, counted from 0."""

    row: int
    mark: str


def name_levels(tokens: Sequence[Token], level_of_name: int) -> Iterator[tuple[int, int]]:
    """The row of each heading, and the level of the last one that is a name and still holds behind it; 0 for none.

    level_of_name  that of what comes before
    """
    for place, token in enumerate(tokens):
        if token.type == "heading_open" and token.map:
            level_of_name = level_after([(int(token.tag[1:]), tokens[place + 1].content)], level_of_name)
            yield token.map[0], level_of_name


def entry_marks(tokens: Sequence[Token], level_of_name: int = 0) -> Iterator[RowMark]:
    """Where entries begin and end, by the tokens of a parser; the parts of a row are cells, and not among them.

    level_of_name  of a heading before them that is a name; 0 for none
    """
    end_of_table = 0
    for place, token in enumerate(tokens):
        if token.type == "table_open" and token.map:
            end_of_table = token.map[1]
        elif token.type == "tr_open" and token.map:
            yield RowMark(token.map[0], ENTRY)
        elif token.type == "table_close":
            yield RowMark(end_of_table, ENTRIES_END)
        elif token.type in _LISTS:
            yield from _people_of_list(tokens, place)
        elif token.type == "heading_open" and token.map:
            level = int(token.tag[1:])
            if level_of_name and level > level_of_name:
                continue
            is_name = names_person(tokens[place + 1].content)
            if is_name or level_of_name:
                yield RowMark(token.map[0], ENTRY if is_name else ENTRIES_END)
            level_of_name = level if is_name else 0


def _people_of_list(tokens: Sequence[Token], opening: int) -> list[RowMark]:
    """The marks of a list whose items name people, each another one; none of any other list."""
    rows: list[int] = []
    start, level = tokens[opening].map, tokens[opening].level
    for place in range(opening + 1, len(tokens)):
        token = tokens[place]
        if token.level == level:
            break
        if token.type == "list_item_open" and token.level == level + 1 and token.map:
            first = tokens[place + 2] if place + 2 < len(tokens) else None
            if first is None or first.type != "inline" or not begins_entry(first.content):
                return []
            rows.append(token.map[0])
    if len(rows) < 2 or start is None:
        return []
    return [*(RowMark(row, ENTRY) for row in rows), RowMark(start[1], ENTRIES_END)]
