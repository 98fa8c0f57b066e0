"""Short texts as a translation memory holds them: half with a pronoun, of which one in twenty is wrong."""

from __future__ import annotations

import random

_SUBJECTS = {
    "she": "Anna|Lucía|Mrs Lindqvist|My aunt|Fatima|Julia Novak|The queen".split("|"),
    "he": "Mr Carter|Tomás|Peter Novak|Hans Weber|My uncle|Sir Arthur|The king".split("|"),
    "they": "The ministers|The neighbours|The two sisters|The clerks|The boys".split("|"),
    "it": "The pump|The old printer|The bridge|The report|The machine".split("|"),
}
_POSSESSIVES = {"she": "her", "he": "his", "they": "their", "it": "its"}
_DEEDS = (
    "opened the file|left the office|wrote a long letter|called the bank|signed the contract|missed the last train"
).split("|")
_FATES = "was moved to the cellar|was out of order|was painted again|was taken apart|stood in the way".split("|")
_TIMES = (
    "on Monday|before the end of March|without any delay|for the second time|in the small town near the border"
).split("|")
_NEUTRAL = (
    "The delivery of {} boxes from the northern plant was confirmed and the invoice for the second quarter is here.",
    "Please read the manual of version {} with care before the installation of the pump and close the main valve.",
    "Prices rose by {} percent in the last year while wages in the region stayed about the same, said the bank.",
)
_SHARE_OF_PRONOUNS, _SHARE_OF_ERRORS = 0.5, 0.05


def segment(rng: random.Random, share_of_pronouns: float = _SHARE_OF_PRONOUNS) -> str:
    """A text of some 20 words."""
    if rng.random() >= share_of_pronouns:
        return rng.choice(_NEUTRAL).format(rng.randrange(2, 1000))
    pronoun = rng.choice(list(_SUBJECTS))
    written = rng.choice(list(_SUBJECTS)) if rng.random() < _SHARE_OF_ERRORS else pronoun
    deeds = _FATES if pronoun == "it" else _DEEDS
    return (
        f"{rng.choice(_SUBJECTS[pronoun])} {rng.choice(deeds)} {rng.choice(_TIMES)}, and {written} {rng.choice(deeds)} "
        f"with {_POSSESSIVES[pronoun]} {rng.choice(['new parts', 'old papers', 'friends', 'luggage'])} "
        f"{rng.choice(_TIMES)}."
    )


def segments(n: int, seed: int = 1, share_of_pronouns: float = _SHARE_OF_PRONOUNS) -> list[str]:
    """Some texts, the same ones for the same seed."""
    rng = random.Random(seed)
    return [segment(rng, share_of_pronouns) for _ in range(n)]
