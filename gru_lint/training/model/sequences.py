"""The simple RNN and the LSTM over a sequence, with their gradients written out as the GRU's is in `cells`.

Through autograd, step by step, either takes three times as long: a comparison of cells would be one of programs.
Tests compare them with autograd, step by step, and with torch.nn.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor


def by_step(*sequences: Tensor) -> list[tuple[Tensor, ...]]:
    """Each sequence as its steps, at once: to take one at each step costs as much as a small product."""
    return [sequence.unbind() for sequence in sequences]


class RNNSequence(torch.autograd.Function):
    """Inputs (T, B, H) and weights (H, H) to states (T, B, H): h' = tanh(x + h W)."""

    @staticmethod
    def forward(ctx: Any, inputs: Tensor, weights: Tensor) -> Tensor:
        n_steps, n_rows, size = inputs.shape
        states = inputs.new_zeros(n_steps + 1, n_rows, size)
        entering, state = by_step(inputs, states)
        for t in range(n_steps):
            torch.addmm(entering[t], state[t], weights, out=state[t + 1]).tanh_()
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
        # What gradients are multiplied by depends on no later step: 1 - h'².
        d_output, d_input, of_state = by_step(d_outputs, d_inputs, 1 - states[1:] * states[1:])
        d_state = d_outputs.new_zeros(n_rows, size)
        for t in range(n_steps - 1, -1, -1):
            d_state += d_output[t]
            torch.mul(d_state, of_state[t], out=d_input[t])
            torch.mm(d_input[t], back_to_state, out=d_state)
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
        entering, state, memory, shown_at, gate = by_step(inputs, states, memories, shown, gates)
        entry, forget, content, exit_ = by_step(*gates.chunk(4, dim=-1))
        (entry_and_forget,) = by_step(gates[..., : 2 * size])
        for t in range(n_steps):
            torch.addmm(entering[t], state[t], weights, out=gate[t])
            entry_and_forget[t].sigmoid_()
            content[t].tanh_()
            exit_[t].sigmoid_()
            torch.mul(forget[t], memory[t], out=memory[t + 1]).addcmul_(entry[t], content[t])
            torch.tanh(memory[t + 1], out=shown_at[t])
            torch.mul(exit_[t], shown_at[t], out=state[t + 1])
        ctx.save_for_backward(states, memories, shown, gates, weights)
        return states[1:]

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, Tensor]:
        d_outputs = gradients[0].contiguous()
        states, memories, shown, gates, weights = ctx.saved_tensors
        n_steps, n_rows, size = d_outputs.shape
        back_to_state = weights.t().contiguous()
        entry, forget, content, exit_ = gates.chunk(4, dim=-1)
        # What gradients are multiplied by depends on no later step:
        # a gate's slope is g (1 - g), the content's 1 - g².
        to_exit = shown * exit_ * (1 - exit_)
        to_memory = exit_ * (1 - shown * shown)
        to_entry = content * entry * (1 - entry)
        to_forget = memories[:-1] * forget * (1 - forget)
        to_content = entry * (1 - content * content)
        factors = by_step(to_exit, to_memory, to_entry, to_forget, to_content, forget)
        of_exit, of_memory, of_entry, of_forget, of_content, kept = factors
        d_inputs = torch.empty_like(gates)
        d_entry, d_forget, d_content, d_exit = by_step(*d_inputs.chunk(4, dim=-1))
        d_output, d_input = by_step(d_outputs, d_inputs)
        d_state, d_memory = d_outputs.new_zeros(2, n_rows, size)
        for t in range(n_steps - 1, -1, -1):
            d_state += d_output[t]
            torch.mul(d_state, of_exit[t], out=d_exit[t])
            d_memory.addcmul_(d_state, of_memory[t])
            torch.mul(d_memory, of_entry[t], out=d_entry[t])
            torch.mul(d_memory, of_forget[t], out=d_forget[t])
            torch.mul(d_memory, of_content[t], out=d_content[t])
            d_memory *= kept[t]
            torch.mm(d_input[t], back_to_state, out=d_state)
        return d_inputs, _weight_gradient(states, d_inputs)


def _weight_gradient(states: Tensor, d_inputs: Tensor) -> Tensor:
    """(H, gates * H), in one product over all steps."""
    before = states[:-1].reshape(-1, states.shape[-1])
    return before.t() @ d_inputs.reshape(-1, d_inputs.shape[-1])
