"""Patterns of paths as .gitignore writes them; pathspec gives them their meaning."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

# What other tools put something else in the place of, and git takes letter by letter: such a pattern matches no file.
_TEMPLATES = (
    (re.compile(r"(?<!\\)\{[^{}/]*,[^{}/]*\}"), "git knows no braces, write a pattern for each name in them"),
    (re.compile(r"\$\{|^!?~/"), "nothing is put in the place of ${...} or ~"),
    (re.compile(r"(?:^!?|/)\.{1,2}(?:/|$)"), "it is relative to the folder of its file, without . or .."),
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern and the folder that it is relative to; no folder where none is known."""

    text: str
    folder: str = ""


def pattern_error(text: str) -> str | None:
    """What is wrong with a pattern; None where nothing is."""
    from pathspec import GitIgnoreSpec

    if not text.strip():
        return "it is empty"
    if text.startswith("#"):
        return "it is a comment"
    for template, reason in _TEMPLATES:
        if template.search(text):
            return reason
    try:
        GitIgnoreSpec.from_lines([text])
    except ValueError:
        return "nothing is meant by it"
    return None


@lru_cache(maxsize=1024)
def spec_of(lines: tuple[str, ...]) -> GitIgnoreSpec:
    """What some lines of a .gitignore mean; git passes over a line that it cannot read, and so does this."""
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(lines)
    except ValueError:
        return GitIgnoreSpec.from_lines([line for line in lines if line.startswith("#") or not pattern_error(line)])


def relative(path: str, folder: str) -> str | None:
    """A path as seen from a folder, with slashes; None where it does not lie below it."""
    if not path.startswith(prefix := folder.rstrip(os.sep) + os.sep):
        return None
    return PurePath(path[len(prefix) :]).as_posix()


def last_match(patterns: tuple[Pattern, ...], path: str, is_folder: bool) -> bool | None:
    """Whether the last pattern that means a path means it (True) or takes it back with "!" (False); None for no word.

    path  absolute; whether its parents are meant is not asked
    """
    # A run of patterns is seldom of more than one folder, and is matched at once.
    by_folder: list[tuple[str, list[str]]] = []
    for pattern in patterns:
        if not by_folder or by_folder[-1][0] != pattern.folder:
            by_folder.append((pattern.folder, []))
        by_folder[-1][1].append(pattern.text)
    for folder, lines in reversed(by_folder):
        seen = relative(path, folder) if folder else PurePath(path).as_posix().lstrip("/")
        if seen is None:
            continue
        include = spec_of(tuple(lines)).check_file(f"{seen}/" if is_folder else seen).include
        if include is not None:
            return include
    return None


def matches_file(pattern: Pattern, path: str) -> bool:
    """Whether a pattern means a file or a folder that holds it; with "!", every file that it does not mean."""
    text = pattern.text[1:] if pattern.text.startswith("!") else pattern.text
    seen = relative(path, pattern.folder) if pattern.folder else PurePath(path).as_posix().lstrip("/")
    return seen is not None and spec_of((text,)).match_file(seen) != pattern.text.startswith("!")
