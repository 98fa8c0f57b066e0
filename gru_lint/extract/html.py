"""HTML: the text of elements and of pictures is prose; tags, comments, code and what is no English are not.

The standard library's parser says where in the source each piece stands.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

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
from gru_lint.extract._blocks import MOST_REACH, TO_THE_END, BlockReader, Cut
from gru_lint.extract._html_tokens import PlainTokens
from gru_lint.extract._people import LONGEST_NAME, ListedPeople, PeopleState
from gru_lint.extract._unread import give_up

if TYPE_CHECKING:
    from html.parser import HTMLParser as _Parser
else:
    _Parser = object

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
# Prose stands within these even where they are within one of the former: SVG has titles.
_PROSE_WITHIN = frozenset({"title"})
# Elements within a sentence: their tags end no paragraph.
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark q rb rp rt ruby s samp small "
    "span strike strong sub sup time tt u var wbr input button script noscript template svg math".split()
)
# Elements whose end tag may be missing: then they end where the next of their name begins.
_ENDS_ITS_LIKE = frozenset("p li dt dd tr th td option".split())
_LISTS = frozenset({"ul", "ol"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BOLD = frozenset({"b", "strong"})
_ALT = re.compile(r"""\salt\s*=\s*(?:"(?P<quoted>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'>]+))""", re.IGNORECASE)
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
# At each of these, the parser scans the whole rest of the text for its end, even where there is none.
_UNENDED = tuple(
    (re.compile(re.escape(opening)), closing)
    for opening, closing in (("<!--", "-->"), ("<![", "]>"), ("<?", ">"), ("<", ">"))
)
# No block begins where more of the elements are open that say whether prose is within them.
_MOST_OPEN = 64


class _State(NamedTuple):
    """What is known between two pieces of the source.

    open     the open elements that say whether prose is within them, with what they say, innermost last; within one
             of them also those of the same name, so that their end tags are told apart
    n_cells  of the row so far
    n_lists  how many are open
    people   see `PeopleState`
    """

    open: tuple[tuple[str, bool], ...] = ()
    n_cells: int = 0
    n_lists: int = 0
    people: PeopleState = PeopleState()


_BEGIN = _State()


def extract_prose(text: str) -> str:
    """The prose of a page; see `gru_lint.extract`."""
    mask = ProseMask(text)
    keep_text(text, mask)
    return mask.prose()


def keep_text(text: str, mask: ProseMask, start: int = 0, state: _State = _BEGIN) -> None:
    """Keeps the prose of some HTML in the mask of a longer text.

    start  where the HTML begins in that text
    state  in which it is read
    """
    for opening, closing in _UNENDED:
        text = without_unended(text, opening, closing)
    reader = _parser()(mask, start, state)
    try:
        reader.feed(text)
        reader.close()
    except AssertionError:
        # In some versions of Python the parser so rejects a section that it does not know: <![if
        give_up(reader.place, start + len(text), "a section in it is unknown")


@cache
def _parser() -> type[_Reader]:
    """The parser; that of the standard library is imported where a page is read."""
    from html.parser import HTMLParser

    return type("_Parser", (_Reader, HTMLParser), {})


class _Reader(_Parser):
    """What the parser calls for each piece of the source.

    place  where the piece begins
    cuts   the places where a block may begin, if they are wanted; None otherwise
    """

    def __init__(self, mask: ProseMask, start: int, state: _State) -> None:
        super().__init__(convert_charrefs=False)
        self.mask = mask
        self.place = start
        self.cuts: list[Cut] | None = None
        self.open = list(state.open)
        self.n_cells, self.n_lists = state.n_cells, state.n_lists
        self.people = ListedPeople(mask, *state.people)
        # The item or heading that may name a person and has not ended: where it begins, its element, its text so far.
        self.awaited: tuple[int, str] | None = None
        self.name = ""

    def updatepos(self, i: int, j: int) -> int:
        """Follows where the parser is; the parser itself would count lines."""
        self.place += max(j - i, 0)
        return j

    @property
    def is_hidden(self) -> bool:
        """Whether no prose is here."""
        return bool(self.open) and not self.open[-1][1]

    def note_cut(self, cuts: list[Cut]) -> None:
        """Notes that a block may begin here, unless the state is too long or something is awaited."""
        people, n_written = self.people.state, len(self.get_starttag_text() or "")
        if people and not self.awaited and len(self.open) <= _MOST_OPEN and n_written <= MOST_REACH:
            cuts.append(Cut(self.place, n_written, _State(tuple(self.open), self.n_cells, self.n_lists, people)))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _INLINE and self.cuts is not None:
            self.note_cut(self.cuts)
        if tag == "body" and self.open[-1:] != [("html", False)]:
            self.open.clear()
        if tag not in _INLINE:
            self.mask.mark(self.place, self.mark_before(tag))
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
            self.awaited, self.name = (self.place, tag), ""

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
            self.mask.end_paragraph(self.place)
        self.keep_alt()

    def keep_alt(self) -> None:
        written = self.get_starttag_text() or ""
        alt = _ALT.search(written) if not self.is_hidden else None
        if alt and alt.lastgroup:
            first, end = self.place + alt.start(alt.lastgroup), self.place + alt.end(alt.lastgroup)
            if " " in alt[alt.lastgroup]:
                # It says something of its own; a single word may stand for one of the sentence.
                self.mask.end_paragraph(first - 1)
                self.mask.end_paragraph(end)
            self.mask.keep(first, end)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE:
            self.mask.mark(self.place, ENTRIES_END if tag == "table" else PARAGRAPH_END)
            self.take_name()
        if tag in _LISTS and self.n_lists:
            self.n_lists -= 1
            if not self.n_lists:
                self.people.end_list(self.place)
        # An end tag without a start tag means nothing; an element whose end tag is missing ends with its parent.
        if any(tag == name for name, _ in self.open[-64:]):
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self.is_hidden:
            self.mask.keep(self.place, self.place + len(data))
            if self.awaited and len(self.name) < LONGEST_NAME:
                self.name += data[:LONGEST_NAME]


def _is_english(attributes: dict[str, str | None]) -> bool | None:
    """Whether an element's text is in English; None where that of its parent says so."""
    if attributes.get("translate") == "no" or "notranslate" in (attributes.get("class") or "").split():
        return False
    language = attributes.get("lang") or attributes.get("xml:lang")
    if language:
        return language.lower().partition("-")[0].partition("_")[0] in ("en", "eng")
    return True if attributes.get("translate") in ("yes", "") else None


def _cuts(text: str, start: int, state: Hashable) -> Iterator[Cut]:
    """A block begins at each tag that begins a paragraph; the last one where the end of a token depends on the rest."""
    assert isinstance(state, _State)
    tokens = PlainTokens(text)
    reader = _parser()(ProseMask(""), start, state)
    reader.cuts = []
    here, is_far = start, False
    while (stretch := tokens.stretch(here)).end > here:
        piece = text[here : stretch.end]
        reader.feed(" " * len(piece) if stretch.is_text else piece)
        here = stretch.end
        is_far |= stretch.is_text
        for cut in reader.cuts:
            if cut.end > start:
                yield cut._replace(reach=TO_THE_END) if is_far else cut
                is_far = False
        reader.cuts.clear()
    yield Cut(len(text))


def _extract(block: str, state: Hashable, _: frozenset[str]) -> str:
    assert isinstance(state, _State)
    mask = ProseMask(block)
    keep_text(block, mask, state=state)
    return mask.prose()


BLOCKS = BlockReader(_cuts, _extract, context=lambda _: _BEGIN)
