"""The simple RNN and the LSTM in NumPy: what the GRU is compared with.

Importing this module lets weights of these cells be linted with.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gru_lint.model.cells import CELLS, Floats, sigmoid, times


@dataclass(frozen=True, slots=True)
class RNNCell:
    """The simple RNN, which overwrites its state at every word: h' = tanh(x + h W).

    weights  (H, H)
    """

    weights: Floats

    @property
    def n_hidden(self) -> int:
        return len(self.weights)

    @property
    def n_state(self) -> int:
        return len(self.weights)

    def step(self, products: Floats, state: Floats) -> Floats:
        """The state after one more word: products (B, H), state (B, H), returns (B, H)."""
        new_state: Floats = np.tanh(products + times(state, self.weights))
        return new_state


@dataclass(frozen=True, slots=True)
class LSTMCell:
    """The long short-term memory: a state to read and a memory to keep.

    weights  (H, 4H), gates in the order input, forget, cell, output, as torch.nn.LSTM has them

        i = σ(x_i + h W_i)    f = σ(x_f + h W_f)    g = tanh(x_g + h W_g)    o = σ(x_o + h W_o)
        c' = f ⊙ c + i ⊙ g    h' = o ⊙ tanh(c')

    Source: Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000.
    """

    weights: Floats

    @property
    def n_hidden(self) -> int:
        return len(self.weights)

    @property
    def n_state(self) -> int:
        return 2 * len(self.weights)

    def step(self, products: Floats, state: Floats) -> Floats:
        """The state after one more word: products (B, 4H), state (B, 2H) as [h, c], returns (B, 2H)."""
        size = self.n_hidden
        hidden_state, memory = state[:, :size], state[:, size:]
        gates = products + times(hidden_state, self.weights)
        input_gate = sigmoid(gates[:, :size])
        forget_gate = sigmoid(gates[:, size : 2 * size])
        candidate_memory = np.tanh(gates[:, 2 * size : 3 * size])
        output_gate = sigmoid(gates[:, 3 * size :])
        new_memory = forget_gate * memory + input_gate * candidate_memory
        new_state: Floats = np.concatenate([output_gate * np.tanh(new_memory), new_memory], axis=1)
        return new_state


CELLS["rnn"] = lambda arrays, encoder: RNNCell(arrays[f"{encoder}.hidden_weights"])
CELLS["lstm"] = lambda arrays, encoder: LSTMCell(arrays[f"{encoder}.hidden_weights"])
