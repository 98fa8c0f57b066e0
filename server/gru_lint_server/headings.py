"""The headings of a text, in the formats that editors check; code that looks like one is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from gru_lint.records import Span

_LATEX_LEVELS: Final = ("part", "chapter", "section", "subsection", "subsubsection", "paragraph", "subparagraph")
_UNDERLINED: Final = re.compile(r"^(?P<title>[^\s].*)\n(?P<line>(?P<mark>[^\w\s])(?P=mark){2,})[ \t]*$", re.MULTILINE)
_MARKDOWN: Final = (
    re.compile(r"^ {0,3}(?P<mark>#{1,6})[ \t]+(?P<title>\S.*)$", re.MULTILINE),
    re.compile(r"^ {0,3}(?P<title>\S.*)\n {0,3}(?P<line>=+|-{2,})[ \t]*$", re.MULTILINE),
)
_EQUAL_SIGNS: Final = re.compile(r"^[ \t]*(?P<mark>={1,6})[ \t]+(?P<title>\S.*)$", re.MULTILINE)
# By the name that editors have for a format.
_PATTERNS: Final = {
    "markdown": _MARKDOWN,
    "mdx": _MARKDOWN,
    "asciidoc": (_EQUAL_SIGNS,),
    "typst": (_EQUAL_SIGNS,),
    "org": (re.compile(r"^(?P<mark>\*+)[ \t]+(?P<title>\S.*)$", re.MULTILINE),),
    "wikitext": (re.compile(r"^(?P<mark>={1,6})(?P<title>[^=\n].*?)(?P=mark)[ \t]*$", re.MULTILINE),),
    "html": (re.compile(r"<h(?P<number>[1-6])\b[^>]*>(?P<title>[^\n]*?)</h(?P=number)>", re.IGNORECASE),),
    "latex": (
        re.compile(
            rf"\\(?P<name>{'|'.join(_LATEX_LEVELS)})\*?(?:\[[^\]\n]*\])?\{{(?P<title>[^\n]*?)\}}[ \t]*$", re.MULTILINE
        ),
    ),
    "restructuredtext": (_UNDERLINED,),
}


class Section(NamedTuple):
    """A heading with what it stands over.

    title  the span of the heading's words
    end    the offset at which the next heading of its level, or of one above, begins
    """

    title: Span
    end: int


class _Heading(NamedTuple):
    title: Span
    level: int


def sections_of(text: str, prose: str, language: str) -> tuple[Section, ...]:
    """The sections of a text in order; one holds those of the levels below it.

    prose     of the same length: what is blank there is no heading
    language  the name that editors have for the format; of one without headings there are none
    """
    headings = sorted(
        heading for heading in _headings(text, language) if any(letter.isalnum() for letter in heading.title.of(prose))
    )
    sections: list[Section] = []
    # The headings that are not yet ended, the innermost last, with the number of each.
    open_ones: list[tuple[_Heading, int]] = []
    for heading in headings:
        while open_ones and open_ones[-1][0].level >= heading.level:
            _, number = open_ones.pop()
            sections[number] = sections[number]._replace(end=heading.title.start)
        open_ones.append((heading, len(sections)))
        sections.append(Section(heading.title, len(text)))
    return tuple(sections)


def _headings(text: str, language: str) -> Iterator[_Heading]:
    # In reStructuredText the first line that is seen under a heading is that of the highest level.
    seen: list[str] = []
    for pattern in _PATTERNS.get(language, ()):
        for found in pattern.finditer(text):
            groups = found.groupdict()
            line = groups.get("line")
            if language == "restructuredtext":
                if len(groups["line"]) < len(groups["title"].rstrip()):
                    continue
                if groups["mark"] not in seen:
                    seen.append(groups["mark"])
                level = seen.index(groups["mark"])
            elif line:
                level = 1 if line[0] == "=" else 2
            elif "name" in groups:
                level = _LATEX_LEVELS.index(groups["name"])
            else:
                level = int(groups["number"]) if "number" in groups else len(groups["mark"])
            yield _Heading(Span(*found.span("title")), level)
