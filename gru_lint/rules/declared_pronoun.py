"""PA005: "he" or "she" for a person whose declared pronouns are others."""

from __future__ import annotations

from gru_lint.english.pronouns import GENDERS
from gru_lint.rules._base import Mismatch, PronounContext, Rule


def judge(context: PronounContext) -> Mismatch | None:
    """A he or a she for a person who is declared to have neither, or the other one."""
    if context.declared is None or context.written not in GENDERS or context.written in context.declared.classes:
        return None
    other = context.declared.gender
    if other is None:
        # Both he and she are wrong for this person: what is uncertain is whether this person is the antecedent.
        return Mismatch(context.declared.forms, context.antecedent_probability)
    if context.expected != other:
        return None
    # The network has read the name with the declared gender, so its probabilities count.
    return context.mismatch(other, calibrated_as="reflexive-mismatch" if context.is_reflexive else "gender-mismatch")


RULE = Rule(
    code="PA005",
    name="declared-pronoun",
    summary="A person is called he or she, and the configuration or the text itself declares other pronouns",
    why=(
        "To call people by other pronouns than their own is wrong, and the reader may think of somebody else. The "
        "declaration is the author's word and overrides what the name suggests. A text declares pronouns where it says "
        '"Otto Brandt (she/her)".'
    ),
    not_flagged=(
        "They, for anybody, whatever is declared.",
        "The pronouns that are declared; with two sets (he/they), both of them.",
        "Anybody for whom any is declared.",
        "A person of the same first name or surname who is named in full (Mary Kim, Alex Stone).",
    ),
    known_problems=(
        "Verbs are left as they are: where they comes for he, has and was must become have and were by hand.",
        "Where several people are about, most slips pass: it must be plain that the declared person is meant.",
        "A relative who is called by the same surname (Kim, Mrs Kim) passes for the declared person; declare that name "
        "as well.",
        "He and she are checked, and nothing else: xe for somebody declared as ey passes.",
        "A first name that is also a word (Will, May) may be taken for the person where it begins a sentence.",
    ),
    flags=(
        "Alex Kim lost «his» keys on Monday.",
        "Alex wrote the report. Everybody praised «her» work.",
        "Noor hurt «himself» on the ladder.",
    ),
    passes=(
        "Alex Kim lost their keys on Monday. The porter found them.",
        "Alex Kim hurt themself on the ladder.",
        "Mary Kim said that she was tired.",
        "Noor said that she was tired, and then they both slept.",
    ),
    judge=judge,
    # Chosen by hand, since no corpus declares pronouns: the person is likelier than all other mentions together.
    threshold=0.6,
    about_person=True,
    declared={"Alex Kim": "they", "Noor": "she"},
)
