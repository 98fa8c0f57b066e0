"""PC001: "between you and I", "me and him went", "they invited we"."""

from __future__ import annotations

from gru_lint.english.pronouns import SUBJECT_OF_OBJECT
from gru_lint.rules._base import Rule
from gru_lint.rules._forms import CaseContext, FormMismatch

# After these both are said, by most writers the object: taller than me, than I; it was me, it was I.
_EITHER_AFTER = frozenset(
    """
        than as like but except save not be am is are was were been being 's 're 'm isn't aren't wasn't weren't
        """.split()
)
# What stands after these is an object, or the subject of a clause that they begin, and the network takes one for the
# other where the verb goes first: "After him came the others."
_OBJECT_OR_CLAUSE_AFTER = frozenset(
    """
        about above across after against along amid among around at before behind below beneath beside besides between
        beyond by despite down during for from in inside into near nearest nor of off on onto opposite out outside over
        past round since through throughout till to toward towards under underneath unlike until up upon via with
        within without
        """.split()
)
_AND = ("and", "or")
# The verb of a subject, whatever stands before it.
_ITS_VERBS = ("'m", "am", "'ve", "'ll", "'d", "'re")
_OBJECTS = tuple((form,) for form in SUBJECT_OF_OBJECT)
_JOINING = ("/", "-", "–", "&")
# "Use they, not he": the word itself is meant.
_NAMING = frozenset("use uses used using pronoun pronouns word words say says write writes".split())
# "Me too", "Who, me?", "Him first": without a verb there is no subject.
_FEWEST_WORDS = 4


def judge(context: CaseContext) -> FormMismatch | None:
    """A subject's form where an object stands, or an object's form where a subject does."""
    if context.is_quoted or context.is_near_code or _is_no_clause(context) or _is_name(context):
        return None
    before, after = context.before[-1:], context.after[:1]
    if (before and (before[0] in _EITHER_AFTER | _NAMING or before[0] in _JOINING)) or (after and after[0] in _JOINING):
        return None
    if context.written == "object" and before and before[0] in _OBJECT_OR_CLAUSE_AFTER:
        return None
    # "I have been told I'm late."
    if context.written == "subject" and after and after[0] in _ITS_VERBS:
        return None
    # "What surprised me was his answer."
    if context.written == "object" and "what" in context.before:
        return None
    # "She let him and me choose": two of one case. Where both are wrong the first of them is flagged.
    if context.written == "object" and before and before[0] in _AND and context.before[-2:-1] in _OBJECTS:
        return None
    # "Him leaving so early surprised us"; "Underlying them were advances."
    if context.written == "object" and any(word.endswith("ing") for word in before + after):
        return None
    return context.mismatch()


def _is_no_clause(context: CaseContext) -> bool:
    words = [word for word in (*context.before, *context.after) if word[:1].isalpha()]
    return len(words) < _FEWEST_WORDS - 1


def _is_name(context: CaseContext) -> bool:
    """Whether it may be a numeral or a part of a title: World War I, Henry I, "You're Kiddin' Me"."""
    previous = context.words[context.word_index - 1]
    if context.word == "I":
        return previous[:1].isupper()
    if not context.word[:1].isupper():
        return False
    # Somebody who is called Her, in a sentence before.
    others = (index for index, word in enumerate(context.words) if word == context.word and index != context.word_index)
    return not context.begins_sentence or any(context.words[index - 1][:1].isalpha() for index in others)


RULE = Rule(
    code="PC001",
    name="pronoun-case",
    summary="A pronoun has a subject's form where an object stands, or an object's where a subject does",
    why=(
        'Beside another person the ear does not help: many write "between you and I" who would never write "between '
        'I". Learners whose language has one form for both mix them up alone, too.'
    ),
    not_flagged=(
        "Where both are said: taller than me or than I; it was him or it was he; everyone but me.",
        "Answers and exclamations without a verb: Me too. Who, me?",
        "An object before a form in -ing: him leaving so early.",
        "What stands in quotation marks: people speak as they do.",
        "You and it, which have one form; my, mine and the like.",
    ),
    known_problems=(
        "Two people after a preposition, as in between you and I, seldom make it sure enough.",
        "An object's form after a word that may be a preposition passes: after him left, he went.",
        "Me and Anna went: in speech most people say so. It is flagged where it is written.",
    ),
    flags=(
        "Our neighbours invited «we» to the wedding.",
        "This must stay between you and «I».",
        "My brother and «me» are twins.",
    ),
    passes=(
        "This must stay between you and me.",
        "My brother and I are twins.",
        "She is two years older than me.",
        "It was him who called you last night.",
    ),
    judge=None,
    judge_case=judge,
    form_budget=0.08,
)
