"""One server for all tests that change nothing about it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

for _package in ("starlette", "uvicorn", "httpx"):
    pytest.importorskip(_package, reason="the server is in the extra `serve`")

from serving import Server, serving  # noqa: E402


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    origins = ("https://example.org", "http://[::1]:3000", "moz-extension://*")
    with serving(*(word for origin in origins for word in ("--allow-origin", origin))) as running:
        yield running
