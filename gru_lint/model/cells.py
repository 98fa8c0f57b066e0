"""The gated recurrent unit in NumPy, one step in the order of the equations.

A cell is given the input products x W_x + b of one step, which for words of a vocabulary are
looked up rather than computed, and adds what the state contributes. `gru_lint.training.model.cells`
holds the twin in torch; the tests hold both to torch.nn and to ONNX. The cells that the GRU was
compared with stand in `studies.cells.other_cells`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
# Up to this many rows, one vector product for each is faster than BLAS's matrix product, which first copies the
# weights: three times as fast for two rows.
_FEW_ROWS = 6
_ONE = np.float32(1.0)


def sigmoid(values: Floats, out: Floats | None = None) -> Floats:
    """σ(x) = 1 / (1 + exp(-x)).

    By way of tanh no exponential would overflow, but without AVX-512 NumPy's tanh takes twice as long.
    """
    result: Floats = np.negative(values, out=out)
    # Far out, the exponential is infinite or 0, and σ is 0 or 1.
    with np.errstate(over="ignore", under="ignore"):
        np.exp(result, out=result)
    result += _ONE
    np.divide(_ONE, result, out=result)
    return result


def times(states: Floats, weights: Floats) -> Floats:
    """States (B, N) @ weights (N, M), however few rows there are."""
    if 1 < len(states) <= _FEW_ROWS:
        # Broadcast over the rows, NumPy multiplies one at a time.
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

    The reset gate works before the product and u = 1 takes the candidate, as in ONNX's GRU with
    linear_before_reset=0 but for its update gate, which is 1 − u. torch.nn.GRU and Keras differ:
    there the reset gate comes after the product. Source: Cho et al. 2014, eqs. 5-8.
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
        """The state after one more word: products (B, 3H), state (B, H), returns (B, H) within -1..1."""
        update_gate, candidate_state = self.gate(products, state)
        # u ⊙ c + (1 − u) ⊙ h, in two passes over memory instead of four.
        candidate_state -= state
        candidate_state *= update_gate
        candidate_state += state
        return candidate_state

    def gate(self, products: Floats, state: Floats) -> tuple[Floats, Floats]:
        """The update gate u and the candidate state c of a step, (B, H) each."""
        size = self.n_hidden
        gates = times(state, self.gate_weights)
        gates += products[:, : 2 * size]
        sigmoid(gates, out=gates)
        update_gate, reset_gate = gates[:, :size], gates[:, size:]
        kept_state: Floats = reset_gate * state
        candidate_state = times(kept_state, self.candidate_weights)
        candidate_state += products[:, 2 * size :]
        np.tanh(candidate_state, out=candidate_state)
        return update_gate, candidate_state


# A cell by the name that weights have for it, made of the arrays of an encoder. What compares other cells adds them.
CELLS: dict[str, Callable[[Mapping[str, Floats], str], Cell]] = {
    "gru": lambda arrays, encoder: GRUCell(arrays[f"{encoder}.hidden_weights"], arrays[f"{encoder}.candidate_weights"])
}


def run_cell(cell: Cell, products: Floats, begun: Floats | None = None) -> Floats:
    """The hidden states after each word, (T, B, H), from input products (T, B, gates * H).

    begun  (B, n_state), the states before the first of these words; by default nothing has been read
    """
    n_steps, n_rows, _ = products.shape
    hidden_states = np.empty((n_steps, n_rows, cell.n_hidden), np.float32)
    state: Floats = np.zeros((n_rows, cell.n_state), np.float32) if begun is None else begun
    for step in range(n_steps):
        state = cell.step(products[step], state)
        hidden_states[step] = state[:, : cell.n_hidden]
    return hidden_states
