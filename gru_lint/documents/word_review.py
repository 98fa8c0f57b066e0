"""A document of Word with its findings as comments, or as changes that are tracked; the rest stays as it is."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from copy import deepcopy
from datetime import datetime, timezone
from typing import Final

from gru_lint.documents.parsing import Element, parse
from gru_lint.documents.passages import Fragment
from gru_lint.documents.remarks import AUTHOR, INITIALS, remark_lines, serialized
from gru_lint.documents.word import WordDocument, relationships_of
from gru_lint.records import Finding

_TYPES: Final = "[Content_Types].xml"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_STRICT: Final = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
_RELATIONSHIP: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"


def review_word(content: bytes, findings: Sequence[Finding], *, suggests: bool) -> bytes:
    """The document with a comment on the words of each finding. Raises `DocumentError`.

    suggests  whether what is to be written is a tracked change instead, where the format allows one
    """
    return _Review(content).reviewed(findings, suggests=suggests)


class _Review:
    def __init__(self, content: bytes) -> None:
        self.document = WordDocument(content)
        self.tag = self.document.tag
        self.archive = self.document.archive
        name = self.document.target("comments")
        self._is_new = name is None
        self._name = name or posixpath.join(posixpath.dirname(self.document.main.name), "comments.xml")
        self._comments = parse(self.archive, name) if name else self._element("comments", None)
        self._n_comments = 0
        roots = [self.document.main.root, self._comments, *(part.root for part in self.document.parts.values())]
        numbers = [
            int(one.get(self.tag("id"), "0"))
            for root in roots
            for one in root.iter(*map(self.tag, ("comment", "ins", "del", "commentRangeStart")))
            if one.get(self.tag("id"), "0").isdecimal()
        ]
        self._number = max(numbers, default=-1)

    def reviewed(self, findings: Sequence[Finding], *, suggests: bool) -> bytes:
        # From the end, so that what stands before keeps its places.
        for finding in sorted(findings, key=lambda finding: finding.span, reverse=True):
            fragments = [
                fragment
                for fragment in self.document.passages.of(finding.span)
                if fragment.element.tag == self.tag("t")
            ]
            if not fragments:
                continue
            if suggests and finding.replacements and not self._is_within(fragments, "ins", "moveTo", "txbxContent"):
                self._suggest(fragments, finding.replacements[0])
            elif self._is_within(fragments, "txbxContent", "footnote", "endnote"):
                run = self._run_in_main(fragments[0])
                self._comment(run, run, finding)
            else:
                runs = [self._isolated(fragment) for fragment in reversed(fragments)]
                self._comment(runs[-1], runs[0], finding)
        return self._written()

    def _is_within(self, fragments: Sequence[Fragment], *names: str) -> bool:
        tags = tuple(map(self.tag, names))
        return any(next(fragment.element.iterancestors(*tags), None) is not None for fragment in fragments)

    def _run_in_main(self, fragment: Fragment) -> Element:
        """The run of the main text that holds a box or refers to a note: LibreOffice opens no comment within a note."""
        note = next(fragment.element.iterancestors(self.tag("footnote"), self.tag("endnote")), None)
        if note is None:
            return list(fragment.element.iterancestors(self.tag("r")))[-1]
        references = self.document.main.root.iter(f"{note.tag}Reference")
        number = note.get(self.tag("id"))
        return next(one for one in references if one.get(self.tag("id")) == number).getparent()

    def _isolated(self, fragment: Fragment) -> Element:
        """A run with nothing but the words of a fragment, cut out of the run in which they stand."""
        text, run = fragment.element, fragment.element.getparent()
        whole, end = text.text or "", fragment.offset + fragment.end - fragment.start
        properties = run.find(self.tag("rPr"))
        middle, after = (self._run(properties, words) for words in (whole[fragment.offset : end], whole[end:]))
        for following in list(text.itersiblings()):
            after.append(following)
        text.text = whole[: fragment.offset]
        text.set(_SPACE, "preserve")
        parent = run.getparent()
        place = parent.index(run) + 1
        after.tail, run.tail = run.tail, None
        parent.insert(place, after)
        parent.insert(place, middle)
        if not text.text:
            run.remove(text)
        return middle

    def _run(self, properties: Element, words: str) -> Element:
        run = self._element("r", None)
        if properties is not None:
            run.append(deepcopy(properties))
        if words:
            self._element("t", run, words).set(_SPACE, "preserve")
        return run

    def _suggest(self, fragments: Sequence[Fragment], replacement: str) -> None:
        runs = [self._isolated(fragment) for fragment in reversed(fragments)]
        last = runs[0]
        parent = last.getparent()
        inserted = self._change("ins")
        inserted.append(self._run(last.find(self.tag("rPr")), replacement))
        parent.insert(parent.index(last) + 1, inserted)
        for run in runs:
            parent = run.getparent()
            deleted = self._change("del")
            parent.insert(parent.index(run), deleted)
            deleted.append(run)
            for text in run.iter(self.tag("t")):
                text.tag = self.tag("delText")

    def _change(self, name: str) -> Element:
        self._number += 1
        change = self._element(name, None)
        change.set(self.tag("id"), str(self._number))
        change.set(self.tag("author"), AUTHOR)
        change.set(self.tag("date"), datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"))
        return change

    def _comment(self, first: Element, last: Element, finding: Finding) -> None:
        self._number += 1
        self._n_comments += 1
        number = str(self._number)
        comment = self._element("comment", self._comments)
        for name, value in (("id", number), ("author", AUTHOR), ("initials", INITIALS)):
            comment.set(self.tag(name), value)
        for line in remark_lines(finding):
            self._element("t", self._element("r", self._element("p", comment)), line).set(_SPACE, "preserve")
        start, end, reference = (self._element(name, None) for name in ("commentRangeStart", "commentRangeEnd", "r"))
        for one in (start, end, self._element("commentReference", reference)):
            one.set(self.tag("id"), number)
        parent = last.getparent()
        place = parent.index(last) + 1
        parent.insert(place, reference)
        parent.insert(place, end)
        parent = first.getparent()
        parent.insert(parent.index(first), start)

    def _element(self, name: str, parent: Element | None, text: str | None = None) -> Element:
        from lxml import etree

        element = etree.Element(self.tag(name), nsmap={"w": self.document.word})
        element.text = text
        if parent is not None:
            parent.append(element)
        return element

    def _written(self) -> bytes:
        changed, added = {}, {}
        for part in (self.document.main, *self.document.parts.values()):
            changed[part.name] = serialized(part.root, self.archive.read(part.name))
        if self._n_comments and self._is_new:
            added[self._name] = serialized(self._comments, b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n')
            changed |= self._with_comments_part()
        elif self._n_comments:
            changed[self._name] = serialized(self._comments, self.archive.read(self._name))
        return self.archive.with_members(changed, added)

    def _with_comments_part(self) -> dict[str, bytes]:
        """The members that list the parts of a document, with the new one of comments."""
        place = relationships_of(self.document.main.name)
        types, links = parse(self.archive, _TYPES), parse(self.archive, place)
        override = types.makeelement(f"{{{types.nsmap[None]}}}Override")
        override.set("PartName", f"/{self._name}")
        override.set("ContentType", _TYPE)
        types.append(override)
        link = links.makeelement(f"{{{links.nsmap[None]}}}Relationship")
        link.set("Id", "rIdGruLintComments")
        link.set("Type", _STRICT if "purl" in self.document.word else _RELATIONSHIP)
        link.set("Target", posixpath.basename(self._name))
        links.append(link)
        return {name: serialized(root, self.archive.read(name)) for name, root in ((_TYPES, types), (place, links))}
