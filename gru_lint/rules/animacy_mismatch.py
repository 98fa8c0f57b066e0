"""PA003: "it" for a person, "he" or "she" for a thing."""

from __future__ import annotations

from gru_lint.english.events import may_be_known_event
from gru_lint.english.person_nouns import may_mean_person, may_mean_something
from gru_lint.english.pronouns import GENDERS
from gru_lint.rules._base import Calibration, Mismatch, PronounContext, Rule


def judge(context: PronounContext) -> Mismatch | None:
    """A neuter form for a person whose gender is known, or a person's form for a thing."""
    if context.is_covered_by_declaration or context.is_reflexive or context.written not in (*GENDERS, "neuter"):
        return None
    if (context.written == "neuter") == (context.expected == "neuter") or context.expected == "plural":
        return None
    if context.may_be_personified or context.may_be_named_thing:
        return None
    place = context.words, context.word_index
    # "The new neighbour … he", "her phone … it": a network that takes one for the other must not be believed.
    if context.written == "neuter":
        if may_be_known_event(*place) or may_mean_something(*place):
            return None
    elif may_mean_person(context.written, *place):
        return None
    return context.mismatch(context.expected)


RULE = Rule(
    code="PA003",
    name="animacy-mismatch",
    summary="A person is called it, or a thing is called he or she",
    why="It turns a person into a thing, or makes the reader look for a person who is not there.",
    not_flagged=(
        "A pet, a ship, a country or a car as he or she.",
        "A baby or an animal as it.",
        "It where a thing or an event may be meant: her phone; it surprised us.",
        "He or she where somebody who may be meant is spoken of shortly before: a neighbour, an acrobat, a dog.",
        "Its after a first name alone: firms, products, places and storms bear such names.",
    ),
    known_problems=(
        "He or she for a thing is not found where a person or an animal is spoken of before (my teacher left the key).",
        "It for a child or for somebody in an unnamed role (a guest, the child) mostly passes.",
        "Animals and robots that speak and act as people in a story may be taken for people or for things.",
        "It for a person is not found where a thing is spoken of in the same sentence or the one before.",
    ),
    flags=(
        "Anna said «it» was tired.",
        "The letter arrived yesterday. I read «him» at once.",
    ),
    passes=(
        "The cat slept on the sill. She had caught a mouse, and she was proud of it.",
        "The Mary Rose sank in 1545, and she lay on the seabed for four centuries.",
        "Laura adores the new acrobat. He is funny.",
        "Laura likes her phone because it is old.",
        "The baby cried until its mother came.",
        "Alfred opens with its own hotkey.",
    ),
    judge=judge,
    calibration=Calibration(
        budget=0.04,
        errors={"masculine": ("neuter",), "feminine": ("neuter",), "neuter": ("masculine", "feminine")},
    ),
    about_person=True,
)
