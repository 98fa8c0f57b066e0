"""OpenDocument texts: see `gru_lint.documents.opendocument`."""

from __future__ import annotations

from gru_lint.extract._base import Description
from gru_lint.extract._paragraphs import extract_paragraphs

LANGUAGE = "odt"
EXTENSIONS = (".odt", ".ott")
DESCRIPTION = Description(
    "OpenDocument text (LibreOffice)",
    read="paragraphs, headings, lists, tables, footnotes and endnotes, frames; tracked insertions",
    not_read="headers and footers, annotations, tracked deletions, hidden text, formulas",
)

extract_prose = extract_paragraphs


def unpack(content: bytes) -> str:
    """The text of a document, a paragraph a line. Raises `DocumentError`."""
    from gru_lint.documents.opendocument import OpenDocument

    return OpenDocument(content).passages.text
