"""Documents of Word: see `gru_lint.documents.word`."""

from __future__ import annotations

from gru_lint.extract._base import Description
from gru_lint.extract._paragraphs import extract_paragraphs

LANGUAGE = "docx"
EXTENSIONS = (".docx", ".docm", ".dotx", ".dotm")
DESCRIPTION = Description(
    "Word",
    read="paragraphs, headings, lists, tables, footnotes and endnotes, text boxes; tracked insertions",
    not_read="headers and footers, comments, tracked deletions, hidden text, formulas, instructions of fields",
)

extract_prose = extract_paragraphs


def unpack(content: bytes) -> str:
    """The text of a document, a paragraph a line. Raises `DocumentError`."""
    from gru_lint.documents.word import WordDocument

    return WordDocument(content).passages.text
