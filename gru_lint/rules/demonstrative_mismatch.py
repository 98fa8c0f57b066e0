"""DN001: "this books", "these book"."""

from __future__ import annotations

from gru_lint.english.noun_phrases import PHRASE_ENDS
from gru_lint.english.verb_forms import DEMONSTRATIVE_KINDS, slot_of_word
from gru_lint.english.word_files import agreement_exceptions
from gru_lint.rules._base import Rule
from gru_lint.rules._forms import FormContext, FormMismatch

# "These kind of", which many say; "this kinds of" nobody defends.
_KIND_NOUNS = frozenset("kind sort type".split())
_PLURALS = frozenset("people children men women feet teeth mice geese oxen data criteria phenomena".split())
# After these a word in -s was a noun: "this walks are".
_PLURAL_VERBS = (("are",), ("were",), ("have",), ("do",))
# After these a form without -s was a noun: "these work is".
_SINGULAR_VERBS = (("is",), ("was",), ("has",), ("does",))
# Behind these a clause may begin, and a demonstrative be its subject.
_BEFORE_CLAUSES = frozenset(", ; : — ( and or but that which when where while because if as since although".split())
# What ends like a plural and is none.
_SINGULARS_IN_S = ("ss", "us", "is")
_ADVERBS = frozenset("always sometimes perhaps besides".split())
# How many words after it count as near.
_NEAR = 4


def judge(slot: FormContext) -> FormMismatch | None:
    """A this or a that before a plural noun, a these or a those before a singular one."""
    if slot.kind not in DEMONSTRATIVE_KINDS or not slot.after:
        return None
    if slot.is_quoted or slot.hides_words or slot.is_near_code:
        return None
    # "This are" is an error between the subject and its verb.
    if not slot.after[0][0].isalpha() or slot.after[0] in agreement_exceptions("no noun phrase"):
        return None
    near = frozenset(slot.after[:_NEAR])
    if not near.isdisjoint(_KIND_NOUNS) or not near.isdisjoint(agreement_exceptions("units")):
        return None
    if not near.isdisjoint(agreement_exceptions("either way") | agreement_exceptions("quantifiers")):
        return None
    if slot.expected == "plural" and not _may_be_plural(slot.after):
        return None
    if slot.expected == "singular" and (_is_subject(slot) or _is_compound(slot.after)):
        return None
    # "This great people": a nation.
    if "people" in slot.after[1:_NEAR]:
        return None
    return slot.mismatch()


def _may_be_plural(after: tuple[str, ...]) -> bool:
    """Whether a plural noun may follow: "this old books", and neither "this field takes" nor "this grants access"."""
    for index, word in enumerate(after[:_NEAR]):
        slot = slot_of_word(word)
        if slot is not None and slot[1] == "singular" and after[index + 1 : index + 2] not in _PLURAL_VERBS:
            return False
        if word.endswith("s") or word in _PLURALS:
            return True
    return False


def _is_subject(slot: FormContext) -> bool:
    """Whether a these or a those may be the subject of the verb that follows: "These use less memory"."""
    opens_clause = not slot.before or slot.before[-1] in _BEFORE_CLAUSES
    verb = slot_of_word(slot.after[0])
    return opens_clause and verb is not None and verb[1] == "plural" and slot.after[1:2] not in _SINGULAR_VERBS


def _is_compound(after: tuple[str, ...]) -> bool:
    """Whether the noun that follows stands before a plural one: "these app folders"."""
    for word in after[1:_NEAR]:
        if not word.isalpha() or word in PHRASE_ENDS | _ADVERBS or slot_of_word(word) is not None:
            return False
        if word in _PLURALS or (word.endswith("s") and not word.endswith(_SINGULARS_IN_S)):
            return True
    return False


RULE = Rule(
    code="DN001",
    name="demonstrative-mismatch",
    summary="This, that, these or those differs in number from its noun",
    why="The reader cannot tell whether one thing is meant or several.",
    not_flagged=(
        "These kind of, those sort of: people say both.",
        "This ten years, that twenty dollars: a sum is one thing.",
        "That, where it is no demonstrative: I know that books are dear.",
        "Nouns that are singular and plural: this series, these series.",
    ),
    known_problems=("A that before a plural noun mostly passes: it may be a conjunction.",),
    flags=("I have read all of «this» books.", "«These» house was built by my uncle."),
    passes=(
        "I have read all of these books.",
        "I know that books are expensive.",
        "These sheep belong to my uncle.",
    ),
    judge=None,
    judge_form=judge,
    form_budget=0.04,
)
