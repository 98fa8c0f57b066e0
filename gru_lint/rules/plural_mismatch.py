"""PA006: "he" or "she" for several people."""

from __future__ import annotations

from gru_lint.english.own_things import is_own_thing
from gru_lint.english.person_nouns import may_mean_person
from gru_lint.english.pronouns import GENDERS
from gru_lint.rules._base import Calibration, Mismatch, PronounContext, Rule


def judge(context: PronounContext) -> Mismatch | None:
    """A his or her where a their belongs, before what can only be the subject's own; PA004 judges reflexives."""
    if context.is_covered_by_declaration or context.is_reflexive or context.written not in GENDERS:
        return None
    if context.expected != "plural" or context.may_be_personified:
        return None
    if not is_own_thing(context.words, context.word_index):
        return None
    # "My brothers and my sister came, because she had lost her way": the network takes her for one of them all.
    if may_mean_person(context.written, context.words, context.word_index, alone=True):
        return None
    return context.mismatch("plural")


RULE = Rule(
    code="PA006",
    name="plural-mismatch",
    summary="A pronoun is a he or a she where it refers to several people",
    why=(
        "The reader looks for one of them who was meant. It happens where the first language has one word for his and "
        "their, and where one person of a draft became several."
    ),
    not_flagged=(
        "What may be somebody else's: the boys carried her bags, the girls were glad that he had won.",
        "They for one person: singular they is right for anybody.",
        "He or she where somebody who may be meant is spoken of shortly before: the teacher, my sister, Mr Brown.",
    ),
    known_problems=(
        "Where somebody is meant who was named long before, a group that stands nearer may be taken for him.",
        "Several people are not seen behind we and you (we lost her way).",
        "Only what is one's own by its nature is looked for: the students opened his books passes.",
    ),
    flags=(
        "The children brushed «his» teeth before the film.",
        "The boys lost «her» way in the forest.",
    ),
    passes=(
        "The children brushed their teeth before the film.",
        "The children waited for the teacher, and she told them a story.",
        "Somebody left their umbrella on the train, and they must be wet by now.",
        "The boys carried her bags to the station.",
        "The brothers were proud that she had won.",
        "The boys met Anna at the station and carried her bags.",
        "My brothers and my sister arrived late because her car broke down.",
    ),
    judge=judge,
    threshold=0.98,
    calibration=Calibration(budget=0.02, errors={"plural": ("masculine", "feminine")}),
    about_person=True,
)
