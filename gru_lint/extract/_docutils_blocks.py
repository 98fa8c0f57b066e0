"""The blocks of reStructuredText that hold text, each with the line where it begins, as docutils finds them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from copy import copy
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from gru_lint.extract._base import ENTRIES_END, ENTRY, PARAGRAPH_END, PART
from gru_lint.extract._unread import TOO_DEEP, give_up

if TYPE_CHECKING:
    from docutils.parsers.rst import Parser

# Directives whose bodies are prose.
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
# What follows the name of these directives is prose, too.
TITLED_DIRECTIVES = frozenset(
    "attention caution danger error hint important note tip warning admonition topic sidebar seealso todo rubric "
    "centered table list-table grid-item-card card dropdown details collapse tab-item tab impl-detail compound".split()
)
# A version comes first behind the name of these, then prose.
_VERSIONED = frozenset("versionadded versionchanged deprecated versionremoved deprecated-removed".split())
_VERSION = re.compile(r"\s*[\w.]+[ \t]*")
_OPTION_LINE = re.compile(r"\s*:[\w-]+:(?:\s|$)")
# Fields that say something of the document or of a type.
_METADATA = frozenset(
    "author authors organization organisation contact address version revision status date copyright license field "
    "orphan nocomments tocdepth nosearch no-search keywords meta slug tags category lang type rtype vartype".split()
)
# A row of a list-table, and a cell that follows in it.
_LISTED_ROW = re.compile(r"[-*+][ \t]+[-*+](?:[ \t]|$)")
_LISTED_CELL = re.compile(r"[ \t]+[-*+](?:[ \t]|$)")


class FoundBlock(NamedTuple):
    """A block that holds text, the line near which it begins, and the marks before it."""

    text: str
    lineno: int
    marks: str = PARAGRAPH_END


def blocks_of(lines: list[str], origin: int, length: int) -> list[FoundBlock]:
    """The blocks that hold text, with the marks before them.

    origin  where the lines begin in the text
    length  how many characters of it they are
    """
    from docutils.utils import new_document

    found: list[FoundBlock] = []
    parser, settings = _docutils_parser()
    parser.inliner.found = found
    try:
        parser.parse("\n".join(lines), new_document("text", settings))
    except RecursionError:
        # What was found so far is read.
        give_up(origin, origin + length, TOO_DEEP)
    except Exception as error:
        give_up(origin, origin + length, f"docutils cannot read it ({type(error).__name__})")
    return found


def _listed_cells(found: list[FoundBlock], block: Sequence[str], first: int) -> Iterator[FoundBlock]:
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
        yield FoundBlock("", 0, ENTRIES_END)


@cache
def _docutils_parser() -> tuple[Parser, Any]:
    """Docutils' parser, whose inliner notes blocks and whose directives run nothing; and its settings."""
    from docutils.frontend import get_default_settings
    from docutils.nodes import Element, field, field_body, field_name, row
    from docutils.parsers.rst import Parser, states

    class _Inliner(states.Inliner):  # type: ignore[misc]  # docutils is not typed
        """Notes each text that docutils would have it parse, and parses none."""

        found: list[FoundBlock]

        def init_customizations(self, settings: Any) -> None:
            """There is nothing to customize."""

        def adjust_uri(self, uri: str) -> str:
            return uri

        def parse(self, text: str, lineno: int, memo: Any, parent: Any) -> tuple[list[Any], list[Any]]:
            self.found.append(FoundBlock(text, lineno))
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
                if name in TITLED_DIRECTIVES or name in _VERSIONED:
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
            # None where a cell of a row above spans this one, too: this row then belongs to the same entry.
            if cell is not None:
                _, _, offset, block = cell
                self.inliner.found.append(FoundBlock("", 0, PART if number else ENTRY))
                if "".join(block):
                    self.nested_parse(block, input_offset=table_line + offset - 1, node=Element())
        return row()

    def read_table(self: Any, *rest: Any, **named: Any) -> Any:
        table = states.Body.build_table(self, *rest, **named)
        self.inliner.found.append(FoundBlock("", 0, ENTRIES_END))
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

    def await_transitions(self: Any) -> None:
        # docutils makes thirty states for each list, few of which are ever entered: see `make_transitions`.
        del self.transitions, self.transition_order

    def make_transitions(self: Any, name: str) -> Any:
        if name not in ("transitions", "transition_order"):
            raise AttributeError(name)
        self.transitions, self.transition_order = {}, []
        states.RSTState.add_initial_transitions(self)
        return getattr(self, name)

    classes: list[type] = []
    # docutils reuses machines. Those of others in this process, which run directives, are not to be mixed with ours.
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
        members |= {"__init__": begin, "add_initial_transitions": await_transitions, "__getattr__": make_transitions}
        classes.append(type(state.__name__, (state,), members))
    parser = Parser(inliner=_Inliner())
    parser.state_classes = tuple(classes)
    settings = get_default_settings(Parser)
    settings.report_level, settings.halt_level, settings.warning_stream = 5, 5, False
    settings.file_insertion_enabled = settings.raw_enabled = False
    return parser, settings
