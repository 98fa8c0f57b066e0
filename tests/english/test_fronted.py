"""Who is named in a phrase before a clause, and who is its subject."""

from __future__ import annotations

import pytest
from marks import marked_word

from gru_lint.english.fronted import is_named_before_clause


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("According to Rosa , «he» is away .", True),
        ("It rained . Thanks to Rosa , «he» had a coat .", True),
        ("As per Rosa 's kind request , «he» came .", True),
        ("Rosa left , «he» stayed .", False),
        ("He left according to Rosa , «he» said .", False),
        ("According to Rosa it is late . So , «he» left .", False),
        ("According to Rosa , the bus and «he» were late .", False),
    ],
)
def test_a_phrase_before_a_clause(text: str, wanted: bool) -> None:
    assert is_named_before_clause(*marked_word(text), "Rosa") == wanted
