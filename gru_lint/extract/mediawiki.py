"""MediaWiki: paragraphs, headings, lists, tables and links are prose; templates, references and code are not.

wikitextparser says where templates, links and tags stand; the rest is read line by line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gru_lint.extract._base import ENTRIES_END, ENTRY, PART, CommentSyntax, Description, ProseMask
from gru_lint.extract._people import ListedPeople
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
    # The parser uses NUL as a mark of its own.
    source = text.replace("\0", " ")
    tables = _Tables()
    people = ListedPeople(mask)
    for start, line in LineIndex(text).rows():
        if not tables.n_open:
            _follow(line, start, people)
        _keep_line(line, start, mask, tables)
    people.end_list(len(text) - 1)
    mask.blank_matches(_MARKUP.finditer(text))
    try:
        _blank_marks(wikitextparser.parse(source), mask)
    except RecursionError:
        give_up(0, len(text), TOO_DEEP)
        return ProseMask(text).prose()
    return mask.prose()


def _follow(line: str, start: int, people: ListedPeople) -> None:
    """Takes a line that may be a heading or an item."""
    if heading := _HEADING.match(line):
        people.heading(start - 1, len(heading[1]), heading[2].strip())
    elif item := _LIST.match(line):
        # A definition belongs to the term before it.
        marks = item[0].rstrip()
        people.item(start - 1, len(marks) + marks.endswith(":"), line[item.end() :])
    elif line.strip():
        people.end_list(start - 1)


class _Tables:
    """How many tables are open, and whether the next cell is the first one of its row."""

    def __init__(self) -> None:
        self.n_open = 0
        self.begins_row = False


def _keep_line(line: str, start: int, mask: ProseMask, tables: _Tables) -> None:
    """Keeps a line, and follows the tables."""
    written = line.lstrip()
    here = start + len(line) - len(written)
    if written.startswith("{|"):
        mask.end_paragraph(start - 1)
        tables.n_open += 1
        tables.begins_row = True
        return
    if tables.n_open and written.startswith("|}"):
        mask.mark(here, ENTRIES_END)
        tables.n_open -= 1
        return
    if tables.n_open and _ROW.match(written):
        tables.begins_row = True
        return
    if tables.n_open and written[:1] in ("|", "!"):
        _keep_cells(written, here, mask, tables)
        return
    if heading := _HEADING.match(line):
        mask.end_paragraph(start - 1)
        mask.keep(start + heading.start(2), start + heading.end(2))
        mask.end_paragraph(start + len(line))
    elif mark := _LIST.match(line):
        mask.end_paragraph(start - 1)
        mask.keep(start + mark.end(), start + len(line))
        mask.end_paragraph(start + len(line))
    # A line that begins with a blank is code.
    elif not line.startswith(" ") or tables.n_open:
        mask.keep(start, start + len(line))


def _keep_cells(written: str, here: int, mask: ProseMask, tables: _Tables) -> None:
    is_caption = written.startswith("|+")
    first = 2 if is_caption else 1
    ends = [match.span() for match in _CELLS.finditer(written, first)]
    for begin, end in zip([first, *(after for _, after in ends)], [*(at for at, _ in ends), len(written)], strict=True):
        if attributes := _ATTRIBUTES.match(written, begin, end):
            begin = attributes.end()
        mask.mark(here + begin - 1, ENTRY if is_caption or tables.begins_row else PART)
        tables.begins_row = is_caption
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
            # Of a picture, what comes last is the caption, unless that is an option.
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
