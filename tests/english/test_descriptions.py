"""Whose somebody is, said of the one who is named right before it."""

from __future__ import annotations

import pytest
from marks import marked_word

from gru_lint.english.descriptions import describes_last, has_somebody_who_may_be_meant, is_set_beside_anothers


def _describes(text: str) -> bool:
    return describes_last(*marked_word(text), "Rosa")


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


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Rosa 's horse is old . «He» sleeps .", True),
        ("Rosa 's teacher said that «he» was late .", True),
        ("Rosa 's aunt said that «he» was late .", False),
        ("Rosa 's car is old . «He» sleeps .", False),
        ("Rosa has a horse . «He» sleeps .", False),
    ],
)
def test_whom_somebody_has(text: str, wanted: bool) -> None:
    assert has_somebody_who_may_be_meant(*marked_word(text), "Rosa", "masculine") == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Rosa 's aunt and «his» uncle are here .", True),
        ("Rosa 's aunt came and «his» uncle left .", False),
        ("Rosa and «his» uncle are here .", False),
    ],
)
def test_what_two_have(text: str, wanted: bool) -> None:
    assert is_set_beside_anothers(*marked_word(text)) == wanted
