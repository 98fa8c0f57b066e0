"""The prose of a document that is being edited: what has not changed is not extracted again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from gru_lint.extract import IncrementalProse, extract_prose, format_of, noting_unread, without_marks
from gru_lint.records import Unread


class _Part(NamedTuple):
    """What was extracted of a text, or of one part of it.

    blocks  what extracts it again once it is edited; None where all of it is
    """

    text: str
    prose: str
    unread: tuple[Unread, ...]
    blocks: IncrementalProse | None


class DocumentProse:
    """The prose of the newest text of one document."""

    def __init__(self) -> None:
        self._filename: str | None = None
        self._text_keys: Sequence[str] = ()
        self._whole: _Part | None = None
        self._parts: list[_Part] = []

    def extract(
        self, text: str, filename: str | None, parts: Sequence[int] = (), text_keys: Sequence[str] = ()
    ) -> tuple[str, list[Unread]]:
        """The prose of a text, and what of it was not read.

        filename   says how it is read
        parts      where each part begins that is extracted by itself; empty where all is extracted together
        text_keys  in data, the keys whose values are prose
        """
        if (filename, text_keys) != (self._filename, self._text_keys):
            self._filename, self._text_keys, self._whole, self._parts = filename, text_keys, None, []
        if parts:
            return self._extract_parts(text, parts)
        self._whole = self._extracted(text, self._whole)
        return self._whole.prose, list(self._whole.unread)

    def prepare(self) -> None:
        """Does what the first edit would wait for."""
        if self._whole and self._whole.blocks:
            self._whole.blocks.prepare()

    def _extract_parts(self, text: str, starts: Sequence[int]) -> tuple[str, list[Unread]]:
        texts = [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
        known = {part.text: part for part in self._parts}
        fresh = [written for written in texts if written not in known]
        gone = [known[written] for written in known.keys() - set(texts)]
        # One that was edited is gone, and another one is new. Where it is not clear which has become which, none is.
        before = gone if len(gone) == len(fresh) == 1 else [None] * len(fresh)
        known |= {written: self._extracted(written, part) for written, part in zip(fresh, before, strict=True)}
        self._parts = [known[written] for written in texts]
        unread = [
            replace(one, span=one.span.shifted(start))
            for start, part in zip(starts, self._parts, strict=True)
            for one in part.unread
        ]
        return "".join(part.prose for part in self._parts), unread

    def _extracted(self, text: str, before: _Part | None) -> _Part:
        """The prose of a text, only where it has changed if it was another one before."""
        input_format = format_of(self._filename)
        blocks = before.blocks if before else None
        with noting_unread() as noted:
            if input_format.blocks is None:
                prose = extract_prose(text, self._filename, self._text_keys)
            else:
                blocks = blocks or IncrementalProse(input_format.blocks, input_format.extract_prose)
                prose = blocks.update(without_marks(text))
        return _Part(text, prose, tuple(noted), blocks)
