"""Wildcards as git reads them, matched without backtracking: at most as many steps as pattern times path is long.

A name is compared with what stands between the stars, from left to right, each at the first place where it fits; so is
a path with what stands between "**". The rules are those of git's wildmatch.c and dir.c, its oddities among them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_SPECIAL: Final = frozenset("*?[\\")
# As the C locale has them.
_CLASSES: Final = {
    "alnum": "0-9A-Za-z",
    "alpha": "A-Za-z",
    "blank": r" \t",
    "cntrl": r"\x00-\x1f\x7f",
    "digit": "0-9",
    "graph": "!-~",
    "lower": "a-z",
    "print": " -~",
    "punct": r"!-/:-@\[-`{-~",
    "space": r"\t-\r ",
    "upper": "A-Z",
    "xdigit": "0-9A-Fa-f",
}
_ANY, _NONE = r"[\s\S]", r"(?!)"


class WildcardError(ValueError):
    """What can match nothing: a bracket or an escape that does not end."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stands between two stars: a text, or a pattern whose matches are all of one length."""

    text: str
    pattern: re.Pattern[str] | None
    length: int

    def find(self, name: str, start: int) -> int:
        """Where it first fits in a name from a place on; -1 for nowhere."""
        if self.pattern is None:
            return name.find(self.text, start)
        found = self.pattern.search(name, start)
        return found.start() if found else -1

    def fits(self, name: str, start: int) -> bool:
        """Whether it fits in a name at a place."""
        if self.pattern is None:
            return name.startswith(self.text, start)
        return self.pattern.match(name, start) is not None


@dataclass(frozen=True, slots=True)
class NamePattern:
    """A pattern for one name of a path: pieces with a star between every two."""

    pieces: tuple[_Piece, ...]

    def matches(self, name: str) -> bool:
        """Whether it matches a whole name."""
        first, last = self.pieces[0], self.pieces[-1]
        if len(self.pieces) == 1:
            return len(name) == first.length and first.fits(name, 0)
        end = len(name) - last.length
        if first.length > end or not first.fits(name, 0) or not last.fits(name, end):
            return False
        place = first.length
        for piece in self.pieces[1:-1]:
            place = piece.find(name, place)
            if place < 0:
                return False
            place += piece.length
        return place <= end


@dataclass(frozen=True, slots=True)
class PathPattern:
    """A pattern for a path.

    prefix  what the path begins with, up to the first wildcard
    names   patterns for the names in what follows; None for "**", which is any number of names
    """

    prefix: str
    names: tuple[NamePattern | None, ...]

    def matches(self, path: str) -> bool:
        """Whether it matches a whole path, with slashes between its names."""
        if not path.startswith(self.prefix):
            return False
        rest = path[len(self.prefix) :]
        if not self.names:
            return not rest
        return _match_names(self.names, rest.split("/"))


def _match_names(patterns: tuple[NamePattern | None, ...], names: list[str]) -> bool:
    """Whether patterns match names, all of them; what stands after a "**" is tried one name further at a time."""
    n_done = n_matched = 0
    again: tuple[int, int] | None = None
    # At the end "**" is at least one name.
    has_rest = patterns[-1] is None
    while n_done < len(names):
        pattern = patterns[n_matched] if n_matched < len(patterns) else None
        if n_matched < len(patterns) and pattern is None:
            if n_matched == len(patterns) - 1:
                return True
            n_matched += 1
            again = (n_matched, n_done)
        elif pattern is not None and pattern.matches(names[n_done]):
            n_matched += 1
            n_done += 1
        elif again is not None:
            n_matched, n_done = again[0], again[1] + 1
            again = (n_matched, n_done)
        else:
            return False
    return n_matched == len(patterns) and not has_rest


def parse_name(written: str) -> NamePattern:
    """The pattern for a name that is written without a slash. Raises `WildcardError`."""
    return _parse(written, splits=False)[0] or _ANY_NAME


def parse_path(written: str) -> PathPattern:
    """The pattern for a path. Raises `WildcardError`."""
    # Git compares what stands before the first wildcard by itself, so that in "a/b**" the stars begin a pattern.
    n_prefix = next((place for place, letter in enumerate(written) if letter in _SPECIAL), len(written))
    rest = written[n_prefix:]
    return PathPattern(written[:n_prefix], tuple(_parse(rest, splits=True)) if rest else ())


_ANY_NAME: Final = NamePattern((_Piece("", None, 0),) * 2)


class _NameBuilder:
    """Puts together the pattern for one name after the other."""

    def __init__(self) -> None:
        self._pieces: list[_Piece] = []
        self._letters: list[str] = []
        self._is_plain = True

    @property
    def is_empty(self) -> bool:
        """Whether nothing of the name was read yet."""
        return not self._pieces and not self._letters

    def take_letter(self, written: str, place: int) -> int:
        """Takes over what stands for one letter at a place; where the next one stands. Raises `WildcardError`."""
        letter = written[place]
        if letter in "?[":
            self._is_plain = False
            letter, place = (_ANY, place) if letter == "?" else _parse_bracket(written, place)
        elif letter == "\\":
            place += 1
            if place == len(written):
                raise WildcardError("a backslash at the end")
            letter = written[place]
        self._letters.append(letter)
        return place + 1

    def end_piece(self) -> None:
        """Ends what stands before a star."""
        pattern = None if self._is_plain else re.compile("".join(map(_escaped, self._letters)))
        text = "".join(self._letters) if self._is_plain else ""
        self._pieces.append(_Piece(text, pattern, len(self._letters)))
        self._letters.clear()
        self._is_plain = True

    def end_name(self) -> NamePattern:
        """The pattern for the name; what follows belongs to the next."""
        self.end_piece()
        pieces = tuple(self._pieces)
        self._pieces.clear()
        return NamePattern(pieces)


def _parse(written: str, *, splits: bool) -> list[NamePattern | None]:
    """The patterns for the names of a path, or for one name; None for "**" by itself."""
    names: list[NamePattern | None] = []
    name = _NameBuilder()
    place = 0
    while place < len(written):
        if written[place] == "*":
            end = place + 1
            while written[end : end + 1] == "*":
                end += 1
            if splits and name.is_empty and end - place > 1 and written[end : end + 1] in ("", "/"):
                names.append(None)
                if end == len(written):
                    return names
                end += 1
            else:
                name.end_piece()
            place = end
        elif written[place] == "/" and splits:
            names.append(name.end_name())
            place += 1
        else:
            place = name.take_letter(written, place)
    names.append(name.end_name())
    return names


def _escaped(letter: str) -> str:
    """A letter for a regular expression; what stands for several is one already."""
    return re.escape(letter) if len(letter) == 1 else letter


def _parse_bracket(written: str, place: int) -> tuple[str, int]:
    """What a bracket that opens at a place means, as a regular expression, and where it closes."""
    place += 1
    is_negated = written[place : place + 1] in ("!", "^") and place < len(written)
    place += is_negated
    ranges: list[str] = []
    before = ""
    is_first = True
    while is_first or written[place : place + 1] != "]":
        is_first = False
        if place >= len(written):
            raise WildcardError("a bracket that is not closed")
        letter, named = written[place], _named_class(written, place)
        if letter == "-" and before and written[place + 1 : place + 2] not in ("", "]"):
            last, place = _letter(written, place + 1)
            if before <= last:
                ranges.append(f"{_in_class(before)}-{_in_class(last)}")
            before = ""
        elif letter == "[" and named is not None:
            if named not in _CLASSES:
                raise WildcardError(f"no such class of letters: {named}")
            ranges.append(_CLASSES[named])
            place += len(named) + 3
            before = ""
        else:
            before, place = _letter(written, place)
            ranges.append(_in_class(before))
        place += 1
    if not ranges:
        return (_ANY if is_negated else _NONE), place
    return f"[{'^' if is_negated else ''}{''.join(ranges)}]", place


def _letter(written: str, place: int) -> tuple[str, int]:
    """The letter at a place, which a backslash may precede, and where it stands."""
    if written[place] == "\\":
        place += 1
        if place == len(written):
            raise WildcardError("a bracket that is not closed")
    return written[place], place


def _named_class(written: str, place: int) -> str | None:
    """The name in "[:name:]" that begins at a place."""
    if not written.startswith("[:", place):
        return None
    end = written.find("]", place + 2)
    if end < 0:
        raise WildcardError("a bracket that is not closed")
    return written[place + 2 : end - 1] if end > place + 2 and written[end - 1] == ":" else None


def _in_class(letter: str) -> str:
    return f"\\{letter}" if letter in r"\]^-[&~|" else letter
