"""The bounds of mentions, given their last words: "Mr Watson", "the old captain"; and their grammatical roles."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from gru_lint.english.lexicon import Lexicon
from gru_lint.english.noun_phrases import DETERMINERS
from gru_lint.english.pronouns import CLASS_OF_FORM
from gru_lint.english.spelling import normalise
from gru_lint.english.titles import gender_of_title, is_title

# Small words inside a name.
NAME_JOINTS = frozenset("de la von van der den del di da le al bin ibn of".split())
# A mention behind one of these is less likely an antecedent, and no subject: prepositions, and what compares.
OBLIQUE_AFTER = frozenset(
    """
        of in on at by for from with without into onto upon over under about after before between through during
        against toward towards across along around behind beside beyond down up off to as than like among
        """.split()
)
# What follows a subject, beside words with the endings of verbs: auxiliaries, common irregular verbs, adverbs.
_VERBS = frozenset(
    """
        is was are were be been being has have had do does did will would shall should can could may might must said
        went came saw took got gave told found knew thought felt made left put met lost bought brought ran sat
        stood kept held began heard read wrote spoke spent sent paid fell grew drew broke chose drove rode slept woke
        ate drank sang swam flew forgot understood taught caught fought sold built led won wore threw shook hurt cut
        let set became meant used also never always later then soon still often eventually finally once again
        """.split()
)
_VERB_ENDINGS = ("ed", "s", "ly")
_LIST_GOES_ON = frozenset(["and", "or", "nor", "as", "but"])
# How many words a determiner may stand before its noun ("the tall old sea captain").
_LONGEST_PHRASE = 5


def mention_bounds(words: Sequence[str], head: int, lexicon: Lexicon) -> tuple[int, int]:
    """First and end index (excluded) of the mention whose last word is `head`.

    A name takes the capitalised words before it ("Mr Watson", "Maria de la Cruz"), a title also the word behind it that
    is a name there ("Mr Brown"); a common noun takes its determiner and what stands between ("the old captain"). A
    pronoun stands alone.
    """
    if normalise(words[head]) in CLASS_OF_FORM:
        return head, head + 1
    end = head + 1 + _is_title_of_next(words, head, lexicon)
    if lexicon.is_name_like(words[head]):
        return _name_start(words, head, lexicon), end
    for first in range(head - 1, max(0, head - _LONGEST_PHRASE) - 1, -1):
        word = normalise(words[first])
        if word in DETERMINERS:
            # "Mary's brother": the mention begins with the possessor.
            return (_name_start(words, first - 1, lexicon) if word == "'s" and first > 0 else first), end
        if not word.replace("-", "a").isalpha() or word in CLASS_OF_FORM:
            break
    return head, end


def _is_title_of_next(words: Sequence[str], index: int, lexicon: Lexicon) -> bool:
    """Whether a word is a title that would be shown without its name: "Mr Brown", since no list has it; "Aunt Mary"."""
    following = words[index + 1] if index + 1 < len(words) else ""
    is_title_of_it = is_title(words[index]) and following[:1].isupper() and following[1:].islower()
    return is_title_of_it and not (lexicon.is_name_like(words[index]) and lexicon.is_name_like(following))


def is_apposition(words: Sequence[str], first: tuple[int, int], second: tuple[int, int]) -> bool:
    """Whether of two mentions, first and end word, the second says once more who the first is: "Mary, his wife, …".

    It stands between commas, with a determiner before one of the two, and no list goes on behind it.
    """
    end, begin, closes = first[1], second[0], second[1]
    if begin != end + 1 or words[end] != "," or not closes < len(words) - 1:
        return False
    if not any(normalise(words[start]) in DETERMINERS for start in (first[0], begin)):
        return False
    following = normalise(words[closes + 1])
    return words[closes] == "," and following not in _LIST_GOES_ON and following not in DETERMINERS


def mention_roles(
    words: Sequence[str], bounds: Sequence[tuple[int, int]]
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Two arrays (M,): whether each mention seems to be a subject, and whether a preposition precedes it.

    A guess from the neighbouring words, without a parser: a verb follows a subject.
    """
    is_subject, after_preposition = np.zeros((2, len(bounds)), np.bool_)
    for number, (first, end) in enumerate(bounds):
        after_preposition[number] = first > 0 and words[first - 1].lower() in OBLIQUE_AFTER
        is_subject[number] = end < len(words) and not after_preposition[number] and _looks_like_a_verb(words[end])
    return is_subject, after_preposition


def _looks_like_a_verb(word: str) -> bool:
    return word in _VERBS or (len(word) > 3 and word.isalpha() and word.islower() and word.endswith(_VERB_ENDINGS))


def _name_start(words: Sequence[str], head: int, lexicon: Lexicon) -> int:
    first = head
    # "In November Mrs Grey": nothing of a name stands before such a title.
    while first > 0 and gender_of_title(words[first]) is None:
        if lexicon.is_name_like(words[first - 1]):
            first -= 1
        elif first > 1 and normalise(words[first - 1]) in NAME_JOINTS and lexicon.is_name_like(words[first - 2]):
            first -= 2
        else:
            break
    return first
