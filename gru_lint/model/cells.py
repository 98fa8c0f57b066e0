"""The gated recurrent unit in NumPy, one step in the order of the equations.

A cell is given the input products x W_x + b of one step, and adds what the state contributes.
`gru_lint.training.model.cells` holds its twin in torch; tests compare both with torch.nn and ONNX.
The cells that the GRU was compared with are in `studies.cells.other_cells`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
# Up to this many rows, a vector product for each row is faster than one matrix product, for which BLAS first copies the
# weights: three times as fast for two rows.
FEW_ROWS = 6
# Its products of more rows go four rows at a time, and take longer for what is left over than for four.
_BLOCK_ROWS = 4
_ONE = np.float32(1.0)


def sigmoid(values: Floats, out: Floats | None = None) -> Floats:
    """σ(x) = 1 / (1 + exp(-x)).

    σ(x) = (1 + tanh(x / 2)) / 2 would not overflow, but without AVX-512 NumPy's tanh takes twice as long.
    """
    with extremes_allowed():
        return _sigmoid(values, out)


def extremes_allowed() -> np.errstate:
    """Where the exponential of `sigmoid` overflows to infinity or underflows to 0, σ is 0 or 1, which is right."""
    return np.errstate(over="ignore", under="ignore")


def _sigmoid(values: Floats, out: Floats | None) -> Floats:
    result: Floats = np.negative(values, out=out)
    np.exp(result, out=result)
    result += _ONE
    np.divide(_ONE, result, out=result)
    return result


def times(states: Floats, weights: Floats) -> Floats:
    """States (B, N) @ weights (N, M), however few rows there are."""
    if 1 < len(states) <= FEW_ROWS:
        # Broadcast over the rows, NumPy multiplies one row at a time.
        by_row: Floats = (states[:, None] @ weights)[:, 0]
        return by_row
    product: Floats = states @ weights
    return product


class Cell(Protocol):
    """One step of recurrence over B rows at once.

    A state is (B, n_state) float32, zeros before the first word; its first n_hidden columns are
    the hidden state that the rest of the network reads.
    """

    @property
    def n_hidden(self) -> int: ...

    @property
    def n_state(self) -> int: ...

    def step(self, products: Floats, state: Floats) -> Floats:
        """The state after one more word, given its input products (B, gates * H)."""
        ...


@dataclass(frozen=True, slots=True)
class GRUCell:
    """The gated recurrent unit, one state and two gates.

    gate_weights       (H, 2H), update gate then reset gate
    candidate_weights  (H, H)

        u = σ(x_u + h W_u)                update gate: 1 takes the candidate, 0 keeps the memory
        r = σ(x_r + h W_r)                reset gate: 0 lets the old state go
        c = tanh(x_c + (r ⊙ h) W_c)       candidate state
        h' = u ⊙ c + (1 − u) ⊙ h

    The reset gate is applied before the product, as in ONNX's GRU with linear_before_reset=0, and
    u = 1 takes the candidate, whereas ONNX's update gate is 1 − u. torch.nn.GRU and Keras differ:
    they apply the reset gate after the product. Source: Cho et al. 2014, eqs. 5-8.
    """

    gate_weights: Floats
    candidate_weights: Floats

    @property
    def n_hidden(self) -> int:
        return len(self.candidate_weights)

    @property
    def n_state(self) -> int:
        return len(self.candidate_weights)

    def step(self, products: Floats, state: Floats) -> Floats:
        """The state after one more word: products (B, 3H), state (B, H), returns (B, H) within -1..1; see `gate`."""
        update_gate, candidate_state = self.gate(products, state)
        # u ⊙ c + (1 − u) ⊙ h, in two passes over memory instead of four.
        candidate_state -= state
        candidate_state *= update_gate
        candidate_state += state
        return candidate_state

    def gate(self, products: Floats, state: Floats) -> tuple[Floats, Floats]:
        """The update gate u and the candidate state c of a step, (B, H) each.

        Called for every word, within `extremes_allowed`: to enter that takes as long as a gate.
        """
        size = self.n_hidden
        gates = times(state, self.gate_weights)
        gates += products[:, : 2 * size]
        _sigmoid(gates, gates)
        update_gate, reset_gate = gates[:, :size], gates[:, size:]
        kept_state: Floats = reset_gate * state
        candidate_state = times(kept_state, self.candidate_weights)
        candidate_state += products[:, 2 * size :]
        np.tanh(candidate_state, out=candidate_state)
        return update_gate, candidate_state


# Makes a cell of an encoder's arrays, by the name of the cell in the weights. The study of other cells adds these.
CELLS: dict[str, Callable[[Mapping[str, Floats], str], Cell]] = {
    "gru": lambda arrays, encoder: GRUCell(arrays[f"{encoder}.hidden_weights"], arrays[f"{encoder}.candidate_weights"])
}


def run_cell(cell: Cell, products: Floats, rows: Sequence[Ints], initial_states: Floats | None = None) -> list[Floats]:
    """The hidden states (T, H) after each word of B rows, which may differ in length.

    products        (D, gates * H), the input products of the distinct words
    rows            (T,) each, which of these words a row reads, in order
    initial_states  (B, n_state), before the first of these words; zeros by default
    """
    # The longest first: a row that has ended is dropped from the end.
    order = sorted(range(len(rows)), key=lambda index: -len(rows[index]))
    lengths = [len(rows[index]) for index in order]
    words = np.zeros((lengths[0], _whole_blocks(len(rows))), np.int64)
    for column, (index, length) in enumerate(zip(order, lengths, strict=True)):
        words[:length, column] = rows[index]
    state = np.zeros((words.shape[1], cell.n_state), np.float32)
    if initial_states is not None:
        state[: len(rows)] = initial_states[order]
    hidden_states = np.empty((*words.shape, cell.n_hidden), np.float32)
    n_reading = len(rows)
    with extremes_allowed():
        for step, own in enumerate(words):
            while lengths[n_reading - 1] <= step:
                n_reading -= 1
            n_rows = _whole_blocks(n_reading)
            state = cell.step(products.take(own[:n_rows], axis=0), state[:n_rows])
            hidden_states[step, :n_rows] = state[:, : cell.n_hidden]
    states: list[Floats] = [hidden_states[:length, column] for column, length in enumerate(lengths)]
    return [own for _, own in sorted(zip(order, states, strict=True), key=lambda of_row: of_row[0])]


def _whole_blocks(n_rows: int) -> int:
    """So many rows or a few more, which BLAS multiplies together in less time; what is in these does not matter."""
    return n_rows if n_rows <= FEW_ROWS else -(-n_rows // _BLOCK_ROWS) * _BLOCK_ROWS
