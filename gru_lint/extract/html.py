"""HTML: the text of elements and of pictures is prose; tags, comments, code and what is no English are not.

The standard library's parser tells where in the source each piece stands.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gru_lint.extract._base import (
    ENTRIES_END,
    ENTRY,
    PARAGRAPH_END,
    PART,
    CommentSyntax,
    Description,
    ProseMask,
    without_unended,
)
from gru_lint.extract._people import ListedPeople
from gru_lint.extract._unread import give_up

if TYPE_CHECKING:
    from html.parser import HTMLParser

LANGUAGE = "html"
EXTENSIONS = (".html", ".htm", ".xhtml")
COMMENTS = CommentSyntax("<!--", "-->")
DESCRIPTION = Description(
    "HTML",
    read="the text of elements, `alt`",
    not_read="tags, comments, `script`, `style`, `pre`, `code`, `svg`, `textarea`; what is in another language "
    '(`lang`) or not to be translated (`translate="no"`)',
)

_NO_PROSE = frozenset(
    "script style template svg math pre code samp kbd var tt textarea select head object applet iframe noembed".split()
)
# Prose is within them all the same.
_PROSE_WITHIN = frozenset({"title"})
# Elements within a sentence: their tags end no paragraph.
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark q rb rp rt ruby s samp small "
    "span strike strong sub sup time tt u var wbr input button script noscript template svg math".split()
)
# Elements that end where the next of their name begins, if no tag ends them.
_ENDS_ITS_LIKE = frozenset("p li dt dd tr th td option".split())
_LISTS = frozenset({"ul", "ol"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BOLD = frozenset({"b", "strong"})
# How much of an item or a heading is looked at to see whether it names somebody.
_LONGEST_NAME = 120
_ALT = re.compile(r"""\salt\s*=\s*(?:"(?P<quoted>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'>]+))""", re.IGNORECASE)
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
# At each of these, the parser scans the whole rest of the text for its end, even where there is none.
_UNENDED = (("<!--", "-->"), ("<![", "]>"), ("<?", ">"), ("<", ">"))


def extract_prose(text: str) -> str:
    """The prose of a page; see `gru_lint.extract`."""
    mask = ProseMask(text)
    keep_text(text, mask)
    return mask.prose()


def keep_text(text: str, mask: ProseMask, start: int = 0) -> None:
    """Keeps the text of HTML that stands on a page from an offset on."""
    for opening, closing in _UNENDED:
        text = without_unended(text, re.compile(re.escape(opening)), closing)
    _read(text, mask, start).close()


def _read(source: str, mask: ProseMask, start: int) -> HTMLParser:
    """The parser that has read some HTML."""
    from html.parser import HTMLParser

    class _Reader(HTMLParser):
        def __init__(self) -> None:
            super().__init__(convert_charrefs=False)
            self.line_starts = [0, *(match.end() for match in re.finditer("\n", source))]
            # The elements that say whether prose is within them, innermost last, and those of the same name within.
            self.n_cells = 0
            self.open: list[tuple[str, bool]] = []
            self.people = ListedPeople(mask)
            self.n_lists = 0
            # Where the item or the heading begins whose name is awaited, its element, and its text so far.
            self.awaited: tuple[int, str] | None = None
            self.name = ""

        def at(self) -> int:
            line, column = self.getpos()
            return start + self.line_starts[line - 1] + column

        @property
        def is_hidden(self) -> bool:
            return bool(self.open) and not self.open[-1][1]

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag == "body" and self.open[-1:] != [("html", False)]:
                self.open.clear()
            if tag not in _INLINE:
                mask.mark(self.at(), self.mark_before(tag))
            if not self.is_hidden:
                self.follow(tag)
            if tag in _VOID:
                self.keep_alt()
                return
            if self.open and self.open[-1][0] == tag in _ENDS_ITS_LIKE:
                self.open.pop()
            shown = _is_english(dict(attrs))
            if tag in _NO_PROSE or (self.is_hidden and tag in _PROSE_WITHIN):
                shown = tag in _PROSE_WITHIN
            if shown is not None:
                self.open.append((tag, shown))
            elif self.open and self.open[-1][0] == tag:
                self.open.append(self.open[-1])

        def follow(self, tag: str) -> None:
            """Takes the beginning of a list, an item, a heading, or of a name in bold."""
            if tag in _BOLD and self.awaited and not self.name.strip():
                self.name += "**"
            elif tag not in _INLINE and tag not in ("p", "div"):
                self.take_name()
            if tag in _LISTS:
                self.n_lists += 1
            elif tag in _HEADINGS or (tag == "li" and self.n_lists):
                self.awaited, self.name = (self.at(), tag), ""

        def take_name(self) -> None:
            """Takes the item or heading whose text was awaited."""
            if self.awaited:
                at, tag = self.awaited
                name = " ".join(self.name.split())
                if tag == "li":
                    self.people.item(at, self.n_lists, name)
                else:
                    self.people.heading(at, _HEADINGS[tag], name)
            self.awaited = None

        def mark_before(self, tag: str) -> str:
            """What begins with an element: a row, a cell after its first one, or a paragraph."""
            if tag == "tr":
                self.n_cells = 0
                return ENTRY
            if tag in ("td", "th"):
                self.n_cells += 1
                return PART if self.n_cells > 1 else PARAGRAPH_END
            return PARAGRAPH_END

        def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag not in _INLINE:
                mask.end_paragraph(self.at())
            self.keep_alt()

        def keep_alt(self) -> None:
            written = self.get_starttag_text() or ""
            alt = _ALT.search(written) if not self.is_hidden else None
            if alt and alt.lastgroup:
                first, end = self.at() + alt.start(alt.lastgroup), self.at() + alt.end(alt.lastgroup)
                if " " in alt[alt.lastgroup]:
                    # It says something of its own; a single word may stand for one of the sentence.
                    mask.end_paragraph(first - 1)
                    mask.end_paragraph(end)
                mask.keep(first, end)

        def handle_endtag(self, tag: str) -> None:
            if tag not in _INLINE:
                mask.mark(self.at(), ENTRIES_END if tag == "table" else PARAGRAPH_END)
                self.take_name()
            if tag in _LISTS and self.n_lists:
                self.n_lists -= 1
                if not self.n_lists:
                    self.people.end_list(self.at())
            # An end tag without a start tag means nothing; an element whose end tag is missing ends with its parent.
            if any(tag == name for name, _ in self.open[-64:]):
                while self.open.pop()[0] != tag:
                    pass

        def handle_data(self, data: str) -> None:
            if not self.is_hidden:
                mask.keep(self.at(), self.at() + len(data))
                if self.awaited and len(self.name) < _LONGEST_NAME:
                    self.name += data[:_LONGEST_NAME]

    reader = _Reader()
    try:
        reader.feed(source)
    except AssertionError:
        # So the parser of some Pythons says that it knows no such section: <![if
        give_up(reader.at(), start + len(source), "a section in it is unknown")
        reader.rawdata = ""
    return reader


def _is_english(attributes: dict[str, str | None]) -> bool | None:
    """Whether an element's text is in English; None where that of its parent says so."""
    if attributes.get("translate") == "no" or "notranslate" in (attributes.get("class") or "").split():
        return False
    language = attributes.get("lang") or attributes.get("xml:lang")
    if language:
        return language.lower().partition("-")[0].partition("_")[0] in ("en", "eng")
    return True if attributes.get("translate") in ("yes", "") else None
