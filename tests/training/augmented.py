"""Windows of words, augmented."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from gru_lint.english.first_names import FirstNames
from gru_lint.english.pronouns import CLASS_OF_FORM
from gru_lint.english.vocabulary import SPECIAL_WORDS, Vocabulary
from gru_lint.training.data.augment import AugmentationRates, WindowArrays, augment, read_gendered_pairs, word_tables
from gru_lint.training.data.compose.entities import MISREAD

PLAIN = ("the", "a", "doctor", "nurse", "slept", "saw", "myself", "person", "and", ".")
GENDERED = tuple(dict.fromkeys(word for pair in read_gendered_pairs() for word in pair))
WORDS = tuple(dict.fromkeys((*SPECIAL_WORDS, *CLASS_OF_FORM, *PLAIN, *GENDERED)))
IDS = {word: word_id for word_id, word in enumerate(WORDS)}
NO_FLAGS = np.zeros(len(WORDS), np.uint8)
TABLES = word_tables(Vocabulary(WORDS, NO_FLAGS, NO_FLAGS, FirstNames.of({})))

NOTHING = AugmentationRates(0, 0, 0, 0, 0)
GENDER = AugmentationRates(1, 0, 0, 0, 0)
PARTNERS = AugmentationRates(0, 1, 0, 0, 0)
# The case that the written form does not show: "her" before a noun phrase, "his" without one.
OTHER_CASE = "*"


def windows_of(texts: Sequence[str], gender_bins: Sequence[int] = (), slots: Sequence[int] = ()) -> WindowArrays:
    """Windows of equally many words; a star after a word sets its other-case bit, a mark before it has it misread."""
    words = [text.split() for text in texts]
    shape = (len(words), len(words[0]))
    ids = np.array([[IDS[word.removeprefix(MISREAD).rstrip(OTHER_CASE)] for word in row] for row in words])
    return WindowArrays(
        word_ids=ids,
        capitals=ids % 4,
        gender_bins=np.broadcast_to(np.array(gender_bins or [0] * shape[1]), shape).copy(),
        name_slots=np.broadcast_to(np.array(slots or [0] * shape[1]), shape).copy(),
        other_case=np.array([[word.endswith(OTHER_CASE) for word in row] for row in words]),
        is_misread=np.array([[word.startswith(MISREAD) for word in row] for row in words]),
    )


def augmented(windows: WindowArrays, rates: AugmentationRates, seed: int = 0) -> npt.NDArray[np.int64]:
    """Augments the windows in place; the right words."""
    return augment(windows, TABLES, rates, np.random.default_rng(seed))


def texts_of(word_ids: npt.NDArray[np.int64]) -> list[str]:
    """The words of each window."""
    return [" ".join(WORDS[word_id] for word_id in row) for row in word_ids.tolist()]


def check(text: str, rates: AugmentationRates, wanted: str, right: str | None = None) -> None:
    """The text is read as `wanted`; its right words are `right`, by default the same."""
    windows = windows_of([text])
    found = augmented(windows, rates)
    assert texts_of(windows.word_ids) == [wanted]
    assert texts_of(found) == [wanted if right is None else right]
