"""Which subject is set against another one."""

from __future__ import annotations

import pytest
from marks import marked_word

from gru_lint.english.ellipsis import is_set_against


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Rosa is older than «he» is .", True),
        ("Rosa is older than «he» .", True),
        ("Rosa is as tall as «he» was , and strong .", True),
        ("Rosa was ready , but «he» was n't .", True),
        ("Rosa cooks , and «he» does too .", True),
        ("Rosa ate more than «he» could bear .", False),
        ("Rosa sang , and «he» was happy .", False),
        ("Rosa left as «he» came .", False),
        ("Rosa went home , and «he» .", False),
        ("Rosa said «he» would .", False),
    ],
)
def test_set_against(text: str, wanted: bool) -> None:
    assert is_set_against(*marked_word(text)) == wanted
