"""Plain text: all of it is prose, but for the tags of BBCode, and for labels that say who speaks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gru_lint.extract._base import Description, ProseMask
from gru_lint.extract._bbcode import blank_bbcode
from gru_lint.extract._blocks import BlockReader
from gru_lint.extract._people import LONGEST_NAME, Label, ListedPeople, labels_of
from gru_lint.extract._plain_blocks import find_cuts, gather_labels, speaking, speaking_in_whole

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
    """The text with blanks for tags of BBCode and labels of who speaks; see `gru_lint.extract`."""
    return _extract(text, speaking_in_whole(text))


def _extract(text: str, labels: Sequence[Label]) -> str:
    """The prose of a text in which some labels say who speaks."""
    items = list(_ITEM.finditer(text))
    if "[/" not in text and not labels and len(items) < 2:
        return text
    mask = ProseMask(text)
    mask.keep(0, len(text))
    for label in labels:
        mask.end_paragraph(label.start - 1)
        mask.blank(label.start, label.end)
    _mark_people(text, items, mask)
    blank_bbcode(text, mask)
    return mask.prose()


def _mark_people(text: str, items: list[re.Match[str]], mask: ProseMask) -> None:
    people = ListedPeople(mask)
    for number, item in enumerate(items):
        people.item(
            item.start() - 1, len(item["indent"]), text[item.end() : item.end() + LONGEST_NAME].partition("\n")[0]
        )
        following = items[number + 1].start() if number + 1 < len(items) else len(text)
        if after := _AFTER_ITEM.search(text, item.end(), following):
            people.end_list(after.start())
    people.end_list(len(text) - 1)


BLOCKS = BlockReader(
    find_cuts,
    lambda block, _, gathered: _extract(block, speaking(labels_of(block), gathered)),
    gather=gather_labels,
    # Nothing but labels is defined.
    is_affected=lambda defines, _: bool(defines),
)
