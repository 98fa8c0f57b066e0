"""Where a verb may be singular or plural, or need not agree: each function is one reason, and `REASONS` are all."""

from __future__ import annotations

from itertools import pairwise

from gru_lint.english.noun_phrases import DETERMINERS
from gru_lint.english.verb_forms import slot_of_word
from gru_lint.english.word_files import agreement_exceptions
from gru_lint.rules._forms import FormContext

_RELATIVES = ("who", "which", "that")
# Endings of singulars that look like plurals, and of plurals that do not.
_LEARNED = (("us", "ness", "sis"), ("i", "ae", "ses", "ices"))
_SHORTEST_LEARNED = 4
_LEXICAL = ("verb", "verb or noun")
_OF_BE = ("be present", "be past")
# The kinds whose plural is also the bare form: "I suggest that he have", and not "that he were".
_BARE = ("have", "do", *_LEXICAL)
# What may stand before the verb of a question.
_ASKING = frozenset("where how when why what who whom which so and but or".split())
# What may stand between "which" or "and" and the verb.
_ADVERBS = frozenset("often usually always sometimes also then still never now soon thus therefore only".split())
# A noun behind one of these is no subject of the verb: prepositions, and what compares.
_GOVERNING_WORDS = frozenset(
    """
        of in on at by for from with without into about between among against across around near behind under over
        during through within outside inside above below beyond along after before beside besides like than as to
        """.split()
)
# Between a noun and a preposition before it, these say that they do not belong together.
_CLAUSE_OPENERS = frozenset(", and or but that which who whom whose where when because if as".split())
# Before one of these stands a plural subject.
_PLURAL_AUXILIARIES = frozenset(["are", "were", "have"])
# What the subject of "were it not for" begins with.
_SUBJECTS = frozenset(
    "it he she i there this the a an my your his her its our their one anyone anything something".split()
)
# What the object of a gerund may begin with.
_BEGIN_OBJECT = DETERMINERS | frozenset("some all many several few two three both him them us me you it".split())
_PRONOUNS = frozenset("i you he she it we they".split())
_ANYBODY = (("anyone",), ("anybody",), ("everyone",), ("everybody",), ("someone",), ("somebody",))
_PARTS = frozenset("third quarter fourth fifth sixth eighth tenth".split())
_QUOTES = (('"',), ("”",), ("''",), ("’",))
_EACH = frozenset(["each", "every"])
# A people among peoples.
_ONE = frozenset("a an one each every another this that".split())
# Names that are common plurals, too.
_NAMES_IN_S = frozenset("windows times".split())
# Endings of singulars in -s.
_SINGULARS_IN_S = ("ss", "us", "is", "'s", "news")
# The opening word of a sentence and an adverb or two.
_OPENING_WORDS = 3
# How many words before the verb count as near.
_NEAR = 8
# A determiner and two adjectives may stand between a preposition and its noun.
_WITHIN_PHRASE = 4


def _leaves_subject_out(slot: FormContext) -> bool:
    """Comments and headings begin with the verb: "Reports whether", "Add a test"."""
    return slot.kind in _LEXICAL and not slot.before


def _is_of_either_number(slot: FormContext) -> bool:
    """Groups, quantities and foreign plurals: the team is, the team are, what we need is, none of them are.

    A noun that hangs from another by a preposition is no subject: "the rules of the game". "The number of accidents"
    is one, while "a number of accidents" are many.
    """
    quantifiers, nouns = agreement_exceptions("quantifiers"), agreement_exceptions("either way")
    for index in range(max(0, len(slot.before) - _NEAR), len(slot.before)):
        word = slot.before[index]
        if word in quantifiers and not (word == "what" and _asks_by_noun(slot, index)):
            return True
        if slot.form == "plural" and slot.before[max(0, index - 1) : index + 1] == ("the", "number"):
            continue
        if word in nouns and not _is_governed(slot.before, index):
            return True
    # "There are a broader range of ideas", "Are there any".
    is_there = slot.before[-1:] == ("there",) or slot.after[:1] == ("there",)
    return is_there and slot.form == "plural" and not (nouns | quantifiers).isdisjoint(slot.after[:_NEAR])


def _asks_by_noun(slot: FormContext, index: int) -> bool:
    """The question is about a noun, and its subject follows the verb: "What time do the shops open"."""
    return slot.kind == "do" and slot.before[index + 1 : index + 2] not in ((), ("'s",))


def _is_governed(before: tuple[str, ...], index: int) -> bool:
    """Whether the noun of that index hangs from one before it by a preposition, and no relative clause follows it."""
    if not set(_RELATIVES).isdisjoint(before[index + 1 :]):
        return False
    for place in range(index - 1, max(0, index - 1 - _WITHIN_PHRASE), -1):
        if before[place] in _GOVERNING_WORDS:
            return True
        if before[place] in _CLAUSE_OPENERS:
            return False
    return False


def _is_hypothetical(slot: FormContext) -> bool:
    """If he were; were it not for her; as it were; treated like it were."""
    if slot.kind != "be past" or slot.form != "plural":
        return False
    if any(word in ("as", "like") and following in _PRONOUNS for word, following in pairwise(slot.before)):
        return True
    opens_clause = not slot.before or not slot.before[-1].isalpha() or slot.before[-1] in ("and", "but", "as")
    is_turned_round = opens_clause and not _SUBJECTS.isdisjoint(slot.after[:1])
    return is_turned_round or not agreement_exceptions("hypothetical").isdisjoint(slot.before)


def _is_mandative(slot: FormContext) -> bool:
    """I suggest that he go."""
    return (
        slot.kind in _BARE and slot.form == "plural" and not agreement_exceptions("mandative").isdisjoint(slot.before)
    )


def _is_modal(slot: FormContext) -> bool:
    """He need not worry."""
    return slot.words[slot.word_index].lower() in ("need", "dare") and slot.after[:1] == ("not",)


def _agrees_with_pronoun(slot: FormContext) -> bool:
    """I've, they walk, he is: nothing but a subject is called so, and it has this form."""
    subject = slot.before[-1] if slot.before else ""
    if slot.form == "plural":
        return subject in ("we", "they") or (subject == "i" and slot.kind not in _OF_BE)
    return slot.form == "singular" and subject in ("he", "she")


def _is_invoked(slot: FormContext) -> bool:
    """God save the king."""
    return slot.form == "plural" and not agreement_exceptions("invoked").isdisjoint(slot.before[-_NEAR:])


def _is_one_though_plural(slot: FormContext) -> bool:
    """Ten dollars is; the news is; all we know is; each and every house was; trade, both old and new, was."""
    near = slot.before[-_NEAR:]
    if slot.form != "singular":
        return False
    if not agreement_exceptions("units").isdisjoint(near):
        return True
    if not agreement_exceptions("one though plural").isdisjoint(near) or not _EACH.isdisjoint(near):
        return True
    # "All I see is mountains".
    if any(word == "all" and following in _PRONOUNS for word, following in pairwise(near)):
        return True
    if "both" in near and slot.before[:1] != ("both",):
        return True
    return "people" in near and not _ONE.isdisjoint(near[max(0, near.index("people") - 2) : near.index("people")])


def _asks_before_its_subject(slot: FormContext) -> bool:
    """The subject is yet to come: "How important are a company's ethics", "Are Tom and Sue coming"."""
    if slot.kind in _OF_BE and "how" in slot.before[-_OPENING_WORDS:]:
        return True
    return slot.form == "plural" and _ASKING.issuperset(slot.before) and "and" in slot.after[:_NEAR]


def _asks_by_tone(slot: FormContext) -> bool:
    """A question in speech does without "does": "Anyone have a pen?", "Everybody understand?"."""
    return slot.form == "plural" and slot.before[-1:] in _ANYBODY and slot.sentence_end == "?"


def _asks_who(slot: FormContext) -> bool:
    """Who is asked about is of no number yet: "It affects who responds", "it depends on who asks", "Which are?"."""
    if slot.kind in _OF_BE and slot.before == ("which",):
        return True
    if slot.form != "singular" or slot.before[-1:] != ("who",):
        return False
    return any(word in _GOVERNING_WORDS or slot_of_word(word) is not None for word in slot.before[-2:-1])


def _follows_whom(slot: FormContext) -> bool:
    """Managers on whom industry was dependent."""
    return slot.before[-2:-1] == ("whom",)


def _is_turned_round(slot: FormContext) -> bool:
    """The subject follows "be": "Among his proposals were the creation of ...", "Included in it were ..."."""
    if slot.kind not in _OF_BE or len(slot.before) < _OPENING_WORDS:
        return False
    opens = slot.before[0]
    return opens == "among" or (opens.endswith("ed") and slot.before[1] in _GOVERNING_WORDS)


def _follows_title(slot: FormContext) -> bool:
    """What is quoted may be of any number: The "Madres de Plaza de Mayo" were."""
    return slot.before[-1:] in _QUOTES


def _is_gerund(slot: FormContext) -> bool:
    """What one does is one thing: "Configuring these servers is", "Unfortunately, renaming some tables is"."""
    return slot.form == "singular" and any(
        word.endswith("ing") and (opens in ("", ",", "and", "that")) and following in _BEGIN_OBJECT
        for opens, word, following in zip(("", *slot.before), slot.before, slot.before[1:], strict=False)
    )


def _is_fraction(slot: FormContext) -> bool:
    """About one third are, one third is."""
    return any(word == "one" and part in _PARTS for word, part in pairwise(slot.before[-_NEAR:]))


def _leaves_possession_out(slot: FormContext) -> bool:
    """What somebody has is not named: "Johnston's were removed"."""
    return slot.before[-1:] in (("'s",), ("'",))


def _has_several_subjects(slot: FormContext) -> bool:
    """The nearest of several may look like the only one: "the skull, the jaw and the last tooth are"."""
    return slot.form == "plural" and "and" in slot.before[-_NEAR:]


def _refers_to_a_clause(slot: FormContext) -> bool:
    """All that was said is meant by "which": "The shops were closed, which makes it difficult"."""
    before = _without_adverb(slot.before)
    return slot.form == "singular" and before[-2:] == (",", "which")


def _refers_to_the_subject(slot: FormContext) -> bool:
    """Behind a comma, "which" may mean the plural subject: "The slides are in the folder, which show the harbour"."""
    before = _without_adverb(slot.before)
    if slot.form != "plural" or before[-2:] not in ((",", "which"), (",", "who")):
        return False
    return any(word in _PLURAL_AUXILIARIES for word in before[:-2])


def _without_adverb(before: tuple[str, ...]) -> tuple[str, ...]:
    return before[:-1] if before and before[-1] in _ADVERBS else before


def _is_one_of_several(slot: FormContext) -> bool:
    """Writers are of two minds: "one of the finest poems that has been written", "that have been"."""
    return ("one", "of") in pairwise(slot.before) and _without_adverb(slot.before)[-1] in _RELATIVES


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


REASONS = (
    _leaves_subject_out,
    _is_of_either_number,
    _is_hypothetical,
    _is_mandative,
    _is_modal,
    _agrees_with_pronoun,
    _is_invoked,
    _is_one_though_plural,
    _is_gerund,
    _is_fraction,
    _asks_before_its_subject,
    _asks_by_tone,
    _asks_who,
    _follows_whom,
    _is_turned_round,
    _leaves_possession_out,
    _follows_title,
    _has_several_subjects,
    _refers_to_a_clause,
    _refers_to_the_subject,
    _is_one_of_several,
    _tells_number,
    _is_plural_opening,
    _is_named,
)
