"""The prose of a document that is being edited: what has not changed is not extracted again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from gru_lint.extract import IncrementalProse, extract_prose, format_of, noting_unread, without_marks
from gru_lint.records import Unread


class _Part(NamedTuple):
    """What was extracted of one part."""

    prose: str
    unread: tuple[Unread, ...]


class DocumentProse:
    """The prose of the newest text of one document."""

    def __init__(self) -> None:
        self._filename: str | None = None
        self._text_keys: Sequence[str] = ()
        self._blocks: IncrementalProse | None = None
        self._parts: dict[str, _Part] = {}

    def extract(
        self, text: str, filename: str | None, parts: Sequence[int] = (), text_keys: Sequence[str] = ()
    ) -> tuple[str, list[Unread]]:
        """The prose of a text, and what of it was not read.

        filename   says how it is read
        parts      where each part begins that is extracted by itself; empty where all is extracted together
        text_keys  in data, the keys whose values are prose
        """
        if (filename, text_keys) != (self._filename, self._text_keys):
            self._filename, self._text_keys, self._blocks, self._parts = filename, text_keys, None, {}
        if parts:
            return self._extract_parts(text, parts)
        input_format = format_of(filename)
        with noting_unread() as noted:
            if input_format.blocks is None:
                return extract_prose(text, filename, text_keys), noted
            self._blocks = self._blocks or IncrementalProse(input_format.blocks, input_format.extract_prose)
            return self._blocks.update(without_marks(text)), noted

    def prepare(self) -> None:
        """Does what the first edit would wait for."""
        if self._blocks:
            self._blocks.prepare()

    def _extract_parts(self, text: str, starts: Sequence[int]) -> tuple[str, list[Unread]]:
        known, self._parts = self._parts, {}
        unread: list[Unread] = []
        pieces = []
        for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
            written = text[start:end]
            part = known.get(written)
            if part is None:
                with noting_unread() as noted:
                    part = _Part(extract_prose(written, self._filename, self._text_keys), tuple(noted))
            self._parts[written] = part
            pieces.append(part.prose)
            unread += [replace(one, span=one.span.shifted(start)) for one in part.unread]
        return "".join(pieces), unread
