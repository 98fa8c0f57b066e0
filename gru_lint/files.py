"""Files to lint: which ones a path means, and their text or the reason why there is none."""

from __future__ import annotations

import codecs
import os
from collections.abc import Iterator
from pathlib import Path

from gru_lint.extract import known_extensions

# Folders that hold no prose of the user's own.
_SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__", "venv", "site-packages"})
_OTHER_ENCODINGS = {
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}


class FileError(Exception):
    """A path that cannot be linted; the message is one line that names it and says what to do."""


def find_files(path: Path) -> Iterator[Path]:
    """The file itself, or the text files under a folder, sorted. Raises `FileError`."""
    if not path.is_dir():
        if not path.exists():
            raise FileError(f"{path}: no such file or directory")
        yield path
        return
    found = False
    for folder, subfolders, names in os.walk(path, onerror=_raise_unreadable):
        subfolders[:] = sorted(name for name in subfolders if name not in _SKIPPED_FOLDERS and not name.startswith("."))
        for name in sorted(names):
            if Path(name).suffix.lower() in known_extensions() and not name.startswith("."):
                found = True
                yield Path(folder, name)
    if not found:
        kinds = ", ".join(sorted(known_extensions()))
        raise FileError(f"{path}: no text files in this directory (looked for {kinds}); name a file to check it")


def read_text(path: Path) -> str:
    """The file's text with its line ends and byte order mark as they are. Raises `FileError`."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise FileError(f"{path}: cannot be read ({error.strerror or error})") from None
    return decode(content, str(path))


def decode(content: bytes, name: str) -> str:
    """The text of a file's bytes. Raises `FileError` where they are no UTF-8 text."""
    for mark, encoding in _OTHER_ENCODINGS.items():
        if content.startswith(mark):
            raise FileError(f"{name}: is {encoding} text; save it as UTF-8")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        if b"\0" in content[:8192]:
            raise FileError(f"{name}: is a binary file, not text") from None
        row = content.count(b"\n", 0, error.start) + 1
        raise FileError(f"{name}: is not valid UTF-8 (line {row}, byte {error.start}); save it as UTF-8") from None
    n_control = sum(text.count(chr(code), 0, 8192) for code in range(32) if chr(code) not in "\t\n\r\f")
    if n_control > 0.3 * len(text[:8192]):
        raise FileError(f"{name}: is a binary file, not text")
    return text


def _raise_unreadable(error: OSError) -> None:
    raise FileError(f"{error.filename}: cannot be read ({error.strerror})") from None
