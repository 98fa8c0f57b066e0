"""Patterns of paths as .gitignore writes them, with the meaning that git gives them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePath

from gru_lint.config.wildcards import NamePattern, PathPattern, WildcardError, parse_name, parse_path

# Templates that other tools expand, and git does not: such a pattern matches no file.
_TEMPLATES = (
    (re.compile(r"(?<!\\)\{[^{},/]*,[^{}/]*\}"), "git knows no braces, write a pattern for each name in them"),
    (re.compile(r"\$\{|^!?~/"), "nothing is put in the place of ${...} or ~"),
    (re.compile(r"(?:^!?|/)\.{1,2}(?:/|$)"), "it is relative to the folder of its file, without . or .."),
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern, and the folder that it is relative to, if that is known."""

    text: str
    folder: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    """What a line of a .gitignore means.

    pattern  None for a name that is compared as it is
    """

    is_negated: bool
    is_for_folders: bool
    name: str
    pattern: NamePattern | PathPattern | None


class PatternList:
    """The patterns of some lines of a .gitignore; lines without a pattern are passed over, as git does."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        parsed = [line for line in map(_parse_line, lines) if line is not None]
        self._is_negated = [line.is_negated for line in parsed]
        # Most lines are plain names, for which one look-up is enough.
        self._names: dict[tuple[str, bool], int] = {}
        self._others: list[tuple[int, _Line]] = []
        for number, line in enumerate(parsed):
            if line.pattern is None:
                self._names[line.name, line.is_for_folders] = number
            else:
                self._others.append((number, line))
        self._others.reverse()

    def last_match(self, path: str, *, is_folder: bool) -> bool | None:
        """Whether the last line that matches excludes a path (True) or includes it (False); None where none does.

        path  relative to the folder of the lines, with slashes; its parents are not looked at
        """
        name = path.rpartition("/")[2]
        best = self._names.get((name, False), -1)
        if is_folder:
            best = max(best, self._names.get((name, True), -1))
        for number, line in self._others:
            if number < best:
                break
            if line.is_for_folders and not is_folder:
                continue
            pattern = line.pattern
            if pattern is not None and pattern.matches(path if isinstance(pattern, PathPattern) else name):
                best = number
                break
        return None if best < 0 else not self._is_negated[best]


def _parse_line(written: str) -> _Line | None:
    """The pattern of a line; None where it has none."""
    text = _without_trailing_spaces(written)
    if text.startswith("#"):
        return None
    is_negated = text.startswith("!")
    text = text[is_negated:]
    is_for_folders = text.endswith("/")
    text = text[: len(text) - is_for_folders]
    if not text:
        return None
    try:
        if "/" not in text:
            is_name = not any(letter in text for letter in "*?[\\")
            return _Line(is_negated, is_for_folders, text, None if is_name else parse_name(text))
        return _Line(is_negated, is_for_folders, "", parse_path(text.removeprefix("/")))
    except WildcardError:
        return None


def _without_trailing_spaces(text: str) -> str:
    """The line without spaces at its end, but for one that a backslash precedes."""
    stripped = text.rstrip(" ")
    n_backslashes = len(stripped) - len(stripped.rstrip("\\"))
    return text[: len(stripped) + 1] if n_backslashes % 2 else stripped


def pattern_error(text: str) -> str | None:
    """What is wrong with a pattern; None where nothing is."""
    if not text.strip():
        return "it is empty"
    if text.startswith("#"):
        return "it is a comment"
    for template, reason in _TEMPLATES:
        if template.search(text):
            return reason
    return None if _parse_line(text) else "nothing is meant by it"


@lru_cache(maxsize=1024)
def pattern_list(lines: tuple[str, ...]) -> PatternList:
    """The patterns of some lines, read once."""
    return PatternList(lines)


def relative(path: str, folder: str) -> str | None:
    """A path as seen from a folder, with slashes; None where it does not lie below it."""
    if not path.startswith(prefix := folder.rstrip(os.sep) + os.sep):
        return None
    return PurePath(path[len(prefix) :]).as_posix()


def last_match(patterns: tuple[Pattern, ...], path: str, *, is_folder: bool) -> bool | None:
    """Whether the last pattern that matches a path excludes it (True) or includes it (False); None where none does.

    path  absolute; its parents are not looked at
    """
    # Neighbouring patterns mostly have the same folder; these are matched together.
    by_folder: list[tuple[str, list[str]]] = []
    for pattern in patterns:
        if not by_folder or by_folder[-1][0] != pattern.folder:
            by_folder.append((pattern.folder, []))
        by_folder[-1][1].append(pattern.text)
    for folder, lines in reversed(by_folder):
        seen = _seen_from(folder, path)
        if seen is None:
            continue
        is_excluded = pattern_list(tuple(lines)).last_match(seen, is_folder=is_folder)
        if is_excluded is not None:
            return is_excluded
    return None


def matches_file(pattern: Pattern, path: str) -> bool:
    """Whether a pattern matches a file or a folder that holds it; with "!", whether it does not."""
    is_negated = pattern.text.startswith("!")
    seen = _seen_from(pattern.folder, path)
    if seen is None:
        return False
    lines = pattern_list((pattern.text.removeprefix("!"),))
    return any(lines.last_match(part, is_folder=part != seen) for part in _with_parents(seen)) != is_negated


def _seen_from(folder: str, path: str) -> str | None:
    return relative(path, folder) if folder else PurePath(path).as_posix().lstrip("/")


def _with_parents(path: str) -> Iterator[str]:
    while path:
        yield path
        path = path.rpartition("/")[0]
