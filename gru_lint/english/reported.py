"""What somebody says or thinks, where a text begins: whoever reads "Peter thinks she is wrong" knows who she is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gru_lint.english.naming import bounds_sentence, last_named_before
from gru_lint.english.pronouns import BEGIN

# They take a clause, and those of the second list somebody before it: "told Tom that …".
_SAYING: Final = frozenset(
    """
        say says said think thinks thought believe believes believed know knows knew hope hopes hoped claim claims
        claimed feel feels felt suppose supposes supposed reckon reckons reckoned fear fears feared mention mentions
        mentioned announce announces announced add adds added admit admits admitted agree agrees agreed insist insists
        insisted explain explains explained write writes wrote swear swears swore hear hears heard see sees saw notice
        notices noticed wonder wonders wondered realise realises realised realize realizes realized suspect suspects
        suspected doubt doubts doubted assume assumes assumed guess guesses guessed worry worries worried complain
        complains complained joke jokes joked confirm confirms confirmed deny denies denied report reports reported
        expect expects expected understand understands understood wish wishes wished mean means meant suggest suggests
        suggested argue argues argued
    """.split()
)
_TELLING: Final = frozenset(
    """
        tell tells told ask asks asked remind reminds reminded promise promises promised warn warns warned inform
        informs informed assure assures assured convince convinces convinced show shows showed write writes wrote
    """.split()
)
_BEFORE_CLAUSES: Final = frozenset("that if whether why how where when".split())
# What may stand between a subject and such a verb.
_BESIDE_VERBS: Final = frozenset(
    """
        is was has had have does do did can could will would may might must should not n't n’t never always often also
        still now once just only already really later then clearly certainly
    """.split()
)
# How many words may stand between a verb of telling and the clause: "told all of us that".
_LONGEST_TOLD: Final = 3


def is_spoken_of(words: Sequence[str], index: int, name: str) -> bool:
    """Whether the pronoun at an index begins what somebody says or thinks in the first sentence of a text.

    words  of a window
    name   as the text names the one who says or is told it, and who is taken to be meant
    """
    if words[0] != BEGIN or any(map(bounds_sentence, words[1:index])):
        return False
    end = index - (words[index - 1].lower() in _BEFORE_CLAUSES)
    place = last_named_before(words, end, name)
    if place is None:
        return False
    if place[1] == end:
        return words[place[0] - 1].lower() in _TELLING
    said = [word.lower() for word in words[place[1] : end]]
    while said and said[0] in _BESIDE_VERBS:
        del said[0]
    if not said:
        return False
    verb, *told = said
    if not told:
        return verb in _SAYING or verb in _TELLING
    return verb in _TELLING and len(told) <= _LONGEST_TOLD and all(word.isalpha() for word in told)
