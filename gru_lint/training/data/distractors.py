"""Nouns that decide nothing: a verb agrees as before if such a noun changes its number.

"The keys to the old cabinet are": who takes the nearest noun for the subject learns from raw text that this works in
nine sentences of ten. So the number of nouns that are the subject of no verb is made to say nothing, as the gender of
a text is (see augment.py): "the keys to the old cabinets are". They are found by the words and the tags around them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from gru_lint.english.pronouns import CLASS_OF_FORM
from gru_lint.english.verb_forms import singular_of
from gru_lint.english.vocabulary import GENDERED, Vocabulary
from gru_lint.training.data.tagging import TAGS

# In an array of labels (see verb_labels.py), which need six bits: such a noun.
DISTRACTOR_BIT: Final = 1 << 7
# Determiners that go with either number.
_DETERMINERS: Final = frozenset("the my your his her its our their".split())
# Not those that begin a clause, too: after, before, since, until, than, as, for.
_PREPOSITIONS: Final = frozenset(
    """
        of in on at by with from to into near behind beside under over between across above below against among along
        around toward towards through within without inside outside about
        """.split()
)
# "All of the books are", "most of the book is": what stands after "of" decides.
_QUANTIFIERS: Final = frozenset(
    """
        all any some most none half part lot lots plenty rest majority minority number couple dozen dozens hundreds
        thousands millions percent per cent third quarter one two three many few several much more enough each either
        neither both kind kinds sort sorts type types variety range series pair bit
        """.split()
)
_RELATIVES: Final = frozenset("who that which whom".split())
_MOST_ADJECTIVES: Final = 2
Flags = npt.NDArray[np.bool_]


def distractors(spellings: Sequence[str], indices: npt.NDArray[np.int32], tags: npt.NDArray[np.uint8]) -> Flags:
    """(N,): which words are such nouns; the words as indices into the spellings, each with its number in `TAGS`."""
    lower = [spelling.lower() for spelling in spellings]

    def words(wanted: frozenset[str]) -> Flags:
        is_one: Flags = np.array([word in wanted for word in lower], np.bool_)[indices]
        return is_one

    def tagged(*names: str) -> Flags:
        return np.isin(tags, [TAGS.index(name) for name in names])

    is_determiner, is_relative = words(_DETERMINERS), words(_RELATIVES)
    is_governing = words(_PREPOSITIONS) & ~(words(frozenset(["of"])) & _moved(words(_QUANTIFIERS), 1))
    # "Who likes the teachers is": the object of a relative clause.
    is_governing |= tagged("VBZ", "VBP", "VBD") & _moved(is_relative, 1)
    # "That the teachers liked is": the subject there, of a verb that agrees with everybody.
    is_before_past = _moved(tagged("VBD", "MD") & ~words(frozenset(["was", "were"])), -1)
    is_adjective = tagged("JJ")
    is_governed = np.zeros(len(indices), np.bool_)
    between = np.ones(len(indices), np.bool_)
    for n_adjectives in range(_MOST_ADJECTIVES + 1):
        has_determiner = between & _moved(is_determiner, 1 + n_adjectives)
        lead = 2 + n_adjectives
        is_governed |= has_determiner & (_moved(is_governing, lead) | (_moved(is_relative, lead) & is_before_past))
        between = between & _moved(is_adjective, 1 + n_adjectives)
    # "The people in the cars that are": a clause may hang on the noun itself.
    is_alone = ~_moved(tagged("NN", "NNS", "NNP", "NNPS", "POS") | is_relative, -1)
    return tagged("NN", "NNS") & is_governed & is_alone


def other_numbers_of_nouns(vocabulary: Vocabulary) -> npt.NDArray[np.int64]:
    """(V,): the noun of the other number ("cabinet" → "cabinets"), or the word itself where there is none."""
    ids = {word: word_id for word_id, word in enumerate(vocabulary.words)}
    other = np.arange(len(ids))
    for word, word_id in ids.items():
        # A noun's plural is spelled as a verb's third person. A word that tells a gender stays as it is.
        is_noun = word.isalpha() and len(word) > 2 and word not in CLASS_OF_FORM
        plural = ids.get(singular_of(word)) if is_noun else None
        if plural is not None and not (vocabulary.flags[word_id] | vocabulary.flags[plural]) & GENDERED:
            other[word_id], other[plural] = plural, word_id
    return other


def _moved(flags: Flags, by: int) -> Flags:
    """The flags of the words so far before each word, or after it where `by` is negative."""
    moved = np.zeros_like(flags)
    if by > 0:
        moved[by:] = flags[:-by]
    else:
        moved[:by] = flags[-by:]
    return moved
