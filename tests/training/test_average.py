"""The mean of two networks, of which one was trained on from the other."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("torch", reason="training needs torch")

from gru_lint.model.weights import read_weights
from gru_lint.model.weights_path import default_weights_path
from gru_lint.training.export import averaged
from gru_lint.training.widen import widened


def test_the_mean_of_two_networks_word_by_word() -> None:
    weights = read_weights(default_weights_path())
    # The last two words have changed places there.
    *others, first, second = weights.vocabulary.words
    order = [*range(len(others)), len(others) + 1, len(others)]
    arrays = {name: array + np.float32(2) for name, array in weights.arrays.items()}
    arrays["words"] = arrays["words"][order]
    changed = replace(weights, vocabulary=replace(weights.vocabulary, words=(*others, second, first)), arrays=arrays)
    mean = averaged(changed, weights, "average them")
    assert mean.vocabulary == weights.vocabulary
    for name, array in mean.arrays.items():
        np.testing.assert_allclose(array, weights.arrays[name] + 1, atol=1e-5)
    assert mean.metadata["command"] == f"{weights.metadata['command']}, then average them"
    assert (mean.scales, mean.thresholds, mean.profiles) == ({}, {}, {})


def test_units_that_the_second_network_has_more_are_heard_half_as_much() -> None:
    narrow = read_weights(default_weights_path())
    n_before = narrow.architecture.n_forward
    sizes = replace(narrow.architecture, n_forward=n_before + 1)
    wide = {}
    for name, array in narrow.arrays.items():
        begun = np.ones([n + _n_added(name, axis) for axis, n in enumerate(array.shape)], np.float32)
        wide[name] = widened(name, array, begun, narrow.architecture, sizes)
        # Had it learnt, the added unit would be heard.
        wide[name][wide[name] == 0] = 1.0
    mean = averaged(narrow, replace(narrow, architecture=sizes, arrays=wide), "average them").arrays
    candidate = mean["forward_encoder.candidate_weights"]
    np.testing.assert_array_equal(candidate[-1, :-1], 0.5)
    np.testing.assert_array_equal(candidate[:, -1], 1.0)
    np.testing.assert_array_equal(mean["head.weight"][:, n_before], 0.5)
    np.testing.assert_array_equal(mean["forward_values.weight"][:, -1], 0.5)


def _n_added(name: str, axis: int) -> int:
    """By how much an axis grows where the forward encoder gets one unit more."""
    _, _, array = name.partition("forward_encoder.")
    if array:
        gates = {"input_weights": (0, 3), "biases": (3,), "hidden_weights": (1, 2), "candidate_weights": (1, 1)}
        return gates[array][axis]
    reads = ("forward_keys.weight", "forward_values.weight", "query.weight", "head.weight")
    return int(axis == 1 and name.endswith(reads))


def test_networks_of_other_sizes_have_no_mean() -> None:
    weights = read_weights(default_weights_path())
    arrays = {**weights.arrays, "head.bias": weights.arrays["head.bias"][:-1]}
    with pytest.raises(ValueError, match=r"head\.bias has another shape"):
        averaged(replace(weights, arrays=arrays), weights, "average them")
