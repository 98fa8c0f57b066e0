"""Inlay hints: whom a pronoun is taken for, beside it; only where the client's settings ask for them."""

from __future__ import annotations

from lsprotocol import types

from gru_lint.runtime.stepwise import Stepwise
from gru_lint_server.document_check import DocumentCheck
from gru_lint_server.document_pronouns import Pronoun
from gru_lint_server.documents import Document
from gru_lint_server.position_requests import read_shown
from gru_lint_server.server import GruLintServer

# An antecedent may be half a line: "the man who had come from Leeds".
_LONGEST = 32


async def inlay_hint(server: GruLintServer, params: types.InlayHintParams) -> list[types.InlayHint] | None:
    """The antecedents of the pronouns in a range, where hover and definition name one, too; None where they are off."""

    def resolved(check: DocumentCheck, document: Document) -> Stepwise[list[Pronoun]]:
        span = document.positions.span(params.range)
        return check.reading_pronouns(span.start, span.end)

    answer = await read_shown(server, params.text_document.uri, lambda options: options.inlay_hints, resolved)
    if answer is None:
        return None
    document, pronouns = answer
    return [hint for pronoun in pronouns if (hint := _hint(pronoun, document))]


def _hint(pronoun: Pronoun, document: Document) -> types.InlayHint | None:
    antecedent, mention = pronoun.antecedent, pronoun.judgement.antecedent
    if antecedent is None or mention is None or not document.positions.holds(pronoun.span):
        return None
    place = document.positions.location(document.uri, antecedent.span)
    name = " ".join(antecedent.text.split())
    shown = name if len(name) <= _LONGEST else f"{name[:_LONGEST].rstrip()}…"
    tooltip = f'"{pronoun.written}" is taken for "{name}" ({mention.probability:.0%})'
    label = [types.InlayHintLabelPart(f"→ {shown}", tooltip=tooltip, location=place)]
    return types.InlayHint(document.positions.position(pronoun.span.end), label, padding_left=True)
