"""Whose somebody is, said of the one who is named right before it."""

from __future__ import annotations

import pytest

from gru_lint.english.descriptions import describes_last


def _describes(text: str) -> bool:
    words = ["<begin>", *text.split()]
    index = next(number for number, word in enumerate(words) if word.startswith("«"))
    words[index] = words[index].strip("«»")
    return describes_last(words, index, "Rosa")


@pytest.mark.parametrize(
    "text",
    [
        "Rosa , «his» cousin , runs a café .",
        "Rosa ( «his» cousin ) runs a café .",
        "We met Rosa , «his» new English teacher .",
        "Rosa – «his» landlady – was away .",
        "Rosa is «his» cousin .",
        "Rosa was not «his» first wife .",
        "Rosa became «his» manager in May .",
    ],
)
def test_whose_somebody_is(text: str) -> None:
    assert _describes(text)


@pytest.mark.parametrize(
    "text",
    [
        "Rosa lost «his» cousin .",
        "Rosa , «his» hat in the hand , ran off .",
        "Rosa is «his» own manager .",
        "Rosa is «his» mother 's cook .",
        "Rosa is at «his» office .",
        "Rosa went home , and «his» cousin stayed .",
        "Tom , not Rosa , is «his» cousin .",
    ],
)
def test_what_describes_nobody(text: str) -> None:
    assert not _describes(text)
