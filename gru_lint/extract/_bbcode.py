"""Tags of BBCode, in which forums write: they are no prose, in whatever text they stand."""

from __future__ import annotations

import re
from typing import Final

from gru_lint.extract._base import ProseMask

_NAMES: Final = (
    "b|i|u|s|url|size|color|colour|font|quote|spoiler|center|left|right|list|img|email|user|h[1-6]|sub|sup|code|pre"
)
# A tag with its end, or the end itself, which is a link nowhere.
BBCODE: Final = rf"(?i:\[(?P<tag>{_NAMES})(?:=[^\]\n]{{0,300}})?\](?=[^\n]{{0,2000}}?\[/(?P=tag)\])|\[/(?:{_NAMES})\])"
_TAG = re.compile(BBCODE)
_CODE = re.compile(r"(?i)\[(?:(code|pre|img)(?:=[^\]\n]{0,300})?|/(code|pre|img))\]")


def blank_bbcode(text: str, mask: ProseMask) -> None:
    """Blanks the tags of BBCode in a text, and code between them."""
    if "[/" not in text:
        return
    opened: re.Match[str] | None = None
    for match in _CODE.finditer(text):
        if match[1]:
            opened = match
        elif opened and opened[1].lower() == match[2].lower():
            mask.blank(opened.start(), match.end())
            opened = None
    mask.blank_matches(_TAG.finditer(text))
