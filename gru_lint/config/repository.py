"""Which repository a folder lies in, and whether that may have brought the folder along."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path
from typing import Final

from gru_lint.regular_files import read_regular_file

# An index of a million files.
_MAX_INDEX_BYTES: Final = 200_000_000
# Of the versions of an index, those that hold each path whole.
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
    """Whether files in a folder may have come along with a repository: unless git's index shows that it has none there.

    root    of the repository
    folder  an absolute path below it
    """
    try:
        index = _index_of(root)
    except (OSError, ValueError):
        return True
    within = _as_any_system_reads(
        os.path.relpath(os.path.realpath(folder), os.path.realpath(root)).replace(os.sep, "/")
    )
    # Any path that ends so counts: which ones begin so is not worth a parser.
    return f"{within}/" in _as_any_system_reads(index.decode("utf-8", "replace"))


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
        raise ValueError("paths are shortened, or lie elsewhere")
    return index


def _as_any_system_reads(path: str) -> str:
    """A path without what some systems do not tell apart."""
    return unicodedata.normalize("NFC", path).casefold()
