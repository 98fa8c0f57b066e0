"""HTML: the text of elements is prose; tags, comments, scripts, styles and code are not.

The standard library's parser tells where in the source each piece stands.
"""

from __future__ import annotations

from gru_lint.extract._base import CommentSyntax, Description, ProseMask

LANGUAGE = "html"
EXTENSIONS = (".html", ".htm", ".xhtml")
COMMENTS = CommentSyntax("<!--", "-->")
DESCRIPTION = Description(
    "HTML",
    read="the text of elements",
    not_read="tags, comments, `script`, `style`, `pre`, `code`, `svg`, `textarea`",
)

_NO_PROSE = frozenset(
    "script style template svg math pre code samp kbd var tt textarea select head object applet iframe noembed".split()
)
# Prose is within them all the same.
_PROSE_WITHIN = frozenset({"title"})
# Within a sentence: their tags part nothing.
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark q rb rp rt ruby s samp small "
    "span strike strong sub sup time tt u var wbr input button script noscript template svg math".split()
)
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
# The parser looks for the end of each of these through the whole rest of the text, even where there is none.
_UNENDED = (("<!--", "-->"), ("<![", "]>"), ("<?", ">"), ("<", ">"))


def extract_prose(text: str) -> str:
    """The prose of a page; see `gru_lint.extract`."""
    mask = ProseMask(text)
    keep_text(text, mask)
    return mask.prose()


def keep_text(text: str, mask: ProseMask, start: int = 0) -> None:
    """Keeps the text of HTML that stands on a page from an offset on."""
    from html.parser import HTMLParser

    class _Reader(HTMLParser):
        def __init__(self) -> None:
            super().__init__(convert_charrefs=False)
            self.line_starts = [0]
            here = source.find("\n")
            while here >= 0:
                self.line_starts.append(here + 1)
                here = source.find("\n", here + 1)
            # The elements without prose that are open, innermost last, and what is open within the last.
            self.hidden: list[str] = []

        def at(self) -> int:
            line, column = self.getpos()
            return start + self.line_starts[line - 1] + column

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag == "body":
                self.hidden.clear()
            if tag not in _INLINE:
                mask.end_paragraph(self.at())
            if tag in _VOID:
                return
            if tag in _NO_PROSE or (self.hidden and tag in _PROSE_WITHIN):
                self.hidden.append(tag)

        def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag not in _INLINE:
                mask.end_paragraph(self.at())

        def handle_endtag(self, tag: str) -> None:
            if tag not in _INLINE:
                mask.end_paragraph(self.at())
            # An end without a beginning means nothing, and one that is missing ends with what it stands in.
            if tag in self.hidden[-64:]:
                while self.hidden.pop() != tag:
                    pass

        def handle_data(self, data: str) -> None:
            if not self.hidden or self.hidden[-1] in _PROSE_WITHIN:
                mask.keep(self.at(), self.at() + len(data))

    source = _ended(text)
    reader = _Reader()
    reader.feed(source)
    reader.close()


def _ended(text: str) -> str:
    """The text with blanks for each beginning that has no end."""
    for opening, closing in _UNENDED:
        last = text.rfind(closing) + 1
        rest = text[last:]
        if opening in rest:
            text = text[:last] + rest.replace(opening, " " * len(opening))
    return text
