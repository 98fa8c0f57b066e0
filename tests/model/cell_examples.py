"""Cells with random weights, and what torch and ONNX make of the same weights and inputs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from gru_lint.model.cells import Cell, Floats, GRUCell, run_cell
from gru_lint.model.sizes import N_GATES
from studies.cells.other_cells import LSTMCell, RNNCell

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


def run_together(cell: Cell, products: Floats) -> Floats:
    """The hidden states (T, B, H) of B rows of T words each, all of which are distinct: products (T, B, gates * H)."""
    n_steps, n_rows, n_products = products.shape
    rows = np.arange(n_steps * n_rows).reshape(n_steps, n_rows).T
    return np.stack(run_cell(cell, products.reshape(-1, n_products), list(rows)), axis=1)


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
