"""The open documents and what was found in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from gru_lint.extract import is_known, languages
from gru_lint_server.notebooks import NotebookPositions
from gru_lint_server.placed_findings import PlacedFindings
from gru_lint_server.positions import Positions

# Language identifiers of some editors that differ from the usual ones.
_OTHER_NAMES = {
    "gitcommit": "git-commit",
    "rst": "restructuredtext",
    "sh": "shellscript",
    "tex": "latex",
    "text": "plaintext",
}
_DRIVE: Final = re.compile(r"/([A-Za-z]):")
# How Python decodes names of files that are not UTF-8.
_UNDECODED: Final = "surrogateescape"


@dataclass(frozen=True, slots=True)
class Document:
    """An open document at one version of its text.

    uri          as the client spells it
    filename     whose extension says how the text is read
    language     as the client calls it
    positions    the text, and where its lines are
    cursor       the offset at which the last edit ended; None where there was none
    findings     in the order of the text; None as long as nothing of this text is judged
    is_complete  whether all of it is judged, or could not be
    notebook     the URI of the notebook that it is a cell of; its text, findings and offsets are then the notebook's
    """

    uri: str
    version: int
    filename: str
    language: str
    positions: Positions
    cursor: int | None = None
    findings: PlacedFindings | None = None
    is_complete: bool = False
    notebook: str | None = None

    @property
    def file(self) -> str:
        """The URI of what is judged, and whose settings hold: for a cell, its notebook."""
        return self.notebook or self.uri

    @property
    def text(self) -> str:
        """The whole text."""
        return self.positions.text


class Documents:
    """The open documents; one is replaced, never altered, so that a thread may read it.

    A file is one document, however its URI is spelled.
    """

    def __init__(self) -> None:
        self._documents: dict[str, Document] = {}
        # The client's spelling of each file that it has opened and spells otherwise than we do.
        self._spellings: dict[str, str] = {}
        # The notebook of each cell.
        self._notebooks: dict[str, str] = {}

    def spelling(self, uri: str) -> str:
        """A file's URI as the client spells it, as far as it has."""
        return self._spellings.get(canonical(uri), uri)

    def all(self) -> list[Document]:
        """Every document that is open."""
        return list(self._documents.values())

    def shown(self) -> list[Document]:
        """Every document that diagnostics are shown for: the cells of a notebook, and not the notebook."""
        return [one for document in self.all() for one in cells_of(document)]

    def document(self, uri: str) -> Document | None:
        """The document, notebook or cell as it is now; None where it is not open."""
        key = canonical(uri)
        if (notebook := self._notebooks.get(key)) is None:
            return self._documents.get(key)
        return next((cell for cell in cells_of(self._documents[notebook]) if canonical(cell.uri) == key), None)

    def file_of(self, uri: str) -> str:
        """The URI under which a document is judged: the one that it was opened with, or that of a cell's notebook."""
        document = self.document(uri)
        return document.file if document else uri

    def is_current(self, document: Document) -> bool:
        """Whether the document is open and has not changed since."""
        return self._documents.get(canonical(document.uri)) is document

    def put(self, document: Document) -> Document:
        """Adds a document, or replaces it by a newer state."""
        key = canonical(document.uri)
        before = self._documents.get(key)
        if before is None or before.positions is not document.positions:
            for cell in before.positions.cells if before else ():
                self._notebooks.pop(canonical(cell.uri), None)
            self._notebooks |= {canonical(cell.uri): key for cell in document.positions.cells}
        self._documents[key] = document
        if document.uri != key:
            self._spellings[key] = document.uri
        else:
            self._spellings.pop(key, None)
        return document

    def change(self, document: Document, version: int, positions: Positions, cursor: int | None) -> Document:
        """Replaces the text of a document, and forgets the findings in the old one."""
        return self.put(
            replace(document, version=version, positions=positions, cursor=cursor, findings=None, is_complete=False)
        )

    def forget_findings(self, document: Document) -> Document:
        """The document as if it had not been judged."""
        return self.put(replace(document, findings=None, is_complete=False))

    def add_findings(self, document: Document, findings: PlacedFindings, *, is_complete: bool) -> Document | None:
        """The document with its findings; None where its text is already older."""
        if not self.is_current(document):
            return None
        return self.put(replace(document, findings=findings, is_complete=is_complete))

    def close(self, uri: str) -> None:
        """Forgets a document."""
        closed = self._documents.pop(canonical(uri), None)
        for cell in closed.positions.cells if closed else ():
            self._notebooks.pop(canonical(cell.uri), None)

    def close_all(self) -> None:
        """Forgets every document."""
        self._documents.clear()
        self._notebooks.clear()


def cells_of(document: Document) -> list[Document]:
    """The cells of a notebook as documents; any other document as it is."""
    if not isinstance(document.positions, NotebookPositions):
        return [document]
    return [
        replace(document, uri=cell.uri, version=cell.version, positions=cell.positions, notebook=document.uri)
        for cell in document.positions.cells
    ]


@lru_cache(maxsize=4_096)
def canonical(uri: str) -> str:
    """The normal form of a file's URI, by which URIs are compared; any other URI stays as it is.

    >>> canonical("file://localhost/a%20(1).md") == canonical("file:///a%20%281%29.md")
    True
    """
    parts = urlsplit(uri)
    if parts.scheme != "file":
        return uri
    host = "" if parts.netloc.lower() == "localhost" else parts.netloc.lower()
    path = unquote(parts.path, errors=_UNDECODED)
    if drive := _DRIVE.match(path):
        return f"file://{host}/{drive[1].upper()}:{quote(path[3:], errors=_UNDECODED)}"
    return f"file://{host}{quote(path, errors=_UNDECODED)}"


@lru_cache(maxsize=4_096)
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
