"""PA006: "he" or "she" for several people."""

from __future__ import annotations

from gru_lint.english.person_nouns import may_mean_somebody
from gru_lint.english.pronouns import GENDERS
from gru_lint.english.verb_forms import slot_of_word
from gru_lint.rules._base import Calibration, Mismatch, PronounContext, Rule

_SUBJECTS = ("he", "she")
# The verb and an adverb before it.
_WORDS_TO_VERB = 2


def judge(context: PronounContext) -> Mismatch | None:
    """A form of he or she where a plural belongs; a reflexive is judged by PA004."""
    if context.is_covered_by_declaration or context.is_reflexive or context.written not in GENDERS:
        return None
    if context.expected != "plural" or context.may_be_personified:
        return None
    if _has_a_plural_verb(context):
        return None
    # "There is only one of him", "all of her": what stands before it counts parts.
    if context.words[context.word_index - 1].lower() == "of":
        return None
    # "My brothers and my sister came, because her car broke down": the network takes her for one of them all.
    if may_mean_somebody(context.written, context.words, context.word_index, alone=True):
        return None
    return context.mismatch("plural")


def _has_a_plural_verb(context: PronounContext) -> bool:
    """Whether what looks like several people is a verb that does not agree: "She have two brothers"."""
    if context.form not in _SUBJECTS:
        return False
    following = context.words[context.word_index + 1 : context.word_index + 1 + _WORDS_TO_VERB]
    before = context.words[max(0, context.word_index - 1) : context.word_index]
    slots = (slot_of_word(word.lower()) for word in (*before, *following))
    return any(slot is not None and slot[1] == "plural" for slot in slots)


RULE = Rule(
    code="PA006",
    name="plural-mismatch",
    summary="A pronoun is a he or a she where it refers to several people",
    why=(
        "The reader looks for one of them who was meant. It happens where the first language has one word for his and "
        "their, and where one person of a draft became several."
    ),
    not_flagged=(
        "They for one person: singular they is right for anybody.",
        "He or she where somebody who may be meant is spoken of shortly before: the teacher, my sister, Mr Brown.",
    ),
    known_problems=(
        "Where somebody is meant who was named long before, a group that stands nearer may be taken for him.",
        "Several people are not seen behind we and you (we lost her way).",
    ),
    flags=(
        "The children brushed «his» teeth before the film.",
        "The boys lost «her» way in the forest.",
    ),
    passes=(
        "The children brushed their teeth before the film.",
        "The children waited for the teacher, and she told them a story.",
        "Somebody left their umbrella on the train, and they must be wet by now.",
        "The boys met Anna at the station and carried her bags.",
        "My brothers and my sister arrived late because her car broke down.",
    ),
    judge=judge,
    threshold=0.98,
    calibration=Calibration(budget=0.02, errors={"plural": ("masculine", "feminine")}),
    about_person=True,
)
