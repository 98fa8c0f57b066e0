"""Words beside which a verb may be singular or plural; see agreement_exceptions.txt."""

from __future__ import annotations

from functools import cache
from typing import Literal

from gru_lint.english.word_files import section_lines

Section = Literal["either way", "units", "mandative", "hypothetical", "invoked", "no noun phrase"]


@cache
def exceptions(section: Section) -> frozenset[str]:
    """The words of a section, in lower case."""
    return frozenset(" ".join(section_lines("agreement_exceptions", section)).split())
