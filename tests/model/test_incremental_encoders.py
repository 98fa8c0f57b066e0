"""A text that is being edited is read from where it has changed, and judged as if it were read anew."""

from __future__ import annotations

import random

import numpy as np

from gru_lint.linter import Linter
from gru_lint.segment.incremental import IncrementalWindows

SENTENCE = "The captain told her to wait. "


def test_judgements_are_those_of_a_fresh_reading() -> None:
    chance = random.Random(1)
    subjects = ["Mary", "The captain", "He", "She", "It", "Mr Watson", "They"]
    rests = ["lost her hat in the park.", "went home with him.", "saw the harbour, and then slept."]
    text = "\n\n".join(
        " ".join(f"{chance.choice(subjects)} {chance.choice(rests)}" for _ in range(4)) for _ in range(30)
    )
    again, fresh = Linter(incremental=True).network, Linter().network
    windows = IncrementalWindows(fresh.sizes.window_length)
    windows.update(text)
    place = text.index("\n\n", len(text) // 2)
    n_windows = 0
    for number, letter in enumerate(SENTENCE):
        text = text[: place + number] + letter + text[place + number :]
        for placed in windows.found():
            placed.judgements = ()
        windows.update(text)
        changed = [placed.window for placed in windows.found() if placed.judgements is None]
        n_windows += len(changed)
        for (_, found), (_, wanted) in zip(again.judge(changed), fresh.judge(changed), strict=True):
            assert [judgement.word_index for judgement in found] == [judgement.word_index for judgement in wanted]
            for one, other in zip(found, wanted, strict=True):
                np.testing.assert_allclose(one.probabilities, other.probabilities, atol=1e-4)
    assert n_windows > len(SENTENCE)
