"""The vocabulary as plain arrays, for the weights file and for files that are read without pickle."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

from gru_lint.english.first_names import FirstNames
from gru_lint.english.lexicon import SPECIAL_WORDS, Vocabulary


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
