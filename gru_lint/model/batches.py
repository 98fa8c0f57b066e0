"""Which windows are read and judged together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gru_lint.model.judgements import Targets

# Words of a batch of windows: enough to keep the products busy, few enough to stay in memory.
BATCH_WORDS = 56 * 192
# Where the windows of a batch are padded, it holds at most so many times its words.
_MOST_PADDED = 1.25


def batches_of(pool: Sequence[Targets]) -> Iterator[list[int]]:
    """The indices of the windows that hold a word to judge, in batches of like length.

    The batches of a pool are about as large as each other: a small one takes longer for each of its words.
    """
    lengths = {
        index: len(targets.window.words)
        for index, targets in enumerate(pool)
        if targets.anaphors or targets.slots or targets.first_persons
    }
    n_words = sum(lengths.values())
    most = n_words / max(1, round(n_words / BATCH_WORDS))
    batch: list[int] = []
    n_batch = 0
    for index in sorted(lengths, key=lengths.__getitem__):
        # Sorted by length, so this is the longest so far, to which all of the batch are padded.
        if batch and (n_batch >= most or (len(batch) + 1) * lengths[index] > _MOST_PADDED * most):
            yield batch
            batch, n_batch = [], 0
        batch.append(index)
        n_batch += lengths[index]
    if batch:
        yield batch
