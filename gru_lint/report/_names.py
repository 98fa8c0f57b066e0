"""Names of files as other programs want them."""

from __future__ import annotations

import os
from pathlib import Path, PurePath

from gru_lint.report._base import CheckedFile


def readable(filename: str) -> str:
    """The name as text: bytes in it that are no UTF-8 become the replacement character."""
    return filename.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def name_as_given(file: CheckedFile) -> str:
    """The name as it was given, relative to the working directory or absolute, with forward slashes."""
    return readable(PurePath(file.filename).as_posix())


def name_from_root(file: CheckedFile, root: Path) -> str:
    """The name relative to the root, absolute where the file lies elsewhere, with forward slashes."""
    return (
        file.filename if file.is_standard_input else readable(inside(absolute(file), root) or absolute(file).as_posix())
    )


def absolute(file: CheckedFile) -> PurePath:
    """The absolute path; links in it are not followed."""
    return PurePath(os.path.abspath(file.filename))  # noqa: PTH100


def inside(path: PurePath, root: PurePath) -> str | None:
    r"""The path relative to the root with forward slashes; None where it does not lie below it.

    >>> from pathlib import PureWindowsPath
    >>> inside(PureWindowsPath(r"C:\book\part one\a.md"), PureWindowsPath(r"c:\Book"))
    'part one/a.md'
    """
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else None
