"""A text that is being edited is read from where it has changed, and judged as if it were read anew."""

from __future__ import annotations

import random

import numpy as np

from gru_lint.linter import Linter
from gru_lint.segment.incremental import Passages

SENTENCE = "The captain told her to wait. "


def test_judgements_are_those_of_a_fresh_reading() -> None:
    chance = random.Random(1)
    subjects = ["Mary", "The captain", "He", "She", "It", "Mr Watson", "They"]
    rests = ["lost her hat in the park.", "went home with him.", "saw the harbour, and then slept."]
    text = "\n\n".join(
        " ".join(f"{chance.choice(subjects)} {chance.choice(rests)}" for _ in range(4)) for _ in range(30)
    )
    again, fresh = Linter(reads_again=True).network, Linter().network
    passages = Passages(fresh.sizes.window_length)
    passages.update(text)
    place = text.index("\n\n", len(text) // 2)
    n_windows = 0
    for number, letter in enumerate(SENTENCE):
        text = text[: place + number] + letter + text[place + number :]
        for passage in passages.found():
            passage.judgements = ()
        passages.update(text)
        windows = [passage.window for passage in passages.found() if passage.judgements is None]
        n_windows += len(windows)
        for (_, found), (_, wanted) in zip(again.judge(windows), fresh.judge(windows), strict=True):
            assert [judgement.anaphor for judgement in found] == [judgement.anaphor for judgement in wanted]
            for one, other in zip(found, wanted, strict=True):
                np.testing.assert_allclose(one.probabilities, other.probabilities, atol=1e-4)
    assert n_windows > len(SENTENCE)
