"""One step of each cell, every number written out: every word of the formulas."""

from __future__ import annotations

import numpy as np
import pytest
from cell_examples import OPEN, SHUT, check, floats

from gru_lint.model.cells import Cell, GRUCell, extremes_allowed
from studies.cells.other_cells import LSTMCell, RNNCell

# One step each, every number written out: what a word of a formula changes, a row here shows.
# Two units, and W_c sends unit 0 to unit 1 (weight 2) and unit 1 to unit 0 (weight 3).
CROSSED = GRUCell(np.zeros((2, 4), np.float32), floats([[0, 2], [3, 0]]))
# The gates read unit 0 alone: the update gates with weight ln 3, the reset gates not at all.
UPDATE_READS = GRUCell(floats([[np.log(3), np.log(3), 0, 0], [0, 0, 0, 0]]), np.zeros((2, 2), np.float32))
RESET_READS = GRUCell(floats([[0, 0, np.log(3), np.log(3)], [0, 0, 0, 0]]), floats([[1, 0], [0, 1]]))
CLOSED_LSTM = LSTMCell(np.zeros((1, 4), np.float32))
STATE = [[0.5, -0.25]]
STEPS: dict[str, tuple[Cell, list[float], object, object]] = {
    "update gate 0 keeps the state": (CROSSED, [SHUT, SHUT, OPEN, OPEN, 0.7, -0.7], STATE, STATE),
    "update gate 1 takes the candidate": (
        CROSSED,
        [OPEN, OPEN, SHUT, SHUT, 0.7, -0.7],
        STATE,
        [[np.tanh(0.7), np.tanh(-0.7)]],
    ),
    "each unit has its own update gate": (
        CROSSED,
        [OPEN, SHUT, SHUT, SHUT, 0.7, -0.7],
        STATE,
        [[np.tanh(0.7), -0.25]],
    ),
    "an update gate of a quarter takes a quarter": (
        CROSSED,
        [-np.log(3), -np.log(3), SHUT, SHUT, 0.7, -0.7],
        STATE,
        [[0.25 * np.tanh(0.7) + 0.75 * 0.5, 0.25 * np.tanh(-0.7) - 0.75 * 0.25]],
    ),
    "reset gate 0 lets the state go": (CROSSED, [OPEN, OPEN, SHUT, SHUT, 0.0, 0.0], STATE, [[0.0, 0.0]]),
    "reset gate 1 lets the state in, each unit by its own row of weights": (
        CROSSED,
        [OPEN, OPEN, OPEN, OPEN, 0.1, 0.2],
        STATE,
        [[np.tanh(0.1 - 0.25 * 3), np.tanh(0.2 + 0.5 * 2)]],
    ),
    # After the product, the open gate of unit 0 would let unit 1 through the weight 3 instead.
    "reset gate works before the product": (
        CROSSED,
        [OPEN, OPEN, OPEN, SHUT, 0.0, 0.0],
        STATE,
        [[0.0, np.tanh(0.5 * 2)]],
    ),
    "update gate reads the state": (UPDATE_READS, [0, 0, OPEN, OPEN, OPEN, OPEN], [[1.0, 0.0]], [[1.0, 0.75]]),
    "reset gate reads the state": (
        RESET_READS,
        [OPEN, OPEN, 0, 0, 0, 0],
        [[1.0, 0.8]],
        [[np.tanh(0.75), np.tanh(0.75 * 0.8)]],
    ),
    "lstm: forget gate 1 keeps the memory": (
        CLOSED_LSTM,
        [SHUT, OPEN, 0.7, OPEN],
        [[0.1, 0.6]],
        [[np.tanh(0.6), 0.6]],
    ),
    "lstm: forget gate 0 drops the memory": (CLOSED_LSTM, [SHUT, SHUT, 0.7, OPEN], [[0.1, 0.6]], [[0.0, 0.0]]),
    "lstm: input gate 1 adds the candidate": (
        CLOSED_LSTM,
        [OPEN, OPEN, 0.7, OPEN],
        [[0.1, 0.6]],
        [[np.tanh(0.6 + np.tanh(0.7)), 0.6 + np.tanh(0.7)]],
    ),
    "lstm: output gate 0 shows nothing and keeps the memory": (
        CLOSED_LSTM,
        [SHUT, OPEN, 0.7, SHUT],
        [[0.1, 0.6]],
        [[0.0, 0.6]],
    ),
    "lstm: the gates read the hidden state, not the memory": (
        LSTMCell(floats([[np.log(3), 0, 0, 0]])),
        [0, SHUT, OPEN, OPEN],
        [[1.0, -1.0]],
        [[np.tanh(0.75), 0.75]],
    ),
    "rnn: the state is overwritten": (
        RNNCell(np.zeros((2, 2), np.float32)),
        [0.7, -0.7],
        STATE,
        np.tanh([[0.7, -0.7]]),
    ),
    "rnn: the state comes in by its own row of weights": (
        RNNCell(floats([[0, 2], [3, 0]])),
        [0.1, 0.2],
        STATE,
        [[np.tanh(0.1 - 0.25 * 3), np.tanh(0.2 + 0.5 * 2)]],
    ),
}


@pytest.mark.parametrize(("cell", "products", "state", "wanted"), STEPS.values(), ids=STEPS)
def test_step(cell: Cell, products: list[float], state: object, wanted: object) -> None:
    with extremes_allowed():
        check(cell.step(floats([products]), floats(state)), wanted)
