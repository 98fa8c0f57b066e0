"""The outline of a document: its people, and below each where it names them and the pronouns that are surely theirs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lsprotocol import types

from gru_lint.records import Span
from gru_lint.report import counted
from gru_lint.runtime.stepwise import Stepwise
from gru_lint_server.document_chains import PeopleRead
from gru_lint_server.document_check import DocumentCheck
from gru_lint_server.documents import Document
from gru_lint_server.position_requests import read_shown
from gru_lint_server.server import GruLintServer

# How many characters before and after a mention are shown beside it.
_SHOWN_BEFORE, _SHOWN_AFTER = 16, 32


class Mention(NamedTuple):
    """A name or a pronoun of a person."""

    span: Span
    is_name: bool


class OutlinedPerson(NamedTuple):
    """A person whom a text names.

    name      as it stands in the text first
    mentions  in order
    """

    name: str
    mentions: tuple[Mention, ...]


async def document_symbol(
    server: GruLintServer, params: types.DocumentSymbolParams
) -> list[types.DocumentSymbol] | list[types.SymbolInformation]:
    """The people of a document, with their mentions below them where the client takes a hierarchy."""
    answer = await read_shown(server, params.text_document.uri, lambda _options: True, _outlining)
    if answer is None:
        return []
    document, people = answer
    shown = [held for person in people if (held := _held(person, document)).mentions]
    if server.supports("text_document.document_symbol.hierarchical_document_symbol_support"):
        return [_symbol(person, document) for person in shown]
    return [symbol for person in shown for symbol in _flat(person, document)]


def _outlining(check: DocumentCheck, _document: Document) -> Stepwise[tuple[OutlinedPerson, ...]]:
    return outline((yield from check.reading_people()))


def outline(read: PeopleRead) -> tuple[OutlinedPerson, ...]:
    """The people of a text in the order of their first names, with the pronouns that a rename would surely change."""
    from gru_lint.people.rename import SURE

    pronouns: dict[int, list[Mention]] = {}
    for reference in read.references.pronouns:
        best = reference.candidates[0] if reference.candidates else None
        if best is None or best.person is None or best.share < SURE:
            continue
        # They may be several people, but for a person whose pronouns are declared.
        if reference.agreement_class != "plural" or read.chains.people[best.person].declared:
            pronouns.setdefault(best.person, []).append(Mention(reference.span, is_name=False))
    return tuple(
        OutlinedPerson(
            person.names[0].text,
            tuple(
                sorted([*(Mention(name.span, is_name=True) for name in person.names), *pronouns.get(person.number, ())])
            ),
        )
        for person in read.chains.people
    )


def _held(person: OutlinedPerson, document: Document) -> OutlinedPerson:
    """The person with the mentions that stand in this document: in a notebook, in this cell."""
    return person._replace(mentions=tuple(known for known in person.mentions if document.positions.holds(known.span)))


def _symbol(person: OutlinedPerson, document: Document) -> types.DocumentSymbol:
    positions, spans = document.positions, [mention.span for mention in person.mentions]
    n_names = sum(mention.is_name for mention in person.mentions)
    return types.DocumentSymbol(
        person.name,
        types.SymbolKind.Class,
        # From the first mention to the last: the mentions below it stand in it.
        positions.range(Span(spans[0].start, max(span.end for span in spans))),
        positions.range(spans[0]),
        detail=f"{counted(n_names, 'name')}, {counted(len(spans) - n_names, 'pronoun')}",
        children=[
            types.DocumentSymbol(
                _written(document, mention.span),
                _kind(mention),
                positions.range(mention.span),
                positions.range(mention.span),
                detail=_shown(document.text, mention.span),
            )
            for mention in person.mentions
        ],
    )


def _flat(person: OutlinedPerson, document: Document) -> Iterator[types.SymbolInformation]:
    location = document.positions.location
    first = location(document.uri, person.mentions[0].span)
    yield types.SymbolInformation(first, person.name, types.SymbolKind.Class)
    for mention in person.mentions:
        place = location(document.uri, mention.span)
        written = _written(document, mention.span)
        yield types.SymbolInformation(place, written, _kind(mention), container_name=person.name)


def _kind(mention: Mention) -> types.SymbolKind:
    return types.SymbolKind.Constant if mention.is_name else types.SymbolKind.Variable


def _written(document: Document, span: Span) -> str:
    return " ".join(span.of(document.text).split())


def _shown(text: str, span: Span) -> str:
    """A mention with the words around it in its line."""
    begins = max(text.rfind("\n", 0, span.start) + 1, span.start - _SHOWN_BEFORE)
    ends = text.find("\n", span.end)
    ends = min(len(text) if ends < 0 else ends, span.end + _SHOWN_AFTER)
    before, after = text[begins : span.start], text[span.end : ends]
    if begins and text[begins - 1] not in "\n ":
        before = before.partition(" ")[2]
    if ends < len(text) and text[ends] not in "\r\n ":
        after = after.rpartition(" ")[0]
    return " ".join(f"{before}{span.of(text)}{after}".split())
