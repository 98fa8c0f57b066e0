"""Tags of BBCode, the markup of forums: no prose in any text."""

from __future__ import annotations

import re
from typing import Final

from gru_lint.extract._base import ProseMask

_NAMES: Final = (
    "b|i|u|s|url|size|color|colour|font|quote|spoiler|center|left|right|list|img|email|user|h[1-6]|sub|sup|code|pre"
)
# A start tag that an end tag follows in its line, or an end tag: Markdown would read either as a link.
BBCODE: Final = rf"(?i:\[(?P<tag>{_NAMES})(?:=[^\]\n]{{0,300}})?\](?=[^\n]{{0,2000}}?\[/(?P=tag)\])|\[/(?:{_NAMES})\])"
_TAG = re.compile(BBCODE)
_CODE = re.compile(r"(?i)\[(?:(code|pre|img)(?:=[^\]\n]{0,300})?|/(code|pre|img))\]")


def blank_bbcode(text: str, mask: ProseMask) -> None:
    """Blanks the tags of BBCode in a text, and code between them."""
    if "[/" not in text:
        return
    code = OpenCode(text)
    for match in _CODE.finditer(text):
        if begins := code.take(match):
            mask.blank(begins.start(), match.end())
    mask.blank_matches(_TAG.finditer(text))


class OpenCode:
    """Follows which tag of code is open in a text. The last one that was opened counts: these do not nest."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._opened: re.Match[str] | None = None

    @property
    def is_open(self) -> bool:
        """Whether a tag has no end yet; it may never have one."""
        return self._opened is not None

    def take(self, tag: re.Match[str]) -> re.Match[str] | None:
        """Takes the next tag of the text; returns the one that it closes, None where it closes none."""
        if tag[1]:
            self._opened = tag
        elif self._opened and self._opened[1].lower() == tag[2].lower():
            ended, self._opened = self._opened, None
            return ended
        return None

    def read(self, start: int, end: int) -> None:
        """Takes the tags of the next stretch of the text."""
        for tag in _CODE.finditer(self._text, start, end):
            self.take(tag)

    def goes_on_at(self, offset: int) -> bool:
        """Whether there is code on both sides of an offset, up to which the text was taken."""
        if self._opened is None:
            return False
        for tag in _CODE.finditer(self._text, offset):
            if tag[1] or tag[2].lower() == self._opened[1].lower():
                return not tag[1]
        return False
