"""XML 1.0 out of elements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gru_lint.sanitize import escape_xml

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

# Characters that no XML document may hold, not even as a reference: section 2.2 of the standard.
_FORBIDDEN = "[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"


def element(tag: str, parent: Element | None = None, text: str | None = None, **attributes: object) -> Element:
    """A new element, in its parent if it has one; characters that XML forbids are replaced."""
    # Imported here: only these formats need it.
    from xml.etree.ElementTree import Element, SubElement

    allowed = {name: _allowed(str(value)) for name, value in attributes.items()}
    made = Element(tag, allowed) if parent is None else SubElement(parent, tag, allowed)
    if text is not None:
        made.text = _allowed(text)
    return made


def document(root: Element) -> str:
    """The whole document, indented."""
    from xml.etree.ElementTree import indent, tostring

    indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{escape_xml(tostring(root, encoding="unicode"))}\n'


def _allowed(text: str) -> str:
    # Compiled when it is first needed, by `re`, which keeps it.
    return re.sub(_FORBIDDEN, "\ufffd", text)
