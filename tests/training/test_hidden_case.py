"""Which case "her" and "his" stand in, told by the words beside them."""

from __future__ import annotations

import numpy as np
import pytest

from gru_lint.english.first_names import FirstNames
from gru_lint.english.pronouns import CLASS_OF_FORM
from gru_lint.english.vocabulary import SPECIAL_WORDS, Vocabulary
from gru_lint.training.data.hidden_case import HiddenCases

# A star marks what is not the usual case: "her" before a noun phrase, "his" that stands alone.
TEXTS = {
    "before a noun": "we saw her* hat and his hat .",
    "alone": "we saw her . it was his* .",
    "before an unknown word or a number": "her* <unknown> and his <number> <unknown-s>",
    "part of the body": "her* back hurts , and his back hurts",
    "on a part of the body": "she lay on her* back , he turned his back on us",
    "brought somewhere": "we took her back to the house",
    "within the phrase": "her* only child met his very first teacher",
    "time of a role": "her* then boss and his now famous film",
    "time of an action": "we saw her then . it is his* now .",
    "joined by a hyphen": "her* so - called friends and his down - to - earth plan",
    "last year": "we met her last year , in her* last house",
    "right after": "we left her right after lunch . she raised her* right hand",
    "like this": "we found her like this . her* like - minded friends",
    "in quotes": "his ' friend ' said ' it is his* '",
    "before a pronoun": "we gave her everything . we called her every day",
}
_WORDS = tuple(dict.fromkeys((*SPECIAL_WORDS, *CLASS_OF_FORM, *" ".join(TEXTS.values()).replace("*", "").split())))
_NO_FLAGS = np.zeros(len(_WORDS), np.uint8)
_CASES = HiddenCases(Vocabulary(_WORDS, _NO_FLAGS, _NO_FLAGS, FirstNames.of({})))


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_the_words_beside_it_tell_the_case(text: str) -> None:
    words = text.split()
    found = _CASES.is_other(np.array([_WORDS.index(word.removesuffix("*")) for word in words]))
    assert [word.removesuffix("*") + "*" * int(other) for word, other in zip(words, found, strict=True)] == words
