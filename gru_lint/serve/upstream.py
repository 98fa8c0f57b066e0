"""A LanguageTool server that is asked as well, so that a client has both under one address."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from typing import Any, Final

import httpx

_log = logging.getLogger("gru_lint.serve")
_TIMEOUT: Final = httpx.Timeout(20.0, connect=3.0)
# How long a server that did not answer is not asked again, so that not every text waits for it.
_PAUSE_S: Final = 5.0
_MAX_ANSWER_BYTES: Final = 16_000_000


class UpstreamError(Exception):
    """The address of no LanguageTool server; the message is one line."""


def api_url(written: str) -> httpx.URL:
    """The address under which a server has its API: with or without /v2 at its end. Raises `UpstreamError`.

    >>> str(api_url("http://localhost:8082"))
    'http://localhost:8082/v2/'
    """
    try:
        url = httpx.URL(written)
    except (httpx.InvalidURL, TypeError):
        url = httpx.URL()
    if url.scheme not in ("http", "https") or not url.host or set(written) & set(" \t\n"):
        raise UpstreamError(f'"{written}" is no address of a server, such as http://localhost:8082')
    path = url.path.rstrip("/").removesuffix("/check").rstrip("/")
    return url.copy_with(path=f"{path.removesuffix('/v2')}/v2/", query=None, fragment=None)


class Upstream:
    """A LanguageTool server; that it does not answer is logged once, until it answers again."""

    def __init__(self, url: httpx.URL, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._url = url
        self._client = httpx.AsyncClient(base_url=url, timeout=_TIMEOUT, transport=transport)
        self._asks_again_at = 0.0
        self._is_missed = False

    async def check(self, fields: Mapping[str, str]) -> dict[str, Any] | None:
        """What it answers to a request; None where it does not."""
        answer = await self._asked("POST", "check", fields)
        matches = answer.get("matches") if isinstance(answer, dict) else None
        if answer is None:
            return None
        if not isinstance(matches, list) or not all(_is_match(match) for match in matches):
            self._miss("its answer is not that of a LanguageTool server")
            return None
        assert isinstance(answer, dict)
        return answer

    async def languages(self) -> list[dict[str, Any]]:
        """The languages that it knows; none where it does not answer."""
        answer = await self._asked("GET", "languages", None)
        return [known for known in answer if isinstance(known, dict)] if isinstance(answer, list) else []

    async def close(self) -> None:
        """Ends the connections."""
        await self._client.aclose()

    async def _asked(self, method: str, path: str, fields: Mapping[str, str] | None) -> object:
        if time.monotonic() < self._asks_again_at:
            return None
        try:
            async with self._client.stream(method, path, data=fields) as response:
                content = bytearray()
                async for chunk in response.aiter_bytes():
                    content += chunk
                    if len(content) > _MAX_ANSWER_BYTES:
                        self._miss(f"its answer is longer than {_MAX_ANSWER_BYTES // 1_000_000} MB")
                        return None
                if response.status_code != httpx.codes.OK:
                    # A server that refuses one request, for its language say, may answer the next.
                    self._miss(f"it answers {response.status_code}", pause_s=0.0)
                    return None
                answer: object = httpx.Response(200, content=bytes(content)).json()
        except (httpx.HTTPError, httpx.StreamError) as error:
            self._miss(type(error).__name__)
            return None
        except ValueError:
            self._miss("its answer is no JSON")
            return None
        if self._is_missed:
            _log.warning("upstream %s answers again", self._url)
        self._is_missed, self._asks_again_at = False, 0.0
        return answer

    def _miss(self, reason: str, pause_s: float = _PAUSE_S) -> None:
        self._asks_again_at = time.monotonic() + pause_s
        if not self._is_missed:
            _log.warning("upstream %s: %s; until it answers, findings are those of gru-lint alone", self._url, reason)
        self._is_missed = True


def _is_match(match: object) -> bool:
    return isinstance(match, dict) and all(type(match.get(key)) is int for key in ("offset", "length"))
