"""What stands around the mentions of a window: sentences, clauses, quotations, grammatical roles.

All are guesses from the words beside a mention, without a parser or a tagger: a verb follows a subject, a comma or
"who" begins another clause.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gru_lint.english.mentions import mention_roles
from gru_lint.english.pronouns import CLASS_OF_FORM, PARAGRAPH
from gru_lint.english.spelling import normalise

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

_SENTENCE_ENDS = frozenset(".!?")
_CLAUSE_MARKS = frozenset(
    """
        , ; : ( ) — – - and but or that who which whom whose because when while if although though as after before
        since until where so than
        """.split()
)
_QUOTES = frozenset('"“”«»')
_JOINING = ("and", "or")
# A mention within the first words of its sentence counts as its topic.
_OPENING_WORDS = 2


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Of the T words of a window and its M mentions.

    sentences, paragraphs, clauses  (T,) the number of each that ended, or began, before the word
    pronouns     (T,) how many he, she, it and they there are up to the word, in all their forms
    places       (T,) how many words of its sentence stand before it, a mark among them
    is_quoted    (T,) whether an odd number of quotation marks stands before it
    opens        (M,) whether the mention is among the first words of its sentence
    is_subject, after_preposition  (M,) see `mention_roles`
    is_possessor (M,) "Mary" in "Mary's hat"
    is_object    (M,) none of these three
    is_joined    (M,) whether "and" or "or" stands beside it
    before_comma, is_definite, is_indefinite  (M,) "Mary, …", "the captain", "a captain"
    after_of, after_with, after_by, in_place  (M,) whether that word stands before it; "in", "at" or "from" for a place
    """

    sentences: Ints
    paragraphs: Ints
    clauses: Ints
    pronouns: Ints
    places: Ints
    is_quoted: Bools
    opens: Bools
    is_subject: Bools
    after_preposition: Bools
    is_possessor: Bools
    is_object: Bools
    is_joined: Bools
    before_comma: Bools
    is_definite: Bools
    is_indefinite: Bools
    after_of: Bools
    after_with: Bools
    after_by: Bools
    in_place: Bools


def surroundings(words: Sequence[str], bounds: Sequence[tuple[int, int]]) -> Surroundings:
    """What stands around some mentions of a window, given their first and end words; the window's mark is word 0."""
    spelled = [normalise(word) for word in words]
    # The mark at the beginning of a window ends a sentence, too.
    ends_sentence = _among(words, _SENTENCE_ENDS)
    ends_sentence[0] = True
    ends = np.flatnonzero(ends_sentence)
    sentences: Ints = np.cumsum(ends_sentence) - ends_sentence
    before = [spelled[first - 1] if first > 0 else "" for first, _ in bounds]
    after = [spelled[end] if end < len(words) else "" for _, end in bounds]
    firsts = [spelled[first] for first, _ in bounds]
    places = np.arange(len(words)) - ends[np.maximum(sentences - 1, 0)] - 1
    is_subject, after_preposition = mention_roles(words, bounds)
    is_possessor = _among(after, ("'s", "'"))
    return Surroundings(
        sentences,
        np.cumsum(_among(words, (PARAGRAPH,))),
        np.cumsum(_among(spelled, _CLAUSE_MARKS)),
        np.cumsum(_among(spelled, CLASS_OF_FORM)),
        places,
        np.cumsum(_among(words, _QUOTES)) % 2 == 1,
        places[[first for first, _ in bounds]] <= _OPENING_WORDS,
        is_subject,
        after_preposition,
        is_possessor,
        ~(is_subject | after_preposition | is_possessor),
        _among(before, _JOINING) | _among(after, _JOINING),
        _among(after, (",",)),
        _among(firsts, ("the", "this", "that")),
        _among(firsts, ("a", "an", "another", "some")),
        _among(before, ("of",)),
        _among(before, ("with",)),
        _among(before, ("by",)),
        _among(before, ("in", "at", "from")),
    )


def _among(words: Sequence[str], some: Collection[str]) -> Bools:
    """Whether each word is one of some."""
    return np.array([word in some for word in words], np.bool_)
