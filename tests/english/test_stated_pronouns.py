"""Pronouns that a text states itself are read, and what only looks like them is not."""

from __future__ import annotations

import pytest
from marks import with_marks, without_marks

from gru_lint import lint_text, lint_texts, read_settings
from gru_lint.english.stated_pronouns import stated_pronouns


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Our guest is Pavel Novak (she/her), a potter.", [("Pavel Novak", "she/her")]),
        ("Ask Sigrid Dahl [he/him/his] about it.", [("Sigrid Dahl", "he/him/his")]),
        ("Contact Ravi (pronouns: they/them) first.", [("Ravi", "they/them")]),
        ("Robin Ward uses they/them pronouns.", [("Robin Ward", "they/them")]),
        ("Name: Ines Costa\nPronouns: he/him", [("Ines Costa", "he/him")]),
        ("The speaker, Anna Berg, goes by xe/xem.", [("Anna Berg", "xe/xem")]),
        (
            "Juan de la Cruz (She / Her) and Lee Park (he/they).",
            [("Juan de la Cruz", "she/her"), ("Lee Park", "he/they")],
        ),
        ("Dr. Karl Stein (she/her) operates.", [("Dr. Karl Stein", "she/her")]),
    ],
)
def test_a_statement_belongs_to_the_name_before_it(text: str, people: list[tuple[str, str]]) -> None:
    assert [(known.name, known.pronouns.declared) for known in stated_pronouns(text)] == people


@pytest.mark.parametrize(
    "text",
    [
        "Karin says that he/she must sign.",
        "Tell Karin (he/she) to sign.",
        "The author (she/her) is unnamed.",
        "Karin reads they/what/ever in the log.",
        "Karin opened usr/she/them.",
        "Karin (they/banana) came.",
        "No stroke at all, Karin.",
    ],
)
def test_no_statement(text: str) -> None:
    assert stated_pronouns(text) == ()


@pytest.mark.parametrize(
    ("text", "declared", "wanted"),
    [
        pytest.param("Otto Lang (she/her) left «his» umbrella here.", {}, ["her"], id="a name of the other gender"),
        pytest.param("Otto Lang (she/her) left her umbrella here.", {}, [], id="the stated pronoun"),
        pytest.param("Otto Lang uses they/them pronouns. Otto left «his» umbrella.", {}, ["their"], id="singular they"),
        pytest.param("Ida Roth (he/him) left «her» umbrella here.", {}, ["his"], id="the other way round"),
        pytest.param("Otto Lang (she/her) spoke. Otto Lang (he/him) left his hat.", {}, [], id="two of one name"),
        pytest.param("Otto Lang (she/her) left his umbrella.", {"Otto Lang": "he"}, [], id="the settings go before"),
    ],
)
def test_a_slip_from_what_a_text_states_is_found(text: str, declared: dict[str, str], wanted: list[str]) -> None:
    plain = without_marks(text)
    found = lint_text(plain, settings=read_settings({"pronouns": declared}))
    assert with_marks(plain, found) == text
    assert [(finding.code, finding.replacements[0]) for finding in found] == [("PA005", form) for form in wanted]


def test_what_one_text_states_holds_in_no_other() -> None:
    texts = [
        "Otto Lang (she/her) left his umbrella here.",
        "Otto Lang left his umbrella here.",
        "Otto Lang left her hat.",
    ]
    assert [[finding.code for finding in found] for found in lint_texts(texts)] == [["PA005"], [], ["PA001"]]


def test_what_the_text_states_outweighs_a_title() -> None:
    text = "Mr Hugo Brandt{} opened the meeting. Then she read out the notes."
    assert [finding.code for finding in lint_text(text.format(""))] == ["PA001"]
    assert lint_text(text.format(" (she/her)")) == ()
