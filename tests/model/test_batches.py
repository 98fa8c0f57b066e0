"""Windows in batches: of like size, of like length, and none with nothing to judge."""

from __future__ import annotations

import pytest

from gru_lint.model import batches
from gru_lint.model.batches import batches_of
from gru_lint.model.judgements import Targets
from gru_lint.records import Anaphor, Window

# The lengths of windows, the words of a batch, and the lengths in each batch.
POOLS: dict[str, tuple[list[int], int, list[list[int]]]] = {
    "none": ([], 100, []),
    "less than a batch": ([30, 20], 100, [[20, 30]]),
    "longer than a batch": ([300], 100, [[300]]),
    "no rest is left over": ([10] * 11, 50, [[10] * 6, [10] * 5]),
    "a rest of more than half is a batch": ([10] * 13, 50, [[10] * 5, [10] * 5, [10] * 3]),
    "long ones are not padded beside short ones": ([5] * 8 + [40], 100, [[5] * 8, [40]]),
}


@pytest.mark.parametrize(("lengths", "batch_words", "wanted"), POOLS.values(), ids=POOLS)
def test_batches(
    lengths: list[int], batch_words: int, wanted: list[list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "BATCH_WORDS", batch_words)
    pool = [targets(length, (Anaphor(1, "he"),)) for length in lengths]
    # One with nothing to judge is in no batch.
    pool.insert(len(pool) // 2, targets(50, ()))
    found = [[len(pool[index].window.words) for index in batch] for batch in batches_of(pool)]
    assert found == wanted


def targets(length: int, anaphors: tuple[Anaphor, ...]) -> Targets:
    """A window of so many words, with the pronouns to judge in it."""
    return Targets(Window(("he",) * length, 1, tuple(range(length))), anaphors)
