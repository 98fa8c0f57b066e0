"""The simple RNN and the LSTM over a sequence, with their gradients written out as the GRU's is in `cells`.

Through autograd, step by step, either takes three times as long: a comparison of cells would be one of programs.
Tests compare them with autograd, step by step, and with torch.nn.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor


class RNNSequence(torch.autograd.Function):
    """Inputs (T, B, H) and weights (H, H) to states (T, B, H): h' = tanh(x + h W)."""

    @staticmethod
    def forward(ctx: Any, inputs: Tensor, weights: Tensor) -> Tensor:
        n_steps, n_rows, size = inputs.shape
        states = inputs.new_zeros(n_steps + 1, n_rows, size)
        for t in range(n_steps):
            torch.add(inputs[t], states[t] @ weights, out=states[t + 1])
            states[t + 1].tanh_()
        ctx.save_for_backward(states, weights)
        return states[1:]

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, Tensor]:
        # It may arrive with time last, and every step would gather it from all over the memory.
        d_outputs = gradients[0].contiguous()
        states, weights = ctx.saved_tensors
        n_steps, n_rows, size = d_outputs.shape
        back_to_state = weights.t().contiguous()
        d_inputs = torch.empty_like(d_outputs)
        d_state = d_outputs.new_zeros(n_rows, size)
        for t in range(n_steps - 1, -1, -1):
            d_state += d_outputs[t]
            torch.ops.aten.tanh_backward(d_state, states[t + 1], grad_input=d_inputs[t])
            d_state = d_inputs[t] @ back_to_state
        return d_inputs, _weight_gradient(states, d_inputs)


class LSTMSequence(torch.autograd.Function):
    """Inputs (T, B, 4H) and weights (H, 4H), input, forget, cell, output, to states (T, B, H); see `cells.lstm`."""

    @staticmethod
    def forward(ctx: Any, inputs: Tensor, weights: Tensor) -> Tensor:
        n_steps, n_rows, width = inputs.shape
        size = width // 4
        states = inputs.new_zeros(n_steps + 1, n_rows, size)
        memories = inputs.new_zeros(n_steps + 1, n_rows, size)
        shown = inputs.new_empty(n_steps, n_rows, size)
        gates = inputs.new_empty(n_steps, n_rows, width)
        for t in range(n_steps):
            gate = gates[t]
            torch.add(inputs[t], states[t] @ weights, out=gate)
            gate[:, : 2 * size].sigmoid_()
            gate[:, 2 * size : 3 * size].tanh_()
            gate[:, 3 * size :].sigmoid_()
            entry, forget, content, exit_ = gate.chunk(4, dim=1)
            torch.mul(forget, memories[t], out=memories[t + 1]).addcmul_(entry, content)
            torch.tanh(memories[t + 1], out=shown[t])
            torch.mul(exit_, shown[t], out=states[t + 1])
        ctx.save_for_backward(states, memories, shown, gates, weights)
        return states[1:]

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, Tensor]:
        d_outputs = gradients[0].contiguous()
        states, memories, shown, gates, weights = ctx.saved_tensors
        n_steps, n_rows, size = d_outputs.shape
        back_to_state = weights.t().contiguous()
        sigmoid_backward, tanh_backward = torch.ops.aten.sigmoid_backward, torch.ops.aten.tanh_backward
        d_inputs = torch.empty_like(gates)
        d_state, d_memory = d_outputs.new_zeros(2, n_rows, size)
        for t in range(n_steps - 1, -1, -1):
            d_state += d_outputs[t]
            entry, forget, content, exit_ = gates[t].chunk(4, dim=1)
            d_entry, d_forget, d_content, d_exit = d_inputs[t].chunk(4, dim=1)
            sigmoid_backward(d_state * shown[t], exit_, grad_input=d_exit)
            d_memory += tanh_backward(d_state * exit_, shown[t])
            sigmoid_backward(d_memory * content, entry, grad_input=d_entry)
            sigmoid_backward(d_memory * memories[t], forget, grad_input=d_forget)
            tanh_backward(d_memory * entry, content, grad_input=d_content)
            d_memory *= forget
            d_state = d_inputs[t] @ back_to_state
        return d_inputs, _weight_gradient(states, d_inputs)


def _weight_gradient(states: Tensor, d_inputs: Tensor) -> Tensor:
    """(H, gates * H), in one product over all steps."""
    before = states[:-1].reshape(-1, states.shape[-1])
    return before.t() @ d_inputs.reshape(-1, d_inputs.shape[-1])
