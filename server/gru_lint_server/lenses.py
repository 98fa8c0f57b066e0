"""Code lenses: over each heading, who is named in its section; only where the client's settings ask for them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from lsprotocol import types

from gru_lint.extract import format_of
from gru_lint.records import Span
from gru_lint.runtime.stepwise import Stepwise
from gru_lint_server.document_check import DocumentCheck
from gru_lint_server.documents import Document
from gru_lint_server.headings import sections_of
from gru_lint_server.position_requests import read_shown
from gru_lint_server.server import GruLintServer

# More names than these are counted.
_MOST_NAMES = 6


class NamedSection(NamedTuple):
    """A heading, and the names of those who are named in its section, in that order."""

    title: Span
    names: tuple[str, ...]


async def code_lens(server: GruLintServer, params: types.CodeLensParams) -> list[types.CodeLens] | None:
    """Who is named in each section, over its heading; None where lenses are off."""
    answer = await read_shown(server, params.text_document.uri, lambda options: options.code_lens, _naming)
    if answer is None:
        return None
    document, sections = answer
    positions = document.positions
    # A lens without a command is shown as an error, and there is nothing to run.
    return [
        types.CodeLens(positions.range(section.title), types.Command(_listed(section.names), ""))
        for section in sections
        if section.names and positions.holds(section.title)
    ]


def _naming(check: DocumentCheck, _document: Document) -> Stepwise[list[NamedSection]]:
    """The sections of a text with the people in each."""
    state = check.state()
    sections = sections_of(state.text, state.prose, format_of(state.filename).language)
    if not sections:
        return []
    named = yield from check.reading_named()
    places = sorted((name.span.start, person.number) for person in named.people for name in person.names)
    found = []
    for section in sections:
        first, end = (bisect_left(places, (offset, -1)) for offset in (section.title.start, section.end))
        people = dict.fromkeys(number for _, number in places[first:end])
        found.append(NamedSection(section.title, tuple(named.people[number].name for number in people)))
    return found


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMES
    return ", ".join(names[:_MOST_NAMES]) + (f" and {more} more" if more > 0 else "")
