"""Writing a user's file: whole or not at all, and never over a version that was not read."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from gru_lint.regular_files import reason_of

if sys.platform != "win32":
    import fcntl

# The hidden files in which content is written before it takes its place.
_TEMPORARY: Final = re.compile(r"\..{1,40}\.[0-9a-f]{16}\.gru-lint\.tmp", re.DOTALL)
_NEW_FILE_MODE: Final = 0o666
_NAMES: Final = ("name", "names")


class WriteError(Exception):
    """A file that was left as it is; the message is one line that names it and says why."""


def write_file(path: Path, content: bytes, expected: bytes | None = None) -> str | None:
    """Replaces the content of a file, or makes the file. Raises `WriteError`, and then nothing has changed.

    Returns a note for the user where other names (hard links) keep the old content.

    expected  what the file must still hold; None for whatever it holds, or where there is none

    The content is written beside the file and takes its place in one step: a reader, or a power cut, finds the old file
    or the new one. A link stays a link; the file that it leads to is replaced. The new file has the mode, owner and
    extended attributes of the old one, as far as the system allows. A terminal or a pipe is written to directly.
    """
    try:
        # The path is used as it is named: what /dev/stdout leads to has no name.
        old = _status(path)
        if old is not None and not stat.S_ISREG(old.st_mode):
            path.write_bytes(content)
            return None
        target = path.resolve()
        if old is not None and not (old.st_mode & 0o222 and os.access(target, os.W_OK)):
            raise WriteError(f"{path}: is read-only; nothing was written")
        with _temporary_file(target) as new:
            _write_and_sync(new, content)
            if old is None:
                new.chmod(_NEW_FILE_MODE & ~_mask())
            else:
                _copy_attributes(new, target, old)
            if expected is not None and _content(target) != expected:
                raise WriteError(f"{path}: has changed since it was read; nothing was written, run it again")
            new.replace(target)
        _sync_folder(target.parent)
        if old is not None and old.st_nlink > 1:
            return f"{path}: has {old.st_nlink - 1} other {_NAMES[old.st_nlink > 2]} (hard links) with the old text"
        return None
    except (OSError, RuntimeError) as error:
        raise WriteError(f"{path}: cannot be written ({reason_of(error)})") from None


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
def _temporary_file(target: Path) -> Iterator[Path]:
    """A new file in the folder of another; it is removed at the end unless it was renamed."""
    # A name near the limit of the file system leaves no room for more.
    new = target.with_name(f".{_beginning(target.name)}.{secrets.token_hex(8)}.gru-lint.tmp")
    # Readable by its owner alone until it has the mode of the old one.
    descriptor = os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        if sys.platform == "win32":
            # While it is open it cannot replace another file.
            os.close(descriptor)
        else:
            _lock(descriptor)
        yield new
    finally:
        with suppress(OSError):
            new.unlink()
        if sys.platform != "win32":
            os.close(descriptor)


def _beginning(name: str) -> str:
    """The beginning of a name, in at most 40 bytes."""
    return os.fsdecode(os.fsencode(name)[:40]) if os.name == "posix" else name[:40]


def _lock(descriptor: int) -> bool:
    """Whether this process could lock a file; the system frees the lock when the process ends."""
    if sys.platform != "win32":
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
    return True


def remove_leftovers(folder: Path) -> None:
    """Removes the temporary files that killed runs have left in a folder, and none of a run that goes on."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _TEMPORARY.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                with suppress(OSError):
                    _remove_leftover(entry.path)


def _remove_leftover(path: str) -> None:
    if sys.platform == "win32":
        # Without locks the age decides: no file takes an hour to write.
        if time.time() - os.stat(path).st_mtime > 3600:
            os.unlink(path)
        return
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        if _lock(descriptor):
            os.unlink(path)
    finally:
        os.close(descriptor)


def _write_and_sync(new: Path, content: bytes) -> None:
    with new.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _copy_attributes(new: Path, target: Path, old: os.stat_result) -> None:
    """Gives a new file the owner, mode and attributes of the old one."""
    # The group of a shared folder, or root who writes a user's file; before the mode, which a new owner resets.
    if hasattr(os, "chown"):
        for owner in (old.st_uid, -1):
            with suppress(OSError):
                os.chown(new, owner, old.st_gid)
                break
    shutil.copystat(target, new)
    status = new.stat()
    if status.st_gid != old.st_gid:
        # Where the group changes, it gets the rights of others instead of those of the old group.
        new.chmod(stat.S_IMODE(old.st_mode) & ~0o070 | (old.st_mode & 0o007) << 3)
    # The time is that of writing: programs that build from the file look at it.
    os.utime(new)


def _mask() -> int:
    """The mode bits that new files of this process lack; it can only be asked for by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    # Windows cannot open a folder; elsewhere the new name is safe only when the folder is.
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
