"""PA002: "it" for several things, "they" for a single one."""

from __future__ import annotations

from gru_lint.english.pronouns import FORMS, GENDERS
from gru_lint.rules._base import Calibration, Mismatch, PronounContext, Rule

# "They" is right for a person of any gender, and for firms and teams: a plural is wrong only where the network is sure
# that nobody is meant.
_MAX_PERSON = 0.02


def judge(context: PronounContext) -> Mismatch | None:
    """A neuter form for several, or a plural form for one thing; never singular they."""
    if context.is_covered_by_declaration or context.is_reflexive or context.written not in ("neuter", "plural"):
        return None
    if context.written == "neuter" and context.hides_words:
        return None
    # "A hard life is theirs": its has no form that stands alone, so nobody means it.
    if context.form == FORMS["plural"]["possessive"]:
        return None
    other = "plural" if context.written == "neuter" else "neuter"
    person = sum(context.probabilities[gender] for gender in GENDERS)
    if context.expected != other or (context.written == "plural" and person > _MAX_PERSON):
        return None
    return context.mismatch(other)


RULE = Rule(
    code="PA002",
    name="number-mismatch",
    summary="An it refers to several, or a they to a single thing",
    why="The reader cannot tell whether one thing is meant or all of them.",
    not_flagged=(
        "Singular they, for anybody.",
        "A company, a team or a country as they.",
        "Theirs: its has no form that could stand in its place.",
        "It where code or a name that is not read stands before it: `limit` holds, findings below it are not shown.",
    ),
    known_problems=(
        "A word that is plural in form or in sense only (scissors, news, police) may be taken for the other.",
        "They for one thing is seldom found: the network must be sure that no person and no group can be meant.",
        "An it that refers to nothing (it rained, it is late) may be taken for a thing where the sentence is unusual.",
    ),
    flags=(
        "The guests arrived late because «it» had missed the train.",
        "The boys were late. «It» missed the bus.",
    ),
    passes=(
        "Somebody left their umbrella on the train, and they must be wet by now.",
        "Most nurses on this ward say that theirs is a good team.",
        "The company said that they would open a second office in Lagos.",
    ),
    judge=judge,
    calibration=Calibration(budget=0.04, errors={"neuter": ("plural",), "plural": ("neuter",)}),
)
