"""SV001: "the results shows", "he don't", "a list of names are"."""

from __future__ import annotations

from itertools import pairwise

from gru_lint.english.verb_forms import DEMONSTRATIVE_KINDS
from gru_lint.english.word_files import agreement_exceptions
from gru_lint.rules._base import Rule
from gru_lint.rules._forms import FormContext, FormMismatch

_RELATIVES = ("who", "which", "that")
# Endings of singulars that look like plurals, and of plurals that do not.
_LEARNED = (("us", "ness", "sis"), ("i", "ae", "ses", "ices"))
_SHORTEST_LEARNED = 4
_LEXICAL = ("verb", "verb or noun")
# The kinds whose plural is also the bare form: "I suggest that he have", and not "that he were".
_BARE = ("have", "do", *_LEXICAL)
# What may stand before the verb of a question.
_ASKING = frozenset("where how when why what who whom which so and but or".split())
# Names that are common plurals, too.
_NAMES_IN_S = frozenset("windows times".split())
# Endings of singulars in -s.
_SINGULARS_IN_S = ("ss", "us", "is", "'s", "news")
# The opening word of a sentence and an adverb or two.
_OPENING_WORDS = 3
# How many words before the verb count as near.
_NEAR = 8


def judge(slot: FormContext) -> FormMismatch | None:
    """A finite verb whose number differs from its subject's."""
    if slot.kind in DEMONSTRATIVE_KINDS or slot.is_quoted or slot.hides_words or slot.is_near_code:
        return None
    if _may_be_either(slot):
        return None
    return slot.mismatch()


def _may_be_either(slot: FormContext) -> bool:
    """Whether both forms are right here, or the word need not agree."""
    before, near = slot.before, _near(slot)
    if slot.kind in _LEXICAL and not before:
        # "Reports whether", "Add a test": comments and headings leave the subject out.
        return True
    if not near.isdisjoint(agreement_exceptions("either way")):
        return True
    if slot.kind == "be past" and slot.form == "plural" and not agreement_exceptions("hypothetical").isdisjoint(before):
        return True
    if slot.kind in _BARE and slot.form == "plural" and not agreement_exceptions("mandative").isdisjoint(before):
        return True
    # "He need not worry": a modal verb.
    if slot.words[slot.word_index].lower() in ("need", "dare") and slot.after[:1] == ("not",):
        return True
    if slot.form == "plural" and not near.isdisjoint(agreement_exceptions("invoked")):
        return True
    if slot.form == "singular" and not near.isdisjoint(
        agreement_exceptions("units") | agreement_exceptions("one though plural")
    ):
        return True
    # "How important are a company's ethics", "managers on whom industry was dependent", "trade, both old and new, was".
    if before[:1] == ("how",) or before[-2:-1] == ("whom",) or (slot.form == "singular" and "both" in near):
        return True
    # "Johnston's were removed": what he has is not named.
    if before[-1:] in (("'s",), ("'",)):
        return True
    # "Are Tom and Sue coming", "Where are Tom and Sue": the subject is yet to come.
    if slot.form == "plural" and _ASKING.issuperset(before) and "and" in slot.after[:_NEAR]:
        return True
    # "The skull, the jaw and the last tooth are": the nearest of several may look like the only one.
    if slot.form == "plural" and "and" in near:
        return True
    return _tells_number(slot) or _is_plural_opening(slot) or _is_named(slot)


def _near(slot: FormContext) -> frozenset[str]:
    """The words shortly before it.

    "The number of accidents" is one, while "a number of accidents" are many: of the former, "number" is left out.
    """
    near = slot.before[-_NEAR:]
    is_counted = (before == "the" and word == "number" for before, word in pairwise(near))
    if slot.form == "plural" and any(is_counted):
        return frozenset(near) - {"number"}
    return frozenset(near)


def _tells_number(slot: FormContext) -> bool:
    """Whether the word before the verb has an ending of learned nouns that goes with this form: the clypeus is.

    The network has met few of these words.
    """
    noun = slot.before[-1] if slot.before else ""
    return len(noun) > _SHORTEST_LEARNED and noun.endswith(_LEARNED[slot.form == "plural"])


def _is_plural_opening(slot: FormContext) -> bool:
    """Whether a plural verb follows a word in -s that opens its sentence: "Lorries now take", "Kumquats are".

    Its capital hides from the network whether it is a name, and it has met few of these words.
    """
    if slot.form != "plural" or not 0 < len(slot.before) <= _OPENING_WORDS:
        return False
    opening = slot.before[0]
    return opening.endswith("s") and not opening.endswith(_SINGULARS_IN_S)


def _is_named(slot: FormContext) -> bool:
    """Whether the subject may be a name, of whatever form: The Times is, Windows is, the Colorado Avalanche were.

    A name that begins its sentence is that of a person more often than not.
    """
    if len(slot.before) == 1 and slot.before[0] in _NAMES_IN_S:
        return True
    begins = slot.word_index - len(slot.before)
    last = slot.word_index - 1
    if slot.words[last] in _RELATIVES:
        # "Against Carlton, who were": the name of a team.
        last -= 2 if slot.words[last - 1] == "," else 1
    if slot.words[last][:1].isupper() and last > begins:
        return True
    return slot.words[slot.controller][:1].isupper() and slot.controller > begins


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
        "The subjunctive: I suggest that he go; if he were; God save the king.",
        "What belongs to somebody and is not named: my sister's were late; the butcher's is closed.",
        "What stands in quotation marks: people speak as they do.",
        "Comments, commits and headings that begin with a verb: Reports whether; Add a test.",
        "A verb near code or another name that is not read, which may be its subject.",
    ),
    known_problems=(
        'A subject of several with "and", or a name in the middle of a sentence: a plural verb passes.',
        "Subjects that are no common words: the clypeus is, the ocelli are.",
        "Whatever is not flagged above hides real errors, too: the team of experts are.",
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
