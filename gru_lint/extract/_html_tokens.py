"""The tokens of HTML whose end does not depend on what follows them.

Where a quote, a comment, a section or the number of a character is not ended, the standard library's parser looks
through all that follows, and its versions differ in what they make of it. Here are the tokens in which all versions
agree: those of nearly every page.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Final, NamedTuple

_BLANK: Final = r"[ \t\n\r\f]"
# A character of a tag or declaration: not where a comment, a declaration or an instruction begins.
_WITHIN: Final = r"[^<>]|<(?![!?])"
_CHARACTER: Final = (
    r"[^<&]+|&[a-zA-Z][-.a-zA-Z0-9]*(?:(?=&|</)|[^-.a-zA-Z0-9<&])"
    r"|&[#](?:[0-9]+|[xX][0-9a-fA-F]+)(?:;|[^0-9a-fA-F;<&])|&(?=[^a-zA-Z#<]|</)"
)
# A tag without quoted values ends at the next ">"; one with quoted values is taken only where it is well formed.
_UNQUOTED_TAG: Final = r"""</?[a-zA-Z](?:[^<>=\x00]|<(?![!?])|=(?!\s*["']))*>"""
_QUOTED_TAG: Final = rf"""
    <[a-zA-Z][^\s<>/"'=\x00]*
    (?:{_BLANK}+[^\s"'<>/=\x00]+
      (?:{_BLANK}*={_BLANK}*(?:"(?:[^"<]|<(?![!?]))*"|'(?:[^'<]|<(?![!?]))*'|[^\s"'<>=\x00][^\s<>\x00]*))?
    )*{_BLANK}*/?>"""
# Elements within which the parser, or some versions of it, knows no tags.
_RAW: Final = frozenset("script style xmp iframe noembed noframes textarea title plaintext".split())
_ENDLESS: Final = "plaintext"
# Those within which no version does.
_RAW_IN_ALL_VERSIONS: Final = frozenset({"script", "style"})
_TAG: Final = re.compile(rf"(?:{_UNQUOTED_TAG}|{_QUOTED_TAG})", re.VERBOSE)
_TAG_NAME: Final = re.compile(r"<([a-zA-Z][^\t\n\r\f />\x00]*)")
_PLAIN: Final = re.compile(
    rf"""(?:{_CHARACTER}|<(?=[^a-zA-Z/!?])
    |(?!<(?i:{"|".join(sorted(_RAW))})[\t\n\r\f />])(?:{_UNQUOTED_TAG}|{_QUOTED_TAG})
    |<[!?](?![-\[])(?:{_WITHIN})*>|</(?![a-zA-Z])(?:{_WITHIN})*>){{1,50}}""",
    re.VERBOSE,
)
_CHARACTERS: Final = re.compile(rf"(?:{_CHARACTER})*")
_COMMENT_END: Final = re.compile(r"--(?:!|\s*)>")
# No more comments that never end are looked at one by one.
_MOST_UNENDED: Final = 8


class Stretch(NamedTuple):
    """Consecutive tokens whose ends do not depend on what follows.

    end      of the last; the start of the stretch if there is none
    is_text  whether it is the mark of a comment that never ends, and so is text
    """

    end: int
    is_text: bool = False


class PlainTokens:
    """The tokens of a text whose ends do not depend on what follows."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _follows_unended(self) -> bool:
        return self._text.count("<!--", self._last_comment_end) <= _MOST_UNENDED

    @cached_property
    def _last_comment_end(self) -> int:
        return self._text.rfind("-->") + len("-->")

    def stretch(self, start: int) -> Stretch:
        """The tokens from an offset on, at most some dozens."""
        text = self._text
        if plain := _PLAIN.match(text, start):
            return Stretch(plain.end())
        if text.startswith("<!--", start):
            if start >= self._last_comment_end:
                return Stretch(start + len("<!--"), is_text=True) if self._follows_unended else Stretch(start)
            end = _COMMENT_END.search(text, start + len("<!--"))
            is_plain = end is not None and end[0] == "-->" and not text.startswith((">", "->"), start + len("<!--"))
            return Stretch(end.end() if end and is_plain else start)
        return Stretch(_after_raw(text, start) or start)


def _after_raw(text: str, start: int) -> int | None:
    """The end of an element in which the parser knows no tags; None where its versions may not agree on that."""
    tag, name = _TAG.match(text, start), _TAG_NAME.match(text, start)
    element = name[1].lower() if name else ""
    if tag is None or element not in _RAW or element == _ENDLESS or tag[0].endswith("/>"):
        return None
    if element in _RAW_IN_ALL_VERSIONS:
        found = re.compile(rf"</\s*{element}", re.IGNORECASE).search(text, tag.end())
        end = found.start() if found else len(text)
    else:
        characters = _CHARACTERS.match(text, tag.end())
        end = characters.end() if characters else tag.end()
    closed = re.compile(rf"</(?ai:{element}){_BLANK}*>").match(text, end)
    return closed.end() if closed else None
