"""OpenDocument texts: their paragraphs in the order in which one reads them.

Notes and the texts of frames follow the paragraph that they belong to. Deletions that are tracked, annotations and
hidden words are no text. odfdo, which reads the same trees by lxml, says of none of them where it stands.
"""

from __future__ import annotations

import re
from typing import Final

from gru_lint.documents.archive import PROTECTED, Archive
from gru_lint.documents.errors import DocumentError
from gru_lint.documents.parsing import Element, local_name, namespace, parse, walk
from gru_lint.documents.passages import Passages

KIND: Final = "OpenDocument text"
CONTENT: Final = "content.xml"
_MANIFEST: Final = "META-INF/manifest.xml"
_ENCRYPTED_PACKAGE: Final = "encrypted-package"
_PREFIX: Final = "urn:oasis:names:tc:opendocument:xmlns:"
NAMESPACES: Final = {
    f"{_PREFIX}office:1.0": "office",
    f"{_PREFIX}text:1.0": "text",
    f"{_PREFIX}drawing:1.0": "draw",
    f"{_PREFIX}svg-compatible:1.0": "svg",
    f"{_PREFIX}manifest:1.0": "manifest",
    f"{_PREFIX}table:1.0": "table",
    "http://purl.org/dc/elements/1.1/": "dc",
}
_URIS: Final = {prefix: uri for uri, prefix in NAMESPACES.items()}
_PARAGRAPHS: Final = frozenset({"text:p", "text:h"})
_SKIPPED: Final = frozenset(
    {
        "office:annotation",
        "office:annotation-end",
        "office:forms",
        "svg:desc",
        "svg:title",
        "text:hidden-text",
        "text:note-citation",
        "text:ruby-text",
        "text:script",
        "text:tracked-changes",
    }
)
_LIST: Final = "text:list"
_TABLE: Final = "table:table"
_CELLS: Final = frozenset({"table:table-cell", "table:covered-table-cell"})
_STORIES: Final = frozenset({"text:note-body", "draw:text-box"})
_BLANKS: Final = frozenset({"text:tab", "text:line-break"})
# Blanks beside each other are one, and one at the beginning of a paragraph is none.
_BLANK_RUN: Final = re.compile(r"[ \t\r\n]+")
_UNEVEN: Final = re.compile(r"[ \t\r\n]{2}")
_MOST_BLANKS: Final = 10_000


def qualified(name: str) -> str:
    """An element's or attribute's name as lxml has it, of one such as "text:p"."""
    prefix, _, local = name.partition(":")
    return f"{{{_URIS[prefix]}}}{local}"


def prefixed(element: Element) -> str:
    """An element's name with the usual prefix, whatever stands in the file; "" of one that is not known here."""
    prefix = NAMESPACES.get(namespace(element))
    return f"{prefix}:{local_name(element)}" if prefix else ""


def _level(paragraph: Element) -> int:
    """The level of a heading; 0 of any other paragraph."""
    level = paragraph.get(qualified("text:outline-level"), "1")
    return (int(level) if len(level) == 1 and level in "123456789" else 9) if prefixed(paragraph) == "text:h" else 0


class OpenDocument:
    """An OpenDocument text. Raises `DocumentError` where it cannot be read.

    root      that of its content
    passages  its text, and what each character of it stands in
    """

    def __init__(self, content: bytes) -> None:
        self.archive = Archive(content, KIND)
        self._check_open()
        self.root = parse(self.archive, CONTENT)
        text = self.root.find(f"{qualified('office:body')}/{qualified('office:text')}")
        if text is None:
            raise self.archive.damaged(f"{CONTENT} holds no text document")
        self.passages = Passages()
        self._read_story(text)

    def _check_open(self) -> None:
        if _ENCRYPTED_PACKAGE in self.archive.names:
            raise DocumentError(PROTECTED)
        if _MANIFEST in self.archive.names:
            manifest = parse(self.archive, _MANIFEST)
            if next(manifest.iter(qualified("manifest:encryption-data")), None) is not None:
                raise DocumentError(PROTECTED)

    def _read_story(self, story: Element) -> None:
        """Reads what is one text: the document, a note or a frame."""
        passages = self.passages
        begin_in_table = {_TABLE: passages.begin_table, "table:table-row": passages.begin_row}
        begin_in_table |= dict.fromkeys(_CELLS, passages.begin_cell)
        after_paragraph: list[Element] = []
        is_open = False
        n_lists = 0
        for begins, element, walker in walk(story):
            name = prefixed(element)
            n_lists += (1 if begins else -1) if name == _LIST else 0
            if not begins:
                if name in _PARAGRAPHS:
                    is_open = False
                    passages.end_paragraph(_level(element), n_lists)
                elif name == _TABLE:
                    passages.end_table()
                if element is not story and is_open:
                    self._add(element.tail, element, is_tail=True)
                if not is_open:
                    self._read_after(after_paragraph)
            elif name in _SKIPPED or element.get(qualified("text:display")) == "none":
                walker.skip_subtree()
            elif begin := begin_in_table.get(name):
                begin()
            elif name in _STORIES and element is not story:
                after_paragraph.append(element)
                walker.skip_subtree()
            elif name in _PARAGRAPHS:
                passages.end_paragraph()
                is_open = True
                self._add(element.text, element)
            elif is_open:
                self._add_within(name, element)
        passages.end_paragraph()
        self._read_after(after_paragraph)

    def _read_after(self, stories: list[Element]) -> None:
        waiting = stories.copy()
        stories.clear()
        for story in waiting:
            self._read_story(story)

    def _add_within(self, name: str, element: Element) -> None:
        """Adds what an element in a paragraph begins with."""
        if name == "text:s":
            written = element.get(qualified("text:c"), "1")
            n_blanks = int(written) if written.isascii() and written.isdigit() and len(written) < 6 else 1
            self.passages.add(" " * min(n_blanks, _MOST_BLANKS), element)
        elif name in _BLANKS:
            self.passages.add(" ", element)
        else:
            self._add(element.text, element)

    def _add(self, written: str | None, element: Element, *, is_tail: bool = False) -> None:
        """Adds what stands in or after an element, with its blanks as one sees them."""
        if not written:
            return
        passages = self.passages
        if not _UNEVEN.search(written) and not (passages.ends_with_blank and written[0] in " \t\r\n"):
            passages.add(written, element, is_tail=is_tail)
            return
        here = 0
        for blanks in _BLANK_RUN.finditer(written):
            passages.add(written[here : blanks.start()], element, is_tail=is_tail, offset=here)
            if not passages.ends_with_blank:
                passages.add(" ", element, is_tail=is_tail, offset=blanks.start())
            here = blanks.end()
        passages.add(written[here:], element, is_tail=is_tail, offset=here)
