"""The zip archive that a document is: its members, read within limits, and a copy in which some are replaced."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from lzma import LZMAError
from typing import Final

from gru_lint.documents.errors import DocumentError

# Bytes that are read of a document in all: the longest novel takes half of them.
MAX_UNPACKED: Final = 80_000_000
# Bytes that are copied, pictures among them.
MAX_COPIED: Final = 1_000_000_000
MAX_MEMBERS: Final = 20_000
_ENTRY: Final = b"PK\x01\x02"
# Compound File Binary: an encrypted document of Word, or one of before 2007.
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE: Final = "EncryptedPackage".encode("utf-16-le")
_IS_ENCRYPTED: Final = 0x1
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
PROTECTED: Final = "is protected by a password; save a copy without one"
TOO_MUCH: Final = "unpacks to more than is read; save it again, or split it"


class Archive:
    """A document's members. Raises `DocumentError` wherever it cannot be read.

    kind  what the document is called in messages
    """

    def __init__(self, content: bytes, kind: str) -> None:
        self.kind = kind
        self._content = content
        self._n_unpacked = 0
        if content.startswith(_COMPOUND):
            if _ENCRYPTED_PACKAGE in content:
                raise DocumentError(PROTECTED)
            raise DocumentError("is a document of Word before 2007; save it as .docx")
        # Checked before a list of millions of members is made.
        if content.count(_ENTRY) > MAX_MEMBERS:
            raise DocumentError(TOO_MUCH)
        with self._with_document_errors():
            self._file = zipfile.ZipFile(io.BytesIO(content))
        self.names: Final = tuple(info.filename for info in self._file.infolist())

    def read(self, name: str) -> bytes:
        """What a member holds."""
        content = self.find(name)
        if content is None:
            raise self.damaged(f"{name} is missing")
        return content

    def find(self, name: str) -> bytes | None:
        """What a member holds; None where there is none of this name."""
        if name not in self.names:
            return None
        with self._with_document_errors():
            info = self._file.getinfo(name)
            if info.flag_bits & _IS_ENCRYPTED:
                raise DocumentError(PROTECTED)
            self._n_unpacked += info.file_size
            if self._n_unpacked > MAX_UNPACKED:
                raise DocumentError(TOO_MUCH)
            # No more is unpacked than the archive says, and that is checked.
            return self._file.read(info)

    def damaged(self, reason: object) -> DocumentError:
        """The error about a document that breaks its format."""
        return DocumentError(f"is damaged or no {self.kind} ({reason}); save or fetch it again")

    def with_members(self, changed: Mapping[str, bytes], added: Mapping[str, bytes]) -> bytes:
        """The same archive in the same order with other content in some members, and with new ones at its end."""
        if sum(info.file_size for info in self._file.infolist()) > MAX_COPIED:
            raise DocumentError(TOO_MUCH)
        written = io.BytesIO()
        with self._with_document_errors(), zipfile.ZipFile(written, "w") as copy:
            copy.comment = self._file.comment
            for info in self._file.infolist():
                content = changed.get(info.filename)
                copy.writestr(info, self._file.read(info) if content is None else content)
            for name, content in added.items():
                # Its date says nothing, so that the same review is the same file.
                copy.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
        return written.getvalue()

    @contextmanager
    def _with_document_errors(self) -> Iterator[None]:
        try:
            yield
        except _BROKEN as error:
            raise self.damaged(str(error).rstrip(".") or type(error).__name__) from None
