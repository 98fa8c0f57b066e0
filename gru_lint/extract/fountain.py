"""Fountain, in which screenplays are written: action and dialogue are prose; headings of scenes and names are not."""

from __future__ import annotations

import re

from gru_lint.extract._base import Description, ProseMask
from gru_lint.lines import LineIndex

LANGUAGE = "fountain"
EXTENSIONS = (".fountain", ".spmd")
DESCRIPTION = Description(
    "Fountain",
    read="action, dialogue, lyrics, sections, synopses",
    not_read="the title page, headings of scenes, names of who speaks and what stands in brackets below them, "
    "transitions, notes, boneyards",
)

_KEY = re.compile(r"[A-Za-z][\w ]*:")
_SCENE = re.compile(r"\.(?=\w)|(?:INT|EXT|EST|INT\.?/EXT|I/E)[. ]", re.IGNORECASE)
_NAME = re.compile(r"[ \t]*(?:@.*|[^a-z\s][^a-z]*?(?:[ \t]*\([^()\n]*\))?[ \t]*\^?)[ \t]*$")
_TRANSITION = re.compile(r"[ \t]*(?:>(?!.*<[ \t]*$).*|[^a-z\n]+TO:[ \t]*$|={3,}[ \t]*$)")
_OPENING = re.compile(r"[ \t]*(?:!|~|#{1,6}[ \t]*|=[ \t]*|>)?[ \t]*")
_BLOCK = re.compile(r"/\*[\s\S]{0,20000}?\*/|\[\[[^\[\]]{0,2000}\]\]")
_MARKS = re.compile(r"(?<!\w)[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?!\w)|\\(?=[*_])|<[ \t]*$", re.MULTILINE)


def extract_prose(text: str) -> str:
    """The prose of a screenplay; see `gru_lint.extract`."""
    mask = ProseMask(text)
    rows = list(LineIndex(text).rows())
    in_title = bool(rows) and _KEY.match(rows[0][1]) is not None
    was_blank, in_dialogue = True, False
    for number, (start, line) in enumerate(rows):
        is_blank = not line.strip()
        if is_blank:
            in_title = in_dialogue = False
        elif in_title:
            pass
        elif was_blank and (_SCENE.match(line) or _TRANSITION.match(line)):
            mask.end_paragraph(start - 1)
        elif was_blank and _NAME.match(line) and number + 1 < len(rows) and rows[number + 1][1].strip():
            in_dialogue = True
        elif not (in_dialogue and line.lstrip().startswith("(")):
            opening = _OPENING.match(line)
            mask.keep(start + (opening.end() if opening else 0), start + len(line))
        was_blank = is_blank
    if "*/" in text or "]]" in text:
        mask.blank_matches(_BLOCK.finditer(text))
    mask.blank_matches(_MARKS.finditer(text))
    return mask.prose()
