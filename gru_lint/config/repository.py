"""Which repository a folder lies in."""

from __future__ import annotations

import os


def is_repository(folder: str) -> bool:
    """Whether a folder is the root of a repository, of a linked working tree or of a submodule."""
    return os.path.exists(os.path.join(folder, ".git"))


def repository_of(folder: str) -> str | None:
    """The root of the repository that a folder lies in, an absolute path; None where it lies in none."""
    while not is_repository(folder):
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above
    return folder
