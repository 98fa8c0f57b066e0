"""Which clients send the paragraphs of a document in turn, by what they say of themselves and how they ask."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import Headers

# What LibreOffice sends first, in this order, and what it may send besides; version 7.4 says no name.
_LIBREOFFICE = ("text", "language")
_LIBREOFFICE_MORE = frozenset(["apiKey", "enabledOnly", "username"])


def sends_paragraphs(headers: Headers, fields: Mapping[str, str]) -> bool:
    """Whether a request is LibreOffice's, which asks about the paragraphs of a document one by one, in their order.

    A program that asks about texts of its own, one after the other, must not have them taken for one document.
    TeXstudio asks about several paragraphs at once, in any order, so which stands before which is not known.
    """
    agent = headers.get("user-agent", "")
    asks_alike = tuple(fields)[:2] == _LIBREOFFICE and _LIBREOFFICE_MORE.issuperset(tuple(fields)[2:])
    return asks_alike and (not agent or agent.startswith("LibreOffice"))
