"""MediaWiki: paragraphs, headings, lists, tables and links are prose; templates, references and code are not.

wikitextparser tells where templates, links and tags stand; lines say the rest.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gru_lint.extract._base import ENTRIES_END, ENTRY, PART, CommentSyntax, Description, ProseMask
from gru_lint.extract._unread import TOO_DEEP, give_up
from gru_lint.lines import LineIndex

if TYPE_CHECKING:
    from wikitextparser import WikiText

LANGUAGE = "wikitext"
EXTENSIONS = (".wiki", ".mediawiki", ".wikitext")
COMMENTS = CommentSyntax("<!--", "-->")
DESCRIPTION = Description(
    "MediaWiki",
    read="paragraphs, headings, lists, tables, the texts of links, captions",
    not_read="templates, references, code, math, categories, targets, comments",
)

_NO_PROSE_TAGS = frozenset(
    "ref references math nowiki pre source syntaxhighlight code gallery score timeline templatedata chem ce".split()
)
_NAMESPACE = re.compile(r"[ \t]*:?(?:category|file|image|media|[a-z]{2,3}(?:-[a-z]+)?)[ \t]*:", re.IGNORECASE)
_FILE = re.compile(r"[ \t]*:?(?:file|image)[ \t]*:", re.IGNORECASE)
_PICTURE_OPTION = re.compile(
    r"(?:thumb|thumbnail|frame|frameless|border|left|right|center|none|upright|[\dx]+px|(?:alt|link|page|lang|class)=.*)",
    re.IGNORECASE,
)
_HEADING = re.compile(r"(={1,6})(.+?)\1[ \t]*$")
_LIST = re.compile(r"[*#:;]+[ \t]*")
_ROW = re.compile(r"\|-|\{\|")
_CELLS = re.compile(r"\|\||!!")
_ATTRIBUTES = re.compile(r"[^|\[\]{}\n]*=[^|\[\]{}\n]*\|(?!\|)")
_MARKUP = re.compile(r"'{2,5}|__[A-Z]+__|&(?:\w{1,30}|#\w{1,10});|<[^<>\n]{1,300}>|https?://[^\s\]|]+|~{3,5}")


def extract_prose(text: str) -> str:
    """The prose of a page; see `gru_lint.extract`."""
    import wikitextparser

    mask = ProseMask(text)
    # The parser has characters of its own for what it has read.
    source = text.replace("\0", " ")
    in_table = 0
    for start, line in LineIndex(text).rows():
        in_table = _keep_line(line, start, mask, in_table)
    for match in _MARKUP.finditer(text):
        mask.blank(*match.span())
    try:
        _blank_marks(wikitextparser.parse(source), mask)
    except RecursionError:
        give_up(0, len(text), TOO_DEEP)
        return ProseMask(text).prose()
    return mask.prose()


def _keep_line(line: str, start: int, mask: ProseMask, in_table: int) -> int:
    """Keeps a line; how many tables are open after it."""
    written = line.lstrip()
    here = start + len(line) - len(written)
    if written.startswith("{|"):
        mask.mark(start - 1, ENTRY)
        return in_table + 1
    if in_table and written.startswith("|}"):
        mask.mark(here, ENTRIES_END)
        return in_table - 1
    if in_table and _ROW.match(written):
        mask.mark(here, ENTRY)
        return in_table
    if in_table and written[:1] in ("|", "!"):
        _keep_cells(written, here, mask)
        return in_table
    if heading := _HEADING.match(line):
        mask.end_paragraph(start - 1)
        mask.keep(start + heading.start(2), start + heading.end(2))
        mask.end_paragraph(start + len(line))
    elif mark := _LIST.match(line):
        mask.end_paragraph(start - 1)
        mask.keep(start + mark.end(), start + len(line))
        mask.end_paragraph(start + len(line))
    # A blank at the beginning makes code of a line.
    elif not line.startswith(" ") or in_table:
        mask.keep(start, start + len(line))
    return in_table


def _keep_cells(written: str, here: int, mask: ProseMask) -> None:
    is_caption = written.startswith("|+")
    first = 2 if is_caption else 1
    ends = [match.span() for match in _CELLS.finditer(written, first)]
    for begin, end in zip([first, *(after for _, after in ends)], [*(at for at, _ in ends), len(written)], strict=True):
        if attributes := _ATTRIBUTES.match(written, begin, end):
            begin = attributes.end()
        mask.mark(here + begin - 1, ENTRY if is_caption else PART)
        mask.keep(here + begin, here + end)


def _blank_marks(page: WikiText, mask: ProseMask) -> None:
    for pieces in (page.templates, page.parser_functions, page.parameters, page.comments):
        for piece in pieces:
            mask.blank(*piece.span)
    for tag in page.get_tags():
        if tag.name.lower() in _NO_PROSE_TAGS:
            mask.blank(*tag.span)
    for link in page.wikilinks:
        start, end = link.span
        shown = end - 2
        if _NAMESPACE.match(link.target):
            if not _FILE.match(link.target) or link.text is None:
                mask.blank(start, end)
                continue
            # A picture: its caption is what comes last, if that sets nothing.
            caption = link.text.rpartition("|")[2]
            if _PICTURE_OPTION.fullmatch(caption.strip()):
                mask.blank(start, end)
                continue
            mask.end_paragraph(shown - len(caption) - 1)
            mask.blank(start, shown - len(caption))
            mask.end_paragraph(shown)
        else:
            mask.blank(start, shown - len(link.text if link.text is not None else link.target))
        mask.blank(shown, end)
    for link in page.external_links:
        start, end = link.span
        if link.in_brackets:
            mask.blank(start, end - 1 - len(link.text or ""))
            mask.blank(end - 1, end)
