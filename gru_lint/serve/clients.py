"""Which clients send one paragraph at a time, by what they say of themselves and how they ask."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import Headers

# What LibreOffice sends, in this order; it says no name.
_LIBREOFFICE = ("text", "language", "enabledOnly")
# What TeXstudio calls its form.
_TEXSTUDIO = "text/json"


def sends_paragraphs(headers: Headers, fields: Mapping[str, str]) -> bool:
    """Whether a request is that of a program which asks about the paragraphs of a document one by one.

    A program that asks about texts of its own, one after the other, must not have them taken for one document.
    """
    if headers.get("content-type", "").partition(";")[0].strip().lower() == _TEXSTUDIO:
        return True
    agent = headers.get("user-agent", "")
    return tuple(fields)[:3] == _LIBREOFFICE and (not agent or agent.startswith("LibreOffice"))
