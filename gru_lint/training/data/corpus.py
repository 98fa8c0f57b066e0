"""The training corpora: streamed as text, held as compact arrays.

A corpus file is xz-compressed UTF-8, one paragraph a line, a blank line between documents.
Every fiftieth document is held out for calibration and every fiftieth for validation.
"""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

Split = Literal["training", "calibration", "validation"]

# One document in so many is held out for each purpose.
_HELD_OUT_EVERY = 50

# Bits of `EncodedCorpus.marks`.
CAPITALS_MASK = 0b11
GENDER_BIN_SHIFT, GENDER_BIN_MASK = 2, 0b111
CANDIDATE_BIT = 1 << 5
# "her" before a noun phrase, or "his" that stands alone: what a swap of genders must know. It follows from the words,
# and is set where they are loaded (see hidden_case.py).
OTHER_CASE_BIT = 1 << 6
SENTENCE_START_BIT = 1 << 7
# Bits of `EncodedCorpus.name_slots`. N_NAME_SLOTS leaves one free: a pronoun that is right as it stands here, and read
# as the other gender's (see compose/entities.py).
NAME_SLOT_MASK = 0b111111
MISREAD_BIT = 1 << 6


def split_of(document_index: int) -> Split:
    """Which part of the corpus a document belongs to, by its position in the file."""
    remainder = document_index % _HELD_OUT_EVERY
    if remainder == 7:
        return "calibration"
    return "validation" if remainder == 32 else "training"


def corpus_name(path: Path) -> str:
    """The name of the corpus in a file: "fiction" for fiction.txt.xz."""
    return path.name.split(".")[0]


def read_documents(path: Path) -> Iterator[str]:
    """The documents of a corpus file in order, paragraphs parted by blank lines."""
    paragraphs: list[str] = []
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                paragraphs.append(line.rstrip("\n"))
            elif paragraphs:
                yield "\n\n".join(paragraphs)
                paragraphs = []
    if paragraphs:
        yield "\n\n".join(paragraphs)


def documents_of(path: Path, split: Split) -> Iterator[str]:
    """The documents of one split of a corpus file."""
    for index, document in enumerate(read_documents(path)):
        if split_of(index) == split:
            yield document


@dataclass(frozen=True, slots=True)
class EncodedCorpus:
    """N words of documents laid end to end, four bytes a word.

    word_ids         (N,) uint16
    marks            (N,) uint8: capitals, gender bin, candidate, other case, sentence start
    name_slots       (N,) uint8: the slot, misread
    document_starts  (D + 1,) int64, the last one N
    verbs            (N,) uint8, see `verb_labels` and `distractors`; None where the words have not been tagged
    """

    word_ids: npt.NDArray[np.uint16]
    marks: npt.NDArray[np.uint8]
    name_slots: npt.NDArray[np.uint8]
    document_starts: npt.NDArray[np.int64]
    verbs: npt.NDArray[np.uint8] | None = None

    def save(self, path: Path) -> None:
        """Writes a compressed .npz that needs no pickle to read."""
        arrays = {name: getattr(self, name) for name in self.__slots__}
        np.savez_compressed(path, **{name: array for name, array in arrays.items() if array is not None})

    @classmethod
    def load(cls, path: Path) -> EncodedCorpus:
        """Reads what `save` wrote."""
        with np.load(path, allow_pickle=False) as arrays:
            return cls(*(arrays[name] for name in cls.__slots__ if name in arrays))
