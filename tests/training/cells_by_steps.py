"""The cells in torch, step by step through autograd: slower than those written out, and plain to read."""

from __future__ import annotations

import torch
from torch import Tensor


def gru(inputs: Tensor, gate_weights: Tensor, candidate_weights: Tensor) -> Tensor:
    """The states of `gru_lint.training.model.cells.gru`."""
    size = candidate_weights.shape[0]
    state = inputs.new_zeros(inputs.shape[1], size)
    states = []
    for step in inputs:
        update, reset = torch.addmm(step[:, : 2 * size], state, gate_weights).sigmoid().chunk(2, dim=1)
        candidate = torch.addmm(step[:, 2 * size :], reset * state, candidate_weights).tanh()
        state = torch.lerp(state, candidate, update)
        states.append(state)
    return torch.stack(states)


def lstm(inputs: Tensor, weights: Tensor) -> Tensor:
    """The states of `gru_lint.training.model.cells.lstm`."""
    size = weights.shape[0]
    state = inputs.new_zeros(inputs.shape[1], size)
    memory = torch.zeros_like(state)
    states = []
    for step in inputs:
        entry, forget, content, exit_ = torch.addmm(step, state, weights).chunk(4, dim=1)
        memory = forget.sigmoid() * memory + entry.sigmoid() * content.tanh()
        state = exit_.sigmoid() * memory.tanh()
        states.append(state)
    return torch.stack(states)


def rnn(inputs: Tensor, weights: Tensor) -> Tensor:
    """The states of `gru_lint.training.model.cells.rnn`."""
    state = inputs.new_zeros(inputs.shape[1], weights.shape[0])
    states = []
    for step in inputs:
        state = torch.addmm(step, state, weights).tanh()
        states.append(state)
    return torch.stack(states)
