"""Whose paragraphs are read as those of one document."""

from __future__ import annotations

import pytest
from starlette.datastructures import Headers

from gru_lint.serve.clients import sends_paragraphs

_LIBREOFFICE = ("text", "language")


@pytest.mark.parametrize(
    ("headers", "fields", "wanted"),
    [
        ({}, _LIBREOFFICE, True),
        ({"user-agent": "LibreOffice 24.8.4"}, _LIBREOFFICE, True),
        ({}, (*_LIBREOFFICE, "username", "apiKey"), True),
        ({}, ("language", "text"), False),
        ({}, (*_LIBREOFFICE, "level"), False),
        ({}, ("data", "language"), False),
        ({"user-agent": "python-requests/2.32"}, _LIBREOFFICE, False),
        ({"user-agent": "curl/8.5"}, _LIBREOFFICE, False),
        # TeXstudio asks about several paragraphs at once, in any order.
        ({"user-agent": "Mozilla/5.0", "content-type": "text/json"}, ("language", "text"), False),
    ],
    ids=str,
)
def test_who_sends_paragraphs_in_turn(headers: dict[str, str], fields: tuple[str, ...], wanted: bool) -> None:
    assert sends_paragraphs(Headers(headers), dict.fromkeys(fields, "")) == wanted
