"""reStructuredText: paragraphs, titles, lists, tables and admonitions are prose; code, targets and comments are not.

docutils finds the blocks, and gives each that holds text to an inliner: the one here notes the text and its line. No
directive is run: of those whose body is prose, the body is read, and all others are left out, known or not.
"""

from __future__ import annotations

import re
import zlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from copy import copy
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from gru_lint.english.pronouns import has_pronoun
from gru_lint.extract._base import (
    ENTRIES_END,
    ENTRY,
    PARAGRAPH_END,
    PART,
    CommentSyntax,
    Description,
    Placed,
    ProseMask,
    TimeBudget,
    blank_in_lines,
)
from gru_lint.extract._blocks import lines_from
from gru_lint.extract._people import ListedPeople
from gru_lint.extract._unread import TOO_DEEP, TOO_SLOW, give_up
from gru_lint.lines import LineIndex

if TYPE_CHECKING:
    from docutils.parsers.rst import Parser

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

# Their bodies are prose.
PROSE_DIRECTIVES = frozenset(
    "attention caution danger error hint important note tip warning admonition topic sidebar epigraph highlights "
    "pull-quote compound container class rubric line-block seealso versionadded versionchanged deprecated "
    "versionremoved deprecated-removed centered hlist glossary only tab tab-set tab-item grid grid-item grid-item-card "
    "card dropdown details collapse figure table list-table todo describe function method classmethod staticmethod "
    "attribute data exception property option envvar program confval cmdoption object module currentmodule "
    "py:function py:method py:class py:classmethod py:staticmethod py:attribute py:data py:exception py:property "
    "py:module py:decorator c:function c:type c:macro c:member c:struct cpp:function cpp:class js:function "
    "js:method js:class decorator opcode describe pdbcommand rst:directive rst:role std:option impl-detail "
    "availability footer header".split()
)
# What follows their name is prose, too.
TITLED_DIRECTIVES = frozenset(
    "attention caution danger error hint important note tip warning admonition topic sidebar seealso todo rubric "
    "centered table list-table grid-item-card card dropdown details collapse tab-item tab impl-detail compound".split()
)
# A version or the like comes first, then prose.
_VERSIONED = frozenset("versionadded versionchanged deprecated versionremoved deprecated-removed".split())
_VERSION = re.compile(r"\s*[\w.]+[ \t]*")
_OPTION_LINE = re.compile(r"\s*:[\w-]+:(?:\s|$)")
# Fields that say something of the document or of a type.
_METADATA = frozenset(
    "author authors organization organisation contact address version revision status date copyright license field "
    "orphan nocomments tocdepth nosearch no-search keywords meta slug tags category lang type rtype vartype".split()
)
# Roles whose text is that of the sentence.
_WORDS = frozenset("emphasis strong ref doc term abbr dfn title title-reference guilabel sub sup sup numref".split())
_INLINE = re.compile(
    r"``(?:[^`]|`(?!`)){1,500}``"
    r"|(?::(?P<role>[\w:+.-]{1,60}):)?`(?P<text>[^`<]{1,500}?)(?:\s*<[^<>`]{1,500}>)?`(?::[\w:+.-]{1,60}:|__?)?"
    r"|(?::[\w:+.-]{1,60}:)?`<[^`]{1,500}`_{0,2}"
    r"|\[(?:\d+|#[\w-]*|\*|[\w.-]{1,60})\]_|(?<!\w)\|[^|\s][^|\n]{0,100}\|_{0,2}|::(?=[ \t]*$)|\\(?=\S)"
    r"|(?<![\w*])\*{1,2}(?=\S)|(?<=\S)\*{1,2}(?![\w*])|(?<=\w)_{1,2}(?!\w)",
    re.MULTILINE,
)
# Read together: docutils copies what is in a block, and what is in that.
_MOST_CHARACTERS = 8_000
_BLANK_LINE = re.compile(r"(?:\r\n|\r|\n)[^\S\r\n]*(?:\r|\n|\Z)|\Z")
_TABLE_TOP = re.compile(r"=+(?: +=+)+$")
_BORDER = re.compile(r"=+[ =]*$")
# A block ends after one line in so many that could end it: to parse one takes as long as to begin the parser.
_ONE_CUT_IN = 3
# Of a block as long as this nobody knows where it ends: it is cut at a line, so that no part takes too long.
_LONGEST_BLOCK = 50_000
# Nobody indents so deeply who writes prose.
_DEEPEST = 40
_FARTHEST = 40
_ADORNMENT = re.compile(r"([^\w\s])\1{2,}$")
_ITEM = re.compile(r"(?:[-*+•]|\d{1,9}[.)]|#\.)[ \t]+")
# A row of a list-table, and a cell that follows in it.
_LISTED_ROW = re.compile(r"[-*+][ \t]+[-*+](?:[ \t]|$)")
_LISTED_CELL = re.compile(r"[ \t]+[-*+](?:[ \t]|$)")


class _Found(NamedTuple):
    """A block that holds text, the line where it begins, more or less, and the marks before it."""

    text: str
    lineno: int
    marks: str = PARAGRAPH_END


def extract_prose(text: str) -> str:
    """The prose of a reStructuredText; see `gru_lint.extract`."""
    mask = ProseMask(text)
    # docutils has other line ends, too, and a mark of its own in the place of NUL.
    source = _OTHER_LINE_END.sub(" ", text)
    budget = TimeBudget(len(text))
    for start, end in _pieces(source):
        if budget.is_over():
            give_up(start, len(text), TOO_SLOW)
            break
        _read(source[start:end], start, mask)
    _mark_people(source, mask)
    return mask.prose()


def _mark_people(text: str, mask: ProseMask) -> None:
    """Marks titles and items at the margin that are people."""
    people = ListedPeople(mask)
    # How titles are underlined and overlined, in the order in which they come: the first is of the outermost level.
    styles: dict[tuple[str, bool], int] = {}
    # The two lines before, each with its start.
    above, title = (0, ""), (0, "")
    for start, line in LineIndex(text).rows():
        words = line.rstrip()
        if (adornment := _ADORNMENT.match(words)) and title[1].strip() and len(words) >= len(title[1].rstrip()) > 1:
            has_overline = above[1].rstrip() == words
            level = styles.setdefault((adornment[1], has_overline), len(styles) + 1)
            people.heading((above if has_overline else title)[0] - 1, level, title[1].strip())
        elif item := _ITEM.match(line):
            people.item(start - 1, 1, line[item.end() :])
        elif words and not line[0].isspace():
            people.end_list(start - 1)
        above, title = title, (start, line)
    people.end_list(len(text) - 1)


_OTHER_LINE_END = re.compile("[\0\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Parts of a long text that can be read by themselves: what follows stands at the margin after a blank line."""
    start = 0
    end = 0
    while end < len(text):
        end = _block_end(text, end)
        if end - start > _MOST_CHARACTERS:
            yield start, end
            start = end
    if start < len(text):
        yield start, len(text)


def _block_end(text: str, start: int) -> int:
    """A block ends at the margin after a blank line, where the line before that says so: one in a few does."""
    table = _SimpleTable()
    last, is_blank = "", False
    for here, _, line in lines_from(text, start):
        words = line.rstrip()
        if here - start > _LONGEST_BLOCK:
            return here
        is_at_margin = is_blank and bool(words) and not words[0].isspace()
        if is_at_margin and text[here - 1] == "\n" and not table.is_open and _may_end_with(last):
            return here
        table.read(words, next_is_blank=_is_blank_behind(text, here + len(line)))
        last, is_blank = words or last, not words
    return len(text)


def _may_end_with(line: str) -> bool:
    """Whether a block may end after a line: not where a literal block may follow."""
    return bool(line) and not line.endswith("::") and zlib.crc32(line.encode(errors="replace")) % _ONE_CUT_IN == 0


def _is_blank_behind(text: str, line_end: int) -> bool:
    """Whether the line behind a line end is blank, or there is none."""
    return _BLANK_LINE.match(text, line_end) is not None


class _SimpleTable:
    """Follows a table whose rows are parted by blanks: blank lines in it end nothing."""

    def __init__(self) -> None:
        self.is_open = False
        self._width = self._n_borders = 0

    def read(self, line: str, *, next_is_blank: bool) -> None:
        """Takes the next line."""
        width = len(line.strip())
        if not self.is_open:
            self.is_open, self._width, self._n_borders = _TABLE_TOP.match(line) is not None, width, 0
        elif _BORDER.match(line):
            self._n_borders += 1
            self.is_open = width == self._width and self._n_borders < 2 and not next_is_blank


def _read(text: str, origin: int, mask: ProseMask) -> None:
    # docutils puts blanks in the place of a tab, as many as reach its next stop.
    lines = LineIndex(text.replace("\t", " "))
    written = [_shallow(line) for _, line in LineIndex(text).rows()]
    read: dict[int, int] = {}
    # Marks of what was not placed, such as a cell without text.
    waiting = ""
    for block, lineno, marks in _blocks(written, origin, len(text)):
        waiting += marks
        places = _places(block.split("\n"), lineno - 1, lines, read) if block else []
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
    indent = line[: len(line) - len(words)].expandtabs(8)
    return " " * min(len(indent), _DEEPEST) + words.rstrip().replace("\t", " ")


def _note_lost(block: str, lineno: int, lines: LineIndex, origin: int) -> None:
    """Says that a block which docutils has read is found nowhere near the line that it names."""
    if has_pronoun(block):
        first = max(1, min(lineno, len(lines)))
        end = min(first + block.count("\n") + 1, len(lines))
        # Its pronouns may stand in other lines than these: what is named must hold one, or nothing would be said.
        while first > 1 and not has_pronoun(lines.text[lines.start(first) : lines.line(end).end]):
            first -= 1
        give_up(origin + lines.start(first), origin + lines.line(end).end, "its place in the file is not clear")


def _blocks(written: list[str], origin: int, length: int) -> list[_Found]:
    """The blocks that hold text, and what stands between them.

    origin, length  of these lines in the text
    """
    from docutils.utils import new_document

    found: list[_Found] = []
    parser, settings = _parser()
    parser.inliner.found = found
    try:
        parser.parse("\n".join(written), new_document("text", settings))
    except RecursionError:
        # What was found so far is read.
        give_up(origin, origin + length, TOO_DEEP)
    except Exception as error:
        give_up(origin, origin + length, f"docutils cannot read it ({type(error).__name__})")
    return found


def _places(block: list[str], expected: int, lines: LineIndex, read: dict[int, int]) -> list[Placed]:
    """Where each line of a block stands in the text; empty where the block is not found.

    read  up to where each line was read already: the cells of a table share lines
    """
    for distance in range(_FARTHEST):
        for first in {expected - distance, expected + distance}:
            if first >= 0 and first + len(block) <= len(lines):
                places: list[Placed] = []
                here = 0
                for number, line in enumerate(block, first):
                    start = _place(line, lines, number, read)
                    if start < 0:
                        break
                    places.append(Placed(here, start, len(line.strip())))
                    here += len(line) + 1
                else:
                    read.update((number, placed.start + placed.length) for number, placed in enumerate(places, first))
                    return places
    # A cell of few letters may have been taken for one that stands in another line.
    return _places(block, expected, lines, {}) if read else []


def _place(line: str, lines: LineIndex, number: int, read: dict[int, int]) -> int:
    """Where a line of a block stands in a line of the text; -1 where it does not."""
    wanted = line.strip()
    written, start = lines.row_text(number + 1), lines.start(number + 1)
    begin = max(read.get(number, 0) - start, 0)
    end = len(written.rstrip()) - len(wanted)
    found = written.find(wanted, begin)
    # What is parted by two blanks from what follows is a cell of a table, and the same words may stand in the next.
    if begin <= end and written.startswith(wanted, end) and not written.startswith("  ", found + len(wanted)):
        return start + end
    return start + found if found >= 0 else -1


def _no_prose(block: str) -> Iterator[tuple[int, int]]:
    for match in _INLINE.finditer(block):
        text = match["text"]
        if text is None or (match["role"] and match["role"].rpartition(":")[2] not in _WORDS):
            yield match.span()
        else:
            yield match.start(), match.start("text")
            yield match.end("text"), match.end()


def _listed_cells(found: list[_Found], block: Sequence[str], first: int) -> Iterator[_Found]:
    """What was found in a list-table, with marks for its rows and cells.

    first  the number of the first line of the block
    """
    # The line where each cell begins, and that of the row which it is in.
    cells: list[tuple[int, int]] = []
    for number, line in enumerate(block, first):
        if _LISTED_ROW.match(line):
            cells.append((number, number))
        elif cells and _LISTED_CELL.match(line):
            cells.append((number, cells[-1][1]))
    last = (-1, -1)
    for one in found:
        place = bisect_right(cells, (one.lineno, one.lineno)) - 1
        cell = cells[place] if place >= 0 else last
        if cell == last:
            yield one
        else:
            begins_row = ENTRY if cell[1] != last[1] else ""
            yield one._replace(marks=begins_row + (PART if cell[0] != cell[1] else ""))
        last = cell
    if cells:
        yield _Found("", 0, ENTRIES_END)


@cache
def _parser() -> tuple[Parser, Any]:
    """Docutils' parser with an inliner that notes, and with directives that run nothing; and its settings."""
    from docutils.frontend import get_default_settings
    from docutils.nodes import Element, field, field_body, field_name, row
    from docutils.parsers.rst import Parser, states

    class _Inliner(states.Inliner):  # type: ignore[misc]  # docutils is not typed
        """Stands for docutils' own: what it is given is noted, and nothing comes of it."""

        found: list[_Found]

        def init_customizations(self, settings: Any) -> None:
            """There is nothing to customize."""

        def adjust_uri(self, uri: str) -> str:
            return uri

        def parse(self, text: str, lineno: int, memo: Any, parent: Any) -> tuple[list[Any], list[Any]]:
            self.found.append(_Found(text, lineno))
            return [], []

    def read_title(self: Any, title: str, source: str, style: Any, lineno: int, messages: Any) -> None:
        # What stands below a title needs no parser of its own, and no title is at the wrong level.
        self.inline_text(title, lineno)

    def read_head(self: Any, name: str, block: Any, offset: int) -> int:
        n_head = 0
        while n_head < len(block) and block[n_head].strip():
            line = block[n_head]
            if not _OPTION_LINE.match(line):
                version = _VERSION.match(line) if name in _VERSIONED and n_head == 0 else None
                if name in TITLED_DIRECTIVES or (name in _VERSIONED):
                    title = line[version.end() :] if version else line
                    if title.strip():
                        self.inline_text(title.strip(), offset + n_head + 1)
            n_head += 1
        return n_head

    def read_directive(self: Any, match: re.Match[str], **_: object) -> tuple[list[Any], bool]:
        name = match[1].lower()
        block, _indent, offset, blank_finish = self.state_machine.get_first_known_indented(match.end(), strip_top=0)
        if name not in PROSE_DIRECTIVES:
            return [], blank_finish
        n_head = 0
        if block and not block[0].strip():
            # Nothing stands beside its name: options may follow, and then its body.
            n_head = 1
            while n_head < len(block) and _OPTION_LINE.match(block[n_head]):
                n_head += 1
        else:
            n_head = read_head(self, name, block, offset)
        n_before = len(self.inliner.found)
        self.nested_parse(block[n_head:], offset + n_head, Element())
        if name == "list-table":
            self.inliner.found[n_before:] = _listed_cells(self.inliner.found[n_before:], block, offset + 1)
        return [], blank_finish

    def read_row(self: Any, cells: Any, table_line: int) -> Any:
        for number, cell in enumerate(cells):
            # One that a cell above goes on in: then the row goes on with the entry, too.
            if cell is not None:
                _, _, offset, block = cell
                self.inliner.found.append(_Found("", 0, PART if number else ENTRY))
                if "".join(block):
                    self.nested_parse(block, input_offset=table_line + offset - 1, node=Element())
        return row()

    def read_table(self: Any, *rest: Any, **named: Any) -> Any:
        table = states.Body.build_table(self, *rest, **named)
        self.inliner.found.append(_Found("", 0, ENTRIES_END))
        return table

    def read_field(self: Any, match: re.Match[str]) -> tuple[Any, bool]:
        name = self.parse_field_marker(match).partition(" ")[0].lower()
        block, _indent, offset, blank_finish = self.state_machine.get_first_known_indented(match.end())
        if block and name not in _METADATA:
            self.parse_field_body(block, offset, Element())
        return field("", field_name(), field_body()), blank_finish

    def begin(self: Any, state_machine: Any, debug: bool = False) -> None:  # noqa: FBT001, FBT002 - as docutils calls it
        states.RSTState.__init__(self, state_machine, debug)
        self.nested_sm_kwargs = {"state_classes": tuple(classes), "initial_state": "Body"}

    classes: list[type] = []
    # docutils keeps machines for another time, and elsewhere in this process their directives are to be run.
    machines: list[Any] = []
    for state in states.state_classes:
        members: dict[str, Any] = {"nested_sm_cache": machines, "section": read_title}
        if issubclass(state, states.Body):
            explicit = copy(states.Body.explicit)
            explicit.constructs = [
                (read_directive if method is states.Body.directive else method, pattern)
                for method, pattern in explicit.constructs
            ]
            members |= {"directive": read_directive, "explicit": explicit, "field": read_field}
            members |= {"build_table_row": read_row, "build_table": read_table}

        members["__init__"] = begin
        classes.append(type(state.__name__, (state,), members))
    parser = Parser(inliner=_Inliner())
    parser.state_classes = tuple(classes)
    settings = get_default_settings(Parser)
    settings.report_level, settings.halt_level, settings.warning_stream = 5, 5, False
    settings.file_insertion_enabled = settings.raw_enabled = False
    return parser, settings
