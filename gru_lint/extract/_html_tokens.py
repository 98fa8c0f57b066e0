"""How far HTML can be cut into tokens of which each ends where it does whatever follows it.

The standard library's parser looks through all that follows where a quote, a comment or a section is not ended, and
where a character is written as a number that has no end; its versions differ in that. Here are the tokens in which all
agree, which are those of nearly every page.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Final, NamedTuple

_BLANK: Final = r"[ \t\n\r\f]"
# What begins a comment, a declaration or an instruction is in no other token: where it is not ended, it is text.
_NO_END: Final = r"[^<>]|<(?![!?])"
_CHARACTER: Final = (
    r"[^<&]+|&[a-zA-Z][-.a-zA-Z0-9]*(?:(?=&|</)|[^-.a-zA-Z0-9<&])"
    r"|&[#](?:[0-9]+|[xX][0-9a-fA-F]+)(?:;|[^0-9a-fA-F;<&])|&(?=[^a-zA-Z#<]|</)"
)
# Without a quoted value, a tag ends at the next ">"; with one, it must be written as it should be.
_UNQUOTED_TAG: Final = r"""</?[a-zA-Z](?:[^<>=\x00]|<(?![!?])|=(?!\s*["']))*>"""
_QUOTED_TAG: Final = rf"""
    <[a-zA-Z][^\s<>/"'=\x00]*
    (?:{_BLANK}+[^\s"'<>/=\x00]+
      (?:{_BLANK}*={_BLANK}*(?:"(?:[^"<]|<(?![!?]))*"|'(?:[^'<]|<(?![!?]))*'|[^\s"'<>=\x00][^\s<>\x00]*))?
    )*{_BLANK}*/?>"""
# What is within these may be read as text alone; in some, some versions of the parser do so.
_RAW: Final = frozenset("script style xmp iframe noembed noframes textarea title plaintext".split())
_ENDLESS: Final = "plaintext"
_RAW_WHATEVER: Final = frozenset({"script", "style"})
_TAG: Final = re.compile(rf"(?:{_UNQUOTED_TAG}|{_QUOTED_TAG})", re.VERBOSE)
_TAG_NAME: Final = re.compile(r"<([a-zA-Z][^\t\n\r\f />\x00]*)")
_PLAIN: Final = re.compile(
    rf"""(?:{_CHARACTER}|<(?=[^a-zA-Z/!?])
    |(?!<(?i:{"|".join(sorted(_RAW))})[\t\n\r\f />])(?:{_UNQUOTED_TAG}|{_QUOTED_TAG})
    |<[!?](?![-\[])(?:{_NO_END})*>|</(?![a-zA-Z])(?:{_NO_END})*>){{1,50}}""",
    re.VERBOSE,
)
_CHARACTERS: Final = re.compile(rf"(?:{_CHARACTER})*")
_COMMENT_END: Final = re.compile(r"--(?:!|\s*)>")
# More beginnings of comments that end nowhere are not followed one by one.
_MOST_UNENDED: Final = 8


class Stretch(NamedTuple):
    """Some tokens that end where they do whatever follows them.

    end       behind them; where they begin if there are none
    is_text   whether they are the beginning of a comment that ends nowhere, and so is text
    """

    end: int
    is_text: bool = False


class PlainTokens:
    """The tokens of a text that end where they do whatever follows them."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _follows_unended(self) -> bool:
        return self._text.count("<!--", self._last_comment_end) <= _MOST_UNENDED

    @cached_property
    def _last_comment_end(self) -> int:
        return self._text.rfind("-->") + len("-->")

    def stretch(self, start: int) -> Stretch:
        """Those from an offset on, up to some dozens."""
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
    """Behind an element that may be read as text alone; None where the versions of the parser may not agree on it."""
    tag, name = _TAG.match(text, start), _TAG_NAME.match(text, start)
    element = name[1].lower() if name else ""
    if tag is None or element not in _RAW or element == _ENDLESS or tag[0].endswith("/>"):
        return None
    if element in _RAW_WHATEVER:
        found = re.compile(rf"</\s*{element}", re.IGNORECASE).search(text, tag.end())
        end = found.start() if found else len(text)
    else:
        characters = _CHARACTERS.match(text, tag.end())
        end = characters.end() if characters else tag.end()
    closed = re.compile(rf"</(?ai:{element}){_BLANK}*>").match(text, end)
    return closed.end() if closed else None
