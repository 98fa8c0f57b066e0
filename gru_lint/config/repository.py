"""Which repository a folder lies in, and whether that may have brought the folder along."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path
from typing import Final

from gru_lint.regular_files import read_regular_file

# An index of a million files.
_MAX_INDEX_BYTES: Final = 200_000_000
# The versions of an index that hold each path whole.
_READABLE: Final = (b"DIRC\0\0\0\x02", b"DIRC\0\0\0\x03")


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


def may_have_brought(root: str, folder: str) -> bool:
    """Whether files in a folder may have come with a repository: unless git's index shows that none of them is tracked.

    root    of the repository
    folder  an absolute path below it
    """
    try:
        index = _index_of(root)
    except (OSError, ValueError):
        return True
    within = _folded(os.path.relpath(os.path.realpath(folder), os.path.realpath(root)).replace(os.sep, "/"))
    # The index is not parsed: any path in it that ends with the folder counts.
    return f"{within}/" in _folded(index.decode("utf-8", "replace"))


def _index_of(root: str) -> bytes:
    """The index of a repository. Raises OSError and ValueError where it cannot be read for its paths."""
    folder = Path(root, ".git")
    if folder.is_file():
        # A linked working tree or a submodule.
        written = read_regular_file(folder, 10_000).decode().strip()
        folder = Path(root, written.removeprefix("gitdir:").strip())
    # Nothing is staged in a repository that is new.
    if not (folder / "index").exists() and (folder / "HEAD").exists():
        return b""
    index = read_regular_file(folder / "index", _MAX_INDEX_BYTES)
    if not index.startswith(_READABLE) or any(folder.glob("sharedindex.*")):
        raise ValueError("the index is compressed or split")
    return index


def _folded(path: str) -> str:
    """A path without the differences that some systems ignore: of case, and of Unicode composition."""
    return unicodedata.normalize("NFC", path).casefold()
