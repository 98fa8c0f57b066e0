"""Safe reading of files that an attacker may have planted: regular files only, up to a length, within a folder."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO, Final

# Opening never blocks at a pipe nor takes over a terminal, and line ends are not translated.
_FLAGS: Final = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_NOINHERIT", 0)
)
_KINDS: Final = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISSOCK, "a socket"),
)


class NotRegularError(OSError):
    """A path that is no regular file, or a link that leads out of its folder; `strerror` says which."""


class TooLongError(OSError):
    """A file that is too long; `strerror` says how long it may be."""


def read_regular_file(path: str | Path, max_bytes: int, root: str | Path | None = None) -> bytes:
    """The content of a file.

    root  a folder; a link that lies in it may not lead out of it

    Raises OSError, above all `NotRegularError` and `TooLongError`; its `strerror` is fit for a user.
    """
    name = os.fspath(path)
    if root is not None and os.path.islink(name):
        if leads_out(name, root):
            raise NotRegularError(errno.ELOOP, f"it is a link that leads out of {root}", name)
        name = os.path.realpath(name)
    with open_regular_file(name) as file:
        if os.fstat(file.fileno()).st_size <= max_bytes:
            content = file.read(max_bytes + 1)
            if len(content) <= max_bytes:
                return content
    raise TooLongError(errno.EFBIG, f"it is longer than {_in_units(max_bytes)}, the most that is read", name)


def open_regular_file(path: str | Path) -> BinaryIO:
    """A file of any length, open for reading. Raises OSError as `read_regular_file` does."""
    name = os.fspath(path)
    # Checked before it is opened, since opening a device may have an effect.
    _check_kind(os.stat(name), name)
    file = open(os.open(name, _FLAGS), "rb")  # noqa: SIM115  # Whoever calls it is the manager.
    try:
        _check_kind(os.fstat(file.fileno()), name)
    except OSError:
        file.close()
        raise
    return file


def reason_of(error: Exception) -> str:
    """Why the system refused something, in its words, for a message."""
    return str(getattr(error, "strerror", None) or error)


def leads_out(path: str | Path, root: str | Path) -> bool:
    """Whether a path that is spelled as one below a folder leads out of it by links."""
    written, folder = os.path.abspath(path), os.path.abspath(root)
    return _is_written_below(written, folder) and not is_below(written, folder)


def is_below(path: str | Path, folder: str | Path) -> bool:
    """Whether a path lies in a folder, once all links are followed."""
    return _is_written_below(os.path.realpath(path), os.path.realpath(folder))


def _is_written_below(path: str, folder: str) -> bool:
    path, folder = os.path.normcase(path), os.path.normcase(folder)
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _check_kind(status: os.stat_result, name: str) -> None:
    if stat.S_ISREG(status.st_mode):
        return
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, "it is a directory", name)
    kind = next((words for is_kind, words in _KINDS if is_kind(status.st_mode)), "something else")
    raise NotRegularError(errno.EINVAL, f"it is {kind}, not a regular file", name)


def _in_units(n_bytes: int) -> str:
    return f"{n_bytes // 1_000_000} MB" if n_bytes >= 1_000_000 else f"{n_bytes // 1_000} KB"
