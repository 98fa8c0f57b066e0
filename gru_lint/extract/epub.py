"""Books in EPUB: the pages of their spine, each read as HTML."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote

from gru_lint.documents.passages import Role
from gru_lint.extract import html
from gru_lint.extract._base import ENTRIES_END, ENTRY, PARAGRAPH_END, PART, Description
from gru_lint.extract._paragraphs import extract_paragraphs

if TYPE_CHECKING:
    from gru_lint.documents.archive import Archive

LANGUAGE = "epub"
EXTENSIONS = (".epub",)
DESCRIPTION = Description(
    "EPUB",
    read="the pages of the book in their order, as HTML",
    not_read="the list of contents, pages out of the order, what HTML does not read",
)

_KIND = "book in EPUB"
_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
# Encryptions of fonts alone: the text can be read.
_OBFUSCATIONS = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})
_PAGES = frozenset({"application/xhtml+xml", "text/html"})
# Entities, but for those of characters that are markup.
_ENTITY = re.compile(r"&(?!(?:lt|gt|amp|quot);)#?\w+;")
_HEAD = re.compile(r"<head\b[^>]*>.*?</head\s*>", re.DOTALL | re.IGNORECASE)
_MARKS = f"{PARAGRAPH_END}{ENTRY}{PART}{ENTRIES_END}"
# What a numeric entity may stand for, which is markup, too.
_HARMLESS = dict.fromkeys(map(ord, "<>&"), " ")
_PARTED = re.compile(rf"(\s*[{_MARKS}][\s{_MARKS}]*|\n[^\S\n]*\n\s*)")

extract_prose = extract_paragraphs


def unpack(content: bytes) -> str:
    """The text of a book, a paragraph a line. Raises `DocumentError`."""
    from gru_lint.documents.archive import Archive

    archive = Archive(content, _KIND)
    _check_open(archive)
    paragraphs = [one for page in _pages(archive) for one in _paragraphs(page)]
    roles = [role for _, role in paragraphs[1:]]
    return "".join(f"{words}{chr(9) * role}\n" for (words, _), role in zip(paragraphs, [*roles, 0], strict=False))


def _check_open(archive: Archive) -> None:
    from gru_lint.documents.errors import DocumentError
    from gru_lint.documents.parsing import parse

    if _ENCRYPTION in archive.names:
        methods = parse(archive, _ENCRYPTION).iter("{*}EncryptionMethod")
        if any(method.get("Algorithm") not in _OBFUSCATIONS for method in methods):
            raise DocumentError("is protected against copying, and cannot be read")


def _pages(archive: Archive) -> Iterator[str]:
    """The pages in the order in which the book shows them."""
    from gru_lint.documents.parsing import parse

    root_file = next(parse(archive, _CONTAINER).iter("{*}rootfile"), None)
    package_name = root_file.get("full-path", "") if root_file is not None else ""
    package = parse(archive, package_name)
    items = {one.get("id"): one for one in package.iter("{*}item")}
    for reference in package.iter("{*}itemref"):
        item = items.get(reference.get("idref"))
        if item is None or item.get("media-type") not in _PAGES or "nav" in item.get("properties", "").split():
            continue
        place = posixpath.join(posixpath.dirname(package_name), unquote(item.get("href", "")))
        # A page that the book shows twice is read once.
        if items.pop(reference.get("idref"), None) is not None:
            yield archive.read(posixpath.normpath(place)).decode("utf-8", "replace")


def _paragraphs(page: str) -> Iterator[tuple[str, int]]:
    """The paragraphs of a page with their roles; entries of any kind have the roles of rows in a table."""
    source = _ENTITY.sub(lambda entity: unescape(entity[0]).translate(_HARMLESS), page)
    parts = _PARTED.split(html.extract_prose(_HEAD.sub("", source, count=1)))
    waiting = ""
    in_entry = False
    for number in range(0, len(parts), 2):
        words = " ".join(parts[number].split())
        waiting += parts[number - 1] if number else ""
        if not words:
            continue
        role = Role.WITHIN_CELL if in_entry else Role.TEXT
        entry, end = waiting.rfind(ENTRY), waiting.rfind(ENTRIES_END)
        if entry > end:
            role = Role.CELL_AFTER_EMPTY_ONE if PART in waiting[entry:] else Role.FIRST_CELL
        elif end >= 0:
            role = Role.TEXT
        elif PART in waiting and in_entry:
            role = Role.CELL
        in_entry, waiting = role != Role.TEXT, ""
        yield words, int(role)
