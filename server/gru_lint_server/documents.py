"""The open documents and what was found in them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import unquote, urlsplit

from gru_lint.extract import is_known, languages
from gru_lint.records import Finding
from gru_lint_server.positions import Positions

# What some editors call a language that others call otherwise.
_OTHER_NAMES = {
    "gitcommit": "git-commit",
    "rst": "restructuredtext",
    "sh": "shellscript",
    "tex": "latex",
    "text": "plaintext",
}


@dataclass(frozen=True, slots=True)
class Document:
    """An open document at one version of its text.

    filename     whose extension says how the text is read
    language     as the client calls it
    positions    the text, and where its lines are
    cursor       the offset at which the last edit ended; None where there was none
    findings     in the order of the text; None as long as nothing of this text is judged
    is_complete  whether all of it is judged, or could not be
    """

    uri: str
    version: int
    filename: str
    language: str
    positions: Positions
    cursor: int | None = None
    findings: tuple[Finding, ...] | None = None
    is_complete: bool = False

    @property
    def text(self) -> str:
        """The whole text."""
        return self.positions.text


class Documents:
    """The open documents by their URI; one is replaced, never altered, so that a thread may read it."""

    def __init__(self) -> None:
        self._documents: dict[str, Document] = {}

    def all(self) -> list[Document]:
        """Every document that is open."""
        return list(self._documents.values())

    def document(self, uri: str) -> Document | None:
        """The document as it is now; None where it is not open."""
        return self._documents.get(uri)

    def is_current(self, document: Document) -> bool:
        """Whether the document is open and has not changed since."""
        return self._documents.get(document.uri) is document

    def put(self, document: Document) -> Document:
        """Begins a document, or takes over a newer state of it."""
        self._documents[document.uri] = document
        return document

    def change(self, document: Document, version: int, positions: Positions, cursor: int | None) -> Document:
        """Puts a new text in the place of the old one and its findings."""
        return self.put(
            replace(document, version=version, positions=positions, cursor=cursor, findings=None, is_complete=False)
        )

    def forget_findings(self, document: Document) -> Document:
        """The document as if it had not been judged."""
        return self.put(replace(document, findings=None, is_complete=False))

    def add_findings(self, document: Document, findings: tuple[Finding, ...], *, is_complete: bool) -> Document | None:
        """The document with its findings; None where its text is already older."""
        if not self.is_current(document):
            return None
        return self.put(replace(document, findings=findings, is_complete=is_complete))

    def close(self, uri: str) -> None:
        """Forgets a document."""
        self._documents.pop(uri, None)

    def close_all(self) -> None:
        """Forgets every document."""
        self._documents.clear()


def path_of(uri: str) -> str | None:
    """The path of a file's URI; None for what is no file, such as a document without a name."""
    parts = urlsplit(uri)
    if parts.scheme != "file":
        return None
    path = unquote(parts.path)
    # file:///C:/notes.txt
    return path[1:] if len(path) > 2 and path[0] == "/" and path[2] == ":" else path


def document_filename(uri: str, language_id: str) -> str:
    """The path in a URI; with an extension after the language where its own says nothing.

    >>> document_filename("file:///home/ann/my%20notes.md", "plaintext")
    '/home/ann/my notes.md'
    >>> document_filename("untitled:Untitled-1", "markdown")
    'Untitled-1.md'
    """
    path = path_of(uri) or unquote(urlsplit(uri).path)
    if is_known(path):
        return path
    return path + languages().get(_OTHER_NAMES.get(language_id, language_id), (".txt",))[0]
