"""Networks of a few units with random weights, windows to read, and what they say of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gru_lint.english.first_names import FirstNames
from gru_lint.english.pronouns import BEGIN, CLASS_OF_FORM, CONTINUE, PARAGRAPH
from gru_lint.english.vocabulary import AMBIGUOUS_NAME, NOUN, PROPER, SPECIAL_WORDS, Vocabulary
from gru_lint.model.cells import Floats
from gru_lint.model.confidence import PlattScaling
from gru_lint.model.heads import Predictions
from gru_lint.model.network import AgreementNetwork
from gru_lint.model.sizes import N_GATES, Architecture
from gru_lint.model.weights import ProfileThresholds, Weights, array_shapes
from gru_lint.records import Window
from gru_lint.segment.windows import find_anaphors
from studies.cells import other_cells as _other_cells  # noqa: F401  # adds the cells that the GRU was compared with

# Products of unlike shapes are summed in another order: a float32 is then off by its last bits.
LAST_BITS = 1e-6
CELLS = tuple(N_GATES)


def small_vocabulary() -> Vocabulary:
    """A vocabulary with a word of every kind: nouns, a place, a name that is a word, names."""
    flags = {
        "captain": NOUN,
        "sister": NOUN,
        "dogs": NOUN,
        "letter": NOUN,
        "london": PROPER,
        "grace": NOUN | AMBIGUOUS_NAME,
    }
    plain = [
        "the",
        "a",
        "in",
        "when",
        "before",
        "said",
        "that",
        "saw",
        "hurt",
        "and",
        "gave",
        "to",
        "of",
        "slept",
        "was",
        "old",
        ",",
        ".",
        '"',
        "'s",
    ]
    words = (*SPECIAL_WORDS, *CLASS_OF_FORM, *flags, *plain)
    return Vocabulary(
        words,
        np.array([flags.get(word, 0) for word in words], np.uint8),
        np.array([7 * (word == "grace") for word in words], np.uint8),
        FirstNames.of({"mary": 7, "john": 1, "kim": 4}),
    )


def random_weights(cell: str, seed: int = 5, judges_verbs: bool = False) -> Weights:
    """Weights in which every array matters: none is zero, and no gate or attention is even."""
    random = np.random.default_rng(seed)
    vocabulary = small_vocabulary()
    sizes = Architecture(len(vocabulary.words), cell, 12, 16, 8, 6, 5, 10, 48, judges_verbs)
    arrays = {name: random.normal(0, 0.4, shape).astype(np.float32) for name, shape in array_shapes(sizes).items()}
    return Weights(
        sizes,
        vocabulary,
        arrays,
        {"gender-mismatch": PlattScaling(0.9, 0.1)},
        {"gender-mismatch": 0.75},
        {"gender-mismatch": 0.7},
        {"seed": seed, "data": {"texts": 3}},
        {"learner": ProfileThresholds({"gender-mismatch": 0.6}, {"gender-mismatch": 0.55})},
    )


def window(text: str, begin: str = BEGIN, first_judged: int = 1) -> Window:
    """A window of the words between blanks."""
    words = (begin, *text.split())
    return Window(words, first_judged, tuple(range(-1, len(words) - 1)))


WINDOWS = (
    window("The captain said that he saw Mary 's dogs before they saw her ."),
    window("she"),
    window("He hurt himself"),
    window("When she slept , Grace Kim saw London in itself .", CONTINUE),
    window(f"Zebulon was old . {PARAGRAPH} John gave a letter to Mary and her sister ; it was theirs .", CONTINUE, 6),
    window(
        "It was said , in 1870 , that Mr Quimby hurt nobody but themselves " + "and the old captain " * 12 + "saw him ."
    ),
)


WINDOWS_WITH_VERBS = (
    *WINDOWS,
    window("is"),
    window("These dogs are old and the captain do n't hurt them"),
    window("This letter , " + "and the old captain " * 10 + "was in London , and she has it .", CONTINUE, 6),
)


def pronouns_of(given: Window) -> list[int]:
    """Where the pronouns of a window stand, those of its context too."""
    return [index for index, word in enumerate(given.words) if word.lower() in CLASS_OF_FORM]


def by_numpy(network: AgreementNetwork, windows: Sequence[Window]) -> list[Predictions]:
    """The verdicts on every pronoun of windows that are read together."""
    states = network.read(windows)
    return [
        network.predictions(read, find_anaphors(given, first=1)) for given, read in zip(windows, states, strict=True)
    ]


def check(found: Floats, wanted: object, tolerance: float = 1e-5) -> None:
    """Probabilities are those wanted: same shape, within the tolerance, and none out of 0..1."""
    np.testing.assert_allclose(found, np.asarray(wanted), rtol=0, atol=tolerance)
    assert np.all((found >= 0) & (found <= 1 + LAST_BITS))
