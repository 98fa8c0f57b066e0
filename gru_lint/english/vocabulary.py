"""The vocabulary: the words and names that the network knows, and how they are stored without pickle."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from gru_lint.english.first_names import FirstNames
from gru_lint.english.pronouns import BEGIN, CONTINUE, PARAGRAPH

# The first rows of every vocabulary: marks, and rows that many words share.
SPECIAL_WORDS = (
    "<pad>",
    BEGIN,
    CONTINUE,
    PARAGRAPH,
    "<name>",
    "<Unknown>",
    "<year>",
    "<number>",
    "<symbol>",
    "<unknown>",
    "<unknown-s>",
    "<unknown-ed>",
    "<unknown-ing>",
    "<unknown-ly>",
    "<unknown-er>",
    "<unknown-ion>",
    "<unknown-y>",
)
PAD_ID, BEGIN_ID, CONTINUE_ID, PARAGRAPH_ID, NAME_ID, UNKNOWN_CAPITAL_ID = range(6)

# Bits of a vocabulary word's flags.
PROPER = 1  # mostly capitalised in the corpus
NOUN = 2  # can head a mention: in the corpus it often ends a noun phrase
AMBIGUOUS_NAME = 4  # a first name and also a word ("Grace", "Robin"): keeps its own row
GENDERED = 8  # shows the gender of a person: "businesswoman", "nephew"

# How likely a bearer of a first name is a woman: 0 unknown, 1 (masculine) to 7 (feminine); 8 - bin is the opposite.
N_GENDER_BINS = 8
GENDER_BIN_EDGES = (0.02, 0.1, 0.3, 0.7, 0.9, 0.98)
# Added to the gender bin of a first name that is more often a family name ("Collins", "Lewis").
FAMILY_NAME = 8


def gender_bin_of(p_female: float) -> int:
    """The bin, 1 (masculine) to 7 (feminine), of a name whose bearer is a woman with this probability."""
    return 1 + sum(p_female >= edge for edge in GENDER_BIN_EDGES)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that have a row in the embedding, and the first names that share one.

    words       V spellings (see `spelling.normalise`), the special words first
    flags       (V,) uint8, bits PROPER, NOUN, AMBIGUOUS_NAME, GENDERED
    gender_bins (V,) uint8, of words that are ambiguous names or gendered, else 0
    names       first names, all read as "<name>", with their gender bins, 1..7

    A bin with FAMILY_NAME added holds only where another name follows: in "Lewis Carroll", not in "Mr Lewis".
    """

    words: tuple[str, ...]
    flags: npt.NDArray[np.uint8]
    gender_bins: npt.NDArray[np.uint8]
    names: FirstNames


def vocabulary_arrays(vocabulary: Vocabulary) -> dict[str, npt.NDArray[np.uint8]]:
    """The vocabulary's five arrays; strings are UTF-8 bytes joined by newlines."""
    return {
        "vocabulary.words": _joined(vocabulary.words),
        "vocabulary.flags": vocabulary.flags,
        "vocabulary.leans": vocabulary.gender_bins,
        "vocabulary.names": vocabulary.names.joined,
        "vocabulary.name_leans": vocabulary.names.gender_bins,
    }


def vocabulary_from_arrays(arrays: Mapping[str, npt.NDArray[np.uint8]]) -> Vocabulary:
    """The vocabulary of `vocabulary_arrays`. Raises ValueError where the arrays do not fit together."""
    words = _parted(arrays["vocabulary.words"])
    flags, gender_bins, names, name_gender_bins = (
        arrays[f"vocabulary.{name}"].astype(np.uint8) for name in ("flags", "leans", "names", "name_leans")
    )
    if words[: len(SPECIAL_WORDS)] != SPECIAL_WORDS:
        raise ValueError("the vocabulary does not begin with this version's special words")
    if not len(words) == len(flags) == len(gender_bins):
        raise ValueError("the vocabulary's arrays differ in length")
    return Vocabulary(words, flags, gender_bins, FirstNames(names, name_gender_bins))


def vocabulary_digest(vocabulary: Vocabulary) -> str:
    """A SHA-256 of words, flags and names, which shows whether weights or arrays were made for this vocabulary."""
    digest = hashlib.sha256()
    for array in vocabulary_arrays(vocabulary).values():
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()


def save_vocabulary(vocabulary: Vocabulary, path: Path) -> None:
    """Writes the vocabulary as an .npz that needs no pickle to read."""
    np.savez_compressed(path, **vocabulary_arrays(vocabulary))  # type: ignore[arg-type]  # numpy's stub


def load_vocabulary(path: Path) -> Vocabulary:
    """Reads what `save_vocabulary` wrote."""
    with np.load(path, allow_pickle=False) as arrays:
        return vocabulary_from_arrays(arrays)


def _joined(strings: tuple[str, ...]) -> npt.NDArray[np.uint8]:
    return np.frombuffer("\n".join(strings).encode(), np.uint8)


def _parted(array: npt.NDArray[np.uint8]) -> tuple[str, ...]:
    text = array.tobytes().decode()
    return tuple(text.split("\n")) if text else ()
