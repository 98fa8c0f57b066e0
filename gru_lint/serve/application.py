"""The routes of LanguageTool's API, and what answers them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from gru_lint import __version__
from gru_lint.config.settings import Settings
from gru_lint.explain.explanation import PlaceError
from gru_lint.linter import linter_for
from gru_lint.records import Finding
from gru_lint.serve.answers import error_answer, json_answer, text_answer
from gru_lint.serve.bounds import Gate, TooLongError, TooSlowError, origins_pattern, read_body
from gru_lint.serve.clients import sends_paragraphs
from gru_lint.serve.judging import JudgingError, JudgingQueue, QueueFullError
from gru_lint.serve.languages import listed_languages
from gru_lint.serve.limits import Limits
from gru_lint.serve.matches import in_order, match_of
from gru_lint.serve.openapi import document
from gru_lint.serve.page_answers import NoGatesError, chains_answer, explanation_answer
from gru_lint.serve.page_files import page_routes
from gru_lint.serve.paragraphs import Paragraphs
from gru_lint.serve.parameters import CheckRequest, ParameterError, TextTooLongError, read_fields, read_request
from gru_lint.serve.upstream import Upstream

# Between a context and the text, as between two paragraphs.
_PARAGRAPH_END: Final = "\n\n"
_RETRY: Final = {"Retry-After": "1"}
_BUSY: Final = "too many texts are waiting: ask again in a second"


class Service:
    """What answers requests about texts.

    settings  rules, thresholds and declared pronouns
    """

    def __init__(self, settings: Settings, limits: Limits, upstream: Upstream | None) -> None:
        self.settings = settings
        self.limits = limits
        self.upstream = upstream
        self.queue = JudgingQueue(limits.max_waiting)
        self._paragraphs = Paragraphs(limits.context_s) if limits.context_s > 0 else None

    async def check(self, request: Request) -> Response:
        """The answer to `/v2/check`."""
        asked = read_request(await self.fields(request), self.limits.text_length)
        own, theirs = await asyncio.gather(self._own_matches(request, asked), self._upstream_answer(asked))
        return json_answer(_check_answer(asked, own, theirs, has_upstream=self.upstream is not None))

    async def fields(self, request: Request) -> dict[str, str]:
        """The fields of a request, from its query and its body."""
        if request.headers.get("content-type", "").startswith("multipart/"):
            raise HTTPException(415, "send the fields as application/x-www-form-urlencoded")
        body = await read_body(request, self.limits.body_bytes, self.limits.timeout_s)
        return read_fields(request.scope.get("query_string", b""), body)

    async def _own_matches(self, request: Request, asked: CheckRequest) -> list[dict[str, Any]]:
        text, shown = asked.text, asked.rules.enabled_codes(self.settings)
        if not asked.language.is_english or not text.plain.strip() or not shown:
            return []
        client = (request.client.host if request.client else "", request.headers.get("user-agent", ""))
        before = ""
        if self._paragraphs and sends_paragraphs(request.headers, asked.fields):
            before = self._paragraphs.before(client, text.plain)
        before += _PARAGRAPH_END if before else ""
        try:
            findings = await self.in_time(self.queue.findings(before + text.plain, asked.settings(self.settings)))
        finally:
            if self._paragraphs:
                self._paragraphs.answered(client)
        return [match_of(finding, text, len(before)) for finding in _shown(findings, shown, len(before))]

    async def in_time(self, work: Awaitable[Any]) -> Any:
        """The result of some work. Raises HTTPException where it takes too long."""
        try:
            return await asyncio.wait_for(work, self.limits.timeout_s)
        except asyncio.TimeoutError:
            raise HTTPException(503, f"not judged within {self.limits.timeout_s:g} seconds", _RETRY) from None

    async def _upstream_answer(self, asked: CheckRequest) -> dict[str, Any] | None:
        return await self.upstream.check(asked.fields) if self.upstream else None

    async def languages(self, request: Request) -> Response:  # noqa: ARG002
        """The answer to `/v2/languages`: English, and what the upstream server knows beside it."""
        theirs = await self.upstream.languages() if self.upstream else []
        own = [
            known for known in listed_languages() if known["longCode"] not in {one.get("longCode") for one in theirs}
        ]
        return json_answer([*own, *theirs])

    async def max_text_length(self, request: Request) -> Response:  # noqa: ARG002
        """The answer to `/v2/maxtextlength`, a number."""
        return text_answer(str(self.limits.text_length))

    async def chains(self, request: Request) -> Response:
        """The chains of mentions in a text, for the page."""
        text = await self._page_text(request)
        work = partial(chains_answer, linter_for(self.settings), text)
        return json_answer(await self.in_time(self.queue.run(work, len(text))))

    async def explanation(self, request: Request) -> Response:
        """What is known of one pronoun of a text, for the page."""
        fields = await self.fields(request)
        text, offset = read_request(fields, self.limits.text_length).text.plain, fields.get("offset", "")
        if not (offset.isascii() and offset.isdigit() and int(offset[:10]) <= 2 * len(text)):
            raise ParameterError("offset says where in the text the pronoun stands, in UTF-16 units")
        work = partial(explanation_answer, linter_for(self.settings), text, int(offset[:10]))
        try:
            return json_answer(await self.in_time(self.queue.run(work, len(text))))
        except (PlaceError, NoGatesError) as error:
            raise ParameterError(str(error)) from None

    async def _page_text(self, request: Request) -> str:
        return read_request(await self.fields(request), self.limits.text_length).text.plain


def _shown(findings: Sequence[Finding], codes: frozenset[str], start: int) -> list[Finding]:
    """Those of some rules that stand in the text and not in what was before it."""
    return [finding for finding in findings if finding.code in codes and finding.span.start >= start]


def _check_answer(
    asked: CheckRequest, own: list[dict[str, Any]], theirs: dict[str, Any] | None, *, has_upstream: bool
) -> dict[str, Any]:
    code, name = asked.language.code, asked.language.name
    language: Any = {"name": name, "code": code, "detectedLanguage": {"name": name, "code": code, "confidence": 1.0}}
    if theirs and isinstance(theirs.get("language"), dict):
        language = theirs["language"]
    return {
        "software": {
            "name": "gru-lint",
            "version": __version__,
            "buildDate": "",
            "apiVersion": 1,
            "premium": False,
            "status": "",
        },
        "warnings": {"incompleteResults": has_upstream and theirs is None},
        "language": language,
        "matches": in_order([*own, *(theirs["matches"] if theirs else [])]),
    }


async def _health(request: Request) -> Response:  # noqa: ARG001
    return text_answer("OK")


async def _openapi(request: Request) -> Response:  # noqa: ARG001
    return json_answer(document())


def application(
    settings: Settings,
    limits: Limits,
    upstream: Upstream | None = None,
    hosts: frozenset[str] | None = None,
    origins: Sequence[str] = (),
) -> Starlette:
    """The application.

    hosts    the names under which it may be asked; None for any
    origins  those of web pages and extensions that may ask, as `read_origin` has them
    """
    service = Service(settings, limits, upstream)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:  # noqa: ARG001
        service.queue.start(settings)
        yield
        await service.queue.stop()
        if upstream is not None:
            await upstream.close()

    return Starlette(
        routes=_routes(service),
        lifespan=lifespan,
        exception_handlers=_HANDLERS,
        middleware=[
            Middleware(Gate, hosts=hosts, origins=origins),
            Middleware(
                CORSMiddleware,
                allow_origin_regex=origins_pattern(origins) if origins else None,
                allow_methods=["GET", "POST"],
                allow_headers=["Content-Type"],
            ),
        ],
    )


def _routes(service: Service) -> list[BaseRoute]:
    protocol: dict[str, tuple[Callable[[Request], Awaitable[Response]], list[str]]] = {
        "/check": (service.check, ["GET", "POST"]),
        "/languages": (service.languages, ["GET"]),
        "/maxtextlength": (service.max_text_length, ["GET"]),
        "/healthcheck": (_health, ["GET"]),
    }
    return [
        # Some programs want the address with /v2 at its end, and some without.
        *(
            Route(f"{base}{path}", endpoint, methods=methods)
            for base in ("/v2", "")
            for path, (endpoint, methods) in protocol.items()
        ),
        Route("/openapi.json", _openapi, methods=["GET"]),
        Route("/page/chains", service.chains, methods=["POST"]),
        Route("/page/explanation", service.explanation, methods=["POST"]),
        *page_routes(),
    ]


async def _on_http(request: Request, error: Exception) -> Response:  # noqa: ARG001
    assert isinstance(error, HTTPException)
    known = {404: "nothing is answered there", 405: "it is not asked in that way"}.get(error.status_code)
    return error_answer(error.status_code, f"{known}: see /openapi.json" if known else error.detail, error.headers)


def _on(status: int, message: str | None = None, headers: dict[str, str] | None = None) -> Any:
    """What answers an error with a status: with a message, or with the error's own."""

    async def answer(request: Request, error: Exception) -> Response:  # noqa: ARG001
        return error_answer(status, message if message is not None else str(error), headers)

    return answer


async def _on_fault(request: Request, error: Exception) -> Response:  # noqa: ARG001
    return error_answer(500, f"a fault of gru-lint ({type(error).__name__}): please report it")


_HANDLERS: Final[Any] = {
    HTTPException: _on_http,
    ParameterError: _on(400),
    TextTooLongError: _on(413),
    TooLongError: _on(413, "the request is longer than any text that is checked: see /v2/maxtextlength"),
    TooSlowError: _on(408, "the request did not arrive in time"),
    QueueFullError: _on(429, _BUSY, _RETRY),
    JudgingError: _on(500),
    Exception: _on_fault,
}
