"""Offsets go back to what the client has, in UTF-16 units, through markup and pairs of surrogates."""

from __future__ import annotations

import pytest

from gru_lint.records import Span
from gru_lint.serve.client_text import AnnotationError, ClientText, Utf16, read_annotated


@pytest.mark.parametrize(
    ("text", "word", "wanted"),
    [
        ("Anna lost his hat.", "his", (10, 3)),
        ("😀 Anna lost his hat.", "his", (13, 3)),
        ("é中 Anna 😀😀 lost his", "his", (18, 3)),
        ("\ud83d half Anna his", "his", (12, 3)),
        ("😀😀", "😀😀", (0, 4)),
    ],
)
def test_a_span_of_plain_text_counts_in_utf_16_units(text: str, word: str, wanted: tuple[int, int]) -> None:
    start = text.index(word)
    assert ClientText.plain_text(text).place(Span(start, start + len(word))) == wanted
    units = text.encode("utf-16-le", "surrogatepass")
    assert units[2 * wanted[0] : 2 * sum(wanted)].decode("utf-16-le", "surrogatepass") == word


def test_units_lead_back_to_code_points() -> None:
    text = Utf16("a😀b")
    assert [text.code_points(units) for units in (0, 1, 2, 3)] == [0, 1, 1, 2]
    assert [text.units(offset) for offset in (0, 1, 2, 3)] == [0, 1, 3, 4]


@pytest.mark.parametrize(
    ("annotation", "word", "wanted"),
    [
        ([{"markup": "<b>"}, {"text": "Anna"}, {"markup": "</b>"}, {"text": " lost his hat"}], "his", (17, 3)),
        # A word that markup parts is underlined from its first to its last letter.
        ([{"text": "Anna lost h"}, {"markup": "<i>"}, {"text": "is hat"}], "his", (10, 6)),
        # What is read in the place of markup is the whole markup.
        ([{"text": "Anna lost "}, {"markup": "&his;", "interpretAs": "his"}, {"text": " hat"}], "his", (10, 5)),
        ([{"markup": "<p>", "interpretAs": "\n\n"}, {"text": "Anna 😀 his"}], "his", (11, 3)),
        ([{"text": ""}, {"markup": ""}, {"text": "his"}], "his", (0, 3)),
        ([{"markup": "😀"}, {"text": "his"}], "his", (2, 3)),
    ],
)
def test_a_span_of_annotated_text_counts_in_text_and_markup(
    annotation: list[dict[str, str]], word: str, wanted: tuple[int, int]
) -> None:
    text = read_annotated({"annotation": annotation})
    start = text.plain.index(word)
    assert text.place(Span(start, start + len(word))) == wanted


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        {},
        {"text": 3},
        {"text": "a", "annotation": []},
        {"annotation": {}},
        {"annotation": ["a"]},
        {"annotation": [{}]},
        {"annotation": [{"text": "a", "markup": "b"}]},
        {"annotation": [{"text": "a", "interpretAs": "b"}]},
        {"annotation": [{"markup": None}]},
        {"annotation": [{"text": "a", "colour": "red"}]},
    ],
)
def test_what_is_no_annotated_text_is_refused_in_one_line(value: object) -> None:
    with pytest.raises(AnnotationError, match=r"^[^\n]+$"):
        read_annotated(value)
