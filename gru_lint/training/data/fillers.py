"""Neutral sentences, which mention no person: they stand between a person and a pronoun far away.

From a few that are always the same, the network would learn to skip those few. So they are taken from the corpora:
whole sentences without a pronoun, a name or a word for a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain, islice

from gru_lint.english.pronouns import CLASS_OF_FORM
from gru_lint.training.data.augment import read_telling_words

_FEWEST_WORDS, _MOST_WORDS = 8, 24
_MOST_OF_A_DOCUMENT = 20
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
# Ends as a sentence, and has no speech, list, formula or name: the first letter is the only capital.
_PLAIN = re.compile(r"[A-Z][a-z]*[a-z ,;'-]*[a-z]\.")
# A sentence that begins otherwise may begin with a name, or with what only its context makes whole.
_BEGINNINGS = frozenset(
    """
        the a an in on at by for from with without after before during under over near behind beside along across
        through there here nothing all most many several some few each every no outside inside although because
        while when if as until since once meanwhile today yesterday later soon often sometimes
        """.split()
)
_PEOPLE = frozenset(
    """
        i me my we us our you your who whom whose one ones someone somebody anyone everybody everyone nobody people
        person persons men women man woman boy girl boys girls child children friend friends family families
        student students teacher teachers doctor doctors patient patients member members others myself yourself
        chap fellow baby stranger gentleman captain poet writer author king queen
        """.split()
)


def neutral_sentences(documents: Iterable[str]) -> Iterator[str]:
    """The neutral sentences of documents; at most some of each, so that not all come from a few long ones."""
    for document in documents:
        # A novel is not split whole for its first few sentences.
        sentences = chain.from_iterable(map(_SENTENCE.split, document.split("\n\n")))
        yield from islice(filter(_is_about_nobody, sentences), _MOST_OF_A_DOCUMENT)


def _is_about_nobody(sentence: str) -> bool:
    if _PLAIN.fullmatch(sentence) is None:
        return False
    words = sentence[:-1].lower().replace(",", " ").replace(";", " ").split()
    is_long_enough = _FEWEST_WORDS <= len(words) <= _MOST_WORDS
    return is_long_enough and words[0] in _BEGINNINGS and _somebody().isdisjoint(words)


@cache
def _somebody() -> frozenset[str]:
    return frozenset(_PEOPLE | set(CLASS_OF_FORM) | set(read_telling_words()))
