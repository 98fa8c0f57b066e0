"""Whom somebody speaks of where a text begins."""

from __future__ import annotations

import pytest
from marks import marked_word

from gru_lint.english.pronouns import BEGIN, PARAGRAPH
from gru_lint.english.reported import is_spoken_of


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Rosa hopes «he» wins .", True),
        ("Rosa has never said that «he» won .", True),
        ("Rosa could n't tell whether «he» won .", True),
        ("Rosa warned both of them that «he» won .", True),
        ("We warned Rosa that «he» won .", True),
        ("We warned Rosa «he» won .", True),
        ("Good news : Rosa says «he» won .", True),
        ("Rosa came home . Rosa says «he» won .", False),
        ("Rosa says the race «he» won was short .", False),
        ("Rosa sang because «he» won .", False),
        ("Rosa sang that «he» won .", False),
        ("Rosa believes her friends , so «he» won .", False),
        ("Rosa , and I hope «he» wins .", False),
        ("Rosa warned them , that is , «he» won .", False),
        ("I hope «he» wins .", False),
    ],
)
def test_a_clause_that_somebody_says(text: str, wanted: bool) -> None:
    words, index = marked_word(text)
    assert words[0] == BEGIN
    assert is_spoken_of(words, index, "Rosa") == wanted


def test_a_window_that_goes_on_may_have_named_somebody() -> None:
    words, index = marked_word("Rosa hopes «he» wins .")
    assert not is_spoken_of((PARAGRAPH, *words[1:]), index, "Rosa")
