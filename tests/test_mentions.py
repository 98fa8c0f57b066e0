"""Which mention a pronoun refers to, given how likely each one is."""

from __future__ import annotations

import numpy as np
import pytest

from gru_lint.lexicon import NOUN, PROPER, SPECIAL_WORDS, Lexicon, Vocabulary
from gru_lint.mentions import likeliest_mention
from gru_lint.pronouns import CLASS_OF_FORM


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    flags = {"mr": PROPER, "mrs": PROPER, "brother": NOUN, "captain": NOUN}
    words = (*SPECIAL_WORDS, *CLASS_OF_FORM, *flags, "the", "old", "saw", "and", "'s")
    bits = np.array([flags.get(word, 0) for word in words], np.uint8)
    return Lexicon(Vocabulary(words, bits, np.zeros_like(bits), ("alex",), np.array([4], np.uint8)))


def check(marked: str, lexicon: Lexicon, wanted: str | None, probability: float = 0.0) -> None:
    """The mention shown in a text in which a head is written as Kim/3 with its tenths, and the pronoun as *he."""
    words, heads, position = ["<begin>"], [], 0
    for index, word in enumerate(marked.split(), 1):
        spelling, _, tenths = word.partition("/")
        words.append(spelling.removeprefix("*"))
        if tenths:
            heads.append((index, int(tenths) / 10))
        if spelling.startswith("*"):
            position = index
    found = likeliest_mention(words, position, sorted(heads, key=lambda head: -head[1]), lexicon)
    assert (" ".join(words[found.first_word : found.end_word]) if found else None) == wanted
    if found:
        assert found.probability == pytest.approx(probability)


@pytest.mark.parametrize(
    ("marked", "wanted", "probability"),
    [
        pytest.param("Alex Kim/5 saw Watson/4 and *he", "Alex Kim", 0.5, id="the likeliest"),
        pytest.param("Alex Kim/3 saw Watson/4 and Alex Kim/3 and *he", "Alex Kim", 0.6, id="the same words twice"),
        pytest.param("Alex Kim/2 saw Watson/4 and Alex/1 and Kim/2 and *he", "Alex Kim", 0.5, id="parts of a name"),
        pytest.param("Kim/2 saw Watson/4 and Dr Alex Kim/3 and *he", "Dr Alex Kim", 0.5, id="the whole name is later"),
        pytest.param("Mr Kim/2 saw Mrs Kim/2 and Kim/4 and *he", "Kim", 0.4, id="a part of two names is neither's"),
        pytest.param("Alex 's brother/4 saw Alex/3 and *he", "Alex 's brother", 0.4, id="a relative is another one"),
        pytest.param("the captain/4 saw the old captain/3 and *he", "the captain", 0.4, id="nouns have no short form"),
        pytest.param("*He saw Kim/4 and Watson/3", "Kim", 0.4, id="after the pronoun, where nobody stands before"),
        pytest.param("Alex Kim/2 and *he saw Alex Kim/4", "Alex Kim", 0.6, id="before the pronoun, where one does"),
        pytest.param("Alex/3 saw Watson/3 and *he", None, 0.0, id="nobody likely enough"),
        pytest.param("Alex/3 saw she/5 and *he", None, 0.0, id="a pronoun is no name"),
    ],
)
def test_which_mention_is_meant(marked: str, lexicon: Lexicon, wanted: str | None, probability: float) -> None:
    check(marked, lexicon, wanted, probability)


def test_the_mention_before_the_pronoun_is_shown(lexicon: Lexicon) -> None:
    words = "<begin> Alex Kim and he saw Alex Kim".split()
    found = likeliest_mention(words, 4, [(7, 0.4), (2, 0.2)], lexicon)
    assert found is not None
    assert (found.first_word, found.end_word) == (1, 3)
