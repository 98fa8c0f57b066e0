"""Org: headlines, text, lists and tables are prose; source, examples, drawers, keywords and comments are not.

A small reader of lines: orgparse, the parser that is well kept, does not say where in a line something stands.
"""

from __future__ import annotations

import re
from collections.abc import Hashable

from gru_lint.extract._base import ENTRIES_END, ENTRY, PART, CommentSyntax, Description, ProseMask
from gru_lint.extract._blocks import TO_THE_END, BlockReader, cuts_at_blank_lines
from gru_lint.extract._people import ListedPeople, level_after, level_of_state, starred_as_bold
from gru_lint.lines import LineIndex

LANGUAGE = "org"
EXTENSIONS = (".org",)
COMMENTS = CommentSyntax("#", own_line=True)
IN_EDITORS = True
DESCRIPTION = Description(
    "Org",
    read="headlines, paragraphs, lists, tables, quotes, footnotes, captions, the texts of links",
    not_read="source, examples, drawers, keywords, verbatim text, math, environments of LaTeX, dates, comments",
)

_HEADLINE = re.compile(r"\*+[ \t]+(?:(?:TODO|DONE|NEXT|WAITING|CANCELL?ED)[ \t]+)?(?:\[#\w\][ \t]*)?")
_TAGS = re.compile(r"[ \t]+:[\w@#%:]+:[ \t]*$")
_ENVIRONMENT = re.compile(r"[ \t]*\\begin\{([\w*]+)\}")
_BEGIN = re.compile(r"[ \t]*#\+begin_(\S+)", re.IGNORECASE)
_KEYWORD = re.compile(r"[ \t]*#\+(title|subtitle|caption)(?:\[[^\]]*\])?:", re.IGNORECASE)
_HASH = re.compile(r"[ \t]*#(?:[+ \t]|$)")
_DRAWER = re.compile(r"[ \t]*:[\w-]+:[ \t]*$")
_DRAWER_END = re.compile(r"[ \t]*:end:[ \t]*$", re.IGNORECASE)
_LEFT_OUT = re.compile(r"[ \t]*(?::(?:[ \t]|$)|(?:CLOSED|DEADLINE|SCHEDULED|CLOCK):|\|[-+|]*$)")
_ITEM = re.compile(r"[ \t]*(?:[-+]|\d+[.)]|(?<=[ \t])\*)[ \t]+(?:\[@\d+\][ \t]*)?(?:\[[ X-]\][ \t]*)?")
# A list goes on behind a blank line with an item or with indented text, looked for no further than this.
_GOES_ON = re.compile(r"(?:[^\S\r\n]{0,20}\r?\n){1,3}(?:[ \t]|[-+][ \t]|\d{1,9}[.)][ \t])")
_GOES_ON_REACH = 100
_NOTE = re.compile(r"\[fn:[^\]\s]+\]")
_NO_PROSE_BLOCKS = frozenset({"src", "example", "export", "comment"})
_INLINE = re.compile(
    r"(?<![^\s('\"{-])(?P<code>[=~])(?=\S)[^\n]{0,300}?(?<=\S)(?P=code)(?![\w=~])"
    r"|\[\[[^\]\[\n]{1,500}\](?:\[(?P<text>[^\]\n]{1,500})\])?\]"
    r"|\[fn:[\w-]*\]|\[cite[^\]\n]{0,300}\]|src_\w+(?:\[[^\]\n]{0,300}\])?\{[^}\n]{0,300}\}"
    r"|[<\[]\d{4}-\d\d-\d\d[^>\]\n]{0,40}[>\]]|<<[^<>\n]{1,300}>>"
    r"|\\\([^\n]{0,500}?\\\)|\\\[[^\n]{0,500}?\\\]|\$\$[^$\n]{0,500}\$\$|(?<![\w$])\$[^\s$](?:[^$\n]{0,300}[^\s$])?\$(?!\w)"
    r"|https?://[^\s\]>]+"
    r"|(?<![^\s('\"{-])[*/_+](?=\w)|(?<=[\w.!?,;:'\"])[*/_+](?![\w*/_+])"
)


def extract_prose(text: str) -> str:
    """The prose of an Org text; see `gru_lint.extract`."""
    return _extract(text, 0)


def _extract(text: str, state: Hashable) -> str:
    """The prose of a block; its state is the level of the heading that is a name and holds before it."""
    mask = ProseMask(text)
    people = ListedPeople(mask, level_of_state(state))
    in_table = False
    # What ends the block without prose that is open.
    end_mark: re.Pattern[str] | None = None
    for start, line in LineIndex(text).rows():
        if end_mark:
            if end_mark.match(line):
                end_mark = None
            continue
        is_row = line.lstrip().startswith("|")
        if in_table and not is_row:
            mask.mark(start - 1, ENTRIES_END)
        in_table = is_row
        end_mark = _end_mark(text, start, line)
        if _BEGIN.match(line) or _ENVIRONMENT.match(line):
            mask.end_paragraph(start - 1)
        elif not end_mark:
            _follow(text, start, line, people)
            _read_line(line, start, mask)
    people.end_list(len(text) - 1)
    return mask.prose()


def _heading(line: str) -> tuple[int, str] | None:
    """The level and the words of a headline; None for any other line."""
    headline = _HEADLINE.match(line)
    return (len(line) - len(line.lstrip("*")), _TAGS.sub("", line[headline.end() :])) if headline else None


def _follow(text: str, start: int, line: str, people: ListedPeople) -> None:
    """Takes a line that may begin or end a list, or be a headline."""
    if heading := _heading(line):
        people.heading(start - 1, *heading)
    elif item := _ITEM.match(line):
        content = line[item.end() :]
        people.item(start - 1, len(line) - len(line.lstrip()), starred_as_bold(content))
    elif people.in_list:
        goes_on = _GOES_ON.match(text, start) if not line.strip() else line[0] in " \t"
        if not goes_on:
            people.end_list(start - 1)


def _end_mark(text: str, start: int, line: str) -> re.Pattern[str] | None:
    """What ends the block without prose that a line begins; None where it begins none."""
    if begin := _BEGIN.match(line):
        if begin[1].lower() in _NO_PROSE_BLOCKS:
            return re.compile(rf"[ \t]*#\+end_{re.escape(begin[1])}", re.IGNORECASE)
    elif environment := _ENVIRONMENT.match(line):
        end = f"\\end{{{environment[1]}}}"
        # One that is not ended is text.
        if end not in line and text.find(end, start) >= 0:
            return re.compile(rf".*{re.escape(end)}")
    elif _DRAWER.match(line) and not _DRAWER_END.match(line):
        return _DRAWER_END
    return None


class _Scanner:
    """Follows the blocks without prose."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._end_mark: re.Pattern[str] | None = None
        self._headings: list[tuple[int, str]] = []
        self._in_list = False
        self.reach = 1

    def is_open_after(self, line: str, start: int) -> bool:
        """Whether a block without prose is open."""
        if self._end_mark:
            if self._end_mark.match(line):
                self._end_mark = None
        else:
            self._end_mark = _end_mark(self._text, start, line)
            environment = _ENVIRONMENT.match(line)
            if environment and not self._end_mark and f"\\end{{{environment[1]}}}" not in line:
                self.reach = TO_THE_END
            if heading := _heading(line):
                self._headings.append(heading)
            elif _ITEM.match(line):
                self._in_list, self.reach = True, max(self.reach, _GOES_ON_REACH)
            elif not line.strip() and self._in_list and _GOES_ON.match(self._text, start):
                return True
        return self._end_mark is not None

    def state_after(self, state: Hashable) -> Hashable:
        """The level of the headline that is a name and holds here."""
        return level_after(self._headings, level_of_state(state))


BLOCKS = BlockReader(cuts_at_blank_lines(_Scanner), lambda block, state, _: _extract(block, state))


def _read_line(line: str, start: int, mask: ProseMask) -> None:
    here = 0
    if headline := _HEADLINE.match(line):
        here = headline.end()
        mask.end_paragraph(start + len(line))
        if tags := _TAGS.search(line, here):
            mask.blank(start + tags.start(), start + tags.end())
    elif keyword := _KEYWORD.match(line):
        here = keyword.end()
        mask.end_paragraph(start + len(line))
    elif _HASH.match(line):
        # A comment in a paragraph ends it.
        return
    elif _LEFT_OUT.match(line):
        return
    elif item := (_ITEM.match(line) or _NOTE.match(line)):
        here = item.end()
    elif line.lstrip().startswith("|"):
        for number, cell in enumerate(re.finditer(r"\|", line)):
            mask.blank(start + cell.start(), start + cell.end())
            mask.mark(start + cell.start(), PART if number else ENTRY)
    if here:
        mask.end_paragraph(start - 1)
    mask.keep(start + here, start + len(line))
    mask.blank_matches(_INLINE.finditer(line, here), start)
