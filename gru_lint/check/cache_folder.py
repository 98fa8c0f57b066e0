"""The folder that holds the cache: where it lies, whether it may be trusted, and what in it is ours to remove.

It never lies where a repository could bring it along, unless the user names such a folder. Even then nothing in it
is opened before every name, kind and owner in it has been looked at: SQLite replays any journal that it finds beside
its file, and a journal can name other files to delete.
"""

from __future__ import annotations

import os
import re
import stat
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Final

from platformdirs import user_cache_path

DATABASE_NAME: Final = "findings-2.sqlite3"
# Where the cache lay in earlier versions, beside the configuration. It is neither read nor removed.
OLD_FOLDER_NAME: Final = ".gru_lint_cache"
_TAG_NAME: Final = "CACHEDIR.TAG"
_OWN_TEXTS: Final = {
    _TAG_NAME: b"Signature: 8a477f597d28d172789f06886806bc55\n# Made by gru-lint; `gru-lint clean` removes it.\n",
    ".gitignore": b"*\n",
}
# Those of other versions are left alone, and removed along with ours.
_DATABASE: Final = re.compile(r"findings-[0-9]{1,4}\.sqlite3")
# The cache of a project that was not checked for this long is removed.
_SECONDS_KEPT: Final = 90 * 86400


class CacheFolderError(Exception):
    """A folder that is not used; the message is one line that names it and says why."""


def project_cache_folder(root: Path) -> Path | None:
    """The folder for a project within the user's own cache; None where the system names none.

    root  of the project; whatever links lead to it, it is one project
    """
    caches = user_cache_path("gru-lint", appauthor=False)
    if not caches.is_absolute():
        return None
    digest = blake2b(os.path.realpath(root).encode("utf-8", "surrogateescape"), digest_size=16)
    return caches / digest.hexdigest()


def check_cache_folder(folder: Path) -> None:
    """Raises `CacheFolderError` where a folder is not this user's alone, or holds what this tool did not write."""
    try:
        status = folder.lstat()
        if stat.S_ISLNK(status.st_mode):
            raise CacheFolderError(f"{folder}: is a link; the cache needs a folder of its own")
        if not stat.S_ISDIR(status.st_mode):
            raise CacheFolderError(f"{folder}: is not a folder; the cache needs one of its own")
        _check_owner(folder, status)
        for name in sorted(os.listdir(folder)):  # noqa: PTH208
            if not _is_own(folder / name):
                raise CacheFolderError(
                    f"{folder}: holds {name!r}, which gru-lint did not put there; name an empty folder for the cache"
                )
    except FileNotFoundError:
        return
    except OSError as error:
        raise CacheFolderError(f"{folder}: cannot be used for the cache ({error.strerror or error})") from None


def _check_owner(folder: Path, status: os.stat_result) -> None:
    if not hasattr(os, "geteuid"):
        # Windows: the permissions that a user's cache folder inherits close it to others.
        return
    if status.st_uid != os.geteuid():
        raise CacheFolderError(f"{folder}: belongs to another user; name a folder of your own for the cache")
    if status.st_mode & 0o022:
        raise CacheFolderError(f"{folder}: others may write to it; close it with: chmod go-w {folder}")


def _is_own(path: Path) -> bool:
    """Whether this module or SQLite made a file for us, judged by its name, kind, owner and content."""
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode) or status.st_nlink > 1:
            return False
        if hasattr(os, "geteuid") and status.st_uid != os.geteuid():
            return False
        if _DATABASE.fullmatch(path.name):
            return True
        written = _OWN_TEXTS.get(path.name)
        # Another process may be about to write it.
        return written is not None and status.st_size <= len(written) and written.startswith(path.read_bytes())
    # Another process may have removed it.
    except FileNotFoundError:
        return True


def make_cache_folder(folder: Path) -> Path:
    """The database's path in a folder that is made where there is none. Raises `CacheFolderError` and OSError."""
    is_new = not os.path.lexists(folder)
    if is_new:
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
    check_cache_folder(folder)
    for name, text in _OWN_TEXTS.items():
        with suppress(FileExistsError):
            descriptor = os.open(
                folder / name, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600
            )
            try:
                os.write(descriptor, text)
            finally:
                os.close(descriptor)
    database = folder / DATABASE_NAME
    with suppress(FileExistsError):
        # SQLite would make it readable to everybody.
        os.close(os.open(database, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    return database


def remove_cache_folder(folder: Path) -> bool:
    """Removes what this tool has written into a folder, and the folder where nothing else lies in it.

    Whether there was anything. Raises `CacheFolderError` for a folder that is not this user's, and OSError.
    """
    tag = folder / _TAG_NAME
    try:
        status = folder.lstat()
        if stat.S_ISLNK(status.st_mode):
            raise CacheFolderError(f"{folder}: is a link; name the folder that it leads to")
        if not stat.S_ISDIR(status.st_mode) or not _is_own(tag) or tag.read_bytes() != _OWN_TEXTS[_TAG_NAME]:
            return False
    except FileNotFoundError:
        return False
    _check_owner(folder, status)
    for name in os.listdir(folder):  # noqa: PTH208
        if _is_own(folder / name):
            (folder / name).unlink(missing_ok=True)
    with suppress(OSError):
        folder.rmdir()
    return True


def remove_database(folder: Path) -> None:
    """Removes a database that is broken; nothing else. Raises OSError."""
    if _is_own(folder / DATABASE_NAME):
        (folder / DATABASE_NAME).unlink(missing_ok=True)


def remove_old_projects(folder: Path, now: float) -> None:
    """Removes the caches of other projects that nobody has checked for a long time.

    folder  of a project, from `project_cache_folder`
    now     seconds since the epoch
    """
    for other in folder.parent.iterdir():
        with suppress(OSError, CacheFolderError):
            if other != folder and now - (other / DATABASE_NAME).lstat().st_mtime > _SECONDS_KEPT:
                remove_cache_folder(other)
