"""Ren'Py, in which visual novels are written: what is said and chosen is prose; Python and screens are not."""

from __future__ import annotations

import re

from gru_lint.extract._base import CommentSyntax, Description, ProseMask
from gru_lint.lines import LineIndex

LANGUAGE = "renpy"
EXTENSIONS = (".rpy",)
COMMENTS = CommentSyntax("#")
DESCRIPTION = Description(
    "Ren'Py",
    read="what is said, narrated and chosen",
    not_read="labels, Python, screens, styles, tags, interpolated values, translations into other languages",
)

_SAID = re.compile(
    r"[ \t]*(?:(?P<who>[A-Za-z_][\w.]*)(?:[ \t]+[\w@-]+)*[ \t]+|\"(?:[^\"\\\n]|\\.)*\"[ \t]+)?"
    r"\"(?P<text>(?:[^\"\\\n]|\\.)*)\"[ \t]*(?:\(.*\)[ \t]*)?(?:nointeract|with\b.*|if\b.*)?:?[ \t]*(?:#.*)?$"
)
_STATEMENTS = frozenset(
    "image define default style transform screen label jump call scene show hide play queue stop voice with python "
    "init if elif else while return pause window nvl use add key timer old menu translate camera layeredimage text "
    "textbutton imagebutton vbox hbox frame bar input hotspot on from as renpy action at id".split()
)
# A block whose lines are no dialogue.
_BLOCK = re.compile(
    r"(?P<indent>[ \t]*)(?:init\b.*python|python|screen|style|transform|image|layeredimage|translate[ \t]+"
    r"(?!None\b|english\b)\w+)\b.*:[ \t]*(?:#.*)?$"
)
_TAG = re.compile(r"\{[^{}\n]{0,200}\}|\[[^\[\]\n]{0,200}\]|\\.|%\(\w+\)[sd]")


def extract_prose(text: str) -> str:
    """The prose of a script; see `gru_lint.extract`."""
    mask = ProseMask(text)
    hidden: int | None = None
    for start, line in LineIndex(text).rows():
        if not line.strip():
            continue
        indent = len(line) - len(line.lstrip())
        if hidden is not None and indent > hidden:
            continue
        hidden = None
        if _BLOCK.match(line):
            hidden = indent
            continue
        said = _SAID.match(line)
        if said and said["who"] not in _STATEMENTS:
            mask.end_paragraph(start - 1)
            mask.keep(start + said.start("text"), start + said.end("text"))
            mask.blank_matches(_TAG.finditer(line, *said.span("text")), start)
    return mask.prose()
