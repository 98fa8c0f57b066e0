"""The recurrent cells in torch, over whole sequences; `gru_lint.model.cells` holds their NumPy twins.

Every function takes input products x W_x + b, shape (T, B, gates * H), time first, and returns
the hidden states after each word, shape (T, B, H). Gates stand in the order of the equations.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

from gru_lint.model.sizes import N_GATES
from gru_lint.training.model.sequences import LSTMSequence, RNNSequence


class _GRUSequence(torch.autograd.Function):
    """The GRU over a sequence, with its gradient written out.

    The gradients of the weights are taken in one product over all steps, which is what makes
    this as fast as torch.nn.GRU on a CPU. Tested against autograd.

    Products are taken in the precision of the weights, which may be bfloat16; states, gates and
    what is added up over the steps stay in float32, or a long memory would be rounded away.
    """

    @staticmethod
    def forward(ctx: Any, inputs: Tensor, gate_weights: Tensor, candidate_weights: Tensor) -> Tensor:
        n_steps, n_rows, width = inputs.shape
        size = width // 3
        short = gate_weights.dtype
        states = inputs.new_zeros(n_steps + 1, n_rows, size)
        gates = inputs.new_empty(n_steps, n_rows, 2 * size)
        candidates = inputs.new_empty(n_steps, n_rows, size)
        kept = inputs.new_empty(n_steps, n_rows, size)
        for t in range(n_steps):
            state, gate = states[t], gates[t]
            torch.add(inputs[t, :, : 2 * size], state.to(short) @ gate_weights, out=gate)
            gate.sigmoid_()
            torch.mul(gate[:, size:], state, out=kept[t])
            torch.add(inputs[t, :, 2 * size :], kept[t].to(short) @ candidate_weights, out=candidates[t])
            candidates[t].tanh_()
            torch.lerp(state, candidates[t], gate[:, :size], out=states[t + 1])
        ctx.save_for_backward(states, gates, candidates, kept, gate_weights, candidate_weights)
        return states[1:]

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        (d_outputs,) = gradients
        # It may arrive with time last, and every step would gather it from all over the memory.
        d_outputs = d_outputs.contiguous()
        states, gates, candidates, kept, gate_weights, candidate_weights = ctx.saved_tensors
        n_steps, n_rows, size = candidates.shape
        short = gate_weights.dtype
        back_to_state, back_to_kept = gate_weights.t().contiguous(), candidate_weights.t().contiguous()
        d_inputs = candidates.new_empty(n_steps, n_rows, 3 * size)
        d_gates = candidates.new_empty(n_rows, 2 * size)
        d_update, d_reset = d_gates.chunk(2, dim=1)
        tanh_backward = torch.ops.aten.tanh_backward
        sigmoid_backward = torch.ops.aten.sigmoid_backward
        d_state = candidates.new_zeros(n_rows, size)
        for t in range(n_steps - 1, -1, -1):
            d_state += d_outputs[t]
            update, reset = gates[t].chunk(2, dim=1)
            state, candidate = states[t], candidates[t]
            d_before_gates, d_before_tanh = d_inputs[t, :, : 2 * size], d_inputs[t, :, 2 * size :]
            tanh_backward(d_state * update, candidate, grad_input=d_before_tanh)
            torch.mul(d_state, candidate - state, out=d_update)
            d_kept = (d_before_tanh.to(short) @ back_to_kept).to(d_state.dtype)
            torch.mul(d_kept, state, out=d_reset)
            sigmoid_backward(d_gates, gates[t], grad_input=d_before_gates)
            d_state.addcmul_(d_state, update, value=-1).addcmul_(d_kept, reset)
            d_state += d_before_gates.to(short) @ back_to_state
        flat = d_inputs.reshape(-1, 3 * size).to(short)
        d_gate_weights = states[:-1].reshape(-1, size).to(short).t() @ flat[:, : 2 * size]
        d_candidate_weights = kept.reshape(-1, size).to(short).t() @ flat[:, 2 * size :]
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

    precision   of the products; weights, states and gradients are float32 whatever it is
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
            return gru(products, self.hidden_weights.to(self.precision), self.candidate_weights.to(self.precision))
        return (lstm if self.cell == "lstm" else rnn)(products, self.hidden_weights.to(self.precision))
