"""Documents of Word (Office Open XML): their paragraphs in the order in which one reads them.

Footnotes, endnotes and text boxes follow the paragraph that they belong to. Deletions that are tracked, comments,
hidden words and the instructions of fields are no text. python-docx reads none of notes, text boxes and tracked
changes, and writes every part anew.
"""

from __future__ import annotations

import posixpath
import re
from typing import Final, NamedTuple

from gru_lint.documents.archive import Archive
from gru_lint.documents.parsing import Element, local_name, namespace, parse, walk
from gru_lint.documents.passages import Passages

KIND: Final = "document of Word"
_NAMESPACES: Final = frozenset(
    {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    }
)
# Drawings are there twice, for programs of before and after 2010.
_COMPATIBILITY: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_SKIPPED: Final = frozenset({"del", "moveFrom", "pPr", "rPr", "rt", "sectPr", "tblPr", "tcPr", "trPr", "sdtPr"})
_BLANKS: Final = frozenset({"tab", "br", "cr", "ptab"})
_NOTES: Final = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
_HEADING: Final = re.compile(r"heading ([1-9])", re.IGNORECASE)
_LIST: Final = re.compile(r"List(?:Bullet|Number)(?![2-9])")
_FALSE: Final = frozenset({"0", "false", "off"})


class Part(NamedTuple):
    """A member that is XML."""

    name: str
    root: Element


class WordDocument:
    """A document of Word. Raises `DocumentError` where it cannot be read.

    main      its main part
    parts     of footnotes and endnotes, by these words, where it has any
    passages  its text, and what each character of it stands in
    """

    def __init__(self, content: bytes) -> None:
        self.archive = Archive(content, KIND)
        main = _target(self.archive, "", "officeDocument")
        if main is None:
            raise self.archive.damaged("it names no main part")
        self.main = Part(main, parse(self.archive, main))
        self.word = namespace(self.main.root)
        if self.word not in _NAMESPACES or local_name(self.main.root) != "document":
            raise self.archive.damaged(f"{main} holds no text document")
        self.parts: dict[str, Part] = {}
        for kind in _NOTES.values():
            name = _target(self.archive, main, kind)
            if name is not None:
                self.parts[kind] = Part(name, parse(self.archive, name))
        self.passages = passages = Passages()
        self._begin_in_table = {"tbl": passages.begin_table, "tr": passages.begin_row, "tc": passages.begin_cell}
        self._levels = self._read_styles()
        self._read()

    def target(self, kind: str) -> str | None:
        """The member that the main part has for something, such as "comments"."""
        return _target(self.archive, self.main.name, kind)

    def tag(self, name: str) -> str:
        """The name of an element or attribute of Word's."""
        return f"{{{self.word}}}{name}"

    def _read(self) -> None:
        notes = {}
        for kind, part in self.parts.items():
            for note in part.root.iterchildren(tag="{*}*"):
                notes[kind, note.get(self.tag("id"))] = note
        self._read_story(self.main.root, notes)

    def _read_styles(self) -> dict[str | None, int]:
        """The level of each style that is one of headings."""
        name = self.target("styles")
        levels: dict[str | None, int] = {}
        if name is not None and name in self.archive.names:
            for style in parse(self.archive, name).iterchildren(tag="{*}style"):
                title = style.find(self.tag("name"))
                # Word keeps their English names whatever it calls them.
                if title is not None and (found := _HEADING.fullmatch(title.get(self.tag("val"), ""))):
                    levels[style.get(self.tag("styleId"))] = int(found[1])
        return levels

    def _level(self, paragraph: Element) -> int:
        """The level of a heading; 0 of any other paragraph."""
        style = paragraph.find(f"{self.tag('pPr')}/{self.tag('pStyle')}")
        return self._levels.get(style.get(self.tag("val")), 0) if style is not None else 0

    def _depth(self, paragraph: Element) -> int:
        """How deep in lists an item is, from 1 on; 0 of any other paragraph."""
        numbering = paragraph.find(f"{self.tag('pPr')}/{self.tag('numPr')}")
        style = paragraph.find(f"{self.tag('pPr')}/{self.tag('pStyle')}")
        if numbering is None:
            is_list = style is not None and _LIST.match(style.get(self.tag("val"), ""))
            return 1 if is_list else 0
        level = numbering.find(self.tag("ilvl"))
        return 2 if level is not None and level.get(self.tag("val")) not in (None, "0") else 1

    def _read_story(self, story: Element, notes: dict[tuple[str, str | None], Element]) -> None:
        """Reads what is one text: the document, a note or a text box.

        notes  those that are not read yet, by their kind and number
        """
        # For each field that is open, whether what it shows has begun.
        fields: list[bool] = []
        after_paragraph: list[Element] = []
        for begins, element, walker in walk(story):
            name = self._name(element)
            if not begins:
                if name == "p":
                    # An instruction goes over no paragraph; one without its end must not hide the rest.
                    fields = [True] * len(fields)
                self._end(name, element, after_paragraph, notes)
            elif name in _SKIPPED or (name == "r" and self._is_hidden(element)):
                walker.skip_subtree()
            elif begin := self._begin_in_table.get(name):
                begin()
            elif name == "txbxContent" and element is not story:
                after_paragraph.append(element)
                walker.skip_subtree()
            elif name in _NOTES:
                note = notes.pop((_NOTES[name], element.get(self.tag("id"))), None)
                if note is not None:
                    after_paragraph.append(note)
            elif name == "fldChar":
                _follow_field(fields, element.get(self.tag("fldCharType")))
            elif all(fields):
                self._add(name, element)
        self._end_paragraph(after_paragraph, notes)

    def _end(
        self,
        name: str,
        element: Element,
        after_paragraph: list[Element],
        notes: dict[tuple[str, str | None], Element],
    ) -> None:
        """Takes the end of an element."""
        if name == "p" and not self._is_joined(element):
            self._end_paragraph(after_paragraph, notes, element)
        elif name == "tbl":
            self.passages.end_table()

    def _end_paragraph(
        self,
        after_paragraph: list[Element],
        notes: dict[tuple[str, str | None], Element],
        paragraph: Element | None = None,
    ) -> None:
        if paragraph is None:
            self.passages.end_paragraph()
        else:
            self.passages.end_paragraph(self._level(paragraph), self._depth(paragraph))
        stories = after_paragraph.copy()
        after_paragraph.clear()
        for story in stories:
            # What a note refers to is no note of the text.
            self._read_story(story, {} if self._name(story) in ("footnote", "endnote") else notes)

    def _add(self, name: str, element: Element) -> None:
        if name == "t":
            self.passages.add(element.text or "", element)
        elif name in _BLANKS:
            self.passages.add(" ", element)
        elif name == "noBreakHyphen":
            self.passages.add("-", element)

    def _name(self, element: Element) -> str:
        """The name of an element of Word's, and of the second of two drawings that are the same; "" of any other."""
        space, name = namespace(element), local_name(element)
        if space == self.word:
            return name
        return "del" if name == "Fallback" and space == _COMPATIBILITY and element.getprevious() is not None else ""

    def _is_joined(self, paragraph: Element) -> bool:
        """Whether the end of a paragraph is a deletion that is tracked: the next one goes on."""
        mark = paragraph.find(f"{self.tag('pPr')}/{self.tag('rPr')}")
        return mark is not None and any(mark.find(self.tag(name)) is not None for name in ("del", "moveFrom"))

    def _is_hidden(self, run: Element) -> bool:
        vanish = run.find(f"{self.tag('rPr')}/{self.tag('vanish')}")
        return vanish is not None and vanish.get(self.tag("val")) not in _FALSE


def _follow_field(fields: list[bool], mark: str | None) -> None:
    if mark == "begin":
        fields.append(False)
    elif fields and mark == "separate":
        fields[-1] = True
    elif fields and mark == "end":
        fields.pop()


def relationships_of(name: str) -> str:
    """The member that says what another one refers to; of "" what the whole document does."""
    folder, file = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def _target(archive: Archive, name: str, kind: str) -> str | None:
    """The member that another one has for something; None where it has none."""
    place = relationships_of(name)
    if place not in archive.names:
        return None
    for one in parse(archive, place).iterchildren(tag="{*}Relationship"):
        if one.get("Type", "").endswith(f"/{kind}") and one.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", posixpath.dirname(name), one.get("Target", "")))
            return target.lstrip("/")
    return None
