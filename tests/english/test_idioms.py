"""Pronouns that refer to nobody in the text are not judged."""

from __future__ import annotations

import pytest

from gru_lint.segment.sentences import split_sentences
from gru_lint.segment.windows import is_anaphor


def judged(text: str) -> list[str]:
    """The pronouns of a text that are judged."""
    return [
        word
        for sentence in split_sentences(text)
        for index, word in enumerate(sentence.words)
        if is_anaphor(sentence.words, index)
    ]


CASES: dict[str, tuple[str, list[str]]] = {
    "style of a queen": ("Sir Henry bowed to Her Majesty and kissed his ring.", ["his"]),
    "style of a prince": ("We thanked His Royal Highness.", []),
    "style in lower case": ("Mr Tan said that her ladyship had lost her keys.", ["her"]),
    "one of two genders": ("A driver shall keep his or her licence, and he/she shall show it.", ["it"]),
    "two people are no alternative": ("She and he met, and he or Anna won.", ["he"]),
    "joined verbs are no alternative": ("He or his brother called.", ["He", "his"]),
    "the joke": ("It was long, that's what she said, and he laughed.", ["It", "he"]),
    "said of somebody": ("Anna knew what she said.", ["she"]),
    "placeholder in braces": ("{buyer} says that he paid. She agrees.", ["She"]),
    "placeholder after a percent sign": ("Tell %name that her order is ready.", []),
    "placeholder after a dollar sign": ("Ask $user whether she has time.", []),
    "placeholder in angle brackets": ("Dear <name>, we trust him.", []),
    "an element of a page is no placeholder": ("Here <b>Mr Tan</b> lost his keys.", ["his"]),
    "placeholder in brackets": ("We told [NAME] that he may come.", []),
    "a share is no placeholder": ("He paid 50 % of his rent and $ 5 of hers.", ["He", "his", "hers"]),
    "a comparison is no placeholder": ("If a > b, he wins; see [1] for his proof.", ["he", "his"]),
    "compound": ("It was a she-wolf, and she bit.", ["It", "she"]),
    "God": ("Praise the Lord, for His mercy is great, and his people sing.", ["his"]),
    "title in quotes": ('Paul sang "She Loves You" to his wife.', ["his"]),
    "middle of a title": ("Nancy recited How the Camel Got His Hump and bowed to her class.", ["her"]),
    "a title with a small word in it": ("He played in A Flea in Her Ear and liked it.", ["He", "it"]),
    "a capital beside one name": ("Then Anna left. Her Brother John stayed.", ["Her"]),
    "speech begins with one capital": ('Paul said, "She loves you."', ["She"]),
    "beginning of a sentence": ("It rained. Her coat was wet.", ["It", "Her"]),
    "abbreviation": ("OUR IT DEPARTMENT IS CLOSED TODAY.", []),
    "heading": ("HIS LIFE. He was born in Kent.", ["He"]),
    "sentence in capitals": ("MRS HALE LOST HIS BAG. Then she called.", ["HIS", "she"]),
    "capitals for emphasis": ("Anna said that HE was right.", []),
}


@pytest.mark.parametrize(("text", "wanted"), CASES.values(), ids=CASES)
def test_what_is_judged(text: str, wanted: list[str]) -> None:
    assert judged(text) == wanted
