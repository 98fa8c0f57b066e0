"""The cells in NumPy against torch, ONNX and known values.

`python tests/model/test_cells.py --rewrite` writes tests/golden/cells.npz anew from torch.nn and ONNX;
the file keeps NumPy's cells to the same values where neither is installed.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from cell_examples import (
    OPEN,
    Example,
    by_onnx,
    by_torch_nn,
    by_torch_twin,
    cell_of,
    check,
    example,
    floats,
    run_together,
)

from gru_lint.model.cells import Floats, run_cell, sigmoid
from gru_lint.model.sizes import N_GATES

GOLDEN = Path(__file__).parents[1] / "golden" / "cells.npz"


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
    check(run_together(given.in_numpy(), given.products), reference(given))


@pytest.mark.parametrize("cell", N_GATES)
def test_cell_against_golden_file(cell: str) -> None:
    with np.load(GOLDEN, allow_pickle=False) as arrays:
        given = {name.partition(".")[2]: array for name, array in arrays.items() if name.startswith(f"{cell}.")}
    in_numpy = cell_of(cell, given["hidden_weights"], given["candidate_weights"])
    check(run_together(in_numpy, given["products"]), given["states"])


@pytest.mark.parametrize("cell", N_GATES)
def test_rows_do_not_touch_each_other(cell: str) -> None:
    given = example(cell)
    alone = given.products[:, 1:2]
    check(run_together(given.in_numpy(), alone), run_together(given.in_numpy(), given.products)[:, 1:2])


# How many words each row has: none, rows in any order, as many as BLAS multiplies together and a few more.
LENGTHS = [[7], [3, 7, 5], [0, 4], [4, 0, 0], [1, 2, 3, 4, 5, 6, 7], [5] * 8, [2, 7] * 5, [0, 0]]


@pytest.mark.parametrize("cell", N_GATES)
@pytest.mark.parametrize("lengths", LENGTHS, ids=str)
def test_rows_of_any_lengths_are_each_read_as_if_alone(cell: str, lengths: list[int]) -> None:
    given = example(cell, n_rows=len(lengths))
    products = given.products.reshape(-1, given.products.shape[-1])
    # The same words in each row, from another one on.
    rows = [(np.arange(length) + 3 * number) % len(products) for number, length in enumerate(lengths)]
    initial = np.random.default_rng(1).normal(size=(len(rows), given.in_numpy().n_state)).astype(np.float32)
    for start in (None, initial):
        together = run_cell(given.in_numpy(), products, rows, start)
        for number, (row, states) in enumerate(zip(rows, together, strict=True)):
            state = np.zeros_like(initial[:1]) if start is None else start[number : number + 1]
            assert states.shape == (len(row), given.in_numpy().n_hidden)
            for word, own in zip(row, states, strict=True):
                state = given.in_numpy().step(products[word : word + 1], state)
                check(own, state[0, : len(own)])


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


def test_torch_gru_is_another_variant() -> None:
    # Should these ever agree, the examples above no longer tell the variants apart.
    given = example("gru")
    assert np.abs(run_together(given.in_numpy(), given.products) - by_torch_nn(given)).max() > 0.1


def test_torch_gru_differs_by_the_place_of_its_reset_gate_alone() -> None:
    given = example("gru")
    size = len(given.candidate_weights)
    # With the reset gate always open, before and after the product are the same.
    given.input_weights[:, size : 2 * size] = 0
    given.hidden_weights[:, size:] = 0
    given.biases[size : 2 * size] = OPEN
    check(run_together(given.in_numpy(), given.products), by_torch_nn(given))


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
