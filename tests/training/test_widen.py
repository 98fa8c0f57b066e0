"""A network with more hidden units that begins with the weights of a narrower one."""

# ruff: noqa: E402 - what imports torch comes after the check that it is there
from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs torch")

from stories import sizes_for

from gru_lint.english.vocabulary import load_vocabulary
from gru_lint.model.weights import Weights
from gru_lint.training.checkpoint import start_from
from gru_lint.training.data.augment import AugmentationRates, word_tables
from gru_lint.training.data.batches import make_batch
from gru_lint.training.data.sampling import epoch_batches, load_pieces
from gru_lint.training.export import export
from gru_lint.training.loss import loss_of
from gru_lint.training.model.network import AgreementNetwork

MORE = {"n_forward": 5, "n_backward": 3}


@pytest.fixture
def narrow(encoded: Path) -> AgreementNetwork:
    """A network with random weights that 16 bits hold."""
    torch.manual_seed(0)
    sizes = replace(sizes_for(load_vocabulary(encoded / "vocabulary.npz")), judges_verbs=True)
    network = AgreementNetwork(sizes).eval()
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.copy_(torch.randn_like(parameter).mul_(0.3).half().float())
    return network


def exported(network: AgreementNetwork, encoded: Path, folder: Path) -> Path:
    """The file of a network's weights."""
    arrays = {name: array.numpy() for name, array in network.state_dict().items()}
    vocabulary = load_vocabulary(encoded / "vocabulary.npz")
    return export(Weights(network.sizes, vocabulary, arrays, {}, {}, {}, {}), folder)


def widened(network: AgreementNetwork, path: Path, encoded: Path) -> AgreementNetwork:
    """A network with more hidden units, begun with the weights in a file."""
    sizes = network.sizes
    wide = AgreementNetwork(replace(sizes, **{name: getattr(sizes, name) + more for name, more in MORE.items()}))
    assert start_from(path, wide, load_vocabulary(encoded / "vocabulary.npz")) == ()
    return wide.eval()


def test_a_widened_network_says_the_same(narrow: AgreementNetwork, encoded: Path, tmp_path: Path) -> None:
    wide = widened(narrow, exported(narrow, encoded, tmp_path), encoded)
    tables = word_tables(load_vocabulary(encoded / "vocabulary.npz"))
    pieces = load_pieces(encoded, tables)
    ((number, windows), *_) = epoch_batches(pieces, narrow.sizes.window_length, 600, seed=9)
    rates = AugmentationRates(0, 0, 0, 0, 0)
    batch = make_batch(pieces[number], windows, tables, rates, np.random.default_rng(0))
    with torch.no_grad():
        for name in ("classes", "pointer", "cases", "links"):
            torch.testing.assert_close(getattr(wide(batch), name), getattr(narrow(batch), name))
    # And its added units can learn: nobody hears them yet, and they hear the others.
    loss_of(wide, batch)[0].backward()  # type: ignore[no-untyped-call]
    for encoder, n_before in (
        (wide.forward_encoder, narrow.sizes.n_forward),
        (wide.backward_encoder, narrow.sizes.n_backward),
    ):
        weights = encoder.candidate_weights
        assert not weights[n_before:, :n_before].any()
        assert weights.grad is not None
        assert weights.grad[n_before:, :n_before].any()
        assert weights[:n_before, n_before:].any()


def test_a_network_is_not_made_narrower(narrow: AgreementNetwork, encoded: Path, tmp_path: Path) -> None:
    path = exported(narrow, encoded, tmp_path)
    small = AgreementNetwork(replace(narrow.sizes, n_forward=narrow.sizes.n_forward - 1))
    with pytest.raises(ValueError, match=rf"^{path}: .* has another shape"):
        start_from(path, small, load_vocabulary(encoded / "vocabulary.npz"))
