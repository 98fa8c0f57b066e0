"""AsciiDoc: titles, text, lists, tables and quotes are prose; listings, attributes, targets and comments are not.

A small reader of lines: the parsers on PyPI convert, and none says where something stands in the source.
"""

from __future__ import annotations

import re

from gru_lint.extract._base import CommentSyntax, Description, ProseMask
from gru_lint.extract._blocks import BlockReader, cuts_at_blank_lines
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
_CELL = re.compile(r"(?:\d+[.+*]*)*[<^>.]*[adehlmsv]?\|")
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
    mask, lines = ProseMask(text), LineIndex(text)
    fence: str | None = None
    # Whether the block that follows is a listing, and whether one without a fence is being read.
    is_listing = in_listing = in_table = False
    for row, (start, line) in enumerate(lines.rows(), 1):
        if fence is not None:
            if line.rstrip() == fence:
                fence = None
            continue
        if not line.strip():
            in_listing = False
            continue
        if _NO_PROSE_FENCE.match(line):
            fence, is_listing = _closing(line.rstrip()), False
            mask.end_paragraph(start - 1)
            continue
        if _PROSE_FENCE.match(line):
            # A listing may be fenced in another way.
            if is_listing and not line.startswith("|"):
                fence = line.rstrip()
            in_table = not in_table if line.startswith(("|", ",", ":", "!")) else in_table
            is_listing = False
            mask.end_paragraph(start - 1)
            continue
        if _BLOCK_ATTRIBUTES.match(line):
            is_listing = is_listing or _LISTING.match(line) is not None
            mask.end_paragraph(start - 1)
            continue
        in_listing = in_listing or is_listing
        is_listing = False
        if in_listing:
            continue
        if line.startswith("//") and not line.startswith("///"):
            mask.run_on(start, lines.start(row + 1))
            continue
        _read_line(line, start, mask, in_table)
    return mask.prose()


def _closing(fence: str) -> str:
    return "```" if fence.startswith("```") else fence


def _read_line(line: str, start: int, mask: ProseMask, in_table: bool) -> None:
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
    if in_table:
        for cell in _CELL.finditer(line):
            mask.blank(start + cell.start(), start + cell.end())
            mask.end_paragraph(start + cell.start())
    mask.blank_markup(_INLINE.finditer(line, here), start)


class _Scanner:
    """Follows fences, tables, and what says that a listing follows."""

    reach = 1

    def __init__(self, _text: str) -> None:
        self._fence: str | None = None
        self._is_listing = self._in_table = False

    def is_open_after(self, line: str, _start: int) -> bool:
        """Whether a blank line ends nothing."""
        if self._fence is not None:
            if line.rstrip() == self._fence:
                self._fence = None
        elif _NO_PROSE_FENCE.match(line):
            self._fence, self._is_listing = _closing(line.rstrip()), False
        elif _PROSE_FENCE.match(line):
            if self._is_listing and not line.startswith("|"):
                self._fence = line.rstrip()
            self._in_table ^= line.startswith(("|", ",", ":", "!"))
            self._is_listing = False
        elif _BLOCK_ATTRIBUTES.match(line):
            self._is_listing = self._is_listing or _LISTING.match(line) is not None
        elif line.strip():
            self._is_listing = False
        return self._fence is not None or self._is_listing or self._in_table


BLOCKS = BlockReader(cuts_at_blank_lines(_Scanner), lambda block, *_: extract_prose(block))
