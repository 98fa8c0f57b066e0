"""The gradients of the cells in torch: those written out against autograd's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from gru_lint.model.sizes import N_GATES

# Of each the gradient that is written out, and that of autograd.
CELLS = ("rnn", "lstm", "gru")


def functions(cell: str) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """The cell over a sequence with its gradient written out, and step by step through autograd."""
    import cells_by_steps

    from gru_lint.training.model import cells

    return getattr(cells, cell), getattr(cells_by_steps, cell)


def cell_arguments(cell: str, n_steps: int, n_rows: int, n_hidden: int) -> tuple[Any, ...]:
    """Inputs, weights of the gates and, for the GRU, of the candidate in double, each wanting its gradient."""
    torch = pytest.importorskip("torch", reason="gradients are taken in torch")
    generator = torch.Generator().manual_seed(1)
    n_gates = N_GATES[cell]
    shapes = [(n_steps, n_rows, n_gates * n_hidden), (n_hidden, (2 if cell == "gru" else n_gates) * n_hidden)]
    if cell == "gru":
        shapes.append((n_hidden, n_hidden))
    return tuple(torch.randn(shape, dtype=torch.float64, generator=generator).requires_grad_() for shape in shapes)


@pytest.mark.parametrize("which", [0, 1], ids=["written out", "by autograd"])
@pytest.mark.parametrize("cell", CELLS)
def test_gradient_by_differences(cell: str, which: int) -> None:
    torch = pytest.importorskip("torch", reason="gradients are taken in torch")
    assert torch.autograd.gradcheck(functions(cell)[which], cell_arguments(cell, 4, 2, 3))


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("n_steps", [1, 2, 9])
@pytest.mark.parametrize(
    "last_alone", [False, True], ids=["every state has a gradient", "the last state alone has one"]
)
def test_gradient_against_autograd(cell: str, n_steps: int, last_alone: bool) -> None:
    torch = pytest.importorskip("torch", reason="gradients are taken in torch")
    outcomes = []
    for function in functions(cell):
        arguments = cell_arguments(cell, n_steps, 3, 4)
        states = function(*arguments)
        toward = torch.randn(states.shape, dtype=torch.float64, generator=torch.Generator().manual_seed(2))
        (states[-1] * toward[-1] if last_alone else states * toward).sum().backward()
        outcomes.append([states.detach(), *(argument.grad for argument in arguments)])
    for written_out, by_autograd in zip(*outcomes, strict=True):
        torch.testing.assert_close(written_out, by_autograd, rtol=0, atol=1e-10)


def test_short_products_keep_a_long_memory() -> None:
    torch = pytest.importorskip("torch", reason="gradients are taken in torch")
    from gru_lint.training.model.cells import Encoder

    # An update gate near 0.001 moves the state by less than bfloat16 can tell from 1.
    states = []
    for precision in (torch.float32, torch.bfloat16):
        encoder = Encoder("gru", 1, 1, precision)
        with torch.no_grad():
            for parameter in encoder.parameters():
                parameter.zero_()
            encoder.biases.copy_(torch.tensor([-7.0, 0.0, 5.0]))
            states.append(encoder(torch.zeros(500, 1, 1)))
    assert float(states[0][-1]) > 0.3
    torch.testing.assert_close(*states, rtol=1e-6, atol=0)
