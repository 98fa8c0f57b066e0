"""A text that is being edited is read from where it has changed, and judged to the last digit as if read anew."""

from __future__ import annotations

import random

from gru_lint.model.network import AgreementNetwork
from gru_lint.model.weights import read_weights
from gru_lint.model.weights_path import default_weights_path
from gru_lint.segment.incremental import IncrementalWindows

SENTENCE = "The captain told her to wait. "


def test_judgements_are_those_of_a_fresh_reading() -> None:
    chance = random.Random(1)
    subjects = ["Mary", "The captain", "He", "She", "It", "Mr Watson", "They"]
    rests = ["lost her hat in the park.", "went home with him.", "saw the harbour, and then slept."]
    text = "\n\n".join(
        " ".join(f"{chance.choice(subjects)} {chance.choice(rests)}" for _ in range(4)) for _ in range(30)
    )
    weights = read_weights(default_weights_path())
    again, fresh = AgreementNetwork(weights, incremental=True), AgreementNetwork(weights)
    windows = IncrementalWindows(fresh.sizes.window_length)
    windows.update(text)
    place = text.index("\n\n", len(text) // 2)
    n_windows = 0
    for number, letter in enumerate(SENTENCE):
        text = text[: place + number] + letter + text[place + number :]
        for placed in windows.found():
            placed.judgements = ()
        windows.update(text)
        changed = [placed.window for placed in windows.unjudged()]
        n_windows += len(changed)
        # Any rule may report any word, so that the fresh network reads each window by itself as well.
        assert list(again.judge(changed)) == [judged for window in changed for judged in fresh.judge([window])]
    assert n_windows > len(SENTENCE)
