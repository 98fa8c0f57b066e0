"""Plain text: all of it is prose, but for the tags of BBCode, and for labels that say who speaks."""

from __future__ import annotations

import re

from gru_lint.extract._base import Description, ProseMask
from gru_lint.extract._bbcode import blank_bbcode
from gru_lint.extract._people import ListedPeople, speaker_labels

LANGUAGE = "plaintext"
EXTENSIONS = (".txt", ".text")
IN_EDITORS = True
DESCRIPTION = Description(
    "plain text",
    read="all of it, and of whatever is unknown",
    not_read="tags of BBCode, such as `[b]`; labels of who speaks, where several stand at the beginning of lines",
)

_ITEM = re.compile(r"^(?P<indent>[ \t]*)(?:[-*•]|\d{1,9}[.)])[ \t]+(?=\S)", re.MULTILINE)
# A list ends behind a blank line, if neither an item nor what is indented follows.
_AFTER_ITEM = re.compile(r"\n[^\S\n]*\n\s*^(?![ \t]|[-*•][ \t]|\d{1,9}[.)][ \t])", re.MULTILINE)


def extract_prose(text: str) -> str:
    """The text as it is, with blanks for tags that forums have."""
    labels = speaker_labels(text)
    items = list(_ITEM.finditer(text))
    if "[/" not in text and not labels and len(items) < 2:
        return text
    mask = ProseMask(text)
    mask.keep(0, len(text))
    for start, end in labels:
        mask.end_paragraph(start - 1)
        mask.blank(start, end)
    _mark_people(text, items, mask)
    blank_bbcode(text, mask)
    return mask.prose()


def _mark_people(text: str, items: list[re.Match[str]], mask: ProseMask) -> None:
    people = ListedPeople(mask)
    for number, item in enumerate(items):
        people.item(item.start() - 1, len(item["indent"]), text[item.end() : item.end() + 120].partition("\n")[0])
        following = items[number + 1].start() if number + 1 < len(items) else len(text)
        if after := _AFTER_ITEM.search(text, item.end(), following):
            people.end_list(after.start())
    people.end_list(len(text) - 1)
