"""The recurrent cells in torch, over whole sequences; `gru_lint.model.cells` holds their NumPy twins.

Every function takes input products x W_x + b, shape (T, B, gates * H), time first, and returns
the hidden states after each word, shape (T, B, H). Gates stand in the order of the equations.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

from gru_lint.model.sizes import N_GATES
from gru_lint.training.model.sequences import LSTMSequence, RNNSequence, by_step


class _GRUSequence(torch.autograd.Function):
    """The GRU over a sequence, with its gradient written out.

    The gradients of the weights are taken in one product over all steps, which is what makes
    this as fast as torch.nn.GRU on a CPU. Tested against autograd.

    All of it is float32: a long memory would be rounded away, and a step's products are too small to gain.
    """

    @staticmethod
    def forward(ctx: Any, inputs: Tensor, gate_weights: Tensor, candidate_weights: Tensor) -> Tensor:
        n_steps, n_rows, width = inputs.shape
        size = width // 3
        states = inputs.new_zeros(n_steps + 1, n_rows, size)
        gates = inputs.new_empty(n_steps, n_rows, 2 * size)
        candidates = inputs.new_empty(n_steps, n_rows, size)
        kept = inputs.new_empty(n_steps, n_rows, size)
        gate_inputs, candidate_inputs = by_step(inputs[..., : 2 * size], inputs[..., 2 * size :])
        state, gate, candidate, kept_at = by_step(states, gates, candidates, kept)
        update, reset = by_step(*gates.chunk(2, dim=-1))
        for t in range(n_steps):
            torch.addmm(gate_inputs[t], state[t], gate_weights, out=gate[t]).sigmoid_()
            torch.mul(reset[t], state[t], out=kept_at[t])
            torch.addmm(candidate_inputs[t], kept_at[t], candidate_weights, out=candidate[t]).tanh_()
            torch.lerp(state[t], candidate[t], update[t], out=state[t + 1])
        ctx.save_for_backward(states, gates, candidates, kept, gate_weights, candidate_weights)
        return states[1:]

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        # It may arrive with time last, and every step would gather it from all over the memory.
        d_outputs = gradients[0].contiguous()
        states, gates, candidates, kept, gate_weights, candidate_weights = ctx.saved_tensors
        n_steps, n_rows, size = candidates.shape
        back_to_state, back_to_kept = gate_weights.t().contiguous(), candidate_weights.t().contiguous()
        before, (update, reset) = states[:-1], gates.chunk(2, dim=-1)
        # What gradients are multiplied by depends on no later step: u (1 - c²), (c - h) u (1 - u), h r (1 - r).
        to_candidate = torch.addcmul(update, update * candidates, candidates, value=-1)
        to_update = (candidates - before).mul_(torch.addcmul(update, update, update, value=-1))
        to_reset = torch.addcmul(reset, reset, reset, value=-1).mul_(before)
        factors = by_step(to_candidate, to_update, to_reset, 1 - update, reset)
        of_candidate, of_update, of_reset, of_state, of_kept = factors
        d_inputs = candidates.new_empty(n_steps, n_rows, 3 * size)
        d_update, d_reset, d_candidate = by_step(*d_inputs.chunk(3, dim=-1))
        d_output, d_gates = by_step(d_outputs, d_inputs[..., : 2 * size])
        d_state, d_kept = candidates.new_zeros(2, n_rows, size)
        for t in range(n_steps - 1, -1, -1):
            d_state += d_output[t]
            torch.mul(d_state, of_candidate[t], out=d_candidate[t])
            torch.mul(d_state, of_update[t], out=d_update[t])
            torch.mm(d_candidate[t], back_to_kept, out=d_kept)
            torch.mul(d_kept, of_reset[t], out=d_reset[t])
            d_state.mul_(of_state[t]).addcmul_(d_kept, of_kept[t])
            d_state.addmm_(d_gates[t], back_to_state)
        flat = d_inputs.reshape(-1, 3 * size)
        d_gate_weights = before.reshape(-1, size).t() @ flat[:, : 2 * size]
        d_candidate_weights = kept.reshape(-1, size).t() @ flat[:, 2 * size :]
        return d_inputs, d_gate_weights, d_candidate_weights


def gru(inputs: Tensor, gate_weights: Tensor, candidate_weights: Tensor) -> Tensor:
    """States of the GRU; inputs (T, B, 3H) in the order update, reset, candidate.

    u = σ(x_u + h W_u)   r = σ(x_r + h W_r)   c = tanh(x_c + (r ⊙ h) W_c)   h' = u ⊙ c + (1 − u) ⊙ h
    """
    states: Tensor = _GRUSequence.apply(inputs, gate_weights, candidate_weights)  # type: ignore[no-untyped-call]
    return states


def lstm(inputs: Tensor, weights: Tensor) -> Tensor:
    """States of the LSTM; inputs (T, B, 4H) in the order input, forget, cell, output.

    i, f, o = σ(x + h W)   g = tanh(x_g + h W_g)   c' = f ⊙ c + i ⊙ g   h' = o ⊙ tanh(c')
    """
    states: Tensor = LSTMSequence.apply(inputs, weights)  # type: ignore[no-untyped-call]
    return states


def rnn(inputs: Tensor, weights: Tensor) -> Tensor:
    """States of the simple RNN; inputs (T, B, H): h' = tanh(x + h W)."""
    states: Tensor = RNNSequence.apply(inputs, weights)  # type: ignore[no-untyped-call]
    return states


class Encoder(nn.Module):
    """One direction: embeddings (T, B, E) to hidden states (T, B, H) with the cell of that name.

    precision   of the products with the inputs; all else is float32 whatever it is
    """

    def __init__(self, cell: str, n_inputs: int, n_hidden: int, precision: torch.dtype = torch.float32) -> None:
        super().__init__()
        self.cell = cell
        self.precision = precision
        self.input_weights = nn.Parameter(torch.empty(n_inputs, N_GATES[cell] * n_hidden))
        self.biases = nn.Parameter(torch.zeros(N_GATES[cell] * n_hidden))
        n_hidden_gates = 2 if cell == "gru" else N_GATES[cell]
        self.hidden_weights = nn.Parameter(torch.empty(n_hidden, n_hidden_gates * n_hidden))
        nn.init.xavier_uniform_(self.input_weights)
        for block in self.hidden_weights.data.chunk(n_hidden_gates, dim=1):
            nn.init.orthogonal_(block)
        if cell == "gru":
            self.candidate_weights = nn.Parameter(torch.empty(n_hidden, n_hidden))
            nn.init.orthogonal_(self.candidate_weights)
            # Begin with long memories: the update gate starts near 0.27, and keeps more than it takes.
            self.biases.data[:n_hidden] = -1.0
        elif cell == "lstm":
            self.biases.data[n_hidden : 2 * n_hidden] = 1.0

    def forward(self, embedded: Tensor) -> Tensor:
        products = (embedded.to(self.precision) @ self.input_weights.to(self.precision)) + self.biases
        if self.cell == "gru":
            return gru(products, self.hidden_weights, self.candidate_weights)
        return (lstm if self.cell == "lstm" else rnn)(products, self.hidden_weights)
