"""Writing a user's file: whole or not at all, and never over what somebody else has just written."""

from __future__ import annotations

import os
import secrets
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


class WriteError(Exception):
    """A file that was left as it is; the message is one line that names it and says why."""


def write_file(path: Path, content: bytes, expected: bytes | None = None) -> None:
    """Puts content in the place of a file, or begins the file. Raises `WriteError`, and then nothing has changed.

    expected  what the file must still hold; None for whatever it holds, or where there is none

    The content is written beside the file and takes its place in one step, so that whoever reads it, or a
    power cut, finds the old file or the new one. A link stays a link: what it leads to is replaced. The new file has
    the mode, owner and extended attributes of the old one, as far as the system lets us. What is no ordinary file, such
    as a terminal or a pipe, is written to as it is.
    """
    try:
        # By its own name: /dev/stdout leads to what has none.
        old = _status(path)
        if old is not None and not stat.S_ISREG(old.st_mode):
            path.write_bytes(content)
            return
        target = path.resolve()
        if old is not None and not (old.st_mode & 0o222 and os.access(target, os.W_OK)):
            raise WriteError(f"{path}: is read-only; nothing was written")
        with _beside(target) as new:
            _fill(new, content)
            if old is not None:
                _take_after(new, target, old)
            if expected is not None and _content(target) != expected:
                raise WriteError(f"{path}: has changed since it was read; nothing was written, run it again")
            new.replace(target)
        _sync_folder(target.parent)
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise WriteError(f"{path}: cannot be written ({reason})") from None


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _content(target: Path) -> bytes | None:
    try:
        return target.read_bytes()
    except FileNotFoundError:
        return None


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A new file in the folder of another, which is gone afterwards unless it was given another name."""
    # A name near the limit of the file system leaves no room for more.
    new = target.with_name(f".{target.name[:40]}.{secrets.token_hex(4)}.tmp")
    try:
        os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        yield new
    finally:
        with suppress(OSError):
            new.unlink()


def _fill(new: Path, content: bytes) -> None:
    with new.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _take_after(new: Path, target: Path, old: os.stat_result) -> None:
    """Gives a new file what the old one has beside its content."""
    # The group of a shared folder, or root who writes a user's file; before the mode, which a new owner resets.
    if hasattr(os, "chown"):
        with suppress(OSError):
            os.chown(new, old.st_uid, old.st_gid)
    shutil.copystat(target, new)
    # But it was written now: programs that build from it look at the time.
    os.utime(new)


def _sync_folder(folder: Path) -> None:
    # Windows cannot open a folder; elsewhere the new name is safe only when the folder is.
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
