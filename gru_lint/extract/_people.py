"""Where a text turns to another person: lists and headings that name people, and labels of who speaks."""

from __future__ import annotations

import re
from typing import Final

from gru_lint.english.titles import TITLES

_NAME_PART: Final = r"[A-Z][\w'’.-]*"
_FULL_NAME: Final = (
    rf"(?:(?:{'|'.join(sorted(TITLES))})\.?[ \t]+{_NAME_PART}(?:[ \t]+{_NAME_PART}){{0,2}}"
    rf"|{_NAME_PART}(?:[ \t]+(?:de|da|van|von|der|den|la|le|al|bin|{_NAME_PART})){{1,3}})"
)
_ENTRY = re.compile(rf"(?:\[?[*_]{{2,3}}\[?[A-Z][^*_\n]{{1,60}}|\[?{_FULL_NAME})")
_HEADING = re.compile(rf"{_FULL_NAME}(?=\s*(?:$|[,(:–—-]|\{{))")
# They begin headings that name no person.
_NOT_A_NAME = re.compile(
    r"(?:A|An|The|Our|My|Your|How|Why|What|When|Where|Who|In|On|At|For|To|Chapter|Part|Section|Act|Scene|Book|Volume|Appendix|"
    r"Table|Figure|Step|Day|Week|Release|Version|Quick|Known|Open|Frequently|New|Next|See|[A-Z]\w+ing)\b"
)
_SPEAKER = re.compile(
    rf"(?P<bold>\*\*|__)(?:{_NAME_PART})(?:[ \t]+{_NAME_PART}){{0,3}}(?::(?P=bold)|(?P=bold):)(?=\s)"
    r"|[A-Z][A-Z.'’-]+(?:[ \t]+[A-Z.'’-]+){0,3}(?:[ \t]*\([^()\n]{1,60}\))?[ \t]?:(?=\s)"
)
# Labels in capitals that no person bears; what follows them is no speech.
_NOTES: Final = frozenset("NOTE TODO FIXME TIP WARNING IMPORTANT CAUTION HINT DANGER EXAMPLE PS".split())


def begins_entry(content: str) -> bool:
    """Whether an item of a list begins with somebody's name, or with a name in bold."""
    return _ENTRY.match(content) is not None and not _NOT_A_NAME.match(content)


def names_person(heading: str) -> bool:
    """Whether a heading is somebody's name."""
    return _HEADING.match(heading) is not None and not _NOT_A_NAME.match(heading)


def speaker_label(text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
    """The label at an offset that says who speaks: it is no antecedent of what is said."""
    found = _SPEAKER.match(text, start, len(text) if end is None else end)
    return None if found and found[0].rstrip(": ") in _NOTES else found
