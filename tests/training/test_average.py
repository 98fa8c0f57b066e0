"""The mean of two networks, of which one was trained on from the other."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("torch", reason="training needs torch")

from gru_lint.model.weights import read_weights
from gru_lint.model.weights_path import default_weights_path
from gru_lint.training.export import averaged


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


def test_networks_of_other_sizes_have_no_mean() -> None:
    weights = read_weights(default_weights_path())
    arrays = {**weights.arrays, "head.bias": weights.arrays["head.bias"][:-1]}
    with pytest.raises(ValueError, match=r"head\.bias: the two networks have"):
        averaged(replace(weights, arrays=arrays), weights, "average them")
