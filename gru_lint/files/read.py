"""The texts of files to lint, or the reason why there is none."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import Final

from gru_lint.config.settings import Settings
from gru_lint.documents.errors import DocumentError
from gru_lint.extract import format_of
from gru_lint.regular_files import NotRegularError, TooLongError, read_regular_file, reason_of

_OTHER_ENCODINGS = {
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}
# A longer file would take minutes to judge and more memory than a user expects to give.
MAX_BYTES: Final = 20_000_000
# A document holds pictures besides its text.
MAX_PACKED_BYTES: Final = 200_000_000


class FileError(Exception):
    """A path that cannot be linted; the message is one line that names it and says what to do."""


class BinaryFileError(FileError):
    """A file that is no text: an error only where the user named it."""


def read_text(path: Path, settings: Settings | None = None) -> str:
    """The file's text with its line ends and byte order mark as they are. Raises `FileError`."""
    read_as = settings.effective_filename(str(path)) if settings else None
    return decode(read_content(path, read_as), str(path), read_as)


def read_content(path: Path, read_as: str | None = None) -> bytes:
    """The file's bytes. Raises `FileError`.

    read_as  a name whose extension gives the format; by default its own
    """
    try:
        return read_regular_file(path, max_bytes(read_as or str(path)))
    except TooLongError:
        raise _too_long(str(path), max_bytes(read_as or str(path))) from None
    except NotRegularError as error:
        raise FileError(f"{path}: cannot be read ({error.strerror}); - is standard input") from None
    except (OSError, ValueError) as error:
        raise FileError(f"{path}: cannot be read ({reason_of(error)})") from None


def max_bytes(name: str) -> int:
    """How many bytes of a file with this name are read at most."""
    return MAX_BYTES if format_of(name).unpack is None else MAX_PACKED_BYTES


def _too_long(name: str, most: int) -> FileError:
    return FileError(f"{name}: is longer than {most // 1_000_000} MB, the most that is read; split it")


def decode(content: bytes, name: str, read_as: str | None = None) -> str:
    """The text of a file's bytes. Raises `FileError` where they are too many, or neither a document nor UTF-8 text.

    read_as  a name whose extension gives the format; by default that of the file
    """
    most = max_bytes(read_as or name)
    if len(content) > most:
        raise _too_long(name, most)
    unpack = format_of(read_as or name).unpack
    if unpack is None:
        return _decode_text(content, name)
    try:
        text = unpack(content)
    except DocumentError as error:
        raise FileError(f"{name}: {error}") from None
    if len(text) > MAX_BYTES:
        raise FileError(f"{name}: its text is longer than {MAX_BYTES // 1_000_000} MB, the most that is read; split it")
    return text


def _decode_text(content: bytes, name: str) -> str:
    for mark, encoding in _OTHER_ENCODINGS.items():
        if content.startswith(mark):
            raise FileError(f"{name}: is {encoding} text; save it as UTF-8")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        if b"\0" in content[:8192]:
            raise BinaryFileError(f"{name}: is a binary file, not text") from None
        row = content.count(b"\n", 0, error.start) + 1
        raise FileError(f"{name}: is not valid UTF-8 (line {row}, byte {error.start}); save it as UTF-8") from None
    n_control = sum(text.count(chr(code), 0, 8192) for code in range(32) if chr(code) not in "\t\n\r\f")
    if n_control > 0.3 * len(text[:8192]):
        raise BinaryFileError(f"{name}: is a binary file, not text")
    return text
