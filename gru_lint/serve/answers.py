"""Answers as JSON: one line for what cannot be done, and nothing that a cache keeps."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from starlette.responses import Response

# An answer holds the text of a user.
_HEADERS: Final = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


def json_answer(value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A value as an answer; in ASCII, since a text may hold half a surrogate pair."""
    content = json.dumps(value, separators=(",", ":"))
    return Response(content, status, {**_HEADERS, **(headers or {})}, "application/json")


def error_answer(status: int, message: str, headers: Mapping[str, str] | None = None) -> Response:
    """What cannot be done, with its status and a line for people."""
    return json_answer({"error": {"status": status, "message": message}}, status, headers)


def text_answer(text: str) -> Response:
    """A word or a number, as some of the protocol's answers are."""
    return Response(text, 200, _HEADERS, "text/plain")
