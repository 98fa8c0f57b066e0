"""Pronouns that a text states itself are read, and what only looks like them is not."""

import pytest

from gru_lint import lint_text
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


def test_what_the_text_states_outweighs_a_title() -> None:
    text = "Mr Hugo Brandt{} opened the meeting. Then she read out the notes."
    assert [finding.code for finding in lint_text(text.format(""))] == ["PA001"]
    assert lint_text(text.format(" (she/her)")) == ()
