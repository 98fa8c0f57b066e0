"""The precision of training: products with inputs in whichever this processor takes faster, and no denormal numbers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import torch

PRECISIONS: Final = ("bfloat16", "float32")
# The products of the words of a batch with an encoder's weights, and rounds enough to tell 2 from 3.
_ROWS, _INPUTS, _OUTPUTS, _ROUNDS = 4_096, 128, 768, 20


def fastest_precision(
    multiply: Callable[[torch.Tensor, torch.Tensor], torch.Tensor] = torch.matmul,
    clock: Callable[[], float] = time.perf_counter,
) -> str:
    """The name of the precision in which products of the recurrence's size take the least time, measured here and now.

    bfloat16 is twice as fast as float32 on one processor and fifty times slower on the next, without AVX-512.
    """
    return min(PRECISIONS, key=lambda name: _seconds(getattr(torch, name), multiply, clock))


@contextmanager
def without_denormals() -> Iterator[None]:
    """Takes numbers below 1e-38 for zero meanwhile, in this thread.

    Gradients fade over the steps of a window until they are such numbers, which a processor takes many times longer
    for: of a network that has read a hundred million words a step takes a quarter longer with them.
    """
    torch.set_flush_denormal(True)
    try:
        yield
    finally:
        torch.set_flush_denormal(False)


def _seconds(
    precision: torch.dtype,
    multiply: Callable[[torch.Tensor, torch.Tensor], torch.Tensor],
    clock: Callable[[], float],
) -> float:
    """The time of the quickest of several rounds: what else the machine does only adds to it.

    No two batches hold as many words, and what a product of a new size takes to prepare belongs to it.
    """
    words = torch.ones(_ROWS, _INPUTS)
    weights = torch.ones(_INPUTS, _OUTPUTS)
    quickest = float("inf")
    for number in range(_ROUNDS):
        started = clock()
        multiply(words[number:].to(precision), weights.to(precision))
        quickest = min(quickest, clock() - started)
    return quickest
