"""The front matter of Markdown: titles and descriptions are prose, everything else sets something.

PyYAML says where each value of YAML stands; of TOML, in which front matter is rare, a value on one line is read.
"""

from __future__ import annotations

import re
from typing import Final

from gru_lint.extract._base import ProseMask
from gru_lint.extract._yaml import keep_scalar, scalars

_SHOWN: Final = frozenset(
    "title subtitle description summary abstract excerpt tagline lead caption fig-cap tbl-cap bio".split()
)
_TOML = re.compile(rf"^(?:{'|'.join(_SHOWN)})[ \t]*=[ \t]*(?P<quote>[\"'])(?P<text>[^\n]*)(?P=quote)[ \t]*\r?$", re.M)


def keep_front_matter(text: str, end: int, mask: ProseMask) -> None:
    """Keeps the titles and descriptions of the front matter that a text begins with.

    end  of its closing mark
    """
    first = text.find("\n") + 1
    closing = max(text.rfind("\n", 0, end), first)
    if text.lstrip("\ufeff").startswith("+++"):
        for match in _TOML.finditer(text, first, closing):
            mask.end_paragraph(match.start() - 1)
            mask.keep(*match.span("text"))
        return
    for scalar in scalars(text[first:closing]):
        if scalar.path and str(scalar.path[-1]).lower() in _SHOWN:
            keep_scalar(text, scalar, mask, first)
