"""An OpenDocument text with its findings as annotations, or as changes that are tracked; the rest stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone

from gru_lint.documents.opendocument import CONTENT, OpenDocument, qualified
from gru_lint.documents.parsing import Element
from gru_lint.documents.remarks import AUTHOR, remark_lines, serialized
from gru_lint.records import Finding


def review_opendocument(content: bytes, findings: Sequence[Finding], *, suggests: bool) -> bytes:
    """The document with an annotation on the words of each finding. Raises `DocumentError`.

    suggests  whether what is to be written is a tracked change instead
    """
    document = OpenDocument(content)
    # From the end, so that what stands before keeps its places.
    ordered = sorted(findings, key=lambda finding: finding.span, reverse=True)
    for number, finding in enumerate(ordered, 1):
        fragments = list(document.passages.of(finding.span))
        if not fragments:
            continue
        first, last = fragments[0], fragments[-1]
        if suggests and finding.replacements and len(fragments) == 1:
            word = finding.span.of(document.passages.text)
            _suggest(document, first.element, (first.offset, first.offset + len(word)), number, finding, first.is_tail)
            continue
        name = f"gru-lint-{number}"
        end = _element("office:annotation-end")
        end.set(qualified("office:name"), name)
        _insert(end, last.element, last.offset + last.end - last.start, is_tail=last.is_tail)
        _insert(_annotation(name, finding), first.element, first.offset, is_tail=first.is_tail)
    written = serialized(document.root, document.archive.read(CONTENT))
    return document.archive.with_members({CONTENT: written}, {})


def _annotation(name: str, finding: Finding) -> Element:
    annotation = _element("office:annotation")
    annotation.set(qualified("office:name"), name)
    annotation.append(_element("dc:creator", AUTHOR))
    annotation.append(_element("dc:date", _now()))
    for line in remark_lines(finding):
        annotation.append(_element("text:p", line))
    return annotation


def _suggest(
    document: OpenDocument, element: Element, place: tuple[int, int], number: int, finding: Finding, is_tail: object
) -> None:
    """Takes the word out of the text and writes the best replacement, both as changes that are tracked."""
    start, end = place
    whole = (element.tail if is_tail else element.text) or ""
    gone, new = f"gru-lint-{number}-deletion", f"gru-lint-{number}-insertion"
    rest = whole[:start] + whole[end:]
    if is_tail:
        element.tail = rest
    else:
        element.text = rest
    marks = [_element(f"text:{name}") for name in ("change", "change-start", "change-end")]
    for mark, called in zip(marks, (gone, new, new), strict=True):
        mark.set(qualified("text:change-id"), called)
    for mark in reversed(marks):
        _insert(mark, element, start, is_tail=bool(is_tail))
    marks[1].tail = finding.replacements[0]
    changes = _tracked_changes(document)
    for kind, called in (("deletion", gone), ("insertion", new)):
        region = _element("text:changed-region")
        region.set("{http://www.w3.org/XML/1998/namespace}id", called)
        region.set(qualified("text:id"), called)
        change, info = _element(f"text:{kind}"), _element("office:change-info")
        info.append(_element("dc:creator", AUTHOR))
        info.append(_element("dc:date", _now()))
        change.append(info)
        if kind == "deletion":
            change.append(_element("text:p", whole[start:end]))
        region.append(change)
        changes.append(region)


def _tracked_changes(document: OpenDocument) -> Element:
    text = document.root.find(f"{qualified('office:body')}/{qualified('office:text')}")
    changes = text.find(qualified("text:tracked-changes"))
    if changes is None:
        changes = _element("text:tracked-changes")
        changes.set(qualified("text:track-changes"), "false")
        text.insert(0, changes)
    return changes


def _insert(new: Element, element: Element, offset: int, *, is_tail: bool) -> None:
    """Puts an element between two characters of the text in or after another one."""
    if is_tail:
        whole = element.tail or ""
        element.tail, parent = whole[:offset], element.getparent()
        parent.insert(parent.index(element) + 1, new)
    else:
        whole = element.text or ""
        element.text = whole[:offset]
        element.insert(0, new)
    new.tail = whole[offset:]


def _element(name: str, text: str | None = None) -> Element:
    from lxml import etree

    prefix = name.partition(":")[0]
    element = etree.Element(qualified(name), nsmap={prefix: qualified(f"{prefix}:")[1:-1]})
    element.text = text
    return element


def _now() -> str:
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S")
