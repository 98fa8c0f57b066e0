"""The text of a comment on a finding, and the XML of a member that was changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from gru_lint.documents.parsing import Element
from gru_lint.records import Finding

AUTHOR: Final = "gru-lint"
INITIALS: Final = "gl"


def remark_lines(finding: Finding) -> Iterator[str]:
    """What a comment says, a line each: message, antecedent, suggestion and rule."""
    yield finding.message
    if finding.antecedent is not None:
        yield f'antecedent: "{finding.antecedent.text}"'
    yield f"suggestion: {' or '.join(finding.replacements) or 'none'}"
    yield f"rule: {finding.code} {finding.name} (confidence {finding.confidence:.2f})"


def serialized(root: Element, before: bytes) -> bytes:
    """The XML of a member; what stands before its first element stays as it was."""
    from lxml import etree

    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=False)
    return before[: _start(before)] + written


def _start(content: bytes) -> int:
    """Where the XML declaration ends, if it is one of UTF-8; else 0: then none is written."""
    end = content.find(b"?>") + 2 if content.lstrip(b"\xef\xbb\xbf").startswith(b"<?xml") else 0
    if end and b"utf-8" not in content[:end].lower() and b"encoding" in content[:end]:
        return 0
    while end and content[end : end + 1].isspace():
        end += 1
    return end
