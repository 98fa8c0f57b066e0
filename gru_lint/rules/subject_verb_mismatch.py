"""SV001: "the results shows", "he don't", "a list of names are"."""

from __future__ import annotations

from gru_lint.english.verb_forms import DEMONSTRATIVE_KINDS
from gru_lint.rules._base import Rule
from gru_lint.rules._either_number import REASONS
from gru_lint.rules._forms import FormContext, FormMismatch


def judge(slot: FormContext) -> FormMismatch | None:
    """A finite verb whose number differs from its subject's."""
    if slot.kind in DEMONSTRATIVE_KINDS or slot.is_quoted or slot.hides_words or slot.is_near_code:
        return None
    if any(may_be_either(slot) for may_be_either in REASONS):
        return None
    return slot.mismatch()


RULE = Rule(
    code="SV001",
    name="subject-verb-mismatch",
    summary="A verb's number differs from its subject's",
    why=(
        "The reader stumbles, or looks for another subject. Learners leave out or add the -s; every writer takes the "
        "nearest noun for the subject once in a while."
    ),
    not_flagged=(
        "Collective nouns and institutions, either way: the team is, the team are.",
        "None, any, either, neither, more than one, a number of; what we need is or are; or, nor, not.",
        "Sums and measures (ten dollars is), titles and names of plural form (The Times is), foreign plurals (data).",
        "The subjunctive: I suggest that he go; if he were; were it not for her; God save the king.",
        "One of those that is or are; a which that means all that was said; a sentence turned round: among them were.",
        "What belongs to somebody and is not named: my sister's were late; the butcher's is closed.",
        "What stands in quotation marks: people speak as they do.",
        "Comments, commits and headings that begin with a verb: Reports whether; Add a test.",
        "A verb near code or another name that is not read, which may be its subject.",
    ),
    known_problems=(
        'A subject of several with "and", or a name in the middle of a sentence: a plural verb passes.',
        "Subjects that are no common words: the clypeus is, the ocelli are.",
        "Whatever is not flagged above hides real errors, too: my team mates is late.",
        "Verbs that are in no table of common ones, and those whose plural is their past as well (they put, he put).",
    ),
    flags=("The windows of our classroom «was» open all night.", "She «have» two brothers."),
    passes=(
        "The results of the test show a clear trend.",
        "The team are playing at home tonight.",
        "Our train was on time, but my sister's were late.",
        "I suggest that he leave at once.",
        "If she were here, we would know.",
    ),
    judge=None,
    judge_form=judge,
    form_budget=0.13,
)
