"""What each network costs: parameters, bytes of state, time for a word in training and at lint time.

Times are those that the process spent on a processor, the best of some rounds: other programs on the machine
make a round slower and none quicker.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from gru_lint.english.vocabulary import load_vocabulary
from gru_lint.model.network import AgreementNetwork
from gru_lint.model.sizes import Architecture
from gru_lint.model.weights import Weights
from gru_lint.records import Window
from gru_lint.training.data.augment import AugmentationRates, word_tables
from gru_lint.training.data.batches import make_batch
from gru_lint.training.data.sampling import epoch_batches, load_pieces
from gru_lint.training.loss import loss_of
from gru_lint.training.model.network import AgreementNetwork as Trained
from studies.cells import other_cells as _other_cells  # noqa: F401  # adds the RNN and the LSTM
from studies.cells.configurations import encoder_parameters, n_parameters
from studies.cells.runs import BATCH_WORDS, LEARNING_RATE

_ROUNDS = 5
_N_TRAINING_BATCHES = 4
_FLOAT_BYTES = 4


def costs(weights: Weights, windows: Sequence[Window], corpus: Path) -> dict[str, Any]:
    """The figures of one network; `windows` are read at lint time, `corpus` is what it was trained on."""
    sizes = weights.architecture
    network = AgreementNetwork(weights)
    n_words = sum(len(window.words) for window in windows)
    linting = _best_time(lambda: network.read(windows))
    n_trained, training = _training_time(sizes, corpus)
    return {
        "parameters": n_parameters(sizes),
        "encoder_parameters": encoder_parameters(sizes),
        "state_bytes": state_bytes(sizes),
        "lint_words_per_second": n_words / linting,
        "training_words_per_second": n_trained / training,
    }


def state_bytes(sizes: Architecture) -> int:
    """What the two encoders carry from word to word, in float32."""
    n_floats = sizes.n_forward + sizes.n_backward
    return _FLOAT_BYTES * n_floats * (2 if sizes.cell == "lstm" else 1)


def _training_time(sizes: Architecture, corpus: Path) -> tuple[int, float]:
    """The words of some batches, and the seconds that it takes to train on them with one thread."""
    tables = word_tables(load_vocabulary(corpus / "vocabulary.npz"))
    # The first of the pieces is enough to measure on.
    pieces = load_pieces(corpus, tables)[:1]
    chosen = epoch_batches(pieces, sizes.window_length, BATCH_WORDS, seed=0)[:_N_TRAINING_BATCHES]
    random = np.random.default_rng(0)
    batches = [make_batch(pieces[piece], windows, tables, AugmentationRates(), random) for piece, windows in chosen]
    network = Trained(sizes)
    optimizer = torch.optim.AdamW(network.parameters(), lr=LEARNING_RATE, fused=True)
    torch.set_num_threads(1)

    def train() -> None:
        for batch in batches:
            optimizer.zero_grad(set_to_none=True)
            loss_of(network, batch)[0].backward()  # type: ignore[no-untyped-call]
            optimizer.step()

    return sum(int(batch.lengths.sum()) for batch in batches), _best_time(train)


def _best_time(work: Callable[[], object]) -> float:
    """Seconds of processor time, the best of some rounds."""
    times = []
    for _ in range(_ROUNDS):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)


def learning_curve(log: Path) -> list[dict[str, float]]:
    """The loss by words read, from what `fit` wrote beside a checkpoint; of a resumed run, each step once."""
    by_step = {}
    for line in log.read_text(encoding="utf-8").splitlines():
        step, words, _, loss, _ = line.split("\t")
        by_step[int(step)] = {"words": int(words), "loss": round(float(loss), 4)}
    return [by_step[step] for step in sorted(by_step)]
