"""What git is told to ignore: .gitignore in each folder, and .git/info/exclude."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from gru_lint.config.patterns import relative, spec_of

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_NAME = ".gitignore"


class GitIgnore:
    """What holds below a folder: what is written there, and above it up to the root of the repository.

    top       absolute; without a repository around it nothing above it is read
    is_alone  whether nothing above it is read even so
    """

    def __init__(self, top: str, is_alone: bool = False) -> None:
        self._top = top
        self._known: dict[str, tuple[tuple[str, GitIgnoreSpec], ...]] = {}
        self._root = None if is_alone else repository_of(top)

    def ignores(self, path: str, is_folder: bool) -> bool:
        """Whether a path is ignored; whether a folder that it lies in is ignored is not asked."""
        for folder, spec in reversed(self._specs(os.path.dirname(path))):
            seen = relative(path, folder)
            if seen is not None:
                include = spec.check_file(f"{seen}/" if is_folder else seen).include
                if include is not None:
                    return include
        return False

    def ignores_any(self, path: str, is_folder: bool) -> bool:
        """Whether a path is ignored, or a folder of the repository in which it lies."""
        while path != self._root and path != os.path.dirname(path):
            if self.ignores(path, is_folder):
                return True
            if self._root is None:
                return False
            path, is_folder = os.path.dirname(path), True
        return False

    def _specs(self, folder: str) -> tuple[tuple[str, GitIgnoreSpec], ...]:
        """The files that hold in a folder with the folders they stand in, what goes before the others last."""
        if folder not in self._known:
            above = os.path.dirname(folder)
            specs: tuple[tuple[str, GitIgnoreSpec], ...] = ()
            if _is_repository(folder):
                specs = _read(_excluded_by(folder), folder)
            elif above != folder and (folder != self._top or self._root):
                specs = self._specs(above)
            self._known[folder] = (*specs, *_read(Path(folder, _NAME), folder))
        return self._known[folder]


def _read(path: Path, folder: str) -> tuple[tuple[str, GitIgnoreSpec], ...]:
    try:
        content = path.read_bytes()
    except OSError:
        return ()
    lines = content.decode("utf-8-sig", errors="surrogateescape").splitlines()
    return ((folder, spec_of(tuple(lines))),)


def _is_repository(folder: str) -> bool:
    return os.path.exists(os.path.join(folder, ".git"))


def repository_of(folder: str) -> str | None:
    """The root of the repository that a folder lies in."""
    path = Path(folder)
    return next((str(parent) for parent in (path, *path.parents) if _is_repository(str(parent))), None)


def _excluded_by(root: str) -> Path:
    """The file info/exclude of a repository; its folder stands elsewhere for a linked working tree or a submodule."""
    git = Path(root, ".git")
    if git.is_file():
        try:
            written = git.read_text(encoding="utf-8", errors="surrogateescape").strip()
            git = Path(root, written.removeprefix("gitdir:").strip())
            git = Path(git, Path(git, "commondir").read_text(encoding="utf-8", errors="surrogateescape").strip())
        except (OSError, ValueError):
            # A submodule has no common folder.
            pass
    return git / "info" / "exclude"
