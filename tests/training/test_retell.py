"""Passages told in the third person: grammatical, and nothing told that the person's change would spoil."""

from __future__ import annotations

import random

import pytest

from gru_lint.english.pronouns import FORMS
from gru_lint.training.data.retell import passages, retell


def check(passage: str, wanted: str | None, seed: int = 1) -> None:
    """Retells a passage of Zeynep, where it is one that would be retold."""
    found = list(passages([passage], random.Random(2)))
    told = retell(found[0], "Zeynep", FORMS["feminine"], random.Random(seed)) if found else None
    assert told == wanted


@pytest.mark.parametrize(
    ("passage", "wanted"),
    [
        ("I forgot my keys.", "Zeynep forgot her keys."),
        ("I'm afraid I lost my keys.", "Zeynep is afraid she lost her keys."),
        (
            "My aunt told me that she would visit my brother.",
            "Zeynep's aunt told her that she would visit her brother.",
        ),
        ("I have never seen my father cry.", "Zeynep has never seen her father cry."),
        ("At last I made myself a cup of tea.", "At last Zeynep made herself a cup of tea."),
        ("Could I take my dog with me?", "Could Zeynep take her dog with her?"),
    ],
)
def test_what_is_retold(passage: str, wanted: str) -> None:
    check(passage, wanted)


@pytest.mark.parametrize(
    "passage",
    [
        pytest.param("I know my brother well.", id="the verb would need another ending"),
        pytest.param('"I forgot my keys," said Emre.', id="speech means somebody else"),
        pytest.param("I told you that I forgot my keys.", id="a reader is spoken to"),
        pytest.param("She forgot her keys.", id="nobody speaks of himself"),
        pytest.param("I forgot the keys.", id="one word says nothing of agreement"),
    ],
)
def test_what_is_left_alone(passage: str) -> None:
    check(passage, None)


def test_the_name_may_stand_in_the_second_clause() -> None:
    passage = "When I came home, I found my keys."
    told = {retell(passage, "Zeynep", FORMS["feminine"], random.Random(seed)) for seed in range(20)}
    assert told == {"When she came home, Zeynep found her keys.", "When Zeynep came home, she found her keys."}


def test_a_sentence_begins_with_a_capital() -> None:
    told = retell("I lost my keys. I had to wait.", "Zeynep", FORMS["feminine"], random.Random(1))
    assert told == "Zeynep lost her keys. She had to wait."
