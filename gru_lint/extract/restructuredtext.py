"""reStructuredText: paragraphs, titles, lists, tables and admonitions are prose; code, targets and comments are not.

docutils finds the blocks, and hands the text of each to an inliner: the one here notes that text and its line. No
directive is run: of those whose body is prose, the body is read; all others are left out, known or not.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator
from typing import Final, NamedTuple

from gru_lint.english.pronouns import has_pronoun
from gru_lint.extract._base import (
    ENTRIES_END,
    ENTRY,
    PARAGRAPH_END,
    PART,
    CommentSyntax,
    Description,
    PlacedLine,
    ProseMask,
    TimeBudget,
    blank_in_lines,
)
from gru_lint.extract._blocks import BlockReader, Cut, lines_from
from gru_lint.extract._docutils_blocks import blocks_of
from gru_lint.extract._people import ListedPeople, PeopleState
from gru_lint.extract._restructuredtext_pieces import pieces_of
from gru_lint.extract._unread import TOO_SLOW, give_up
from gru_lint.lines import LINE_END, LineIndex

LANGUAGE = "restructuredtext"
EXTENSIONS = (".rst", ".rest")
COMMENTS = CommentSyntax("..", own_line=True)
IN_EDITORS = True
DESCRIPTION = Description(
    "reStructuredText",
    read=("paragraphs, titles, lists, tables, footnotes, the bodies of admonitions and of Sphinx's descriptions"),
    not_read=(
        "literal blocks, `code-block`, `autoclass` and every other directive, roles that name code, fields such as "
        "`:author:`, targets, comments"
    ),
)

# Roles whose text is a part of the sentence.
_PROSE_ROLES = frozenset(
    "emphasis strong ref doc term abbr dfn title title-reference guilabel sub sup sup numref".split()
)
_INLINE = re.compile(
    r"``(?:[^`]|`(?!`)){1,500}``"
    r"|(?::(?P<role>[\w:+.-]{1,60}):)?`(?P<text>[^`<]{1,500}?)(?:\s*<[^<>`]{1,500}>)?`(?::[\w:+.-]{1,60}:|__?)?"
    r"|(?::[\w:+.-]{1,60}:)?`<[^`]{1,500}`_{0,2}"
    r"|\[(?:\d+|#[\w-]*|\*|[\w.-]{1,60})\]_|(?<!\w)\|[^|\s][^|\n]{0,100}\|_{0,2}|::(?=[ \t]*$)|\\(?=\S)"
    r"|(?<![\w*])\*{1,2}(?=\S)|(?<=\S)\*{1,2}(?![\w*])|(?<=\w)_{1,2}(?!\w)",
    re.MULTILINE,
)
# The character that each of these begins with: to look for that first is much faster.
_INLINE_MARK = re.compile(r"[`:\[|\\*_]")
# Indentation beyond that of any prose is cut to this.
_DEEPEST = 40
# How many lines from where docutils says that a block begins it is looked for.
_FARTHEST = 40
_ADORNMENT = re.compile(r"([^\w\s])\1{2,}$")
_ITEM = re.compile(r"(?:[-*+•]|\d{1,9}[.)]|#\.)[ \t]+")


class _State(NamedTuple):
    """What is known between two blocks.

    is_first  whether the text begins here, and no line end stands before it
    styles    the styles of titles so far, in order: the character of the line, and whether there is one above, too
    people    see `PeopleState`
    """

    is_first: bool = True
    styles: tuple[tuple[str, bool], ...] = ()
    people: PeopleState = PeopleState()


_BEGIN = _State()


def extract_prose(text: str) -> str:
    """The prose of a reStructuredText; see `gru_lint.extract`."""
    return _extract(text, _BEGIN, frozenset())


def _extract(text: str, state: Hashable, _: frozenset[str]) -> str:
    """The prose of a text, or of a block of one."""
    assert isinstance(state, _State)
    mask = ProseMask(text)
    source = _without_other_line_ends(text)
    begin = 0 if state.is_first else 1
    budget = TimeBudget(len(text))
    for start, end in pieces_of(source, begin):
        if budget.is_over():
            give_up(start, len(text), TOO_SLOW)
            break
        _read(source[start:end], start, mask)
    titles = _Titles(mask, state)
    titles.read(source, begin, len(source))
    titles.people.end_list(len(text) - 1)
    return mask.prose()


def _cuts(text: str, start: int, state: Hashable) -> Iterator[Cut]:
    """A block is what docutils reads at once, or more where a list goes on."""
    assert isinstance(state, _State)
    source = _without_other_line_ends(text)
    titles = _Titles(ProseMask(""), state)
    for here, end in pieces_of(source, start):
        titles.read(source, here, end)
        after = titles.state
        if after and end < len(text):
            yield Cut(end, state=after)
    yield Cut(len(text))


BLOCKS = BlockReader(_cuts, _extract, context=lambda _: _BEGIN)


class _Titles:
    """Marks the titles, and the items at the margin, that name people, line by line."""

    def __init__(self, mask: ProseMask, state: _State) -> None:
        self.people = ListedPeople(mask, *state.people)
        # The first style is that of the outermost level.
        self._levels = {style: level for level, style in enumerate(state.styles, 1)}
        # The two lines before, each with its start.
        self._above, self._title = (0, ""), (0, "")

    @property
    def state(self) -> _State | None:
        """What is known here; None if what is marked depends on more."""
        people = self.people.state
        if people is None or self._title[1].strip():
            return None
        return _State(is_first=False, styles=tuple(self._levels), people=people)

    def read(self, text: str, start: int, end: int) -> None:
        """Takes the lines of a stretch."""
        people, above, title = self.people, self._above, self._title
        for here, _, line in lines_from(text, start, end):
            words = line.rstrip()
            if (adornment := _ADORNMENT.match(words)) and title[1].strip() and len(words) >= len(title[1].rstrip()) > 1:
                has_overline = above[1].rstrip() == words
                level = self._levels.setdefault((adornment[1], has_overline), len(self._levels) + 1)
                people.heading((above if has_overline else title)[0] - 1, level, title[1].strip())
            elif item := _ITEM.match(line):
                people.item(here - 1, 1, line[item.end() :])
            elif words and not line[0].isspace():
                people.end_list(here - 1)
            above, title = title, (here, line)
        self._above, self._title = above, title


# docutils has other line ends, too, and a mark of its own in the place of NUL.
_OTHER_LINE_ENDS: Final = "\0\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_OTHER_LINE_END: Final = re.compile(f"[{_OTHER_LINE_ENDS}]")


def _without_other_line_ends(text: str) -> str:
    return _OTHER_LINE_END.sub(" ", text) if any(end in text for end in _OTHER_LINE_ENDS) else text


def _read(text: str, origin: int, mask: ProseMask) -> None:
    # docutils puts blanks in the place of a tab, as many as reach its next stop.
    lines = LineIndex(text.replace("\t", " "))
    shallow = [_shallow(line) for line in LINE_END.split(text)]
    read: dict[int, int] = {}
    # Marks of what was not placed, such as a cell without text.
    waiting = ""
    for block, lineno, marks in blocks_of(shallow, origin, len(text)):
        waiting += marks
        places = _places(block.split("\n"), lineno, lines, read) if block else []
        if not places:
            if block:
                _note_lost(block, lineno, lines, origin)
            continue
        start = origin + places[0].start
        entry = waiting.rfind(ENTRY)
        if entry > waiting.rfind(ENTRIES_END):
            # Two characters before it are free, where a cell without text comes first.
            mask.mark(start - 1 - (PART in waiting[entry:]), ENTRY)
            mask.mark(start - 1, PART if PART in waiting[entry:] else ENTRY)
        else:
            mask.mark(max(start - 1, 0), next(mark for mark in (ENTRIES_END, PART, PARAGRAPH_END) if mark in waiting))
        waiting = ""
        for placed in places:
            mask.keep(origin + placed.start, origin + placed.start + placed.length)
        blank_in_lines(mask, _no_prose(block), places, origin)
    if ENTRIES_END in waiting:
        mask.mark(origin + len(text) - 1, ENTRIES_END)


def _shallow(line: str) -> str:
    words = line.lstrip()
    if len(words) == len(line):
        return words.rstrip().replace("\t", " ")
    indent = line[: len(line) - len(words)].expandtabs(8)
    return " " * min(len(indent), _DEEPEST) + words.rstrip().replace("\t", " ")


def _note_lost(block: str, lineno: int, lines: LineIndex, origin: int) -> None:
    """Notes a block that docutils has read and that is found nowhere near the line that it names."""
    if has_pronoun(block):
        first = max(1, min(lineno, len(lines)))
        end = min(first + block.count("\n") + 1, len(lines))
        # Its pronouns may stand elsewhere: the noted lines must hold one, or they would not be reported.
        while first > 1 and not has_pronoun(lines.text[lines.start(first) : lines.line(end).end]):
            first -= 1
        give_up(origin + lines.start(first), origin + lines.line(end).end, "its place in the file is not clear")


def _places(block: list[str], expected: int, lines: LineIndex, read: dict[int, int]) -> list[PlacedLine]:
    """Where each line of a block stands in the text; empty where the block is not found.

    expected  the row, from 1 on, near which it begins
    read      by row, up to where each was read already: the cells of a table share lines
    """
    for distance in range(_FARTHEST):
        for first in sorted({expected - distance, expected + distance}):
            if first >= 1 and first + len(block) <= len(lines) + 1:
                places: list[PlacedLine] = []
                here = 0
                for number, line in enumerate(block, first):
                    start = _place(line, lines, number, read)
                    if start < 0:
                        break
                    places.append(PlacedLine(here, start, len(line.strip())))
                    here += len(line) + 1
                else:
                    read.update((number, placed.start + placed.length) for number, placed in enumerate(places, first))
                    return places
    # Letters in a line that was read before may have been taken for this cell: it is looked for once more in all.
    return _places(block, expected, lines, {}) if read else []


def _place(line: str, lines: LineIndex, row: int, read: dict[int, int]) -> int:
    """Where a line of a block stands in a line of the text; -1 where it does not."""
    wanted = line.strip()
    written, start = lines.row_text(row), lines.start(row)
    begin = max(read.get(row, 0) - start, 0)
    end = len(written.rstrip()) - len(wanted)
    found = written.find(wanted, begin)
    # Two blanks follow a cell of a table, and the next cell may hold the same words: else the last place is taken.
    if begin <= end and written.startswith(wanted, end) and not written.startswith("  ", found + len(wanted)):
        return start + end
    return start + found if found >= 0 else -1


def _no_prose(block: str) -> Iterator[tuple[int, int]]:
    here = 0
    while mark := _INLINE_MARK.search(block, here):
        match = _INLINE.match(block, mark.start())
        if match is None:
            here = mark.end()
            continue
        here = match.end()
        text = match["text"]
        if text is None or (match["role"] and match["role"].rpartition(":")[2] not in _PROSE_ROLES):
            yield match.span()
        else:
            yield match.start(), match.start("text")
            yield match.end("text"), match.end()
