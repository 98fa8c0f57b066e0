"""Who is spoken to in a text, and who only stands beside a comma."""

from __future__ import annotations

import pytest
from marks import marked_word

from gru_lint.english.addressed import is_addressed


def _is_addressed(text: str) -> bool:
    return is_addressed(*marked_word(text), "Rosa")


@pytest.mark.parametrize(
    "text",
    [
        "Rosa , do you know «his» address ?",
        "Rosa , bring me «his» coat .",
        "Rosa , please sign «his» form .",
        "Rosa , when is «he» back ?",
        "Rosa , your uncle rang because «he» is ill .",
        "Have you the key , Rosa ? «He» waits outside .",
        "Hello Rosa , «he» is late today .",
        "Rosa , your bus is late , and «he» is cold .",
        "Dear Rosa , <paragraph> «he» wrote to us .",
        "Good evening , Rosa . «He» sends greetings .",
        "Sorry , Rosa , but «his» train is late .",
        "Oh Rosa , you should see «his» garden .",
        "Hurry , Rosa , or «he» will leave .",
        "Rosa ! «He» fell off the wall .",
        "Rosa : «he» never said that .",
        "It was late . “ Rosa , did «he» call ? ”",
    ],
)
def test_who_is_spoken_to(text: str) -> None:
    assert _is_addressed(text)


@pytest.mark.parametrize(
    "text",
    [
        "Rosa lost «his» coat .",
        "Rosa , a nurse , lost «his» coat .",
        "Rosa , tired and cold , lost «his» way .",
        "Rosa , who lives next door , lost «his» coat .",
        "Rosa , my neighbour , lost «his» coat .",
        "Rosa , your neighbour , lost «his» coat .",
        "And Rosa , tired as ever , lost «his» coat .",
        "Well , Rosa lost «his» coat .",
        "You know my sister , Rosa , and «his» dog .",
        "In May , Rosa , old and ill , sold «his» house .",
        # Spoken to before, and spoken of since.
        "Rosa , bring me the coat . When Rosa came back , «he» smiled .",
        "The list holds one name : Rosa . «He» lives here .",
    ],
)
def test_who_is_spoken_of(text: str) -> None:
    assert not _is_addressed(text)
