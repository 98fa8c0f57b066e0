"""The files that git ignores: by .gitignore in each folder, and .git/info/exclude."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from gru_lint.config.patterns import PatternList, pattern_list, relative
from gru_lint.config.repository import is_repository, repository_of
from gru_lint.regular_files import read_regular_file, reason_of

_NAME: Final = ".gitignore"
# The longest ones known have some thousand lines.
_MAX_BYTES: Final = 1_000_000
# A file in which git names another folder holds one path.
_MAX_PATH_BYTES: Final = 10_000


class GitIgnore:
    """The ignore files that apply below a folder: its own, and those above it up to the root of the repository.

    top       absolute; outside a repository nothing above it is read
    is_alone  whether nothing above it is read within a repository either
    problems  a line for each file that could not be read; the caller empties it
    """

    def __init__(self, top: str, *, is_alone: bool = False) -> None:
        self.problems: list[str] = []
        self._top = top
        self._known: dict[str, tuple[tuple[str, PatternList], ...]] = {}
        self._root = None if is_alone else repository_of(top)

    def ignores(self, path: str, *, is_folder: bool) -> bool:
        """Whether a path itself is ignored, whatever holds for the folders above it."""
        for folder, patterns in reversed(self._patterns(os.path.dirname(path))):
            seen = relative(path, folder)
            if seen is not None:
                is_ignored = patterns.last_match(seen, is_folder=is_folder)
                if is_ignored is not None:
                    return is_ignored
        return False

    def ignores_any(self, path: str, *, is_folder: bool) -> bool:
        """Whether a path is ignored, or a folder of the repository in which it lies."""
        while path != self._root and path != os.path.dirname(path):
            if self.ignores(path, is_folder=is_folder):
                return True
            if self._root is None:
                return False
            path, is_folder = os.path.dirname(path), True
        return False

    def _patterns(self, folder: str) -> tuple[tuple[str, PatternList], ...]:
        """The ignore files that apply in a folder, with the folders they stand in; the last overrides the others."""
        if folder not in self._known:
            above = os.path.dirname(folder)
            patterns: tuple[tuple[str, PatternList], ...] = ()
            if is_repository(folder):
                patterns = self._read(_excluded_by(folder), folder)
            elif above != folder and (folder != self._top or self._root):
                patterns = self._patterns(above)
            self._known[folder] = (*patterns, *self._read(Path(folder, _NAME), folder))
        return self._known[folder]

    def _read(self, path: Path, folder: str) -> tuple[tuple[str, PatternList], ...]:
        try:
            content = read_regular_file(path, _MAX_BYTES, self._root or self._top)
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return ()
        except (OSError, ValueError) as error:
            self.problems.append(f"{path}: cannot be read ({reason_of(error)})")
            return ()
        # The only line ends that git knows; any other character may be part of a name.
        text = content.decode("utf-8-sig", errors="surrogateescape").replace("\r\n", "\n")
        return ((folder, pattern_list(tuple(text.split("\n")))),)


def _excluded_by(root: str) -> Path:
    """The file info/exclude of a repository; its folder stands elsewhere for a linked working tree or a submodule."""
    git = Path(root, ".git")
    if git.is_file():
        try:
            git = Path(root, _read_path(git).removeprefix("gitdir:").strip())
            git = Path(git, _read_path(git / "commondir"))
        except (OSError, ValueError):
            # A submodule has no common folder.
            pass
    return git / "info" / "exclude"


def _read_path(path: Path) -> str:
    return read_regular_file(path, _MAX_PATH_BYTES).decode("utf-8", errors="surrogateescape").strip()
