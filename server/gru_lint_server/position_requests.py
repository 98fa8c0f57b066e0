"""Requests about a position in a document: definition, references, highlights, hover, explanation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeVar

from lsprotocol import types
from pygls.capabilities import get_capability

from gru_lint.records import Span
from gru_lint.runtime.stepwise import Stepwise
from gru_lint_server.configuration import Options
from gru_lint_server.document_check import DocumentCheck
from gru_lint_server.documents import Document
from gru_lint_server.navigation import antecedent_at, hover_at, hover_text, mentions_at
from gru_lint_server.server import GruLintServer

if TYPE_CHECKING:
    from gru_lint.explain.explanation import Explanation

EXPLAIN: Final = "gruLint/explain"
T = TypeVar("T")
Place = (
    types.DefinitionParams
    | types.ReferenceParams
    | types.DocumentHighlightParams
    | types.HoverParams
    | types.PrepareRenameParams
    | types.RenameParams
)


async def ask_at(
    server: GruLintServer, place: Place, question: Callable[[DocumentCheck, int], T | None]
) -> tuple[Document, T] | None:
    """The document of a place, and what its check answers; None without an answer, or where the text has changed."""
    document = await judged_document(server, place.text_document.uri)
    if document is None:
        return None
    offset = document.positions.offset(place.position)
    answer = await server.scheduler.ask(document.uri, lambda check: question(check, offset))
    return with_answer(server, document, answer)


async def read_document(
    server: GruLintServer, uri: str, question: Callable[[DocumentCheck, Document], Stepwise[T | None]]
) -> tuple[Document, T] | None:
    """The same for what is asked about a whole document, which is read step by step."""
    document = await judged_document(server, uri)
    if document is None:
        return None
    answer = await server.scheduler.ask_in_steps(document.uri, lambda check: question(check, document))
    return with_answer(server, document, answer)


async def read_shown(
    server: GruLintServer,
    uri: str,
    is_shown: Callable[[Options], bool],
    question: Callable[[DocumentCheck, Document], Stepwise[T]],
) -> tuple[Document, T] | None:
    """The same for what is shown beside a text: nothing is read where it is not shown, or the document not judged."""
    document = server.documents.document(uri)
    if document is None:
        return None
    await server.is_configured.wait()
    if not is_shown(server.configuration.options_of(document)) or not server.is_wanted(document):
        return None
    return await read_document(server, uri, question)


async def judged_document(server: GruLintServer, uri: str) -> Document | None:
    """A document that is judged, or will be; None where it is not open."""
    document = server.documents.document(uri)
    if document is None:
        return None
    await server.is_configured.wait()
    if not document.is_complete:
        server.scheduler.start(document.uri)
    return document


def with_answer(server: GruLintServer, document: Document, answer: T | None) -> tuple[Document, T] | None:
    """A document with an answer about it; None where there is none, or the text has changed since."""
    newest = server.documents.document(document.uri)
    if answer is None or newest is None or newest.positions is not document.positions:
        return None
    return document, answer


async def definition(server: GruLintServer, params: types.DefinitionParams) -> types.Location | None:
    """Where the antecedent of a pronoun stands."""
    answer = await ask_at(server, params, antecedent_at)
    if answer is None:
        return None
    document, antecedent = answer
    return document.positions.location(document.uri, antecedent.span)


async def references(server: GruLintServer, params: types.ReferenceParams) -> list[types.Location]:
    """Every mention of whom a pronoun, or a name, stands for; the first, its declaration, where it is wanted."""
    document, mentions = await _mentions(server, params)
    if not params.context.include_declaration:
        mentions = mentions[1:]
    return [document.positions.location(document.uri, span) for span in mentions] if document else []


async def document_highlight(
    server: GruLintServer, params: types.DocumentHighlightParams
) -> list[types.DocumentHighlight]:
    """Every mention of whom a pronoun, or a name, stands for."""
    document, mentions = await _mentions(server, params)
    if document is None:
        return []
    positions, kind = document.positions, types.DocumentHighlightKind.Text
    return [types.DocumentHighlight(positions.range(span), kind) for span in mentions if positions.holds(span)]


async def _mentions(server: GruLintServer, place: Place) -> tuple[Document | None, Sequence[Span]]:
    return await ask_at(server, place, mentions_at) or (None, ())


async def hover(server: GruLintServer, params: types.HoverParams) -> types.Hover | None:
    """The hover of the pronoun at a position."""
    answer = await ask_at(server, params, hover_at)
    if answer is None:
        return None
    document, (pronoun, strongest) = answer
    formats = get_capability(server.client_capabilities, "text_document.hover.content_format", None)
    is_markdown = types.MarkupKind.Markdown in (formats or ())
    kind = types.MarkupKind.Markdown if is_markdown else types.MarkupKind.PlainText
    content = types.MarkupContent(kind, hover_text(pronoun, strongest, is_markdown=is_markdown))
    return types.Hover(content, document.positions.range(pronoun.span))


async def explain(server: GruLintServer, params: Any) -> dict[str, str] | None:
    """The explanation of the pronoun at a position, as HTML and as Markdown; None where none is judged.

    params  as those of a hover: the protocol has no such request
    """
    try:
        place = types.HoverParams(
            types.TextDocumentIdentifier(str(params.textDocument.uri)),
            types.Position(int(params.position.line), int(params.position.character)),
        )
    except (AttributeError, TypeError, ValueError):
        # A request that names no place is about no pronoun.
        return None
    answer = await ask_at(server, place, lambda check, offset: _rendered(check.explanation(offset)))
    return answer[1] if answer else None


def _rendered(explanation: Explanation | None) -> dict[str, str] | None:
    from gru_lint.explain.formats import html_page, markdown_page

    if explanation is None:
        return None
    return {
        "html": html_page.render(explanation),
        "markdown": markdown_page.render(explanation),
    }
