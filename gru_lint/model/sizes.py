"""The sizes of the agreement network, shared by the trainer and the linter."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

# Distances between a pronoun and a mention fall into bins that widen: 0, 1, 2, 3-4, 5-6, 7-9, ...
_DISTANCE_EDGES = (1, 2, 3, 5, 7, 10, 14, 20, 28, 40, 56, 80, 112, 160, 224)
N_DISTANCES = len(_DISTANCE_EDGES) + 1
# A mention is classified by this many of its last words: "the old captain", "Mrs Ada Lovelace".
N_MENTION_WORDS = 3
# How many words before and after a verb its subject may stand.
N_WORDS_BEFORE, N_WORDS_AFTER = 30, 10
# Input products per hidden unit of each cell.
N_GATES = {"rnn": 1, "lstm": 4, "gru": 3}


@dataclass(frozen=True, slots=True)
class Architecture:
    """How wide each part is, and how many words a window holds.

    cell            "rnn", "lstm" or "gru"
    n_vocabulary    V, rows of the word embedding
    n_embedding     E
    n_forward       H of the encoder that reads from the left; it carries whom the text is about
    n_backward      H of the encoder that reads from the right; it needs little more than the rest of the sentence
    n_attention     width of queries, keys and values
    n_mention       hidden width of the head that classifies mentions
    n_head          hidden width of the head that judges pronouns
    window_length   words in a training window, T
    judges_verbs    whether there is a head for verbs and demonstratives
    """

    n_vocabulary: int
    cell: str = "gru"
    n_embedding: int = 128
    n_forward: int = 256
    n_backward: int = 128
    n_attention: int = 64
    n_mention: int = 64
    n_head: int = 128
    window_length: int = 192
    judges_verbs: bool = False

    def to_json(self) -> dict[str, Any]:
        """The fields as plain values."""
        return asdict(self)


def distance_bin(distance: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The bin, 0..N_DISTANCES-1, of a distance in words (any shape, any sign)."""
    return np.searchsorted(_DISTANCE_EDGES, np.abs(distance), side="right")
