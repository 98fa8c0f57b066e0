"""AsciiDoc: titles, text, lists, tables and quotes are prose; listings, attributes, targets and comments are not.

A small reader of lines: the parsers on PyPI convert, and none says where something stands in the source.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from enum import Enum

from gru_lint.extract._base import ENTRIES_END, ENTRY, PART, CommentSyntax, Description, ProseMask
from gru_lint.extract._blocks import BlockReader, cuts_at_blank_lines
from gru_lint.extract._people import ListedPeople, level_after, level_of_state, starred_as_bold
from gru_lint.lines import LineIndex

LANGUAGE = "asciidoc"
EXTENSIONS = (".adoc", ".asciidoc", ".asc")
COMMENTS = CommentSyntax("//", own_line=True)
IN_EDITORS = True
DESCRIPTION = Description(
    "AsciiDoc",
    read="titles, paragraphs, lists, tables, examples, sidebars, quotes, footnotes, the texts of links",
    not_read="listings, passthroughs, attributes, macros, comments",
)

_NO_PROSE_FENCE = re.compile(r"(?:-{4,}|\.{4,}|\+{4,}|/{4,}|```\w*|~~~~)[ \t]*$")
_PROSE_FENCE = re.compile(r"(?:={4,}|\*{4,}|_{4,}|--|[|,:!]={3,})[ \t]*$")
_ATTRIBUTE = re.compile(r":!?[\w-]+!?:(?:[ \t].*)?$")
_BLOCK_ATTRIBUTES = re.compile(r"\[[^\n]*\][ \t]*$")
_LISTING = re.compile(
    r"\[(?:source|listing|literal|verbatim|stem|latexmath|asciimath|pass|plantuml|comment|,)", re.IGNORECASE
)
_BLOCK_MACRO = re.compile(r"(?:image|video|audio|include|toc|ifdef|ifndef|ifeval|endif)::|'''$|<<<$|\+$")
_TITLE = re.compile(r"(?:=+|#+)[ \t]+|\.(?=[^\s.])")
_ITEM = re.compile(r"[ \t]*(?:[*-]+|\.+|\d+\.|<\.>|<\d+>)[ \t]+(?:\[[ x*]\][ \t]*)?")
_ADMONITION = re.compile(r"(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION):[ \t]+")
_UNDERLINE = re.compile(r"[=\-~^+]{4,}[ \t]*$")
_CELL = re.compile(r"(?:(?P<n>\d+)(?:\.\d+)?[+*]|\.\d+\+)?[<^>.]*[adehlmsv]?[|!]")
_COLUMNS = re.compile(r"""\bcols[ \t]*=[ \t]*(?:"([^"\n]*)"|'([^'\n]*)'|([^,\]\s]+))""")
_TIMES = re.compile(r"[ \t]*(\d{1,3})\*")
_FIELD = re.compile(r"\"(?:[^\"]|\"\")*\"|(?P<comma>,)|(?P<colon>:)")
# A list goes on behind a blank line with an item, which is looked for no further than this.
_GOES_ON = re.compile(r"(?:[^\S\r\n]{0,20}\r?\n){1,3}[ \t]{0,20}(?:[*-]{1,5}|\.{1,5}|\d{1,9}\.|<\.>|<\d{1,9}>)[ \t]")
_GOES_ON_REACH = 120
_INLINE = re.compile(
    r"(?P<code>``?|\+\+?\+?)(?=\S)[^`+\n]{1,300}(?P=code)"
    r"|(?:stem|latexmath|asciimath|pass|icon|kbd|btn|menu|indexterm2?|anchor|counter):[^\s\[\n]{0,200}\[[^\]\n]{0,300}\]"
    r"|(?:(?:link|mailto|xref|image|footnote|footnoteref):|https?://)[^\s\[\]<>\n]{0,500}(?:\[(?P<text>[^\]\n]{0,500})\])?"
    r"|<<[^,>\n]{1,300}(?:,(?P<label>[^>\n]{1,300}))?>>|\[\[[^\]\n]{1,200}\]\]"
    r"|\(\(\([^)\n]{1,200}\)\)\)|\{[\w-]{1,80}\}|\[\.?[\w. #-]{1,80}\](?=[#*_])"
    r"|(?<![\w*])[*_#]{1,2}(?=\w)|(?<=[\w.!?,;:'\"])[*_#]{1,2}(?![\w*])"
)


def extract_prose(text: str) -> str:
    """The prose of an AsciiDoc text; see `gru_lint.extract`."""
    return _extract(text, 0)


def _extract(text: str, state: Hashable) -> str:
    """The prose of a block; its state is the level of the heading that is a name and holds before it."""
    lines = LineIndex(text)
    reader = _Reader(text, level_of_state(state))
    for row, (start, line) in enumerate(lines.rows(), 1):
        reader.take(line, start, lines.start(row + 1))
    return reader.prose()


# What a line is: hidden in a block without prose, blank, the edge of a block, attributes of a block, or text.
_LineKind = Enum("_LineKind", "HIDDEN BLANK FENCE ATTRIBUTES TEXT")


class _Blocks:
    """The blocks that are open: a fence, a listing, a table."""

    def __init__(self) -> None:
        # The line that ends the block without prose that is open.
        self._fence: str | None = None
        self.in_table = False
        # Whether the block that follows is a listing, and whether one without a fence is being read.
        self._is_listing = self._in_listing = False

    @property
    def is_open(self) -> bool:
        """Whether a blank line ends nothing."""
        return self._fence is not None or self._is_listing or self.in_table

    def take(self, line: str) -> _LineKind:
        """Takes the next line."""
        if self._fence is not None:
            if line.rstrip() == self._fence:
                self._fence = None
            return _LineKind.HIDDEN
        if not line.strip():
            self._in_listing = False
            return _LineKind.BLANK
        if _NO_PROSE_FENCE.match(line):
            # The opening fence of backticks may name a language, the closing one does not.
            self._fence, self._is_listing = "```" if line.startswith("```") else line.rstrip(), False
            return _LineKind.FENCE
        if _PROSE_FENCE.match(line):
            if self._is_listing and not line.startswith("|"):
                self._fence = line.rstrip()
            self._is_listing = False
            self.in_table ^= line.startswith(("|", ",", ":", "!"))
            return _LineKind.FENCE
        if _BLOCK_ATTRIBUTES.match(line):
            self._is_listing = self._is_listing or _LISTING.match(line) is not None
            return _LineKind.ATTRIBUTES
        self._in_listing |= self._is_listing
        self._is_listing = False
        return _LineKind.HIDDEN if self._in_listing else _LineKind.TEXT


class _Reader:
    """Reads a text line by line."""

    def __init__(self, text: str, level_of_name: int) -> None:
        self._text, self._mask = text, ProseMask(text)
        self._people = ListedPeople(self._mask, level_of_name)
        self._blocks = _Blocks()
        self._table: _Table | None = None
        self._n_columns = 0

    def prose(self) -> str:
        """The prose of all lines."""
        self._people.end_list(len(self._text) - 1)
        return self._mask.prose()

    def take(self, line: str, start: int, end: int) -> None:
        """Takes the next line; `end` is behind its line end."""
        kind = self._blocks.take(line)
        if kind is _LineKind.BLANK:
            self._n_columns = 0
            if self._people.in_list and not self._table and not _GOES_ON.match(self._text, start):
                self._people.end_list(start - 1)
        elif kind is _LineKind.TEXT:
            self._take_text(line, start, end)
        elif kind is not _LineKind.HIDDEN:
            self._mask.end_paragraph(start - 1)
            if kind is _LineKind.ATTRIBUTES:
                self._n_columns = _n_columns(line) or self._n_columns
            elif self._blocks.in_table != (self._table is not None):
                if self._table:
                    self._mask.mark(start, ENTRIES_END)
                self._table = None if self._table else _Table(line[0], self._n_columns)

    def _take_text(self, line: str, start: int, end: int) -> None:
        if line.startswith("//") and not line.startswith("///"):
            self._mask.run_on(start, end)
            return
        if not self._table:
            _follow(start, line, self._people)
        _read_line(line, start, self._mask, self._table)


def _heading(line: str) -> tuple[int, str] | None:
    """The level and the words of a heading; None for any other line."""
    title = _TITLE.match(line)
    return (len(title[0].rstrip()), line[title.end() :]) if title and line[0] != "." else None


def _follow(start: int, line: str, people: ListedPeople) -> None:
    """Takes a line that may be a heading or an item."""
    if heading := _heading(line):
        people.heading(start - 1, *heading)
    elif item := _ITEM.match(line):
        content = line[item.end() :]
        marker = item[0].split()[0]
        # A list with longer markers, or with others, is nested in the first one.
        depth = len(marker) if marker[0] in "*." else 1
        people.item(start - 1, depth, starred_as_bold(content))


def _n_columns(attributes: str) -> int:
    """How many columns a table is said to have; 0 where that is not said."""
    found = _COLUMNS.search(attributes)
    if found is None:
        return 0
    columns = re.split(r"[,;]", found[1] or found[2] or found[3] or "")
    return sum(int(times[1]) if (times := _TIMES.match(column)) else 1 for column in columns)


class _Table:
    """Tells which cells of a table begin a row.

    separator  what stands between cells: "|", ",", ":" or "!"
    n_columns  as the attributes say; 0 where they do not, and the first line tells
    """

    def __init__(self, separator: str, n_columns: int) -> None:
        self._separator = separator
        self._n_columns = n_columns
        self._n_cells = 0

    def take(self, line: str, start: int, mask: ProseMask) -> None:
        """Marks the cells of a line."""
        if self._separator in ",:":
            kind = "comma" if self._separator == "," else "colon"
            mask.mark(start - 1, ENTRY)
            for field in _FIELD.finditer(line):
                if field[kind]:
                    mask.blank(start + field.start(), start + field.end())
                    mask.mark(start + field.start(), PART)
            return
        cells = [cell for cell in _CELL.finditer(line) if cell[0][-1] == self._separator]
        self._n_columns = self._n_columns or sum(int(cell["n"] or 1) for cell in cells)
        for cell in cells:
            is_first = self._n_columns and self._n_cells % self._n_columns == 0
            mask.blank(start + cell.start(), start + cell.end())
            mask.mark(start + cell.start(), ENTRY if is_first else PART)
            self._n_cells += int(cell["n"] or 1)


def _read_line(line: str, start: int, mask: ProseMask, table: _Table | None) -> None:
    if _ATTRIBUTE.match(line) or _BLOCK_MACRO.match(line) or _UNDERLINE.match(line):
        mask.end_paragraph(start - 1)
        return
    here = 0
    if title := _TITLE.match(line):
        here = title.end()
        mask.end_paragraph(start + len(line))
    elif mark := (_ITEM.match(line) or _ADMONITION.match(line)):
        here = mark.end()
    if here:
        mask.end_paragraph(start - 1)
    mask.keep(start + here, start + len(line))
    if table:
        table.take(line, start, mask)
    mask.blank_matches(_INLINE.finditer(line, here), start)


class _Scanner:
    """Follows the open blocks, lists and headings."""

    def __init__(self, text: str) -> None:
        self.reach = 1
        self._text = text
        self._blocks = _Blocks()
        self._in_list = False
        self._headings: list[tuple[int, str]] = []

    def is_open_after(self, line: str, start: int) -> bool:
        """Whether a blank line ends nothing."""
        kind = self._blocks.take(line)
        if kind is _LineKind.TEXT and not self._blocks.in_table:
            if heading := _heading(line):
                self._headings.append(heading)
            elif _ITEM.match(line):
                self._in_list, self.reach = True, _GOES_ON_REACH
        elif kind is _LineKind.BLANK and self._in_list and _GOES_ON.match(self._text, start):
            return True
        return self._blocks.is_open

    def state_after(self, state: Hashable) -> Hashable:
        """The level of the heading that is a name and holds here."""
        return level_after(self._headings, level_of_state(state))


BLOCKS = BlockReader(cuts_at_blank_lines(_Scanner), lambda block, state, _: _extract(block, state))
