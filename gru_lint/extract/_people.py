"""Where a text turns to another person: lists and headings that name people, and labels of who speaks."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from gru_lint.english.titles import TITLES
from gru_lint.extract._base import ENTRIES_END, ENTRY, ProseMask

_NAME_PART: Final = r"[A-Z][\w'’.-]*"
_FULL_NAME: Final = (
    rf"(?:(?:{'|'.join(sorted(TITLES))})\.?[ \t]+{_NAME_PART}(?:[ \t]+{_NAME_PART}){{0,2}}"
    rf"|{_NAME_PART}(?:[ \t]+(?:de|da|van|von|der|den|la|le|al|bin|{_NAME_PART})){{1,3}})"
)
_BOLD: Final = r"(?:[*_]{2,3}|'{3}|\\textbf\{|\\item\[|B<)"
_ENTRY = re.compile(rf"(?:\[*{_BOLD}\[*[A-Z][^*_\n]{{1,60}}|\[*{_FULL_NAME})")
_HEADING = re.compile(rf"{_FULL_NAME}(?=\s*(?:$|[,(:–—-]|\{{))")
# What headings that name no person begin with.
_NOT_A_NAME = re.compile(
    r"(?:A|An|The|Our|My|Your|How|Why|What|When|Where|Who|In|On|At|For|To|Chapter|Part|Section|Act|Scene|Book|Volume|Appendix|"
    r"Table|Figure|Step|Day|Week|Release|Version|Quick|Known|Open|Frequently|New|Next|See|[A-Z]\w+ing)\b"
)
_SPEAKER = re.compile(
    rf"(?P<bold>\*\*|__)(?:{_NAME_PART})(?:[ \t]+{_NAME_PART}){{0,3}}(?::(?P=bold)|(?P=bold):)(?=\s)"
    r"|[A-Z][A-Z.'’-]+(?:[ \t]+[A-Z.'’-]+){0,3}(?:[ \t]*\([^()\n]{1,60}\))?[ \t]?:(?=\s)"
)
# Such a label, or a name or any capitalised word with a colon, which need not say who speaks.
_LABEL = re.compile(
    rf"^[ \t]*(?:(?P<sure>{_SPEAKER.pattern})|(?P<name>{_FULL_NAME}|[A-Z][\w'’-]+)[ \t]?:(?=\s))", re.MULTILINE
)
# How much of a heading or an item is looked at to see whether it names a person.
LONGEST_NAME: Final = 120
# Labels in capitals that name no person.
_NOTES: Final = frozenset("NOTE TODO FIXME TIP WARNING IMPORTANT CAUTION HINT DANGER EXAMPLE PS".split())


def begins_entry(content: str) -> bool:
    """Whether an item of a list begins with a person's name, or with a name in bold."""
    return _ENTRY.match(content) is not None and not _NOT_A_NAME.match(content)


def starred_as_bold(content: str) -> str:
    """An item of a format that writes bold text between single asterisks, as `begins_entry` knows it: between two."""
    return f"*{content}" if content.startswith("*") else content


def names_person(heading: str) -> bool:
    """Whether a heading is a person's name."""
    return _HEADING.match(heading) is not None and not _NOT_A_NAME.match(heading)


class Label(NamedTuple):
    """A label at the beginning of a line: a name and a colon.

    name     in capitals, so that a speaker is the same however the label is written
    is_sure  whether it is in capitals or bold; any other may also say whom the line is about
    """

    start: int
    end: int
    name: str
    is_sure: bool


def labels_of(text: str) -> Iterator[Label]:
    """The labels that may say who speaks, in order."""
    return filter(None, map(_label, _LABEL.finditer(text)))


def opening_label(content: str) -> Label | None:
    """The label that a paragraph begins with; it says who speaks if the paragraph is part of a conversation."""
    match = _LABEL.match(content)
    return match and _label(match)


def _label(match: re.Match[str]) -> Label | None:
    name = match[0].strip().rstrip(":*_ ").lstrip("*_").upper()
    return None if name in _NOTES else Label(*match.span(), name, is_sure=match["name"] is None)


def is_conversation(n_labels: Mapping[str, int]) -> bool:
    """Whether labels, counted by name, are those of a conversation: of several names one recurs."""
    return len(n_labels) > 1 and max(n_labels.values()) > 1


def level_of_state(state: Hashable) -> int:
    """The level of the heading that is a name and holds before a block, by the state in which that is read."""
    return state if isinstance(state, int) else 0


class PeopleState(NamedTuple):
    """What is known of the people of a text between two of its blocks.

    level_of_name  see `ListedPeople`
    depth          of the items of a list that is open and will not be marked, since an item names nobody; 0 for none
    """

    level_of_name: int = 0
    depth: int = 0


class ListedPeople:
    """Marks list items and headings that each name another person, in a text that is read from top to bottom.

    level_of_name  of the last heading that is a name and still holds; 0 for none
    depth          see `PeopleState`
    """

    def __init__(self, mask: ProseMask, level_of_name: int = 0, depth: int = 0) -> None:
        self.level_of_name = level_of_name
        self._mask = mask
        # Where each item of the outermost list begins, and whether each so far begins with a person's name.
        self._items = [0] if depth else []
        self._are_names = False
        self._depth = depth

    @property
    def state(self) -> PeopleState | None:
        """What is known here; None within a list that may yet be marked: all of its items so far name people."""
        if not self._items:
            return PeopleState(self.level_of_name)
        return None if self._are_names else PeopleState(self.level_of_name, self._depth)

    @property
    def in_list(self) -> bool:
        """Whether a list is open."""
        return bool(self._items)

    def item(self, at: int, depth: int, content: str) -> None:
        """Takes an item; one that is nested more deeply than the first of its list belongs to the item before it.

        at  the offset for a mark before it: see `ProseMask.mark`
        """
        if self._items and depth > self._depth:
            return
        if depth != self._depth:
            self.end_list(at)
        self._depth = depth
        self._are_names = begins_entry(content) and (self._are_names or not self._items)
        self._items.append(max(at, 0))

    def end_list(self, at: int) -> None:
        """Takes the end of a list: its items are marked if all of them name people."""
        if len(self._items) > 1 and self._are_names:
            for here in self._items:
                self._mask.mark(here, ENTRY)
            self._mask.mark(at, ENTRIES_END)
        self._items.clear()

    def heading(self, at: int, level: int, content: str) -> None:
        """Takes a heading; what stands below one that is a name is about that person."""
        self.end_list(at)
        if self.level_of_name and level > self.level_of_name:
            return
        is_name = names_person(content)
        if is_name or self.level_of_name:
            self._mask.mark(max(at, 0), ENTRY if is_name else ENTRIES_END)
        self.level_of_name = level if is_name else 0


def level_after(headings: Iterable[tuple[int, str]], level_of_name: int) -> int:
    """The level of the heading that is a name and still holds after some headings; 0 for none.

    headings       the level and the words of each
    level_of_name  that of what comes before them
    """
    for level, content in headings:
        if not level_of_name or level <= level_of_name:
            level_of_name = level if names_person(content) else 0
    return level_of_name


def speaker_label(text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
    """The label at an offset that says who speaks: it is no antecedent of what is said."""
    found = _SPEAKER.match(text, start, len(text) if end is None else end)
    return None if found and found[0].rstrip(": ") in _NOTES else found
