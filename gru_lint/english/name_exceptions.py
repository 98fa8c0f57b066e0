"""First names whose gender in a register of births misleads; see name_exceptions.txt."""

from __future__ import annotations

from functools import cache

from gru_lint.english.word_files import section_lines


@cache
def names_of_either() -> frozenset[str]:
    """First names, in lower case, that are borne by men and by women."""
    return frozenset(" ".join(section_lines("name_exceptions", "either")).lower().split())


@cache
def misleading_people() -> frozenset[tuple[str, str]]:
    """First name and surname of well-known people whose first name is mostly the other gender's."""
    return frozenset((first, last) for first, last in map(str.split, section_lines("name_exceptions", "people")))
