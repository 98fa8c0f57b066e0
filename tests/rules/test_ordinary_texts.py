"""Ordinary correct texts about people and things: next to none is flagged."""

from __future__ import annotations

import pytest
from ordinary_texts import ordinary_texts

from gru_lint import lint_texts

# How many may be flagged, of each kind: what the shipped weights reach, with a little room.
_MOST = {
    "somebody new": 5,
    "somebody new, written out one by one": 7,
    "their things": 5,
    "two people": 3,
    "somebody absent": 2,
    "somebody else": 1,
    "verbs": 0,
    "cases": 0,
}
_TEXTS = ordinary_texts()


def test_there_are_thousands() -> None:
    assert _TEXTS.keys() == _MOST.keys()
    assert sum(map(len, _TEXTS.values())) > 8_000


@pytest.mark.parametrize("kind", _MOST)
def test_next_to_none_is_flagged(kind: str) -> None:
    found = zip(_TEXTS[kind], lint_texts(_TEXTS[kind]), strict=True)
    flagged = [text for text, findings in found if findings]
    assert len(flagged) <= _MOST[kind], flagged[:20]
