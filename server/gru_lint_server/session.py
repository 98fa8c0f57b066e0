"""The open documents and what was found in them: plain values, nothing of the protocol."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from gru_lint.extract import known_extensions
from gru_lint.records import Diagnostic

# Decides where the name of a document does not: most editors give a new document none.
_EXTENSION_OF_LANGUAGE = {"markdown": ".md", "latex": ".tex"}


@dataclass(frozen=True, slots=True)
class Document:
    """An open document at one version of its text.

    filename  whose extension says how the text is read
    findings  in the order of the text; None as long as this text is not judged
    """

    uri: str
    version: int
    text: str
    filename: str
    findings: tuple[Diagnostic, ...] | None = None


class Session:
    """The open documents by their URI; one is replaced, never altered, so that a thread may read it."""

    def __init__(self) -> None:
        self._documents: dict[str, Document] = {}

    def document(self, uri: str) -> Document | None:
        """The document as it is now; None where it is not open."""
        return self._documents.get(uri)

    def is_current(self, document: Document) -> bool:
        """Whether the document is open and has not changed since."""
        return self._documents.get(document.uri) is document

    def open(self, document: Document) -> None:
        """Begins a document, or begins it anew."""
        self._documents[document.uri] = document

    def change(self, uri: str, version: int, text: str) -> None:
        """Puts a new text in the place of the old one and its findings."""
        self._documents[uri] = replace(self._documents[uri], version=version, text=text, findings=None)

    def add_findings(self, document: Document, findings: tuple[Diagnostic, ...]) -> Document | None:
        """The document with its findings; None where its text is already older."""
        if not self.is_current(document):
            return None
        judged = replace(document, findings=findings)
        self._documents[document.uri] = judged
        return judged

    def close(self, uri: str) -> None:
        """Forgets a document."""
        self._documents.pop(uri, None)

    def close_all(self) -> None:
        """Forgets every document."""
        self._documents.clear()


def document_filename(uri: str, language_id: str) -> str:
    """The path in a URI; with an extension after the language where its own says nothing.

    >>> document_filename("file:///home/ann/my%20notes.md", "plaintext")
    '/home/ann/my notes.md'
    >>> document_filename("untitled:Untitled-1", "markdown")
    'Untitled-1.md'
    """
    path = unquote(urlsplit(uri).path)
    if PurePosixPath(path).suffix.lower() in known_extensions():
        return path
    return path + _EXTENSION_OF_LANGUAGE.get(language_id, ".txt")
