"""The cells in NumPy against torch, ONNX and known values, and every word of their formulas.

`python -m tests.test_cells --rewrite` writes tests/golden/cells.npz anew from torch.nn and ONNX;
the file keeps NumPy's cells to the same values where neither is installed.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from gru_lint.model.cells import Cell, Floats, GRUCell, LSTMCell, RNNCell, run_cell, sigmoid
from gru_lint.model.sizes import N_GATES

GOLDEN = Path(__file__).parents[1] / "golden" / "cells.npz"
TOLERANCE = 1e-5
# Closes and opens a gate: σ is exactly 0 and 1 there.
SHUT, OPEN = -1000.0, 1000.0


def floats(values: object) -> Floats:
    """The values as a float32 array."""
    return np.array(values, np.float32)


@dataclass(frozen=True)
class Example:
    """Random weights of one cell, and T steps of B rows of E inputs.

    hidden_weights  (H, gates * H); for the GRU the gates alone
    """

    cell: str
    inputs: Floats
    input_weights: Floats
    biases: Floats
    hidden_weights: Floats
    candidate_weights: Floats

    @property
    def products(self) -> Floats:
        return self.inputs @ self.input_weights + self.biases

    def in_numpy(self) -> Cell:
        return cell_of(self.cell, self.hidden_weights, self.candidate_weights)


def cell_of(name: str, hidden_weights: Floats, candidate_weights: Floats) -> Cell:
    """The NumPy cell of that name."""
    if name == "gru":
        return GRUCell(hidden_weights, candidate_weights)
    return LSTMCell(hidden_weights) if name == "lstm" else RNNCell(hidden_weights)


def example(cell: str, n_steps: int = 7, n_rows: int = 3, n_inputs: int = 4, n_hidden: int = 5) -> Example:
    """The same random example every time; its weights are large, so that no gate stays near a half."""
    random = np.random.default_rng(len(cell))
    n_gates = N_GATES[cell]

    def draw(*shape: int) -> Floats:
        return random.normal(size=shape).astype(np.float32)

    return Example(
        cell,
        draw(n_steps, n_rows, n_inputs),
        draw(n_inputs, n_gates * n_hidden),
        draw(n_gates * n_hidden),
        draw(n_hidden, (2 if cell == "gru" else n_gates) * n_hidden),
        draw(n_hidden, n_hidden),
    )


def by_torch_twin(given: Example) -> Floats:
    """The hidden states of the cell in `gru_lint.training.model.cells`."""
    torch = pytest.importorskip("torch", reason="the twins are written in torch")
    from gru_lint.training.model import cells

    weights = [torch.from_numpy(given.hidden_weights)]
    if given.cell == "gru":
        weights.append(torch.from_numpy(given.candidate_weights))
    states: Floats = getattr(cells, given.cell)(torch.from_numpy(given.products), *weights).numpy()
    return states


def by_torch_nn(given: Example) -> Floats:
    """The hidden states of torch.nn.RNN, LSTM or GRU with the weights copied across."""
    torch = pytest.importorskip("torch", reason="torch.nn is the reference")
    if given.cell == "gru":
        # Its gates stand in the order reset, update, candidate, and an update gate of 1 keeps.
        size = len(given.candidate_weights)
        hidden = np.concatenate([given.hidden_weights, given.candidate_weights], axis=1)
        input_weights, biases, hidden = (
            np.concatenate([part[..., size : 2 * size], -part[..., :size], part[..., 2 * size :]], axis=-1)
            for part in (given.input_weights, given.biases, hidden)
        )
    else:
        input_weights, biases, hidden = given.input_weights, given.biases, given.hidden_weights
    kind = {"rnn": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[given.cell]
    module = kind(given.inputs.shape[-1], len(given.hidden_weights))
    module.load_state_dict(
        {
            "weight_ih_l0": torch.from_numpy(input_weights.T.copy()),
            "weight_hh_l0": torch.from_numpy(hidden.T.copy()),
            "bias_ih_l0": torch.from_numpy(biases),
            "bias_hh_l0": torch.zeros(len(biases)),
        }
    )
    with torch.no_grad():
        states: Floats = module(torch.from_numpy(given.inputs))[0].numpy()
    return states


def by_onnx(given: Example) -> Floats:
    """The hidden states of ONNX's GRU, which applies the reset gate before the product.

    Its gates stand in the order update, reset, candidate; its update gate z is 1 − u, and
    1 − σ(x) = σ(−x), so what leads to the update gate changes sign.
    """
    pytest.importorskip("onnx", reason="ONNX's own evaluator is the reference")
    from onnx import TensorProto, helper
    from onnx.reference import ReferenceEvaluator

    size = len(given.candidate_weights)
    hidden = np.concatenate([given.hidden_weights, given.candidate_weights], axis=1)
    signs = np.repeat(floats([-1, 1, 1]), size)
    biases = np.concatenate([given.biases * signs, np.zeros_like(given.biases)])
    node = helper.make_node("GRU", ["X", "W", "R", "B"], ["Y"], hidden_size=size, linear_before_reset=0)
    graph = helper.make_graph(
        [node],
        "gru",
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in "XWRB"],
        [helper.make_tensor_value_info("Y", TensorProto.FLOAT, None)],
    )
    fed = {
        "X": given.inputs,
        "W": (given.input_weights * signs).T[None],
        "R": (hidden * signs).T[None],
        "B": biases[None],
    }
    (states,) = ReferenceEvaluator(helper.make_model(graph)).run(None, fed)  # (T, 1, B, H)
    found: Floats = np.asarray(states)[:, 0]
    return found


def check(found: Floats, wanted: object) -> None:
    """The values are those wanted, in shape and to five places, and still float32."""
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, floats(wanted), rtol=0, atol=TOLERANCE)


REFERENCES: dict[str, tuple[str, Callable[[Example], Floats]]] = {
    "rnn and its twin": ("rnn", by_torch_twin),
    "lstm and its twin": ("lstm", by_torch_twin),
    "gru and its twin": ("gru", by_torch_twin),
    "rnn and torch.nn.RNN": ("rnn", by_torch_nn),
    "lstm and torch.nn.LSTM": ("lstm", by_torch_nn),
    "gru and ONNX's GRU": ("gru", by_onnx),
}


@pytest.mark.parametrize(("cell", "reference"), REFERENCES.values(), ids=REFERENCES)
def test_cell_against_reference(cell: str, reference: Callable[[Example], Floats]) -> None:
    given = example(cell)
    check(run_cell(given.in_numpy(), given.products), reference(given))


@pytest.mark.parametrize("cell", N_GATES)
def test_cell_against_golden_file(cell: str) -> None:
    with np.load(GOLDEN, allow_pickle=False) as arrays:
        given = {name.partition(".")[2]: array for name, array in arrays.items() if name.startswith(f"{cell}.")}
    in_numpy = cell_of(cell, given["hidden_weights"], given["candidate_weights"])
    check(run_cell(in_numpy, given["products"]), given["states"])


@pytest.mark.parametrize("cell", N_GATES)
def test_rows_do_not_touch_each_other(cell: str) -> None:
    given = example(cell)
    alone = given.products[:, 1:2]
    check(run_cell(given.in_numpy(), alone), run_cell(given.in_numpy(), given.products)[:, 1:2])


@pytest.mark.parametrize(("cell", "n_state"), [("rnn", 5), ("lstm", 10), ("gru", 5)])
def test_sizes(cell: str, n_state: int) -> None:
    in_numpy = example(cell).in_numpy()
    assert (in_numpy.n_hidden, in_numpy.n_state) == (5, n_state)


@pytest.mark.parametrize("cell", N_GATES)
def test_step_leaves_its_arguments_alone(cell: str) -> None:
    given = example(cell)
    in_numpy = given.in_numpy()
    products, state = given.products[0], np.full((3, in_numpy.n_state), 0.5, np.float32)
    copies = products.copy(), state.copy()
    in_numpy.step(products, state)
    np.testing.assert_array_equal(products, copies[0])
    np.testing.assert_array_equal(state, copies[1])


# One step each, every number written out: what a word of a formula changes, a row here shows.
# Two units, and W_c sends unit 0 to unit 1 (weight 2) and unit 1 to unit 0 (weight 3).
CROSSED = GRUCell(np.zeros((2, 4), np.float32), floats([[0, 2], [3, 0]]))
# The gates read unit 0 alone: the update gates with weight ln 3, the reset gates not at all.
UPDATE_READS = GRUCell(floats([[np.log(3), np.log(3), 0, 0], [0, 0, 0, 0]]), np.zeros((2, 2), np.float32))
RESET_READS = GRUCell(floats([[0, 0, np.log(3), np.log(3)], [0, 0, 0, 0]]), floats([[1, 0], [0, 1]]))
CLOSED_LSTM = LSTMCell(np.zeros((1, 4), np.float32))
STATE = [[0.5, -0.25]]
STEPS: dict[str, tuple[Cell, list[float], object, object]] = {
    "update gate 0 keeps the state": (CROSSED, [SHUT, SHUT, OPEN, OPEN, 0.7, -0.7], STATE, STATE),
    "update gate 1 takes the candidate": (
        CROSSED,
        [OPEN, OPEN, SHUT, SHUT, 0.7, -0.7],
        STATE,
        [[np.tanh(0.7), np.tanh(-0.7)]],
    ),
    "each unit has its own update gate": (
        CROSSED,
        [OPEN, SHUT, SHUT, SHUT, 0.7, -0.7],
        STATE,
        [[np.tanh(0.7), -0.25]],
    ),
    "an update gate of a quarter takes a quarter": (
        CROSSED,
        [-np.log(3), -np.log(3), SHUT, SHUT, 0.7, -0.7],
        STATE,
        [[0.25 * np.tanh(0.7) + 0.75 * 0.5, 0.25 * np.tanh(-0.7) - 0.75 * 0.25]],
    ),
    "reset gate 0 lets the state go": (CROSSED, [OPEN, OPEN, SHUT, SHUT, 0.0, 0.0], STATE, [[0.0, 0.0]]),
    "reset gate 1 lets the state in, each unit by its own row of weights": (
        CROSSED,
        [OPEN, OPEN, OPEN, OPEN, 0.1, 0.2],
        STATE,
        [[np.tanh(0.1 - 0.25 * 3), np.tanh(0.2 + 0.5 * 2)]],
    ),
    # After the product, the open gate of unit 0 would let unit 1 through the weight 3 instead.
    "reset gate works before the product": (
        CROSSED,
        [OPEN, OPEN, OPEN, SHUT, 0.0, 0.0],
        STATE,
        [[0.0, np.tanh(0.5 * 2)]],
    ),
    "update gate reads the state": (UPDATE_READS, [0, 0, OPEN, OPEN, OPEN, OPEN], [[1.0, 0.0]], [[1.0, 0.75]]),
    "reset gate reads the state": (
        RESET_READS,
        [OPEN, OPEN, 0, 0, 0, 0],
        [[1.0, 0.8]],
        [[np.tanh(0.75), np.tanh(0.75 * 0.8)]],
    ),
    "lstm: forget gate 1 keeps the memory": (
        CLOSED_LSTM,
        [SHUT, OPEN, 0.7, OPEN],
        [[0.1, 0.6]],
        [[np.tanh(0.6), 0.6]],
    ),
    "lstm: forget gate 0 drops the memory": (CLOSED_LSTM, [SHUT, SHUT, 0.7, OPEN], [[0.1, 0.6]], [[0.0, 0.0]]),
    "lstm: input gate 1 adds the candidate": (
        CLOSED_LSTM,
        [OPEN, OPEN, 0.7, OPEN],
        [[0.1, 0.6]],
        [[np.tanh(0.6 + np.tanh(0.7)), 0.6 + np.tanh(0.7)]],
    ),
    "lstm: output gate 0 shows nothing and keeps the memory": (
        CLOSED_LSTM,
        [SHUT, OPEN, 0.7, SHUT],
        [[0.1, 0.6]],
        [[0.0, 0.6]],
    ),
    "lstm: the gates read the hidden state, not the memory": (
        LSTMCell(floats([[np.log(3), 0, 0, 0]])),
        [0, SHUT, OPEN, OPEN],
        [[1.0, -1.0]],
        [[np.tanh(0.75), 0.75]],
    ),
    "rnn: the state is overwritten": (
        RNNCell(np.zeros((2, 2), np.float32)),
        [0.7, -0.7],
        STATE,
        np.tanh([[0.7, -0.7]]),
    ),
    "rnn: the state comes in by its own row of weights": (
        RNNCell(floats([[0, 2], [3, 0]])),
        [0.1, 0.2],
        STATE,
        [[np.tanh(0.1 - 0.25 * 3), np.tanh(0.2 + 0.5 * 2)]],
    ),
}


@pytest.mark.parametrize(("cell", "products", "state", "wanted"), STEPS.values(), ids=STEPS)
def test_step(cell: Cell, products: list[float], state: object, wanted: object) -> None:
    check(cell.step(floats([products]), floats(state)), wanted)


def test_torch_gru_is_another_variant() -> None:
    # Should these ever agree, the examples above no longer tell the variants apart.
    given = example("gru")
    assert np.abs(run_cell(given.in_numpy(), given.products) - by_torch_nn(given)).max() > 0.1


def test_torch_gru_differs_by_the_place_of_its_reset_gate_alone() -> None:
    given = example("gru")
    size = len(given.candidate_weights)
    # With the reset gate always open, before and after the product are the same.
    given.input_weights[:, size : 2 * size] = 0
    given.hidden_weights[:, size:] = 0
    given.biases[size : 2 * size] = OPEN
    check(run_cell(given.in_numpy(), given.products), by_torch_nn(given))


# For each cell the written-out gradient, then autograd's.
FUNCTIONS = {"rnn": ("rnn", "rnn_by_steps"), "lstm": ("lstm", "lstm_by_steps"), "gru": ("gru", "gru_by_steps")}


def cell_arguments(cell: str, n_steps: int, n_rows: int, n_hidden: int) -> tuple[Any, ...]:
    """Inputs, weights of the gates and, for the GRU, of the candidate in double, each wanting its gradient."""
    torch = pytest.importorskip("torch", reason="gradients are taken in torch")
    generator = torch.Generator().manual_seed(1)
    n_gates = N_GATES[cell]
    shapes = [(n_steps, n_rows, n_gates * n_hidden), (n_hidden, (2 if cell == "gru" else n_gates) * n_hidden)]
    if cell == "gru":
        shapes.append((n_hidden, n_hidden))
    return tuple(torch.randn(shape, dtype=torch.float64, generator=generator).requires_grad_() for shape in shapes)


@pytest.mark.parametrize(("cell", "function"), [(cell, name) for cell, names in FUNCTIONS.items() for name in names])
def test_gradient_by_differences(cell: str, function: str) -> None:
    torch = pytest.importorskip("torch", reason="gradients are taken in torch")
    from gru_lint.training.model import cells

    assert torch.autograd.gradcheck(getattr(cells, function), cell_arguments(cell, 4, 2, 3))


@pytest.mark.parametrize("cell", FUNCTIONS)
@pytest.mark.parametrize("n_steps", [1, 2, 9])
@pytest.mark.parametrize(
    "last_alone", [False, True], ids=["every state has a gradient", "the last state alone has one"]
)
def test_gradient_against_autograd(cell: str, n_steps: int, last_alone: bool) -> None:
    torch = pytest.importorskip("torch", reason="gradients are taken in torch")
    from gru_lint.training.model import cells

    outcomes = []
    for function in FUNCTIONS[cell]:
        arguments = cell_arguments(cell, n_steps, 3, 4)
        states = getattr(cells, function)(*arguments)
        toward = torch.randn(states.shape, dtype=torch.float64, generator=torch.Generator().manual_seed(2))
        (states[-1] * toward[-1] if last_alone else states * toward).sum().backward()
        outcomes.append([states.detach(), *(argument.grad for argument in arguments)])
    for written_out, by_autograd in zip(*outcomes, strict=True):
        torch.testing.assert_close(written_out, by_autograd, rtol=0, atol=1e-10)


def test_short_products_keep_a_long_memory() -> None:
    torch = pytest.importorskip("torch", reason="gradients are taken in torch")
    from gru_lint.training.model.cells import gru

    # An update gate near 0.001 moves the state by less than bfloat16 can tell from 1.
    inputs = torch.zeros(500, 1, 3)
    inputs[..., 0], inputs[..., 2] = -7.0, 5.0
    states = []
    for precision in (torch.float32, torch.bfloat16):
        weights = (torch.zeros(1, 2, dtype=precision), torch.zeros(1, 1, dtype=precision))
        states.append(gru(inputs, *weights))
    assert float(states[0][-1]) > 0.3
    torch.testing.assert_close(*states, rtol=1e-6, atol=0)


@pytest.mark.parametrize(
    ("value", "wanted"), [(-1000.0, 0.0), (-1.0, 1 / (1 + np.e)), (0.0, 0.5), (1.0, np.e / (1 + np.e)), (1000.0, 1.0)]
)
def test_sigmoid(value: float, wanted: float) -> None:
    with warnings.catch_warnings(), np.errstate(all="raise"):
        warnings.simplefilter("error")
        check(sigmoid(floats([value])), [wanted])


def rewrite_golden() -> None:
    """Writes the golden file from the reference implementations."""
    arrays: dict[str, npt.NDArray[Any]] = {}
    for cell in N_GATES:
        given = example(cell, n_steps=5, n_rows=2, n_inputs=2, n_hidden=3)
        arrays[f"{cell}.products"] = given.products
        arrays[f"{cell}.hidden_weights"] = given.hidden_weights
        arrays[f"{cell}.candidate_weights"] = given.candidate_weights
        arrays[f"{cell}.states"] = by_onnx(given) if cell == "gru" else by_torch_nn(given)
    GOLDEN.parent.mkdir(exist_ok=True)
    np.savez_compressed(GOLDEN, **arrays)  # type: ignore[arg-type]  # numpy's stub


if __name__ == "__main__" and "--rewrite" in sys.argv[1:]:
    rewrite_golden()
