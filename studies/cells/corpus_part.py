"""A part of the encoded corpora: runs are short, and what they never read need not be cut into windows."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np

from gru_lint.training.data.corpus import EncodedCorpus


def write_part(encoded: Path, out: Path, every: int, labelled: Path | None = None) -> Path:
    """Writes one document in so many of every encoded corpus into the folder `out`, once; returns the folder.

    encoded   what `prepare` wrote
    labelled  what `label-verbs` wrote, from which the documents are taken instead
    """
    done = out / "vocabulary.npz"
    if done.exists():
        return out
    if not (encoded / done.name).exists():
        raise FileNotFoundError(f"{encoded}: no encoded corpus here; run the step `prepare` first")
    out.mkdir(parents=True, exist_ok=True)
    for path in sorted((labelled or encoded).glob("*-[0-9][0-9].npz")):
        part_of(EncodedCorpus.load(path), every).save(out / path.name)
    if (encoded / "vectors.npy").exists():
        shutil.copy(encoded / "vectors.npy", out)
    # Last, since it says that the part is whole.
    shutil.copy(encoded / done.name, done)
    return out


def part_of(corpus: EncodedCorpus, every: int) -> EncodedCorpus:
    """Each document whose number is a multiple of `every`, in order."""
    starts, ends = corpus.document_starts[:-1:every], corpus.document_starts[1::every]
    kept = np.concatenate([np.arange(start, end) for start, end in zip(starts, ends, strict=True)])
    return EncodedCorpus(
        corpus.word_ids[kept],
        corpus.marks[kept],
        corpus.name_slots[kept],
        np.concatenate([[0], np.cumsum(ends - starts)]).astype(np.int64),
        None if corpus.verbs is None else corpus.verbs[kept],
    )
