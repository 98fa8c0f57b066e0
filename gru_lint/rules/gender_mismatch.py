"""PA001: "he" for a woman, "she" for a man."""

from __future__ import annotations

from itertools import takewhile

from gru_lint.english.addressed import is_addressed
from gru_lint.english.descriptions import describes_last, has_somebody_who_may_be_meant, is_set_beside_anothers
from gru_lint.english.ellipsis import is_set_against
from gru_lint.english.fronted import is_named_before_clause
from gru_lint.english.newcomers import has_newcomer
from gru_lint.english.noun_phrases import determines_noun_phrase
from gru_lint.english.own_things import is_own_thing
from gru_lint.english.person_nouns import names_no_person, tells_gender
from gru_lint.english.pronouns import GENDERS, WINDOW_MARKS, other_gender
from gru_lint.english.reported import is_spoken_of
from gru_lint.rules._base import Calibration, Mismatch, PronounContext, Rule

_JOINING = ("and", "or", "nor")
# From this agreement on, somebody's own words tell the gender: a title, a noun, a first name.
_TELLS = 0.9
# The mention and what joins them, after the window's mark.
_FEWEST_BEFORE = 3
_SENTENCE_ENDS = frozenset([*".!?", *WINDOW_MARKS])


def judge(context: PronounContext) -> Mismatch | None:
    """A masculine form where the feminine belongs, or the other way round."""
    if context.is_covered_by_declaration or context.is_reflexive or context.written not in GENDERS:
        return None
    other = other_gender(context.written)
    if context.expected != other or context.may_be_personified or _is_joined_to_its_antecedent(context):
        return None
    # Whatever the words around it suggest: "Mrs Blake" is no he.
    if context.antecedent and tells_gender(context.antecedent, context.written):
        return None
    # "Mary, have you seen his car?": who is spoken to is no he or she.
    if context.is_resolved and is_addressed(context.words, context.word_index, context.antecedent):
        return None
    if _is_of_somebody_described(context) or _has_another_subject(context) or _may_be_whom_they_have(context):
        return None
    if _contrasts_two(context) or _may_be_somebody_elses(context) or _may_be_newcomer(context):
        return None
    # "When she came in, he left": two people whom nobody has named.
    if names_no_person(context.words):
        return None
    return context.mismatch(other)


def _is_joined_to_its_antecedent(context: PronounContext) -> bool:
    """Whether "and" joins it to the mention that it was taken for: in "Tom and she", she is somebody else.

    A determiner is not joined to it, but what it determines: "Tom and her brother".
    """
    words, index = context.words, context.word_index
    if context.antecedent is None or index < _FEWEST_BEFORE or words[index - 1].lower() not in _JOINING:
        return False
    return not _determines(context) and words[index - 2] == context.antecedent.split()[-1]


def _is_of_somebody_described(context: PronounContext) -> bool:
    """Whether it says whose somebody is: "Anna, his sister, lives in Oslo"; or sets it beside "Anna's mother"."""
    if not _determines(context):
        return False
    words, index, antecedent = context.words, context.word_index, context.antecedent
    is_described = antecedent is not None and describes_last(words, index, antecedent)
    return is_described or is_set_beside_anothers(words, index)


def _may_be_whom_they_have(context: PronounContext) -> bool:
    """Whether it may be an animal or a friend of the one whom it was taken for: "Peter's dog is old. She sleeps"."""
    return context.antecedent is not None and has_somebody_who_may_be_meant(
        context.words, context.word_index, context.antecedent, context.written
    )


def _has_another_subject(context: PronounContext) -> bool:
    """Whether its clause is set against another one, or its antecedent is named in passing before it, or speaks of it.

    "Anna is older than he is"; "According to Anna, he is away"; "Anna thinks he is wrong".
    """
    words, index, antecedent = context.words, context.word_index, context.antecedent
    if is_set_against(words, index):
        return True
    if antecedent is None:
        return False
    is_subject = context.form in ("he", "she")
    return is_named_before_clause(words, index, antecedent) or (is_subject and is_spoken_of(words, index, antecedent))


def _may_be_somebody_elses(context: PronounContext) -> bool:
    """Whether it says whose something is, and somebody of its gender has just been named.

    What people have to do with is often the other one's ("Mr Reed asked Ms Blake to walk his dog"), unless it can be
    nobody's but their own ("Ms Blake lost his way").
    """
    return (
        (context.form == "hers" or _determines(context))
        and context.nearby.get(context.written, 0.0) >= _TELLS
        and not is_own_thing(context.words, context.word_index)
    )


def _may_be_newcomer(context: PronounContext) -> bool:
    """Whether somebody who has just come in by a role may be meant: "Mrs Patel was robbed. The thief took her phone".

    Only in a text of a few sentences, where they take the place of somebody whom a longer one would tell more of.
    """
    is_known = context.is_short and context.is_resolved
    return is_known and has_newcomer(context.words, context.word_index, context.written, context.antecedent)


def _determines(context: PronounContext) -> bool:
    """Whether it is a determiner: "her hat", and not "saw her". Every "his" counts as one."""
    return context.form == "his" or (
        context.form == "her" and determines_noun_phrase(context.words, context.word_index)
    )


def _contrasts_two(context: PronounContext) -> bool:
    """Whether "hers" is set against what somebody else in its sentence has: "his desk is tidy and hers is not"."""
    before = takewhile(lambda word: word not in _SENTENCE_ENDS, reversed(context.words[: context.word_index]))
    return context.form == "hers" and any(word.lower() == "his" for word in before)


RULE = Rule(
    code="PA001",
    name="gender-mismatch",
    summary="A pronoun's gender differs from that of the person it refers to",
    why=(
        "The reader looks for another person, or loses the thread. The error is common where the writer's first "
        "language has one word for he and she, or lets a possessive agree with the thing possessed."
    ),
    not_flagged=(
        "Singular they, for anybody.",
        "A partner of any gender: her wife, his husband.",
        "A person in any occupation.",
        "Somebody who is joined to the one who would be meant: Tom and she.",
        "Hers that is set against his: his desk is tidy and hers is not.",
        "Whose something is, if somebody of that gender was named shortly before: Mr Reed let Ms Blake walk his dog.",
        "She for a ship, a country, Nature, where one stands near.",
        "People who are spoken of by pronouns alone: when she came in, he left.",
        "Somebody, or an animal, whom the person who is named has: Peter's dog is old. She sleeps all day.",
        "Whose somebody is: Anna, his sister, lives in Oslo; Anna is his sister.",
        "Somebody who is set against another one: Anna is older than he is.",
        "Somebody who is named in passing before the clause: According to Anna, he is away.",
        "Whom somebody speaks of in the first sentence: Anna thinks he is wrong.",
        "Somebody who is spoken to: Mary, have you seen his car?",
        "Somebody who has just come in by a role, in a text of a few sentences: Naomi has a new boss. He is strict.",
        "A name that leans neither way, or whose owner the text has called he or she.",
    ),
    known_problems=(
        'A person who is named only after the pronoun is not known yet: in "When she came home, Mr Watson was asleep" '
        "the word she may be flagged, whoever is meant.",
        "A wrong his or her before a thing is not found where somebody of that gender was named shortly before: Ms "
        "Blake waved to Mr Reed and looked for his keys.",
        "Between two people of one gender, or of one surname, the antecedent that is shown may be the wrong one.",
        "In quoted speech, he or she may be somebody whom only the speakers know of.",
        "An excerpt that begins in the middle of a story speaks of people whom it never names: more false alarms.",
        "Errors about a woman are found less often than errors about a man, most of all if she goes by her surname.",
    ),
    flags=(
        "Mr Watson goes on a business trip every Wednesday. He always takes a flight to New York, and on every trip "
        "«her» wife wishes him good luck.",
        "Mr Watson goes on a business trip every Wednesday. He always takes a flight to New York, and on every trip "
        "his wife wishes him good luck. Mrs Watson, his wife, loves cooking, and «he» is also a businesswoman.",
    ),
    passes=(
        "Mr Watson goes on a business trip every Wednesday. He always takes a flight to New York, and on every trip "
        "his wife wishes him good luck.",
        "Alice called to say that her wife had found a flat near the station.",
        "Tom and she went home.",
        "When she came in, he had gone to bed.",
        "They invited Tom and her to the party.",
        "Rory and Beth compared notes: his were neat and hers were not.",
        "Mr Reed was away for a week. He asked Ms Blake to walk his dog.",
        "Mrs Doyle has broken her arm, so Gordon carries her shopping up the stairs.",
        "The captain looked at the yacht and praised her lines.",
        "The nurse said that he would be back, and the engineer thanked him for her team.",
        "Mrs Lowe was burgled in May. The burglar took her silver, but he left the piano.",
    ),
    judge=judge,
    calibration=Calibration(
        budget=0.45, errors={"masculine": ("feminine",), "feminine": ("masculine",)}, by_class=True
    ),
    follows_chains=True,
    about_person=True,
)
