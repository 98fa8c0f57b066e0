"""Somebody who has just come in by a role, and may be whom a pronoun refers to."""

from __future__ import annotations

import pytest
from marks import marked_word

from gru_lint.english.newcomers import has_newcomer


@pytest.mark.parametrize(
    "text",
    [
        "Ines hired a gardener . «He» comes on Fridays .",
        "The burglar took the ring that Ines wore , but «he» left the watch .",
        "Ines 's very old piano teacher said «he» would retire .",
        "Ines rang her sister 's doctor , and «he» came .",
        "Ines phoned Professor Adler . «He» was out .",
        "Ines got a letter from the new minister . «He» is ill .",
        "Ines has a puppy . «He» chews everything .",
        "Somebody had rung Ines . «He» did not say why .",
        "Ines and another guest danced until «he» fell .",
        "INES HIRED A GARDENER . «HE» COMES ON FRIDAYS .",
        "THE BURGLAR TOOK INES 'S RING , BUT «HE» LEFT THE WATCH .",
        "Ines left the shop , since the owner had closed it . «He» was ill .",
    ],
)
def test_a_role_comes_in(text: str) -> None:
    assert has_newcomer(*marked_word(text), "masculine", "Ines")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Ines came home . «He» was tired .", "nobody else is spoken of"),
        ("Ines hired a gardener . It was May . «He» came home .", "two sentences stand between"),
        ("Ines is a nurse , and «he» works at night .", "what she is"),
        ("Ines is not yet a nurse , and «he» works by day .", "what she is not"),
        ("Ines works as a nurse . «He» likes nights .", "as what she works"),
        ("Ines , a nurse , forgot «his» keys .", "an apposition"),
        ("My boss , Ines , forgot «his» keys .", "the role of somebody named"),
        ("My boss Ines forgot «his» keys .", "the role of somebody named, without a comma"),
        ("Dr Ines Prado forgot «his» keys .", "her own title"),
        ("Mr Soto met Ines . «He» forgot the keys .", "a title that tells the gender, which the network reads"),
        ("No nurse likes Ines . «He» works at night .", "nobody"),
        ("Every nurse likes Ines . «He» works at night .", "nobody in particular"),
        ("Ines likes nurses . «He» works at night .", "several"),
        ("Ines is out . He lives with a friend . Ines sold «his» car .", "the text spoke of a he before"),
        ("Ines met a policewoman . «He» was lost .", "a noun that tells the gender"),
    ],
)
def test_no_role_comes_in(text: str, reason: str) -> None:
    assert not has_newcomer(*marked_word(text), "masculine", "Ines"), reason


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The driver parked . «He» was tired .", True),
        ("The driver parked her car . «He» was tired .", False),
    ],
)
def test_a_role_as_the_antecedent_counts_until_its_gender_is_told(text: str, wanted: bool) -> None:
    assert has_newcomer(*marked_word(text), "masculine", "The driver") == wanted


def test_without_an_antecedent_any_role_counts() -> None:
    assert has_newcomer(*marked_word("Ines met the rabbi . «He» was late ."), "masculine", None)
