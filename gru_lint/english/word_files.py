"""The word lists that stand in text files beside this module; a line that begins with # is a comment."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

# The label of the line with roles of either gender.
_EITHER = "either"
ExceptionSection = Literal[
    "either way", "quantifiers", "one though plural", "units", "mandative", "hypothetical", "invoked", "no noun phrase"
]


@cache
def word_lines(name: str) -> tuple[str, ...]:
    """The lines of a list, such as "verbs", without comments and empty lines."""
    lines = Path(__file__).with_name(f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


def _section_lines(name: str, section: str) -> tuple[str, ...]:
    """The lines of a list below the heading of a section, "[people]" for "people"."""
    lines = word_lines(name)
    start = lines.index(f"[{section}]") + 1
    end = next((number for number in range(start, len(lines)) if lines[number].startswith("[")), len(lines))
    return lines[start:end]


@cache
def agreement_exceptions(section: ExceptionSection) -> frozenset[str]:
    """Words, in lower case, beside which a verb or demonstrative may be singular or plural."""
    return frozenset(" ".join(_section_lines("agreement_exceptions", section)).split())


@cache
def commoner_words() -> dict[str, str]:
    """For words that tell a gender and are too rare for the vocabulary, a commoner one: "stewardess", "Frau"."""
    commoner: dict[str, str] = {}
    for line in word_lines("gendered_words"):
        common, _, words = line.partition(":")
        if common != _EITHER:
            commoner |= dict.fromkeys(words.split(), common)
    return commoner


@cache
def roles_of_either() -> frozenset[str]:
    """Roles, in lower case, in which there are men and women, although some call the women otherwise: "landlord"."""
    lines = (line.partition(":") for line in word_lines("gendered_words"))
    return frozenset(word for common, _, words in lines if common == _EITHER for word in words.split())


@cache
def names_of_either() -> frozenset[str]:
    """First names, in lower case, of men and of women, although a register of births has mostly one of them."""
    return frozenset(" ".join(_section_lines("name_exceptions", "either")).lower().split())


@cache
def misleading_people() -> frozenset[tuple[str, str]]:
    """First name and surname of well-known people whose first name is mostly the other gender's."""
    return frozenset((first, last) for first, last in map(str.split, _section_lines("name_exceptions", "people")))
